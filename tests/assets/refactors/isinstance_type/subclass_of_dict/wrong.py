"""Freezes values so that they have a hash."""


def freeze(value):
    """Dictionaries become sorted tuples of pairs, lists become tuples, at any depth."""
    kind = type(value)
    if kind is dict:
        return tuple(sorted((key, freeze(inner)) for key, inner in value.items()))
    if kind in (list, tuple):
        return tuple(freeze(inner) for inner in value)
    return value


def distinct(values):
    return len({freeze(value) for value in values})
