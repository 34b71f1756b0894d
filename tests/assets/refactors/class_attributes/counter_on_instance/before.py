"""Tokens with running numbers."""


class Token:
    """Counts how many were made, over all tokens."""

    made = 0

    def __init__(self, text):
        type(self).made += 1
        self.text = text
        self.number = self.made

    def __repr__(self):
        return f"<{self.text}>"


def tokens(text):
    return [Token(word) for word in text.split()]
