"""Compares texts by size."""


def size(text):
    return len(text.encode("utf-8"))


def same_size(left, right):
    """Whether two texts take the same room."""
    return size(left) == size(right)


def sizes(texts):
    found = []
    for text in texts:
        if size(text) not in found:
            found.append(size(text))
    return found
