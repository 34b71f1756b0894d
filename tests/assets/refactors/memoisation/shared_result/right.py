"""Letters of words."""


def letters(word):
    """The letters in order, each once, as a list of the caller's own."""
    found = {}
    for letter in word:
        if letter.isalpha():
            found.setdefault(letter)
    return list(found)


def common(left, right):
    others = letters(right)
    return [letter for letter in letters(left) if letter in others]
