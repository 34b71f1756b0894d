"""Runs jobs and logs what goes wrong."""

import logging

log = logging.getLogger("jobs")


def run(job):
    """Whether the job ended well; its traceback is logged."""
    try:
        job()
    except Exception:
        log.exception("job %s failed", getattr(job, "__name__", "?"))
        return False
    return True


def run_all(jobs):
    return sum(1 for job in jobs if run(job))
