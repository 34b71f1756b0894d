"""Freezes values so that they have a hash."""


def freeze(value):
    """Dictionaries become sorted tuples of pairs, lists become tuples, at any depth."""
    if isinstance(value, dict):
        return tuple(sorted((key, freeze(inner)) for key, inner in value.items()))
    if isinstance(value, list) or isinstance(value, tuple):
        return tuple(map(freeze, value))
    return value


def distinct(values):
    return len({freeze(value) for value in values})
