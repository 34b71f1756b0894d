"""What makes times and zones, by the dotted name that a file imports it under; and the kinds of time there are."""

from __future__ import annotations

from enum import Enum

DATETIME = "datetime.datetime"
NOW, TODAY, STRPTIME = f"{DATETIME}.now", f"{DATETIME}.today", f"{DATETIME}.strptime"
FROMTIMESTAMP = f"{DATETIME}.fromtimestamp"
UTCNOW, UTCFROMTIMESTAMP = f"{DATETIME}.utcnow", f"{DATETIME}.utcfromtimestamp"


class Kind(Enum):
    """What is certain about the zone of a time; the value is how it is told to a person."""

    AWARE = "an aware time"
    UTC = "a naive time in UTC"
    LOCAL = "a naive local time"
    NAIVE = "a naive time"


class Zone(Enum):
    """What is certain about a zone."""

    UTC = "UTC"
    OTHER = "another zone"


MADE = {
    UTCNOW: Kind.UTC,
    UTCFROMTIMESTAMP: Kind.UTC,
    TODAY: Kind.LOCAL,
    "django.utils.timezone.now": Kind.AWARE,
    "django.utils.timezone.localtime": Kind.AWARE,
    "django.utils.timezone.make_aware": Kind.AWARE,
    "django.utils.timezone.make_naive": Kind.NAIVE,
    "discord.utils.utcnow": Kind.AWARE,
    "email.utils.localtime": Kind.AWARE,
}
"""What is made whatever the arguments are."""
ZONE_ARGUMENT = {NOW: 0, FROMTIMESTAMP: 1, DATETIME: 7}
"""Which argument of what makes a time is its zone."""
EXTREMES = frozenset({f"{DATETIME}.min", f"{DATETIME}.max"})
UTC_NAMES = frozenset({
    "datetime.timezone.utc", "datetime.UTC", "pytz.utc", "pytz.UTC", "dateutil.tz.UTC", "dateutil.tz.tzutc",
    "django.utils.timezone.utc",
})  # fmt: skip
ZONES = frozenset({
    "zoneinfo.ZoneInfo", "pytz.timezone", "datetime.timezone", "dateutil.tz.tzlocal", "dateutil.tz.tzoffset",
    "django.utils.timezone.get_current_timezone", "django.utils.timezone.get_default_timezone",
})  # fmt: skip
"""What makes a zone when it is called."""
SPANS = frozenset({"datetime.timedelta", "dateutil.relativedelta.relativedelta"})
