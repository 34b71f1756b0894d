from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from reviewers.analysis import Checks, NewerSyntax, analyse
from reviewers.finding import Severity, Span
from reviewers.registry import RULES
from reviewers.report import from_bytes, to_bytes
from reviewers.rule import Hit, Rule
from reviewers.tools.ruff import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.facts import FileFacts

ALL = Checks.of(r for r in RULES if isinstance(r, Rule))


class _Crashes(Rule):
    """Fails on every name."""

    name = "crashes"
    severity = Severity.LOW
    sees = (ast.Name,)

    def check(self, node: ast.AST, facts: FileFacts) -> Iterable[Hit]:
        """Fail."""
        raise ZeroDivisionError("over")


class _Names(Rule):
    """Finds every name."""

    name = "names"
    severity = Severity.LOW
    sees = (ast.Name,)

    def check(self, node: ast.AST, facts: FileFacts) -> Iterable[Hit]:
        """Find."""
        yield Hit(node, "a name")


def test_a_rule_that_crashes_fails_the_file_and_no_other_rule() -> None:
    report = analyse("a.py", b"x = y\n", "a", Checks.of([_Crashes(), _Names()]))
    assert report.failed == "crashes failed: ZeroDivisionError: over"
    assert [f.rule for f in report.findings] == ["names", "names"]


def test_a_report_survives_its_bytes() -> None:
    text = "import os\n\n\ndef load(path):\n    return open(path).read()  # nova: ignore[x] \u00e4 \udce9\n"
    report = analyse("a.py", text.encode("utf-8", "replace"), "a", ALL)
    assert report.findings
    assert from_bytes("a.py", to_bytes(report)) == report
    assert to_bytes(from_bytes("a.py", to_bytes(report))) == to_bytes(report)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"[1,2,3]", b'[0,"","",[[1]],[],null,[],[]]', b"\xff"])
def test_bytes_of_anything_else_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        from_bytes("a.py", data)


def test_syntax_that_python_refuses_is_put_off_and_then_a_finding() -> None:
    with pytest.raises(NewerSyntax):
        analyse("a.py", b"def (\n", "a", ALL)
    (finding,) = analyse("a.py", b"x = 1\ndef (\n", "a", ALL, last_word=True).findings
    assert (finding.rule, finding.severity, finding.span.line) == ("invalid-syntax", Severity.HIGH, 2)


def test_limits_of_the_parser_are_no_newer_syntax() -> None:
    report = analyse("a.py", b"x = " + b"(" * 300 + b")" * 300, "a", ALL)
    assert report.failed == "nested too deeply for Python's parser"


MARKED = [
    ("print(x)\nzip(a, b)\n", Span(2, 1, 2, 10), None),
    ("def f():\n    return zip(a, b)\n", Span(2, 12, 2, 21), "f"),
    ("class A:\n    def f(self, x=[]):\n        pass\n", Span(2, 19, 2, 21), "A.f"),
    ("\u00e4 = 1; b = zip(c)\n", Span(1, 12, 1, 18), None),
]


@pytest.mark.parametrize(("text", "span", "symbol"), MARKED)
def test_what_a_tool_finds_is_known_by_its_syntax_and_not_by_its_place(
    text: str, span: Span, symbol: str | None
) -> None:
    def found(text: str, span: Span) -> tuple[str | None, str]:
        (finding,) = analyse(
            "a.py", text.encode(), "a", Checks(), [Diagnostic("B905", "m", span, Severity.LOW)]
        ).findings
        return finding.symbol, finding.fingerprint

    moved = Span(span.line + 2, span.column, span.end_line + 2, span.end_column)
    assert found(text, span)[0] == symbol
    assert found(text, span) == found(f"# a\n\n{text}", moved)


def test_many_findings_in_one_line_are_placed_in_good_time() -> None:
    number = 4000
    text = "x = [" + "a, " * number + "]\n"
    diagnostics = [Diagnostic("F821", "m", Span(1, 6 + 3 * n, 1, 7 + 3 * n), Severity.LOW) for n in range(number)]
    assert len({f.fingerprint for f in analyse("a.py", text.encode(), "a", Checks(), diagnostics).findings}) == number
