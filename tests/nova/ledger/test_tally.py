"""The counts of the ledger, against what a hand counts."""

from __future__ import annotations

from memory.life import Life
from memory.verdict import Answer, Verdict, waking
from nova.ledger.share import Share
from nova.ledger.tally import Records, landed, tallies, tally, times
from nova.proposing.past import Stage
from tests.nova.ledger.courses import course


def life(name: str, rule: str, *, is_open: bool = True) -> Life:
    return Life(
        name, name, "a.py", rule, None, "low", "wrong", "open" if is_open else "fixed", "s", None, "2026-11-01", "s",
        None, "2026-11-01", None, None, None, 1,
    )  # fmt: skip


def verdict(rule: str, answer: Answer, name: str = "f") -> Verdict:
    return Verdict(name, name, "a.py", rule, None, answer, "", "Ada", "2026-11-02T00:00:00Z")


RECORDS = Records(
    lives=[life("1", "B904"), life("2", "B904", is_open=False), life("3", "F401")],
    courses=[
        course("p", 1, (Stage.LOCAL, "1"), (Stage.OPEN, "1"), (Stage.MERGED, "2")),
        course("q", 2, (Stage.OPEN, "1"), (Stage.CHANGED, "5")),
        course("r", 3, (Stage.OPEN, "1"), (Stage.CLOSED, "1T12")),
        course("s", 4, (Stage.OPEN, "1"), (Stage.MERGED, "3"), (Stage.REVERTED, "9")),
        course("t", 5, (Stage.OPEN, "1"), (Stage.STALE, "9"), rule="E713"),
        course("u", 6, (Stage.OPEN, "8"), rule="E713"),
        course("v", 7, (Stage.MERGED, "8"), rule="E713"),
        course("w", None, (Stage.LOCAL, "9")),
        course("x", None, (Stage.LOCAL, "9"), rule="E713"),
        course("y", None, (Stage.LOCAL, "9"), rule="E713"),
    ],
    gone=frozenset("xy"),
    by_hand=frozenset("y"),
    verdicts=[verdict("B904", Answer.ACCEPT), verdict("B904", Answer.DISMISS), verdict("PLW1", Answer.LATER),
              waking("B904", "", "Ada", "2026-11-02T00:00:00Z")],
    fresh=[verdict("PLW1", Answer.LATER)],
    misses=["B904", "B006"],
    fresh_misses=["B006"],
)  # fmt: skip


def test_all_is_counted_once() -> None:
    one = tally(RECORDS)
    assert (one.found, one.open, one.proposed, one.posted) == (3, 2, 10, 7)
    assert one.stages == {
        "local": 3, "open": 1, "merged": 2, "changed": 1, "closed": 1, "reverted": 1, "stale": 1
    }  # fmt: skip
    assert (one.taken_back, one.by_hand) == (1, 1)
    assert one.verdicts == {"accept": 1, "dismiss": 1, "later": 1}
    assert one.fresh == {"later": 1}
    assert (one.misses, one.fresh_misses) == (2, 1)


def test_acceptance_leaves_out_what_nobody_answered_and_counts_a_revert_against() -> None:
    assert tally(RECORDS).acceptance == Share(3, 5)
    assert tally(RECORDS, "E713").acceptance == Share(1, 1)
    assert tally(RECORDS, "F401").acceptance == Share(0, 0)


def test_the_time_to_answer_is_of_those_whose_both_ends_are_known() -> None:
    day = 86_400
    told = times(RECORDS.courses)
    assert (told.known, told.answered) == (4, 5)
    assert (told.shortest, told.median, told.longest) == (day / 2, 1.5 * day, 4 * day)
    assert times([]).median is None


def test_the_rules_add_up_to_all() -> None:
    told, whole = tallies(RECORDS), tally(RECORDS)
    assert list(told) == ["B904", "E713", "PLW1", "B006", "F401"]
    for name in ("found", "open", "proposed", "posted", "taken_back", "by_hand", "misses", "fresh_misses"):
        assert sum(getattr(one, name) for one in told.values()) == getattr(whole, name), name
    for name in ("stages", "verdicts", "fresh"):
        summed = {key: sum(getattr(one, name).get(key, 0) for one in told.values()) for key in getattr(whole, name)}
        assert summed == getattr(whole, name), name


def test_what_was_merged_is_told_newest_first_with_what_was_taken_back_or_merged_by_hand() -> None:
    assert [one.last.id for one in landed(RECORDS.courses, RECORDS.by_hand)] == ["y", "v", "s", "q", "p"]
