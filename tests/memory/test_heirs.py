"""Which findings inherit a dismissal, and while which reasons hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from memory import Answer, standing
from memory.heirs import Claim, Descent, Noted, Trace, between, holds, is_of_the_code, successors, unseen
from tests.memory.samples import after, go, sighting, verdict

LATER = "2026-03-02T12:00:00+00:00"


def trace(mark: str, line: int = 1, message: str = "said", symbol: str | None = "load", **more: bool) -> Trace:
    return Trace(mark, "a.py", "no-mutable-default", symbol, line, message, **more)


@pytest.mark.parametrize(
    ("because", "is_so"),
    [
        ("wrong", True),
        ("Wrong: it is closed by the caller", True),
        ("false positive", True),
        ("by design", False),
        ("By Design", False),
        ("not worth it", False),
        ("", False),
        ("callers rely on it", False),
        ("until the release", True),
        ("for now", True),
        ("temporary", True),
        ("gone in 3.12", True),
        ("2026-12 we drop it", True),
        ("see #431", True),
    ],
)
def test_a_reason_speaks_of_the_code_or_of_what_its_symbol_is_for(because: str, is_so: bool) -> None:
    assert is_of_the_code(because) is is_so


@pytest.mark.parametrize("same", [True, False])
def test_wrong_holds_while_the_code_has_the_same_shape(same: bool) -> None:
    claim = Claim(verdict(because="wrong"), trace("f1"))
    assert holds(claim, trace("f2", message="another"), lambda: same) is same


def test_by_design_holds_whatever_the_code_looks_like() -> None:
    claim = Claim(verdict(), trace("f1"))
    assert holds(claim, trace("f2", message="another"), lambda: False)


@pytest.mark.parametrize("because", ["wrong", "by design"])
@pytest.mark.parametrize("now", [trace("f2", symbol=None), trace("f2", grave=True)])
def test_outside_of_symbols_and_where_much_hangs_on_it_the_words_must_be_the_same(because: str, now: Trace) -> None:
    claim = Claim(verdict(because=because), replace(now, fingerprint="f1"))
    assert holds(claim, now, lambda: True)
    assert not holds(claim, replace(now, message="another"), lambda: True)
    assert not holds(Claim(claim.verdict, None), now, lambda: True), "nobody knows what it said"


def test_each_has_one_partner_by_words_and_then_by_place() -> None:
    gone = [trace("a", 1, "one"), trace("b", 10, "two")]
    assert successors(gone, [trace("x", 11, "one"), trace("y", 2, "two")]) == {0: 0, 1: 1}
    assert successors(gone, [trace("x", 9, "new"), trace("y", 2, "new")]) == {0: 1, 1: 0}
    assert successors(gone[:1], [trace("x", 5), trace("y", 2)]) == {1: 0}
    assert successors(gone, []) == {}


def descent(*steps: list[str], said: object = None, path: str = "a.py") -> Descent:
    """The lives after reviews that saw these findings, one of which was dismissed."""
    lives: list[object] = []
    for number, names in enumerate(steps):
        lives = after(lives, go(lives, [sighting(n, path) for n in names], f"s{number}"))  # type: ignore[arg-type,assignment]
    given = said if isinstance(said, list) else [verdict("f1")]
    return Descent(lives, standing(given), given)  # type: ignore[arg-type]


def inherits(one: Descent, name: str) -> bool:
    return one.claim((name, "a.py")) is not None


def test_what_appears_in_the_step_in_which_the_dismissed_one_went_goes_on_from_it() -> None:
    one = descent(["f1"], ["f2"], ["f2"])
    claim = one.claim(("f2", "a.py"))
    assert claim is not None
    assert claim.verdict == verdict("f1")
    assert claim.was is not None
    assert claim.was.fingerprint == "f1"


def test_the_line_goes_on_from_edit_to_edit() -> None:
    assert inherits(descent(["f1"], ["f2"], ["f3"], ["f4"]), "f4")


def test_a_step_without_it_ends_the_line() -> None:
    assert not inherits(descent(["f1"], [], ["f2"]), "f2")


def test_what_was_there_beside_it_inherits_nothing() -> None:
    assert not inherits(descent(["f1", "f2"], ["f2"]), "f2")


def test_a_second_one_that_appears_inherits_nothing() -> None:
    one = descent(["f1"], ["f2", "f3"])
    assert sorted([inherits(one, "f2"), inherits(one, "f3")]) == [False, True]


def test_the_line_survives_going_back_and_forth_between_two_branches() -> None:
    assert inherits(descent(["f1"], ["f2"], ["f1"], ["f2"], ["f1"], ["f2"]), "f2")


@pytest.mark.parametrize("answer", [Answer.UNDO, Answer.LATER, Answer.ACCEPT])
def test_what_was_spoken_of_itself_inherits_nothing(answer: Answer) -> None:
    said = [verdict("f1"), verdict("f2", answer=answer, at=LATER)]
    assert not inherits(descent(["f1"], ["f2"], said=said), "f2")
    assert not inherits(descent(["f1"], ["f2"], ["f3"], said=said), "f3"), "and neither does what comes after it"


def test_an_undo_of_the_first_answer_ends_it_for_all() -> None:
    said = [verdict("f1"), verdict("f1", answer=Answer.UNDO, at=LATER)]
    assert not inherits(descent(["f1"], ["f2"], said=said), "f2")


def test_another_symbol_or_rule_inherits_nothing() -> None:
    lives = after([], go([], [sighting("f1")], "s0"))
    for more in ({"symbol": "save"}, {"rule": "no-blocking-in-async"}):
        changed = after(lives, go(lives, [sighting("f2", **more)], "s1"))
        assert Descent(changed, standing([verdict("f1")]), [verdict("f1")]).claim(("f2", "a.py")) is None


def test_the_line_follows_a_renamed_file() -> None:
    lives = after([], go([], [sighting("f1")], "s0"))
    moved = after(lives, go(lives, [sighting("f2", "b.py")], "s1", renames={"b.py": "a.py"}, gone={"a.py"}))
    assert Descent(moved, standing([verdict("f1")]), [verdict("f1")]).claim(("f2", "b.py")) is not None


def test_a_change_hands_on_from_what_it_took_away() -> None:
    claim = Claim(verdict("f1"), trace("f1"))
    gone = {("f1", "a.py"): claim, ("f9", "a.py"): None}
    traces = {("f1", "a.py"): trace("f1", 1), ("f9", "a.py"): trace("f9", 20)}
    assert between(gone, traces, [trace("f2", 2)]) == {("f2", "a.py"): claim}
    assert between(gone, traces, [trace("f2", 19)]) == {}, "that one goes on from the other"
    assert between(gone, traces, [trace("f2", 2, symbol="save")]) == {}


def alone(present: list[Trace], first: str | None = None, note: Noted | None = None) -> set[str]:
    found = unseen([(verdict("f1"), "a.py")], present, lambda _: True, lambda _: first, lambda _: note)
    return {mark for mark, _ in found}


def test_an_answer_to_what_memory_never_saw_goes_to_the_only_one_that_can_have_it() -> None:
    assert alone([trace("f2")]) == {"f2"}
    assert alone([trace("f2"), trace("f3")]) == set()
    assert alone([trace("f2", symbol="save")]) == set()


def test_what_was_there_before_the_answer_does_not_have_it() -> None:
    assert alone([trace("f2")], first="2026-02-01T12:00:00Z") == set()
    assert alone([trace("f2")], first="2026-04-01T12:00:00Z") == {"f2"}


def test_what_was_noted_with_an_answer_tells_who_stood_beside() -> None:
    note = Noted(trace("f1"), "", frozenset({"f2"}))
    assert alone([trace("f2")], note=note) == set()
    assert alone([trace("f2"), trace("f3")], note=note) == {"f3"}
