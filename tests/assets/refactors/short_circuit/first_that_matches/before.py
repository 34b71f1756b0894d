"""Hands a message to the first handler that accepts it."""


def accepts_nothing(message):
    return False


def dispatch(message, handlers):
    """Whether a handler accepted; handlers after it are not called."""
    for handler in handlers:
        if handler(message):
            return True
    return False


def describe(message, handlers):
    accepted = dispatch(message, handlers)
    return "%s: %s" % (message, "accepted" if accepted else "dropped")
