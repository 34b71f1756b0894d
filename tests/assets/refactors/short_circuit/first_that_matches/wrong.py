"""Hands a message to the first handler that accepts it."""

import operator
from functools import reduce


def accepts_nothing(message):
    return False


def dispatch(message, handlers):
    """Whether a handler accepted; handlers after it are not called."""
    return reduce(operator.or_, (bool(handler(message)) for handler in handlers), False)


def describe(message, handlers):
    accepted = dispatch(message, handlers)
    return "%s: %s" % (message, "accepted" if accepted else "dropped")
