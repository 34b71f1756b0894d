"""Ages of files."""

from datetime import timedelta

LIMIT = timedelta(hours=12)


def age(then, now):
    """Seconds between two moments, negative for what is still to come."""
    return (now - then).total_seconds()


def is_old(then, now):
    return age(then, now) > LIMIT.total_seconds()


def old(files, now):
    return sorted(name for name, then in files.items() if is_old(then, now))
