"""Arguments that may be one value or many."""


def as_list(value):
    """Many values as a list; text is one value."""
    if value is None:
        return []
    if isinstance(value, (str, bytes)):
        return [value]
    try:
        return list(value)
    except TypeError:
        return [value]


def joined(value):
    return ",".join(str(item) for item in as_list(value))
