"""Writes settings as text."""

WORDS = {None: "null", True: "true", False: "false"}


def encode(value):
    """A value as it stands in a file."""
    if value in WORDS:
        return WORDS[value]
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + value.replace('"', '\\"') + '"'
    raise TypeError(type(value).__name__)


def encode_all(settings):
    return "\n".join(f"{key} = {encode(value)}" for key, value in settings.items())
