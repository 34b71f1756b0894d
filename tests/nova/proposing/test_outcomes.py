"""What became of a proposal, told by its pull request and by the commits that followed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nova.proposing.outcomes import Seen, became, reverted
from nova.proposing.past import Proposal, Stage

OPEN = Proposal("p1", "B904", "nova/b904-1", "a" * 40, ("f1",), Stage.OPEN, "2026-01-01T00:00:00Z", 5)
MERGED = Proposal("p1", "B904", "nova/b904-1", "a" * 40, ("f1",), Stage.MERGED, "2026-01-02T00:00:00Z", 5)
AT = "2026-01-03T00:00:00Z"
OWN = "Raise from the cause\n\nNova-Proposal: p1\n"
ONE, TWO, THREE = "1" * 40, "2" * 40, "3" * 40


@pytest.mark.parametrize(
    ("seen", "stage"),
    [
        (Seen(is_open=False, is_merged=True, at=AT, commits=(("Nova", OWN),)), Stage.MERGED),
        (Seen(is_open=False, is_merged=True, at=AT, commits=(("Nova", OWN), ("ann", "Mend it"))), Stage.CHANGED),
        (Seen(is_open=False, is_merged=True, at=AT, commits=(("ann", OWN),)), Stage.CHANGED),
        (Seen(is_open=False, is_merged=False, at=AT), Stage.CLOSED),
        (Seen(is_open=False, is_merged=False, at=AT, is_stale=True), Stage.STALE),
    ],
)
def test_an_open_proposal_comes_to_an_end(seen: Seen, stage: Stage) -> None:
    told = became(OPEN, seen)
    assert told is not None
    assert (told.stage, told.at, told.id) == (stage, AT, "p1")


def test_one_that_is_open_or_over_stays_as_it_is() -> None:
    assert became(OPEN, Seen(is_open=True, is_merged=False, at=AT)) is None
    assert became(MERGED, Seen(is_open=False, is_merged=False, at=AT)) is None
    assert became(replace(OPEN, number=None), Seen(is_open=False, is_merged=False, at=AT)) is None


@pytest.mark.parametrize("was", [Stage.CLOSED, Stage.STALE])
def test_one_that_was_closed_may_be_opened_again_and_be_merged(was: Stage) -> None:
    shut = replace(OPEN, stage=was)
    again = became(shut, Seen(is_open=True, is_merged=False, at=""))
    assert again == OPEN
    merged = became(shut, Seen(is_open=False, is_merged=True, at=AT, commits=(("Nova", OWN),)))
    assert merged is not None
    assert merged.stage is Stage.MERGED
    assert became(shut, Seen(is_open=False, is_merged=False, at=AT, is_stale=was is Stage.CLOSED)) is None


@pytest.mark.parametrize(
    ("first", "back"),
    [
        ("Raise from the cause (#5)", f"Revert\n\nThis reverts commit {ONE}."),
        ("Merge pull request #5 from o/nova", f"Revert\n\nThis reverts commit {ONE[:10]}."),
        (OWN, f"Revert\n\nThis reverts commit {ONE}, reversing\nchanges."),
        ("Something else", "Revert (#6)\n\nReverts o/r#5"),
    ],
)
def test_a_commit_that_reverts_it_is_told_in_every_form(first: str, back: str) -> None:
    (told,) = reverted([MERGED], [(ONE, first, "2026-01-02T00:00:00Z"), (TWO, back, AT)], "o/r")
    assert (told.stage, told.at) == (Stage.REVERTED, AT)


def test_a_revert_that_was_reverted_counts_no_more() -> None:
    commits = [
        (ONE, OWN, "2026-01-02T00:00:00Z"), (TWO, f"This reverts commit {ONE}.", AT),
        (THREE, f"This reverts commit {TWO}.", "2026-01-04T00:00:00Z"),
    ]  # fmt: skip
    assert reverted([MERGED], commits, "o/r") == []


def test_a_revert_that_was_reverted_by_number_counts_no_more() -> None:
    commits = [
        (ONE, "Raise from the cause (#5)", "2026-01-02T00:00:00Z"), (TWO, "Revert it (#6)\n\nReverts o/r#5", AT),
        (THREE, "Revert the revert (#7)\n\nReverts o/r#6", "2026-01-04T00:00:00Z"),
    ]  # fmt: skip
    assert reverted([MERGED], commits, "o/r") == []


@pytest.mark.parametrize(
    "message", [f"This reverts commit {THREE}.", "Reverts o/other#5", "Reverts o/r#55", "> Reverts o/r#5", "x (#5)"]
)
def test_reverts_of_something_else_are_none(message: str) -> None:
    assert reverted([MERGED], [(ONE, OWN, "2026-01-02T00:00:00Z"), (TWO, message, AT)], "o/r") == []


def test_an_open_proposal_is_not_reverted() -> None:
    assert reverted([OPEN], [(ONE, OWN, AT), (TWO, f"This reverts commit {ONE}.", AT)], "o/r") == []
