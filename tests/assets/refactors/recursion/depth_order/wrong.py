"""Walks a tree of dictionaries."""


def walk(tree):
    """The names of all nodes, each before its children, in order."""
    names = []
    stack = list(tree.items())
    while stack:
        name, children = stack.pop()
        names.append(name)
        stack.extend(children.items())
    return names


def depth(tree):
    if not tree:
        return 0
    return 1 + max(depth(children) for children in tree.values())
