"""Jobs, each of which is itself only."""


class Job:
    def __init__(self, name, priority=0):
        self.name = name
        self.priority = priority

    def __repr__(self):
        return f"Job(name={self.name!r}, priority={self.priority!r})"


class Queue:
    def __init__(self, *jobs):
        self.jobs = list(jobs)

    def position(self, job):
        """The place of this job in the order of priority."""
        return sorted(self.jobs, key=lambda other: -other.priority).index(job)
