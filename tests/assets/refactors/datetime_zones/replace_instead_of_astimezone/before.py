"""Moments in UTC."""

from datetime import datetime, timezone


def utc(moment):
    """The moment in UTC; without a zone it is taken to be in UTC already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)


def parse(text):
    return utc(datetime.fromisoformat(text))


def stamp(text):
    return parse(text).strftime("%Y-%m-%dT%H:%M:%SZ")
