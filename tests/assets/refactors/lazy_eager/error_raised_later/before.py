"""Chunks of a list."""


def chunks(values, size):
    """An iterator over chunks; a size below 1 is refused at once."""
    if size < 1:
        raise ValueError("a chunk holds at least one value")
    return iter([values[start : start + size] for start in range(0, len(values), size)])


def lengths(values, size):
    return [len(chunk) for chunk in chunks(values, size)]
