"""Reads key=value pairs."""


def parse(text):
    """The key and its value; the value may hold further signs."""
    if "=" not in text:
        raise ValueError(f"no '=' in {text!r}")
    key, value = text.split("=")
    return key.strip(), value.strip()


def parse_all(lines):
    return dict(parse(line) for line in lines if line.strip())
