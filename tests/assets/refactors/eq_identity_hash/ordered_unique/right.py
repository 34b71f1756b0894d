"""Values without their repetitions."""


def unique(values):
    """The values in their order, each once; they need not have a hash."""
    seen = []
    for value in values:
        if value in seen:
            continue
        seen.append(value)
    return seen


def repeated(values):
    values = list(values)
    return len(unique(values)) < len(values)
