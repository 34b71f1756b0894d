"""A history with snapshots."""


class History:
    def __init__(self, events=()):
        self.events = list(events)

    def add(self, *events):
        self.events += events
        return self

    def snapshot(self):
        """The events of now; it does not change when others are added."""
        return self.events
