"""Sizes of numbers."""


def size(number):
    """The number without its sign; that of zero is dropped too."""
    return abs(number)


def sizes(numbers):
    return [size(number) for number in numbers]


def text(number):
    return f"{size(number):g}"
