"""Saves texts in a store."""


class Store:
    def __init__(self):
        self.texts = {}

    def save(self, name, text, *, overwrite=False):
        """Keep a text; an old one is replaced only where that is asked for by name."""
        if name in self.texts and not overwrite:
            raise FileExistsError(name)
        self.texts[name] = text
        return name
