"""Warnings about long texts."""


def warning(text, limit=10):
    """A warning that names the length where it is over the limit; else an empty text."""
    if over := len(text) > limit:
        return f"{len(text):d} characters, {over:d} over the limit"
    return ""


def warnings(texts, limit=10):
    return [found for text in texts if (found := warning(text, limit))]
