"""Reads key=value pairs."""


def parse(text):
    """The key and its value; the value may hold further signs."""
    key, sign, value = text.partition("=")
    if sign == '':
        raise ValueError(f"no '=' in {text!r}")
    return (key.strip(), value.strip())


def parse_all(lines):
    return dict(parse(line) for line in lines if line.strip())
