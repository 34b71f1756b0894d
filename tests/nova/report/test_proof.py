from __future__ import annotations

from nova.proof.tools import NEXT
from nova.proof.verdict import Counterexample, Outcome, Proof, RungResult, Verdict
from nova.report.proof import render

NAMES = ("text", "rule", "bytecode", "types", "tests", "mutants", "inputs", "suite")


def _proof(outcomes: str, verdict: Verdict, **whys: str) -> Proof:
    """A proof by one letter a rung: Passed, Failed, Refuted, or ``-`` for not run."""
    kinds = {"P": Outcome.PASSED, "F": Outcome.FAILED, "R": Outcome.REFUTED, "-": Outcome.NOT_RUN}
    rungs = [
        RungResult(n, name, kinds[letter], whys.get(name, f"{name} said so"))
        for n, (name, letter) in enumerate(zip(NAMES, outcomes, strict=True))
    ]
    return Proof("0" * 32, verdict, tuple(rungs))


def test_the_first_line_is_the_verdict_and_the_one_reason() -> None:
    text = render(_proof("PPFPPFP-", Verdict.UNPROVEN, mutants="no test sees this line"), "a.py")
    assert text.splitlines()[:2] == ["unproven: mutants: no test sees this line", "a.py"]


def test_what_kept_the_tests_from_being_run_goes_before_other_bytecode() -> None:
    why = f"the target is not trusted{NEXT}trust it"
    proof = _proof("PPFP----", Verdict.UNPROVEN, tests=why, mutants=why, inputs=why, suite=why)
    assert proof.why.startswith("tests: the target is not trusted")
    lines = render(proof, "a.py").splitlines()
    assert lines[:2] == ["unproven: tests: the target is not trusted", "  next: trust it"]
    assert "  4-7 tests, mutants, inputs, suite: not run" in lines
    proven = "only what is proven was asked for"
    asked = _proof("PPF-----", Verdict.UNPROVEN, **dict.fromkeys(NAMES[3:], proven))
    assert asked.why == "bytecode: bytecode said so"


def test_a_low_rung_that_failed_is_the_reason() -> None:
    assert _proof("FPFP----", Verdict.UNPROVEN).why.startswith("text:")
    assert _proof("PPFPPPPP", Verdict.TESTED).why == "suite said so"
    assert _proof("PPFPPPR-", Verdict.REFUTED).why.startswith("inputs:")


def test_a_counterexample_can_be_copied_and_run() -> None:
    script = "def f(x):\n    if x:\n        return 1\n\nassert f(1) == 1\n"
    rung = RungResult(6, "inputs", Outcome.REFUTED, "they differ", counterexample=Counterexample("f(0)", script))
    text = render(Proof("0" * 32, Verdict.REFUTED, (rung,)), "a.py")
    assert text.endswith("\n\n" + script.strip("\n"))
    assert "      f(0)" in text


def test_nothing_of_the_code_steers_the_terminal() -> None:
    bad = Counterexample("\x1b[2J", "x = '\x1b[2J'")
    rung = RungResult(6, "inputs", Outcome.REFUTED, "\x1b[2J", ("a\x1b[2J",), ("\x1b",), counterexample=bad)
    assert "\x1b" not in render(Proof("0" * 32, Verdict.REFUTED, (rung,)), "a\x1b.py")


def test_how_the_tests_were_run_is_told_once() -> None:
    rungs = [RungResult(n, NAMES[n], Outcome.PASSED, str(n), ("pytest",), ("Python 3",)) for n in (4, 5, 6)]
    text = render(Proof("0" * 32, Verdict.UNPROVEN, tuple(rungs)), "a.py")
    assert (text.count("$ pytest"), text.count("with Python 3")) == (1, 1)
