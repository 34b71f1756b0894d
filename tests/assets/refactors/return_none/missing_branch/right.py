"""Signs of numbers."""


def sign(number):
    """-1, 0 or 1."""
    if number > 0:
        return 1
    return -1 if number < 0 else 0


def same_sign(left, right):
    return sign(left) == sign(right)
