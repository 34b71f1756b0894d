"""Picks bytes."""


def digits(data):
    """The digits among the bytes, as bytes."""
    found = b""
    for index in range(len(data)):
        byte = data[index : index + 1]
        if byte.isdigit():
            found += byte
    return found


def number(data):
    found = digits(data)
    return int(found) if found else None
