"""The stages of a proposal, put together from what was recorded."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from nova.ledger.course import courses, is_readable
from nova.proposing.past import Stage
from nova.proposing.remembered import newest
from tests.nova.ledger.courses import course, stage


def test_a_branch_and_its_pull_request_are_one_proposal() -> None:
    told = [stage("p", Stage.LOCAL, "1"), stage("p", Stage.OPEN, "1", 5), stage("p", Stage.MERGED, "3", 5)]
    (found,) = courses(told)
    assert [one.stage for one in found.stages] == [Stage.LOCAL, Stage.OPEN, Stage.MERGED]
    assert found.named == "#5"


def test_one_that_is_made_anew_on_another_base_stays_the_same() -> None:
    told = [
        stage("p", Stage.OPEN, "1", 5), stage("q", Stage.LOCAL, "2"), stage("q", Stage.OPEN, "2", 5),
        stage("q", Stage.MERGED, "4", 5),
    ]  # fmt: skip
    (found,) = courses(told)
    assert found.ids == ("q", "p")
    assert found.waited == timedelta(days=3)


def test_what_is_proposed_again_after_it_ended_is_another() -> None:
    told = [stage("p", Stage.OPEN, "1", 5), stage("p", Stage.CLOSED, "2", 5), stage("p", Stage.LOCAL, "9")]
    assert [(one.named, one.last.stage) for one in courses(told)] == [
        ("#5", Stage.CLOSED), ("nova/b904-p", Stage.LOCAL),
    ]  # fmt: skip


def test_they_end_as_what_memory_says_stands() -> None:
    chance = random.Random(7)
    for _ in range(200):
        told = [
            stage(chance.choice("pqr"), chance.choice(list(Stage)), str(day), chance.choice([None, 5, 6]))
            for day in range(1, chance.randint(2, 12))
        ]
        assert {one.last for one in courses(told)} == set(newest(told))


def test_the_wait_is_known_only_where_both_ends_are() -> None:
    assert course("p", 5, (Stage.MERGED, "3")).waited is None
    assert course("p", 5, (Stage.OPEN, "1")).waited is None
    assert course("p", 5, (Stage.OPEN, "1"), (Stage.STALE, "3")).waited is None
    assert course("p", 5, (Stage.OPEN, "1"), (Stage.CLOSED, "1T6")).waited == timedelta(hours=6)
    assert course("p", 5, (Stage.OPEN, "1"), (Stage.MERGED, "2"), (Stage.REVERTED, "9")).waited == timedelta(days=1)


def test_one_that_was_opened_again_waits_from_then() -> None:
    told = (Stage.OPEN, "1"), (Stage.CLOSED, "2"), (Stage.OPEN, "10"), (Stage.MERGED, "13")
    assert course("p", 5, *told).waited == timedelta(days=3)
    assert course("p", 5, *told[:3]).waited is None


def test_a_moment_that_is_none_is_told_apart() -> None:
    one = stage("p", Stage.OPEN, "1", 5)
    assert is_readable(one)
    assert not is_readable(replace(one, at="yesterday"))
