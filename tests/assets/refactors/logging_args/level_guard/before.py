"""Logs states of a machine."""

import logging

log = logging.getLogger("machine")


class State:
    """A state that is costly to show."""

    def __init__(self, name):
        self.name = name
        self.shown = 0

    def __str__(self):
        self.shown += 1
        return self.name


def enter(state):
    """Log the state; it is turned into text only if the log wants it."""
    log.debug("enter %s", state)
    return (state.name).upper()
