"""Counts letters."""


def count(text):
    """letter -> how often, in the order in which the letters are met."""
    return {letter: text.count(letter) for letter in sorted(set(text))}


def runs(text):
    """The counts written out, such as b1a3n2."""
    return "".join(f"{letter}{number}" for letter, number in count(text).items())
