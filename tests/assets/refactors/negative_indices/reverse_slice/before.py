"""Reads rows backwards."""


def backwards(values):
    """The values from the last to the first."""
    return values[::-1]


def every_second(values):
    """Every second value, going backwards from the last one."""
    return values[::-1][::2]


def is_mirror(values):
    return values == backwards(values)
