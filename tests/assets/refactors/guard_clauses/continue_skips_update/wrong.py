"""Differences between neighbours."""


def differences(values):
    """The difference to the value before, for each; none where one of the two is missing (None)."""
    found = []
    previous = None
    for value in values:
        if value is None:
            continue
        if previous is not None:
            found.append(value - previous)
        previous = value
    return found


def largest(values):
    found = differences(values)
    return max(found) if found else None
