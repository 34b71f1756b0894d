"""Sessions of web users."""

from datetime import timedelta

LIMIT = 1800


class Sessions:
    def __init__(self, clock):
        self.clock = clock
        self.seen = {}

    def touch(self, token):
        """Note a request of a session."""
        self.seen[token] = self.clock()

    def alive(self, token):
        """Whether the last request of a session is at most half an hour ago."""
        if token not in self.seen:
            return False
        idle = self.clock() - self.seen[token]
        return idle / timedelta(seconds=1) <= LIMIT

    def sweep(self):
        """Forget the sessions that are not alive; return how many."""
        dead = [token for token in self.seen if not self.alive(token)]
        for token in dead:
            del self.seen[token]
        return len(dead)
