"""Selects values; the parameter names are part of the interface."""


def present(values):
    return list(filter(None, values))


def select(values, filter=None):
    """Those values that are true and that the filter lets pass."""
    kept = present(values)
    if filter is None:
        return kept
    return [value for value in kept if filter(value)]
