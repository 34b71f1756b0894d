"""Compares names without regard to case."""


def key(name):
    return " ".join(name.casefold().split())


def same(left, right):
    """Whether two names are the same to a reader."""
    return key(left) == key(right)


def group(names):
    groups = {}
    for name in names:
        groups.setdefault(key(name), []).append(name)
    return list(groups.values())
