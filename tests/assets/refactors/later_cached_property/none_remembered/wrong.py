"""Jobs whose worker is looked up by need."""

from functools import cached_property


class Job:
    def __init__(self, name, find):
        self.name = name
        self.find = find

    @cached_property
    def worker(self):
        """The worker of the job, or None while there is none; looked up until it is found, then kept."""
        return self.find(self.name)

    def describe(self):
        """One line about the job."""
        if self.worker is None:
            return f"{self.name}: waiting"
        return f"{self.name}: on {self.worker}"
