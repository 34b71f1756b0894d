"""A scheduler of jobs by time."""

import heapq
import itertools


class Scheduler:
    def __init__(self):
        self.heap = []
        self.count = itertools.count()

    def add(self, when, job):
        """Plan a job (its command) for a time; jobs of one time run in the order in which they were added."""
        heapq.heappush(self.heap, (when, next(self.count), job))

    def due(self, now):
        """Remove and yield the jobs planned for now or earlier."""
        while self.heap and self.heap[0][0] <= now:
            yield heapq.heappop(self.heap)[-1]

    def __len__(self):
        return len(self.heap)
