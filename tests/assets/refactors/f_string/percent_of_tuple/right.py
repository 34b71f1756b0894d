"""Messages with one value."""


def message(value):
    """The message for a value; a tuple of one stands for what is in it."""
    template = "got %s"
    return template % value


def messages(values):
    return [message(value) for value in values if value is not None]
