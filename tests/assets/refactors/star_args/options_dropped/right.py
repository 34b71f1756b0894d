"""Calls functions again."""


def call(function, *args, **options):
    """The result of one call."""
    return function(*args, **options)


def repeat(function, times, *args, **options):
    """The results of so many calls with the same arguments."""
    return [function(*args, **options) for _ in range(times)]
