"""Counts the steps of a game: halve what is even, take one from what is odd."""


def steps(number):
    """How many steps lead to 0; ValueError for numbers below."""
    if number < 0:
        raise ValueError("below zero")
    taken = 0
    while number > 1:
        taken += 1 + number % 2
        number //= 2
    return taken


def hardest(numbers):
    return max(numbers, key=steps)
