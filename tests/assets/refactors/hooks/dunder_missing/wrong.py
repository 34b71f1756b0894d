"""Look-up tables that may have a rule for what is missing."""


class Squares(dict):
    """Squares that are worked out when they are asked for."""

    def __missing__(self, number):
        self[number] = number * number
        return self[number]


def look_up(table, key):
    """table[key], which may be worked out; None where there is nothing."""
    return table.get(key)


def look_up_all(table, keys):
    return [look_up(table, key) for key in keys]
