"""Monthly bills."""

import calendar
from datetime import timedelta


def next_month(day):
    """The same day of the next month, or its last day."""
    return day + timedelta(days=calendar.monthrange(day.year, day.month)[1])


def bills(start, number):
    days = [start]
    while len(days) < number:
        days.append(next_month(days[-1]))
    return days
