"""Arguments that may be one value or many."""


def as_list(value):
    """Many values as a list; text is one value."""
    if value is None:
        return []
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, bytes) else [value]


def joined(value):
    return ",".join(str(item) for item in as_list(value))
