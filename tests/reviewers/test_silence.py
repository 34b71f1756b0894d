"""Comments that silence findings, and those that silence nothing."""

from __future__ import annotations

import pytest

from reviewers.comments import silencers
from reviewers.finding import Finding, Severity, Span, fingerprint
from reviewers.report import FileReport, Ignore
from reviewers.silence import UNUSED, added, hear


def finding(line: int, rule: str = "close-resources", source: str = "nova") -> Finding:
    return Finding(
        rule, source, Severity.LOW, 0.5, "a.py", Span(line, 1, line, 5), None, "m", fingerprint(rule, None, "x")
    )


def report(code: str) -> FileReport:
    ignores, noqa = silencers(code)
    return FileReport("a.py", 9, ignores=ignores, noqa=noqa)


def heard(code: str, *findings: Finding) -> list[tuple[str, int]]:
    ran = frozenset({"close-resources", "no-secrets"})
    kept = hear(findings, {"a.py": report(code)}, {"close-resources": ("SIM115",)}, ran).findings
    return [(f.rule, f.span.line) for f in kept]


@pytest.mark.parametrize(
    "code",
    [
        "x = open(p)  # nova: ignore[close-resources] it lives as long as the program\n",
        "# nova: ignore[close-resources] it lives long\nx = open(p)\n",
        "# nova: ignore[close-resources]\n# and a second comment\n\nx = open(p)\n",
        "x = open(p)  # nova: ignore\n",
        "x = open(p)  # nova:ignore[no-secrets, close-resources]: both\n",
        "x = open(p)  # noqa\n",
        "x = open(p)  # noqa: SIM115\n",
        "x = open(p)  # noqa: E501, SIM115\n",
    ],
)
def test_a_comment_silences_its_own_line_or_the_next_line_of_code(code: str) -> None:
    line = code.split("\n").index(next(row for row in code.split("\n") if row.startswith("x"))) + 1
    assert heard(code, finding(line)) == []


@pytest.mark.parametrize(
    "code",
    [
        "x = open(p)  # noqa: E501\n",
        's = "# nova: ignore[close-resources]"; x = open(p)\n',
        "x = open(p)\ny = 1  # noqa\n",
    ],
)
def test_what_is_no_comment_or_names_something_else_silences_nothing(code: str) -> None:
    assert heard(code, finding(1)) == [("close-resources", 1)]


def test_noqa_is_left_to_ruff_for_its_own_findings() -> None:
    assert heard("x = open(p)  # noqa\n", finding(1, "B006", "ruff")) == [("B006", 1)]


def test_an_ignore_that_silences_nothing_is_reported() -> None:
    assert heard("x = 1  # nova: ignore[close-resources] once it did\n") == [(UNUSED, 1)]


def test_an_ignore_for_a_rule_that_did_not_run_is_not_called_unused() -> None:
    assert heard("x = 1  # nova: ignore[some-other-rule]\n") == []


def test_the_reason_is_kept() -> None:
    assert silencers("x = 1  # nova: ignore[a, b] because of c\n")[0] == (Ignore(1, 1, 1, ("a", "b"), "because of c"),)


def test_ignores_that_a_change_adds_are_counted() -> None:
    old, new = report("x = 1  # nova: ignore[a]\n"), report("x = 1  # nova: ignore[a]\ny = 2  # nova: ignore[b]\n")
    assert added({"a.py": new, "b.py": new}, {"a.py": old}) == 3
