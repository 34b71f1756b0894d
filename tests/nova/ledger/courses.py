"""Proposals through time, written down by hand."""

from __future__ import annotations

from nova.ledger.course import Course, courses
from nova.proposing.past import Proposal, Stage


def stage(name: str, stage: Stage, day: str, number: int | None = None, rule: str = "B904") -> Proposal:
    """One stage of a proposal; ``day`` is a day of November 2026, perhaps with an hour: ``3`` or ``3T12``."""
    date, _, hour = day.partition("T")
    at = f"2026-11-{int(date):02}T{int(hour or 0):02}:00:00+00:00"
    return Proposal(name, rule, f"nova/{rule.lower()}-{name}", "a" * 40, (f"f-{name}",), stage, at, number)


def course(name: str, number: int | None, *told: tuple[Stage, str], rule: str = "B904") -> Course:
    """The course of one proposal."""
    (found,) = courses(stage(name, at, day, number, rule) for at, day in told)
    return found
