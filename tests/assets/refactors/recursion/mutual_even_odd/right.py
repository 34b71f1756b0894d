"""Counts the steps of a game: halve what is even, take one from what is odd."""


def steps(number):
    """How many steps lead to 0; ValueError for numbers below."""
    if number < 0:
        raise ValueError("below zero")
    if number == 0:
        return 0
    if number % 2:
        return 1 + steps(number - 1)
    else:
        return 1 + steps((number // 2))


def hardest(numbers):
    return max(numbers, key=steps)
