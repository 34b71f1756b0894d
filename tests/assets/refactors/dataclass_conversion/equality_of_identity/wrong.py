"""Jobs, each of which is itself only."""

from dataclasses import dataclass


@dataclass
class Job:
    name: str
    priority: int = 0


class Queue:
    def __init__(self, *jobs):
        self.jobs = list(jobs)

    def position(self, job):
        """The place of this job in the order of priority."""
        return sorted(self.jobs, key=lambda other: -other.priority).index(job)
