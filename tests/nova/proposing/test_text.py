from __future__ import annotations

from nova.fixing import Judged, Offer
from nova.proof.case import Mend
from nova.proof.tools import NEXT
from nova.proof.verdict import PROVEN_ALREADY, Outcome, Proof, RungResult, Verdict
from nova.proposing.choice import Subject
from nova.proposing.text import Measured, Written, branch_of, written
from reviewers.finding import Span

STEP = "in /home/ada/x.toml write path = /tmp/nova-tree-1"
RUNGS = (
    RungResult(0, "text", Outcome.PASSED, "only what was meant changes"),
    RungResult(3, "types", Outcome.NOT_RUN, PROVEN_ALREADY),
    RungResult(4, "tests", Outcome.NOT_RUN, f"the target is not trusted{NEXT}{STEP}"),
)


def words(
    title: str = "Say it in one line", why: str = "", rungs: tuple[RungResult, ...] = RUNGS,
    verdict: Verdict = Verdict.UNPROVEN,
) -> Written:  # fmt: skip
    offer = Offer("f1", title, Mend("SIM108", "a.py", Span(1, 1, 1, 2)), b"a\n", b"b\n")
    rungs = (*rungs, RungResult(1, "rule", Outcome.FAILED, why)) if why else rungs
    proof = Proof("k3y", verdict, rungs)
    subject = Subject("SIM108", (Judged(offer, proof),), 2, 1.0)
    measured = Measured((3, 2), (9, 8), (40, 38))
    return written(subject, "c0ffee", {}, {"a.py": proof}, measured, "<!-- mark -->")


def test_nothing_of_the_machine_is_told() -> None:
    told = words()
    for text in (told.body, told.message, told.title):
        assert "next:" not in text
        assert "/tmp" not in text
        assert "/home" not in text


def test_what_was_not_climbed_stands_apart_from_what_was() -> None:
    body = words().body
    assert "| 0 text | passed | only what was meant changes |" in body
    assert "| 4 tests" not in body
    assert "Not checked: tests (the target is not trusted)." in body


def test_what_was_not_needed_is_no_gap() -> None:
    assert "types" not in words().body


def test_versions_are_named_once_and_a_proof_without_tests_says_so() -> None:
    rungs = (
        RungResult(1, "rule", Outcome.PASSED, "it parses", versions=("3.11.7", "3.12.1")),
        RungResult(2, "bytecode", Outcome.PASSED, "identical in Python 3.11.7, 3.12.1", versions=("3.11.7", "3.12.1")),
    )
    body = words(rungs=rungs, verdict=Verdict.PROVEN).body
    assert "| 1 rule | passed | it parses; Python 3.11.7, 3.12.1 |" in body
    assert "| 2 bytecode | passed | identical in Python 3.11.7, 3.12.1 |" in body
    assert "No test was run" in body
    assert "No test was run" not in words().body


def test_it_says_who_decides_and_what_follows_from_closing_it() -> None:
    last = words().body.rstrip().splitlines()[-3]
    assert "for a person to decide" in last
    assert "rests for 14 days" in last


def test_the_numbers_are_those_that_were_measured() -> None:
    assert "| findings in the repository | 3 | 2 |" in words().body
    assert "| cyclomatic complexity of the changed files | 9 | 8 |" in words().body


def test_what_comes_from_the_code_makes_no_markup() -> None:
    told = words(title="<!-- nova-proposal --> @ada\n# big", why="`](http://x) @ada <img>")
    assert told.body.count("<!--") == 1
    assert "<img>" not in told.body
    assert "\n" not in told.title


def test_a_branch_is_named_by_rule_and_files() -> None:
    assert branch_of("SIM108", ("a.py", "b.py")) == branch_of("SIM108", ("b.py", "a.py"))
    assert branch_of("SIM108", ("a.py",)) != branch_of("SIM108", ("b.py",))
    assert branch_of("no-secrets/../x", ("a.py",)).startswith("nova/no-secrets-x-")


def test_nothing_from_the_code_acts_in_a_commit_message() -> None:
    subject, *_ = words("Use @octocat fixes #12 GH-7 o/r#3 [skip ci] http://x.y").message.split("\n")
    for acts in ("@octocat", "#12", "GH-7", "#3", "[skip", "://"):
        assert acts not in subject
    assert subject.replace("\u200b", "").startswith("Use @octocat fixes #12 GH-7 o/r#3 [skip ci] http://x.y")
    assert words().message.isascii()
