"""Differences between neighbours."""


def differences(values):
    """The difference to the value before, for each; none where one of the two is missing (None)."""
    found = []
    previous = None
    for value in values:
        before, previous = previous, value
        if value is None or before is None:
            continue
        found.append(value - before)
    return found


def largest(values):
    found = differences(values)
    return max(found) if found else None
