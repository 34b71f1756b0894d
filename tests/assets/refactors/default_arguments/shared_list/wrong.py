"""Collects values of one kind."""


def collect(value, into=[]):
    """Append the value to `into`, or to a new list."""
    into.append(value)
    return into


def collect_all(values):
    found = []
    for value in values:
        if value is not None:
            found = collect(value, found)
    return found
