"""What refuted fixes teach, from the proof to the order of the next fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory.store import Memory
from nova.lessons import by_standing, note_refuted, refuted_before, standing_of
from nova.proof.case import Mend
from nova.proof.verdict import Outcome, Proof, RungResult, Verdict
from reviewers.finding import Span

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-03-01T12:00:00+00:00"


def proof(patch: str, verdict: Verdict = Verdict.REFUTED) -> Proof:
    outcome = Outcome.REFUTED if verdict is Verdict.REFUTED else Outcome.PASSED
    rungs = (RungResult(0, "text", Outcome.PASSED), RungResult(6, "inputs", outcome, "f(0) gave 1, now 2"))
    return Proof(patch, verdict, rungs)


def mend(rule: str = "SIM110", path: str = "a.py") -> Mend:
    return Mend(rule, path, Span(1, 1, 1, 2))


def test_a_refuted_fix_is_remembered_once_and_told_of(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        assert refuted_before(standing_of(memory, "shop"), "SIM110") == ""
        for _ in range(2):
            assert note_refuted(memory, "shop", proof("p1"), [mend()], "nova", AT) is not None
        assert refuted_before(standing_of(memory, "shop"), "SIM110") == "a fix of this rule was refuted before"
        for number in (2, 3):
            note_refuted(memory, "shop", proof(f"p{number}"), [mend()], "nova", AT)
        assert refuted_before(standing_of(memory, "shop"), "SIM110") == "3 fixes of this rule were refuted before"
        (item, *_) = memory.items("shop")
        assert item.value == "A fix of SIM110 in a.py was refuted: inputs showed that it changes what is done."


def test_what_is_not_refuted_or_of_several_rules_is_not_remembered(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        assert note_refuted(memory, "shop", proof("p1", Verdict.UNPROVEN), [mend()], "nova", AT) is None
        assert note_refuted(memory, "shop", proof("p1"), [mend(), mend("SIM102")], "nova", AT) is None
        assert note_refuted(memory, "shop", proof("p1"), [], "nova", AT) is None
        assert memory.items("shop") == []


def test_fixes_of_a_rule_that_was_refuted_come_last(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        note_refuted(memory, "shop", proof("p1"), [mend()], "nova", AT)
        note_refuted(memory, "bank", proof("p9"), [mend("C401")], "nova", AT)
        standing = standing_of(memory, "shop")
    fixes = [("SIM110", "a.py"), ("C401", "a.py"), ("SIM110", "z.py"), ("SIM102", "a.py"), ("RET505", "a.py")]
    ordered = by_standing(fixes, lambda one: one, standing)
    assert ordered[:2] == fixes[3:]
    assert ordered[-1] == ("SIM110", "a.py")
    assert by_standing(fixes[:1] * 2, lambda one: one, standing) == fixes[:1] * 2
