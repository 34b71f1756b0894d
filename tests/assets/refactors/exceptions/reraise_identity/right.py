"""Runs an action and notes what it raised."""


class Guard:
    def __init__(self):
        self.seen = []

    def run(self, action):
        """What the action returns; an error is noted and passed on as it is."""
        try:
            return action()
        except Exception as error:
            self.seen.append(error)
            raise

    @property
    def failed(self):
        return bool((len(self.seen)) > 0)
