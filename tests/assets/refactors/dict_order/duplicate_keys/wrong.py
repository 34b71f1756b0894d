"""An index of pairs."""


def index(pairs):
    """key -> value; of several values for a key the last one."""
    found = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def inverse(pairs):
    found = {}
    for key, value in pairs:
        found.setdefault(value, []).append(key)
    return found


EMPTY: dict = {}
