"""Removes keys without a value."""


def drop(record):
    """Remove, in place, the keys whose value is None; how many."""
    empty = [key for key, value in record.items() if value is None]
    for key in empty:
        del record[key]
    return len(empty)


def drop_all(records):
    return sum(drop(record) for record in records)
