"""Errors with details."""


class Missing(KeyError):
    """A key is missing; `key` and `known` tell which and what there is."""

    def __init__(self, key, known=()):
        super().__init__(key)
        self.key = key
        self.known = sorted(known)


def get(table, key):
    if key not in table:
        raise Missing(key, table)
    return table[key]


def get_all(table, keys):
    return [get(table, key) for key in keys]
