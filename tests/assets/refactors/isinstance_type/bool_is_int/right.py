"""Writes settings as text."""


def encode(value):
    """A value as it stands in a file."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return "\"" + value.replace("\"", r'\"') + "\""
    raise TypeError(type(value).__name__)


def encode_all(settings):
    return "\n".join(f"{key} = {encode(value)}" for key, value in settings.items())
