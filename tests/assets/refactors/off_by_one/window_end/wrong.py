"""Windows over a list."""


def windows(values, size: int, step: int):
    """Slices of at most `size`, one each `step`, until the list is used up."""
    if size < 1 or step < 1:
        raise ValueError("size and step are at least 1")
    return [values[index * step : index * step + size] for index in range(len(values) // step)]


def pairs(values):
    return windows(values, 2, 2)
