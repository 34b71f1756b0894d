"""Removes keys without a value."""


def drop(record):
    """Remove, in place, the keys whose value is None; how many."""
    before = len(record)
    for key in record.keys():
        if record[key] is None:
            del record[key]
    return before - len(record)


def drop_all(records):
    return sum(drop(record) for record in records)
