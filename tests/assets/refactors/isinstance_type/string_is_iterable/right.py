"""Arguments that may be one value or many."""


def as_list(value):
    """Many values as a list; text is one value."""
    if value is None:
        return []
    if not isinstance(value, (str, bytes)):
        try:
            return list(value)
        except TypeError:
            pass
    return [value]


def joined(value):
    return ",".join(str(item) for item in as_list(value))
