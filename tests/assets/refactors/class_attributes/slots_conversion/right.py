"""Nodes to which anything can be attached."""


class Node:
    """A node; callers may set attributes of their own."""

    def __init__(self, name, *children):
        self.name = name
        self.children = children

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def names(node):
    return [found.name for found in node.walk()]
