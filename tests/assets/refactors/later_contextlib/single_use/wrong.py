"""Settings that can be overridden for a while."""

from contextlib import contextmanager


class Settings:
    def __init__(self, **values):
        self.values = values

    def __getitem__(self, name):
        return self.values[name]

    @contextmanager
    def override(self, **changes):
        """A context in which the settings have other values; it may be kept and entered again."""
        saved = self.values
        self.values = {**saved, **changes}
        try:
            yield self
        finally:
            self.values = saved
