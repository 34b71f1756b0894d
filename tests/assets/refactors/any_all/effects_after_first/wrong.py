"""Saves documents."""


class Document:
    def __init__(self, text, saved=""):
        self.text = text
        self.saved = saved

    def sync(self):
        """Save the text; whether there was something to save."""
        changed = self.text != self.saved
        self.saved = self.text
        return changed


def sync_all(documents):
    """Save all; whether one of them had changed."""
    return any(document.sync() for document in documents)
