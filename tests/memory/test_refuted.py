"""Fixes that were refuted: kept as facts, and what they say of the next fix of their rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from memory.query import Query
from memory.refuted import HELD, Refuted, Standing, refuted_of, told_elsewhere
from memory.store import Memory
from memory.teaching import Count
from memory.verdict import waking

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-03-01T12:00:00+00:00"


def refuted(patch: str = "p1", path: str = "a/b.py", rule: str = "SIM110", at: str = AT) -> Refuted:
    return Refuted(rule, path, patch, "inputs", at)


def test_an_item_tells_what_it_was_made_of() -> None:
    assert refuted_of(refuted().item("nova")) == refuted()


def test_it_is_in_the_journal_and_outlives_a_rebuilding(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        memory.remember(refuted().item("nova"), "shop", refuted().key)
        memory.remember(refuted(at="2026-04-01T12:00:00+00:00").item("nova"), "shop", refuted().key)
        memory.remember(refuted("p2").item("nova"), "shop", refuted("p2").key)
        before = [refuted_of(item) for item in memory.items("shop")]
        memory.rebuild()
        assert [refuted_of(item) for item in memory.items("shop")] == before == [refuted(), refuted("p2")]
    assert b'"refuted fix"' in next(tmp_path.rglob("*.jsonl")).read_bytes()


def test_what_a_person_forgot_speaks_against_nothing(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        made = memory.remember(refuted().item("nova"), "shop", refuted().key)
        memory.forget("shop", made.id, "me", AT)
        assert [refuted_of(item) for item in memory.items("shop")] == [None]


def test_each_refuted_fix_lowers_its_rule_and_no_other() -> None:
    shares = [
        Standing([refuted(f"p{n}") for n in range(times)]).expected("SIM110", "a/b.py").mean for times in range(4)
    ]
    assert shares[0] == pytest.approx(HELD)
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == 4
    assert Standing([refuted()]).expected("SIM102", "a/b.py").mean == pytest.approx(HELD)


def test_the_nearer_it_was_refuted_the_more_it_counts() -> None:
    standing = Standing([refuted()])
    near, beside, far = (standing.expected("SIM110", path).mean for path in ("a/b.py", "a/c.py", "z.py"))
    assert near < beside <= far < HELD


def test_other_repositories_count_where_nothing_was_refuted_here() -> None:
    told = {"shop": [refuted()], "bank": [refuted(f"q{n}") for n in range(9)], "club": []}
    elsewhere = told_elsewhere(told, "shop")
    assert elsewhere == {"SIM110": Count(0, 3)}
    assert Standing([refuted()], elsewhere).times("SIM110") == 1
    assert Standing([], elsewhere).times("SIM110") == 3
    assert Standing([], elsewhere).expected("SIM110", "a.py").mean < HELD


def test_a_rule_that_is_woken_stands_as_before() -> None:
    later = "2026-03-02T12:00:00+00:00"
    standing = Standing([refuted(), refuted("p2", "z.py")], wakings=[waking("SIM110", "a", "me", later)])
    assert standing.times("SIM110") == 1
    assert standing.expected("SIM110", "a/b.py").mean > Standing([refuted()]).expected("SIM110", "a/b.py").mean


@pytest.mark.parametrize("words", ["SIM110", "what happened to the fixes of SIM110?", "a/b.py"])
def test_it_is_recalled_by_its_rule_and_its_file(words: str, tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        made = memory.remember(refuted().item("nova"), "shop", refuted().key)
        found = memory.recall(Query(words, targets=("shop",)))
    assert made.id in [one.item.id for one in found]
