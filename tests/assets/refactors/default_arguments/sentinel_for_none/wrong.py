"""Settings that can hold None."""

_UNSET = object()


class Settings:
    def __init__(self):
        self._values = {}

    def set(self, key, value=None):
        """Set the key; without a value it is unset."""
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value

    def __contains__(self, key):
        return key in self._values

    def get(self, key):
        return self._values[key]
