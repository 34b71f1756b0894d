"""Reads nested documents without fear."""


def at(document, key, default=None):
    """document[key], or the default where there is no such key or place."""
    try:
        return document[key]
    except LookupError:
        return default


def dig(document, *keys, default=None):
    missing = object()
    for key in keys:
        document = at(document, key, missing)
        if document is missing:
            return default
    return document


LIMIT = 3_600
