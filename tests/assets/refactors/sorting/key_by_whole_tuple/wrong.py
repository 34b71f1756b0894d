"""Jobs in the order of their priority."""


def order(jobs):
    """(priority, job) pairs in order; jobs of one priority stay as they came."""
    return sorted(jobs)


def first(jobs):
    if not jobs:
        return None
    return order(jobs)[0][1]
