"""Paths through a tree."""


def paths(tree, prefix=()):
    """All paths from the root to a leaf."""
    if not tree:
        return [prefix]
    found = []
    for name in tree:
        found.extend(paths((tree[name]), prefix + ((name,))))
    return found


def longest(tree):
    return max(paths(tree), key=len)
