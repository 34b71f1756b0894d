"""Picks bytes."""


def digits(data):
    """The digits among the bytes, as bytes."""
    return bytes(byte for byte in data if chr(byte).isdigit())


def number(data):
    found = digits(data)
    return int(found) if found else None
