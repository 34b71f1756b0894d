"""Picks bytes."""


def digits(data):
    """The digits among the bytes, as bytes."""
    return b"".join(data[index : index + 1] for index in range(len(data)) if data[index : index + 1].isdigit())


def number(data):
    found = digits(data)
    return int(found) if found else None
