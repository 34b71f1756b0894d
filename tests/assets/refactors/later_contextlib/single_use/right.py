"""Settings that can be overridden for a while."""


class Settings:
    def __init__(self, **values):
        self.values = values

    def __getitem__(self, name):
        return self.values[name]

    def override(self, **changes):
        """A context in which the settings have other values; it may be kept and entered again."""
        return Override(self, changes)


class Override:
    def __init__(self, settings, changes):
        self.settings = settings
        self.changes = changes
        self.saved = []

    def __enter__(self):
        self.saved.append(self.settings.values)
        self.settings.values = self.settings.values | self.changes
        return self.settings

    def __exit__(self, *error):
        self.settings.values = self.saved.pop()
