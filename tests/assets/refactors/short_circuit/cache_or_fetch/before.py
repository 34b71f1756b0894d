"""A store in front of a slow source."""


class Store:
    def __init__(self, fetch):
        self._fetch = fetch
        self._cache = {}

    def get(self, name):
        if name in self._cache:
            return self._cache[name]
        value = self._fetch(name)
        self._cache[name] = value
        return value
