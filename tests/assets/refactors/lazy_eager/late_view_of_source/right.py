"""Picks numbers."""


def large(numbers, limit):
    """Those above the limit, as they are now."""
    return [number for number in numbers if number > limit]


def move(source, target, limit):
    """Move the large numbers from one list to the other."""
    for number in large(source, limit):
        source.remove(number)
        target.append(number)
    return target
