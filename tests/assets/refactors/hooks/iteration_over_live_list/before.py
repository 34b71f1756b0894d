"""Events for listeners that may come and go at any time."""


class Event:
    def __init__(self):
        self.listeners = []

    def add(self, listener):
        self.listeners.append(listener)
        return listener

    def remove(self, listener):
        if listener in self.listeners:
            self.listeners.remove(listener)

    def fire(self, value):
        """Call all that listen when the event begins."""
        for listener in tuple(self.listeners):
            listener(value)
        return len(self.listeners)
