"""Values without their repetitions."""


def unique(values):
    """The values in their order, each once; they need not have a hash."""
    return list(dict.fromkeys(values))


def repeated(values):
    values = list(values)
    return len(unique(values)) < len(values)
