"""An index of pairs."""


def index(pairs):
    """key -> value; of several values for a key the last one."""
    return {key: value for key, value in pairs}


def inverse(pairs):
    found = {}
    for key, value in pairs:
        found.setdefault(value, []).append(key)
    return found


EMPTY: dict = {}
