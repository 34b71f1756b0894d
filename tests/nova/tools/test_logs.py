"""Log lines in the formats that people have."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone

import pytest

from nova.tools._logs import Event, alike, events, zone

EAST = timezone(timedelta(hours=2))


def one(line: str, assumed: timezone = UTC) -> Event:
    (found,) = events([line], assumed, 2026)
    return found


@pytest.mark.parametrize(
    ("line", "moment", "level", "zoned"),
    [
        ("2026-03-01T09:00:00.5+02:00 ERROR no price", "2026-03-01T07:00:00.500000", "error", True),
        ("2026-03-01T09:00:00Z started", "2026-03-01T09:00:00", "info", True),
        ("2026-03-01 09:00:00,123 - shop - WARNING - slow", "2026-03-01T09:00:00.123000", "warning", False),
        ("[2026-03-01 09:00:00] app.ERROR: no price", "2026-03-01T09:00:00", "error", False),
        ("ERROR 2026-03-01 09:00:00,123 views failed", "2026-03-01T09:00:00.123000", "error", False),
        ("2026/03/01 09:00:00 [crit] 7#7: no space", "2026-03-01T09:00:00", "critical", False),
        ("Mar  1 09:00:00 web1 cron[7]: error: no crontab", "2026-03-01T09:00:00", "info", False),
        ("<34>Mar 11 22:14:15 web1 su: CRITICAL 'su root' failed", "2026-03-11T22:14:15", "critical", False),
        ("<34>1 2026-03-01T09:00:00.003Z web1 shop - ID47 - ERROR down", "2026-03-01T09:00:00.003000", "error", True),
        ('1.2.3.4 - bob [01/Mar/2026:09:00:00 -0700] "GET /a HTTP/1.1" 502 1', "2026-03-01T16:00:00", "error", True),
        ('1.2.3.4 - - [01/Mar/2026:09:00:00 +0000] "GET /a HTTP/1.1" 404 12', "2026-03-01T09:00:00", "warning", True),
        ("[Sun Mar 01 09:00:00.123456 2026] [core:error] [pid 7] denied", "2026-03-01T09:00:00.123456", "error", False),
        ('{"time": "2026-03-01T09:00:00Z", "level": "error", "msg": "no price"}', "2026-03-01T09:00:00", "error", True),
        ('{"ts": 1772355600.25, "severity": "WARN", "message": "slow"}', "2026-03-01T09:00:00.250000", "warning", True),
        ('{"timestamp": 1772355600250, "level": 50, "msg": "down"}', "2026-03-01T09:00:00.250000", "critical", True),
    ],
)  # fmt: skip
def test_the_moment_and_the_level_of_a_line_are_read(line: str, moment: str, level: str, zoned: bool) -> None:
    found = one(line)
    assert (found.time.replace(tzinfo=None).isoformat(), found.level, found.zoned) == (moment, level, zoned)


def test_a_time_without_a_zone_is_taken_in_the_one_that_is_assumed() -> None:
    assert one("2026-03-01 09:00:00 x", EAST).time.hour == 7
    assert one("Mar  1 09:00:00 web1 x", EAST).time.hour == 7
    assert one("2026-03-01T09:00:00Z x", EAST).time.hour == 9


def test_lines_without_a_time_belong_to_the_one_before_and_its_exception_is_kept() -> None:
    text = [
        "no time yet\n",
        "2026-03-01 09:00:00 INFO order 7\n",
        "Traceback (most recent call last):\n",
        '  File "a.py", line 3, in f\n',
        "shop.errors.PriceError: none for 7\n",
        "2026-03-01 09:00:01 INFO next\n",
    ]
    first, second = events(text, UTC, 2026)
    assert (first.line, first.level, first.detail) == (2, "error", "shop.errors.PriceError: none for 7")
    assert (second.line, second.level, second.detail) == (6, "info", "")


@pytest.mark.parametrize(
    "line",
    ["", "just words", "2026-99-99 09:00:00 x", '{"msg": "no time"}', "{broken", "Foo  1 09:00:00 web1 x", "\0\0"],
)
def test_what_names_no_moment_is_no_event(line: str) -> None:
    assert list(events([line], UTC, 2026)) == []


def test_lines_that_differ_in_numbers_alone_are_alike() -> None:
    assert alike("order 5512 failed at 0x7f3a") == alike("order 9 failed at 0xdead")
    assert alike("order failed") != alike("orders failed")


def test_zones_are_read_by_name_or_offset() -> None:
    assert zone("UTC") is UTC
    assert zone("+0530").utcoffset(None) == timedelta(hours=5, minutes=30)
    with pytest.raises(ValueError, match="no time zone"):
        zone("Nowhere/Land")
