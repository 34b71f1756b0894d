"""Drafts that exist only inside of a block."""


class Draft:
    def __init__(self):
        self.lines = []
        self.saved = []

    def __enter__(self):
        self.lines = []
        return self

    def __exit__(self, *details):
        self.saved.extend(self.lines)
        self.lines = []

    def text(self):
        return ("\n").join(self.lines)


def compose(draft, words):
    """The text as it was in the block."""
    with draft:
        draft.lines.extend(words)
    return draft.text()
