"""One file's bytes in, its report out: one parse and one pass that every rule and measure shares."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewers.comments import silencers
from reviewers.digests import digest
from reviewers.facts import FileFacts, header_syntax, link, unlink
from reviewers.finding import Finding, Severity, Span, fingerprint, number_twins
from reviewers.interface import collect, pack
from reviewers.measures import DECIDING, measure
from reviewers.report import FileReport
from reviewers.text import Undecodable, decoded, is_generated, unified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reviewers.rule import Hit, Rule
    from reviewers.tools.ruff import Diagnostic

SYNTAX = "invalid-syntax"
_UNUSED = "F841"
"""An unused name of an ``except`` clause says nothing of a fault; about a third of the 22 findings read were such."""
_TOO_DEEP = frozenset({"too many nested parentheses", "too many levels of indentation"})
"""Limits of every Python's own: no newer one would take the file."""


class NewerSyntax(Exception):
    """This Python cannot parse the file; a newer one may."""

    def __init__(self, error: SyntaxError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Checks:
    """The rules to run, by the node types that they want to see."""

    by_type: Mapping[type[ast.AST], Sequence[Rule]] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Checks:
        """Sort rules by what they see."""
        by_type: dict[type[ast.AST], list[Rule]] = {}
        for rule in rules:
            for kind in rule.sees:
                by_type.setdefault(kind, []).append(rule)
        return cls(by_type)


def analyse(
    path: str,
    data: bytes,
    module: str,
    checks: Checks,
    diagnostics: Sequence[Diagnostic] = (),
    *,
    last_word: bool = False,
) -> FileReport:
    """The report of one file.

    Raises ``NewerSyntax`` where the parser refuses it, unless ``last_word`` says that no other Python will be
    asked: then the fault is a finding.
    """
    if b"\0" in data:
        return FileReport(path, skipped="binary: it holds null bytes")
    if is_generated(data):
        return FileReport(path, skipped="generated: its first lines say so")
    try:
        text = unified(decoded(data))
    except Undecodable as error:
        return FileReport(path, failed=str(error))
    lines = text.count("\n") + (not text.endswith("\n") and text != "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        if error.msg in _TOO_DEEP:
            return FileReport(path, lines, failed="nested too deeply for Python's parser")
        if not last_word:
            raise NewerSyntax(error) from error
        return FileReport(path, lines, findings=(_unparsable(path, text, error),))
    except (RecursionError, MemoryError):
        return FileReport(path, lines, failed="nested too deeply for Python's parser")
    nodes = link(tree)
    facts = FileFacts(path, text, tree, module, nodes)
    try:
        return _read(path, text, lines, facts, nodes, checks, diagnostics)
    finally:
        unlink(nodes)
        facts.forget()


def text_only(path: str, data: bytes, diagnostics: Sequence[Diagnostic], reason: str) -> FileReport:
    """The report of a file that no Python at hand can parse: ruff's findings and its number of lines."""
    text = unified(decoded(data))
    findings = number_twins(
        _from_tool(d, path, None, digest(d.code, d.message)) for d in diagnostics if d.code != SYNTAX
    )
    return FileReport(path, text.count("\n") + 1, skipped=reason, findings=findings)


def _read(
    path: str,
    text: str,
    lines: int,
    facts: FileFacts,
    nodes: Sequence[ast.AST],
    checks: Checks,
    diagnostics: Sequence[Diagnostic],
) -> FileReport:
    findings: list[Finding] = []
    crashed: dict[str, str] = {}
    for kind, rules in checks.by_type.items():
        seen = facts.kinds.get(kind, ())
        for rule in rules:
            try:
                for node in seen:
                    for hit in rule.check(node, facts):
                        findings.append(_from_rule(rule, hit, facts))  # noqa: PERF401  most nodes have no hit
            except Exception as error:  # noqa: BLE001  a rule that fails on one file must not take the other rules with it
                crashed.setdefault(rule.name, f"{rule.name} failed: {type(error).__name__}: {error}")
    functions = facts.statements(ast.FunctionDef, ast.AsyncFunctionDef)
    deciding = [node for kind in DECIDING for node in facts.kinds.get(kind, ())]
    if diagnostics:
        findings.extend(_placed(diagnostics, facts, nodes))
    ignores, noqa = silencers(text)
    measures = measure([(facts.symbol(node) or node.name, node) for node in functions], deciding)
    return FileReport(
        path,
        lines,
        failed="; ".join(crashed[name] for name in sorted(crashed)),
        findings=number_twins(findings),
        functions=tuple(
            (m.symbol, m.line, m.end_line, m.cyclomatic, m.cognitive, m.nesting, m.parameters, *m.block)
            for m in measures
        ),
        interface=pack(collect(facts)),
        ignores=ignores,
        noqa=noqa,
    )


def _from_rule(rule: Rule, hit: Hit, facts: FileFacts) -> Finding:
    syntax = hit.syntax if hit.syntax is not None else header_syntax(hit.node)
    holder = facts.symbol(hit.node)
    return Finding(
        rule.name,
        "nova",
        rule.severity,
        rule.confidence if hit.confidence is None else hit.confidence,
        facts.path,
        facts.span(hit.node),
        holder,
        hit.message,
        fingerprint(rule.name, holder, syntax),
        hit.related,
        hit.fixable,
        rule.fix_title if hit.fixable else "",
    )


def _placed(diagnostics: Sequence[Diagnostic], facts: FileFacts, nodes: Sequence[ast.AST]) -> Iterable[Finding]:
    """A tool's diagnostics as findings: each takes symbol and syntax from the smallest node that holds it."""
    find = _finder(diagnostics, facts, nodes)
    for diagnostic in diagnostics:
        node = find(diagnostic.span)
        if diagnostic.code == _UNUSED and isinstance(node, ast.ExceptHandler):
            continue
        symbol = facts.symbol(node) if node is not None else None
        syntax = header_syntax(node) if node is not None else diagnostic.message
        yield _from_tool(diagnostic, facts.path, symbol, syntax)


def _from_tool(diagnostic: Diagnostic, path: str, symbol: str | None, syntax: str) -> Finding:
    return Finding(
        diagnostic.code,
        "ruff",
        diagnostic.severity,
        diagnostic.confidence,
        path,
        diagnostic.span,
        symbol,
        diagnostic.message,
        fingerprint(diagnostic.code, symbol, syntax),
        fixable=bool(diagnostic.edits),
        fix_title=diagnostic.fix_title,
        edits=diagnostic.edits,
    )


def _finder(
    diagnostics: Sequence[Diagnostic], facts: FileFacts, nodes: Sequence[ast.AST]
) -> Callable[[Span], ast.AST | None]:
    """A function from a span to the smallest node that holds its start, preferring the largest that begins there.

    Tools disagree by a token about where a thing ends, never about where it begins; the largest expression that
    begins at the very place is the one they mean, unless it ends far beyond the span.
    """
    wanted = {diagnostic.span.line for diagnostic in diagnostics}
    starts: dict[int, list[ast.AST]] = {line: [] for line in wanted}
    for node in nodes:
        if getattr(node, "lineno", None) in wanted:
            starts[node.lineno].append(node)  # type: ignore[attr-defined]

    def find(span: Span) -> ast.AST | None:
        exact = [node for node in starts[span.line] if facts.span(node).column == span.column]
        fitting = [n for n in exact if _end(facts, n) <= (span.end_line, span.end_column)]
        if fitting:
            return fitting[0]
        return exact[-1] if exact else _around(span, facts, nodes)

    return find


def _around(span: Span, facts: FileFacts, nodes: Sequence[ast.AST]) -> ast.AST | None:
    """The node that begins last, at most 200 lines above, of those that hold the start of a span."""
    best: ast.AST | None = None
    line = span.line - 200
    for node in nodes:
        if line <= getattr(node, "lineno", 0) <= span.line:
            at = facts.span(node)
            if (at.line, at.column) <= (span.line, span.column) <= (at.end_line, at.end_column):
                best, line = node, at.line
    return best


def _end(facts: FileFacts, node: ast.AST) -> tuple[int, int]:
    span = facts.span(node)
    return span.end_line, span.end_column


def _unparsable(path: str, text: str, error: SyntaxError) -> Finding:
    line = min(max(error.lineno or 1, 1), text.count("\n") + 1)
    column = max(error.offset or 1, 1)
    message = f"Python cannot parse this file: {error.msg}"
    if any(mark in text for mark in ("\n<<<<<<< ", "\n>>>>>>> ")) or text.startswith("<<<<<<< "):
        message = "merge conflict markers are left in this file"
    return Finding(
        SYNTAX, "nova", Severity.HIGH, 1.0, path, Span(line, column, line, column), None, message,
        fingerprint(SYNTAX, None, message),
    )  # fmt: skip
