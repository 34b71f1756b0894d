"""A thermostat that tells its observers of each new wish."""


class Thermostat:
    NORMAL = 20

    def __init__(self):
        self._wish = self.NORMAL
        self._observers = []

    def observe(self, observer):
        self._observers.append(observer)

    @property
    def wish(self):
        return self._wish

    @wish.setter
    def wish(self, degrees):
        if not 5 <= degrees <= 30:
            raise ValueError(degrees)
        self._wish = degrees
        for observer in self._observers:
            observer(degrees)

    def reset(self):
        self.wish = self.NORMAL
