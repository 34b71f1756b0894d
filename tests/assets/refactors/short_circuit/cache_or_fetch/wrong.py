"""A store in front of a slow source."""


class Store:
    def __init__(self, fetch):
        self._fetch = fetch
        self._cache = {}

    def get(self, name):
        return self._cache.setdefault(name, self._fetch(name))
