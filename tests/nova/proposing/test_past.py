from __future__ import annotations

import pytest

from nova.proposing.past import IN_A_ROW, MOST_OPEN, Proposal, Stage, room

NOW = "2026-05-20T00:00:00+00:00"


def proposal(rule: str, stage: Stage, day: int = 1, number: int | None = 1) -> Proposal:
    return Proposal(
        f"{rule}{day}", rule, f"nova/{rule}", "c0ffee", ("f1",), stage, f"2026-05-{day:02}T00:00:00+00:00", number
    )


def test_with_no_past_there_is_room_for_all() -> None:
    assert room([], NOW) == type(room([], NOW))(MOST_OPEN, {}, "")


def test_a_rule_with_an_open_proposal_gets_no_second_one() -> None:
    found = room([proposal("E714", Stage.OPEN, number=7)], NOW)
    assert found.most == MOST_OPEN - 1
    assert found.resting == {"E714": "#7 is open"}


def test_open_proposals_fill_the_room() -> None:
    found = room([proposal(r, Stage.OPEN) for r in ("A1", "B1", "C1")], NOW)
    assert found.most == 0
    assert found.why == "3 of 3 proposals are open"


def test_a_local_branch_takes_no_room() -> None:
    assert room([proposal("A1", Stage.LOCAL)], NOW).most == MOST_OPEN


@pytest.mark.parametrize(("day", "rests"), [(7, True), (5, False)])
def test_a_closed_proposal_lets_its_rule_rest_for_a_while(day: int, rests: bool) -> None:
    found = room([proposal("E714", Stage.CLOSED, day)], NOW)
    assert ("E714" in found.resting) is rests


def test_a_rule_that_was_closed_twice_rests_twice_as_long() -> None:
    once = [proposal("E714", Stage.CLOSED, 5)]
    assert "E714" not in room(once, NOW).resting
    assert "rests until 2026-06-02" in room([*once, proposal("E714", Stage.CLOSED, 5)], NOW).resting["E714"]


def test_what_was_closed_by_nova_itself_counts_against_nobody() -> None:
    assert room([proposal("E714", Stage.STALE, 19)], NOW).resting == {}


def test_after_several_refusals_in_a_row_one_may_be_open_at_a_time() -> None:
    refused = [proposal(f"R{n}", Stage.CLOSED, n) for n in range(1, IN_A_ROW + 1)]
    assert room(refused, NOW).most == 1
    full = room([*refused, proposal("X1", Stage.OPEN, 6)], NOW)
    assert full.most == 0
    assert "closed unmerged, so one at a time" in full.why
    assert room([*refused, proposal("X1", Stage.MERGED, 6)], NOW).most == MOST_OPEN
