"""The days and times that a person types, as memory keeps them: ISO 8601 in UTC. Pure.

A day begins at its midnight by UTC, so that it is the day that was typed wherever it is read again. A time without a
zone is taken as UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from memory import days
from nova.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
HOW = "a day such as 2026-05-03, May 3 or yesterday, a month such as 2026-05, or a time such as 2026-05-03T14:00"


def now(zone: tzinfo | None = None) -> tuple[str, date]:
    """The present moment, and the day that it is where the person is."""
    moment = datetime.now(UTC)
    return moment.strftime(FORM), moment.astimezone(zone).date()


def beginning(text: str, today: date, present: str, flag: str = "--since") -> str:
    """The moment from which on something is so. For today that is the present one. Raises ``UsageError``."""
    day = days.day(text, today)
    if day is not None:
        return present if day == today else of_day(day)
    month = days.month(text)
    return of_day(date.fromisoformat(f"{month}-01")) if month else _time(text, flag)


def of_day(day: date) -> str:
    """The moment at which a day begins."""
    return f"{day.isoformat()}T00:00:00.000000Z"


def ending(text: str, today: date, flag: str = "--until") -> str:
    """The last day, month or moment for which something is so. Raises ``UsageError``."""
    day = days.day(text, today, ahead=True)
    return day.isoformat() if day is not None else days.month(text) or _time(text, flag)


def at(text: str, today: date, flag: str = "--as-of") -> str:
    """The moment that is asked about: of a day or a month its end. Raises ``UsageError``."""
    day = days.day(text, today)
    if day is None:
        month = days.month(text)
        if month is None:
            return _time(text, flag)
        day = date.fromisoformat(days.last_of(month))
    return f"{day.isoformat()}T23:59:59.999999Z"


def ends_before(until: str, since: str) -> bool:
    """Whether an end lies before a beginning."""
    return bool(until) and since[: len(until)] > until


def _time(text: str, flag: str) -> str:
    try:
        moment = datetime.fromisoformat(text if "T" in text or " " in text else "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime(FORM)
    except (ValueError, OverflowError):
        raise UsageError(f"{flag} {text} is no day that can be read", next_step=f"give {HOW}") from None
