"""Removes keys without a value."""


def drop(record):
    """Remove, in place, the keys whose value is None; how many."""
    dropped = 0
    for key, value in list(record.items()):
        if value is None:
            del record[key]
            dropped += 1
    return dropped


def drop_all(records):
    return sum(drop(record) for record in records)
