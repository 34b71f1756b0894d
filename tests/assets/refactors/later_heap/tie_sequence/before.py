"""A scheduler of jobs by time."""

import heapq


class Scheduler:
    def __init__(self):
        self.heap = []
        self.count = 0

    def add(self, when, job):
        """Plan a job (its command) for a time; jobs of one time run in the order in which they were added."""
        self.count += 1
        heapq.heappush(self.heap, (when, self.count, job))

    def due(self, now):
        """Remove and yield the jobs planned for now or earlier."""
        while self.heap and self.heap[0][0] <= now:
            _, _, job = heapq.heappop(self.heap)
            yield job

    def __len__(self):
        return len(self.heap)
