"""Paths through a tree."""


def paths(tree, prefix=(), found=[]):
    """All paths from the root to a leaf."""
    if not prefix:
        found = []
    if not tree:
        found.append(prefix)
    for name in tree:
        paths(tree[name], prefix + (name,), found)
    return found


def longest(tree):
    return max(paths(tree), key=len)
