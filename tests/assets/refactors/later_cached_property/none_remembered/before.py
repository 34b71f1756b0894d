"""Jobs whose worker is looked up by need."""


class Job:
    def __init__(self, name, find):
        self.name = name
        self.find = find
        self._worker = None

    @property
    def worker(self):
        """The worker of the job, or None while there is none; looked up until it is found, then kept."""
        if self._worker is None:
            self._worker = self.find(self.name)
        return self._worker

    def describe(self):
        """One line about the job."""
        if self.worker is None:
            return f"{self.name}: waiting"
        return f"{self.name}: on {self.worker}"
