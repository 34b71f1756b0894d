"""Warnings about long texts."""


def warning(text, limit=10):
    """A warning that names the length where it is over the limit; else an empty text."""
    length = len(text)
    if length > limit:
        return f"{length:d} characters, {length - limit} over the limit"
    return ""


def warnings(texts, limit=10):
    return [found for text in texts if (found := warning(text, limit))]
