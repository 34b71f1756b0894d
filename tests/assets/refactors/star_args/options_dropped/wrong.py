"""Calls functions again."""


def call(function, *args, **options):
    """The result of one call."""
    return function(*args, **options)


def repeat(function, times, *args, **options):
    """The results of so many calls with the same arguments."""
    results = []
    for _ in range(times):
        results.append(call(function, *args))
    return results
