from __future__ import annotations

from typing import NamedTuple

from nova.answer import Left, Review, State
from nova.report import render
from reviewers.finding import Severity, Span
from tests.nova.report.reviews import HOSTILE_PATH, hostile, ranked, review, usual


class Command(NamedTuple):
    level: str
    properties: dict[str, str]
    message: str


def undone(text: str, marks: str) -> str:
    for mark in marks:
        text = text.replace(f"%{ord(mark):02X}", mark)
    return text.replace("%25", "%")


def read(line: str) -> Command:
    """A command as the runner reads it."""
    assert line.startswith("::")
    head, _, message = line[2:].partition("::")
    level, _, listed = head.partition(" ")
    pairs = (pair.partition("=") for pair in listed.split(",") if pair)
    return Command(level, {name: undone(value, "\r\n:,") for name, _, value in pairs}, undone(message, "\r\n"))


def lines(answer: Review) -> tuple[list[Command], list[str]]:
    written = render(answer, "github").splitlines()
    return [read(w) for w in written if w.startswith("::")], [w for w in written if not w.startswith("::")]


def test_a_finding_is_annotated_where_it_is() -> None:
    (command,), _ = lines(review(ranked(severity=Severity.HIGH, fixable=True)))
    assert command.level == "error"
    assert command.properties == {
        "file": "shop/orders.py",
        "line": "41",
        "endLine": "41",
        "col": "9",
        "endColumn": "19",
        "title": "close-resources (high)",
    }
    what, why, fix = command.message.split("\n")
    assert what.startswith("The file that")
    assert why == "why: 3 of 4 of these were mended here; changed 12 times this year"
    assert fix == "fix: nova show 019a1c20"


def test_columns_are_left_out_over_several_lines() -> None:
    (command,), _ = lines(review(ranked(span=Span(3, 5, 9, 2))))
    assert (command.properties["line"], command.properties["endLine"]) == ("3", "9")
    assert not command.properties.keys() & {"col", "endColumn"}


def test_severity_makes_the_level() -> None:
    commands, _ = lines(review(*(ranked(n, severity=s) for n, s in enumerate(Severity, 1))))
    assert [c.level for c in commands] == ["notice", "notice", "warning", "error"]


def test_no_more_are_written_than_are_shown_and_the_rest_is_owned_up_to() -> None:
    findings = [ranked(n, severity=Severity.LOW) for n in range(1, 31)]
    commands, _ = lines(review(*findings, total=55))
    assert [c.level for c in commands] == ["notice"] * 10
    assert [c.properties["line"] for c in commands[:-1]] == [str(40 + n) for n in range(1, 10)]
    assert commands[-1].message.startswith("46 more findings not annotated here")


def test_the_best_come_first_whatever_order_they_came_in() -> None:
    commands, _ = lines(review(*(ranked(n) for n in (3, 1, 2))))
    assert [c.properties["line"] for c in commands] == ["41", "42", "43"]


def test_a_file_that_failed_is_an_error_and_many_leave_room_for_findings() -> None:
    failed = tuple(Left(f"bad_{n}.py", "took longer than 10 s") for n in range(40))
    findings = [ranked(n, severity=Severity.HIGH) for n in range(1, 31)]
    commands, _ = lines(review(*findings, failed=failed))
    errors = [c for c in commands if c.level == "error"]
    assert len(errors) == 10
    assert errors[0].properties["file"] == "bad_0.py"
    assert errors[4].message == "36 more files could not be reviewed."
    assert sum("line" in c.properties for c in errors) == 5


def test_a_dismissed_finding_is_not_annotated() -> None:
    commands, _ = lines(review(ranked(state=State.DISMISSED)))
    assert not commands


def test_the_last_line_is_plain_and_has_the_totals() -> None:
    _, plain = lines(usual())
    assert plain[-1] == "Nova: 41 findings in 120 files (3 high, 17 medium, 21 low)."


def test_hostile_text_ends_no_command_and_starts_none() -> None:
    answer = hostile()
    commands, plain = lines(answer)
    assert len(commands) == 2
    assert all(c.properties["file"].endswith("#1 漢 字.py") for c in commands)
    assert commands[1].properties["line"] == "41"
    assert not any("##[" in line for line in plain)
    assert all(line.startswith("Nova: ") for line in plain)


def test_a_path_is_read_back_as_it_is_but_for_what_cannot_be_seen() -> None:
    (command,), _ = lines(review(ranked(path="a,b:c%25/d e.py")))
    assert command.properties["file"] == "a,b:c%25/d e.py"
    assert "\n" in HOSTILE_PATH
