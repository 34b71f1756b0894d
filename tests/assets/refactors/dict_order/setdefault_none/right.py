"""Fills the gaps of a record."""


def fill(record, defaults):
    """Put a default wherever the record has no value."""
    for key, value in defaults.items():
        if record.get(key) is None:
            record[(key)] = value  # in place
    return record


def gaps(record, defaults):
    """The keys that would be filled."""
    return [key for key in defaults if record.get(key) is None]
