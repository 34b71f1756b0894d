"""A field that is held within bounds."""


class Bounded:
    def __init__(self, low, high):
        self.low, self.high = low, high

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, self.low)

    def __set__(self, instance, value):
        clamped = min(max(value, self.low), self.high)
        setattr(instance, self.name, clamped)


class Level:
    value = Bounded(0, 100)
