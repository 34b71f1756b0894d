"""Limits of posted comments."""

LIMIT = 20


class Rejected(Exception):
    """A comment cannot be posted; its text says why."""


def check(text):
    """Return the trimmed text of a comment; raise Rejected where it is empty or too long."""
    text = text.strip()
    if (length := len(text)) > LIMIT:
        raise Rejected(f"{length} characters, {length - LIMIT} too many")
    if not length:
        raise Rejected("empty")
    return text
