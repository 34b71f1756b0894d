"""Walks a tree of dictionaries."""


def walk(tree):
    """The names of all nodes, each before its children, in order."""
    names = []
    for name, children in tree.items():
        names.append(name)
        names.extend(walk(children))
    return names


def depth(tree):
    if not tree:
        return 0
    return 1 + max(depth(children) for children in tree.values())
