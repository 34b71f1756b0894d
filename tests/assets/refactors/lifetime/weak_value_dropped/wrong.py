"""A cache of loaded models."""

from weakref import WeakValueDictionary


class Model:
    loaded = 0

    def __init__(self, name):
        Model.loaded += 1
        self.name = name


class Cache:
    """Keeps each model for as long as the cache lives."""

    def __init__(self):
        self._models = WeakValueDictionary()

    def get(self, name):
        model = self._models.get(name)
        if model is None:
            model = self._models[name] = Model(name)
        return model
