"""Messages with one value."""


def message(value):
    """The message for a value; a tuple of one stands for what is in it."""
    return f"got {value}"


def messages(values):
    return [message(value) for value in values if value is not None]
