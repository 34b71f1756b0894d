"""A linked list of tasks."""


class Node:
    def __init__(self, value, after=None):
        self.value = value
        self.after = after


def build(values):
    """The first node of a list of the values, or None."""
    head = None
    for value in reversed(list(values)):
        head = Node(value, head)
    return head


def values(node):
    """Yield the values from a node on."""
    while node is not None:
        yield node.value
        node = node.after


def reverse(node):
    """Turn the list round, in place; return its new first node."""
    done = None
    while node is not None:
        after = node.after
        node.after = done
        done = node
        node = after
    return done
