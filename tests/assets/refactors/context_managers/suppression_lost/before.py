"""Ignores errors and remembers them."""


class Ignore:
    """A context manager that ignores some errors and keeps the last."""

    def __init__(self, *errors):
        self.errors = errors
        self.last = None

    def __enter__(self):
        return self

    def __exit__(self, sort, error, traceback):
        if error is None:
            return False
        ignored = isinstance(error, self.errors)
        if ignored:
            self.last = error
        return ignored


def attempt(action, *errors):
    """The error that the action raised, or None."""
    with Ignore(*errors) as ignore:
        action()
    return ignore.last
