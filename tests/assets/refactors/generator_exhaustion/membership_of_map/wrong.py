"""Keeps only what is allowed, whatever the case."""

SEPARATORS = ",;"


def keep(names, allowed):
    """Those names that are allowed, in their order."""
    lowered = map(str.lower, allowed)
    return [name for name in names if name.lower() in lowered]


def parse(text):
    for separator in SEPARATORS:
        text = text.replace(separator, " ")
    return text.split()


def keep_text(text, allowed):
    return " ".join(keep(parse(text), allowed))
