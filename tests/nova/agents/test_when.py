"""Stretches of time as people name them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nova.agents.when import window

NOW = datetime(2026, 4, 8, 10, 30, tzinfo=timezone(timedelta(hours=2)))
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("what happened last night", "2026-04-07T18:00", "2026-04-08T08:00"),
        ("what happened at 3am", "2026-04-08T02:30", "2026-04-08T03:30"),
        ("prod went down at noon", "2026-04-07T11:30", "2026-04-07T12:30"),
        ("between 14:00 and 15:00 yesterday", "2026-04-07T14:00", "2026-04-07T15:00"),
        ("from 22:00 to 02:00", "2026-04-07T22:00", "2026-04-08T02:00"),
        ("what went wrong on monday", "2026-04-06T00:00", "2026-04-07T00:00"),
        ("on wednesday", "2026-04-01T00:00", "2026-04-02T00:00"),
        ("since monday", "2026-04-06T00:00", "2026-04-08T10:30"),
        ("2026-04-07T10:00 to 2026-04-07T12:00", "2026-04-07T10:00", "2026-04-07T12:00"),
        ("what broke on 2026-04-05", "2026-04-05T00:00", "2026-04-06T00:00"),
        ("at 09:15 on 2026-04-05", "2026-04-05T08:45", "2026-04-05T09:45"),
        ("in the last 3 hours", "2026-04-08T07:30", "2026-04-08T10:30"),
        ("this week", "2026-04-06T00:00", "2026-04-08T10:30"),
        ("yesterday", "2026-04-07T00:00", "2026-04-08T00:00"),
    ],
)
def test_a_stretch_of_time_is_read(text: str, start: str, end: str) -> None:
    found = window(text, NOW)
    assert found is not None
    assert (found.start.isoformat()[:16], found.end.isoformat()[:16]) == (start, end)
    assert found.start.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("text", ["the site crashed", "review a.py:12", "at 99:99", "version 3.11", "on 2026-99-99"])
def test_no_time_is_none(text: str) -> None:
    assert window(text, NOW) is None
