"""Jobs in the order of their priority."""


def order(jobs):
    """(priority, job) pairs in order; jobs of one priority stay as they came."""
    jobs = list(jobs)
    jobs.sort(key=lambda pair: pair[0])
    return jobs


def first(jobs):
    if not jobs:
        return

    return (order(jobs)[0])[1]
