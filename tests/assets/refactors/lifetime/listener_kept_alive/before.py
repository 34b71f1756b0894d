"""Signals that do not keep their listeners alive."""

import weakref


class Signal:
    def __init__(self):
        self._listeners = []

    def connect(self, listener):
        """Call the listener's `hear` for as long as somebody else holds it."""
        self._listeners.append(weakref.ref(listener))

    def send(self, value):
        """How many heard it."""
        heard = 0
        for reference in list(self._listeners):
            listener = reference()
            if listener is None:
                self._listeners.remove(reference)
            else:
                listener.hear(value)
                heard += 1
        return heard
