"""Seats that are taken by threads."""

import threading


class Hall:
    """Takes one seat after the other; `pause` is called before each is booked."""

    def __init__(self, seats, pause=lambda: None):
        self.free = seats
        self.pause = pause
        self.lock = threading.Lock()

    def take(self):
        """Whether there was a free seat, which is then taken."""
        with self.lock:
            if self.free < 1:
                return False
            self.pause()
            self.free -= 1
            return True
