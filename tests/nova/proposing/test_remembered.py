from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from memory.exchange import Imported
from memory.store import Memory
from nova.proposing.past import Proposal, Stage
from nova.proposing.remembered import item_of, load, newest, note, proposal_of

if TYPE_CHECKING:
    from pathlib import Path

LATER, LAST = "2026-11-02T00:00:00+00:00", "2026-11-03T00:00:00+00:00"
LOCAL = Proposal("a1", "SIM110", "nova/sim110-1", "b" * 40, ("f1", "f2"), Stage.LOCAL, "2026-11-01T00:00:00+00:00")
OPEN = replace(LOCAL, stage=Stage.OPEN, at=LATER, number=7)


def test_an_item_tells_what_it_was_made_of() -> None:
    for one in (LOCAL, OPEN):
        assert proposal_of(item_of(one, "nova")) == one


def test_the_newest_stage_stands_and_between_equals_the_one_recorded_last() -> None:
    assert newest([OPEN, LOCAL]) == (OPEN,)
    assert newest([replace(LOCAL, at=LATER), OPEN]) == (OPEN,)


def test_a_pull_request_on_another_base_is_one_proposal() -> None:
    renewed = replace(OPEN, id="a2", base="c" * 40, at=LAST)
    assert newest([LOCAL, OPEN, renewed]) == (renewed,)


def test_a_branch_that_is_made_after_a_closing_does_not_hide_it() -> None:
    closed, again = replace(OPEN, stage=Stage.CLOSED, at=LAST), replace(LOCAL, at="2026-11-20T00:00:00+00:00")
    assert newest([LOCAL, OPEN, closed, again]) == (closed, again)


def test_it_survives_a_rebuilding_and_goes_with_an_export(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        assert note(memory, "shop", LOCAL, "nova")
        assert note(memory, "shop", OPEN, "nova")
        assert not note(memory, "shop", replace(OPEN, at=LAST), "nova")
        memory.rebuild()
        assert load(memory, "shop") == (OPEN,)
        assert load(memory, "other") == ()
        rows = [line.encode() for line in memory.exported()]
    with Memory.open(tmp_path / "other.duckdb") as other:
        other.take_in(rows, Imported())
        assert load(other, "shop") == (OPEN,)


def test_a_stage_that_comes_again_stands_again(tmp_path: Path) -> None:
    closed, again = replace(OPEN, stage=Stage.CLOSED, at=LAST), replace(OPEN, at="2026-11-04T00:00:00+00:00")
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        for one in (OPEN, closed, again):
            assert note(memory, "shop", one, "nova")
        assert load(memory, "shop") == (again,)


def test_what_a_person_forgot_is_no_proposal_any_more(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        note(memory, "shop", OPEN, "nova")
        memory.forget("shop", [item.id for item in memory.items("shop")], "me", LAST)
        assert load(memory, "shop") == ()
