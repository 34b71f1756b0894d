"""Days of events, which have a date or a moment."""

from datetime import date, datetime


def day_of(when):
    """The day of a date or moment."""
    if isinstance(when, datetime):
        return when.date()
    if isinstance(when, date):
        return when
    return date.fromisoformat(when)


def on(events, day):
    return [name for name, when in events if day_of(when) == day]


NEVER = date(9_999, 12, 31)
