"""A store in front of a slow source."""


class Store:
    def __init__(self, fetch):
        self._fetch = fetch
        self._cache = {}

    def get(self, name):
        if name not in self._cache:
            value = self._fetch(name)
            self._cache[name] = value
            return value
        return self._cache[name]
