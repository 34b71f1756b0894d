"""Windows over a list."""


def windows(values, size: int, step: int):
    """Slices of at most `size`, one each `step`, until the list is used up."""
    if size < 1 or step < 1:
        raise ValueError("size and step are at least 1")
    found = []
    start = 0
    while start < len(values):
        found.append(values[start : start + size])
        start += step
    return found


def pairs(values):
    return windows(values, 2, 2)
