"""Monthly bills."""

import calendar
from datetime import date


def next_month(day):
    """The same day of the next month, or its last day."""
    year = day.year + day.month // 12
    month = day.month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last))


def bills(start, number):
    days = [start]
    while len(days) < number:
        days.append(next_month(days[-1]))
    return days
