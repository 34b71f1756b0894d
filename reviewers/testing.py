"""Runs a rule on text alone: for its examples, and for whoever writes one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from reviewers.facts import FileFacts, link
from reviewers.interface import collect, pack
from reviewers.mend import edited, mended
from reviewers.project import Project, module_names
from reviewers.report import FileReport
from reviewers.rule import Hit, ProjectHit, ProjectRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reviewers.finding import Span
    from reviewers.interface import Interface

MOST_FIXES = 50


def hits(
    rule: Rule | ProjectRule, code: str, path: str = "example.py", files: Iterable[tuple[str, str]] = ()
) -> list[tuple[Span, Hit | ProjectHit]]:
    """What the rule finds in ``code``, in source order; the other files only lend their interfaces."""
    if isinstance(rule, ProjectRule):
        texts = [(path, code), *files]
        modules = module_names(name for name, _ in texts)
        interfaces = [interface_of(text, name, modules.get(name)) for name, text in texts]
        found = [(h.span, h) for h in rule.check_project(Project(interfaces, others=())) if h.path == path]
        return sorted(found, key=lambda pair: (pair[0].line, pair[0].column))
    facts, nodes = facts_of(code, path)
    seen: list[tuple[Span, Hit | ProjectHit]] = []
    for node in nodes:
        if isinstance(node, rule.sees):
            seen += [(facts.span(hit.node), hit) for hit in rule.check(node, facts)]
    return sorted(seen, key=lambda pair: (pair[0].line, pair[0].column))


def facts_of(code: str, path: str = "example.py", module: str | None = None) -> tuple[FileFacts, list[ast.AST]]:
    """The facts and linked nodes of a text."""
    tree = ast.parse(code)
    nodes = link(tree)
    return FileFacts(path, code, tree, module), nodes


def interface_of(code: str, path: str = "example.py", module: str | None = None) -> Interface:
    """The interface of a text."""
    return collect(facts_of(code, path, module)[0])


def reports_of(files: Mapping[str, str]) -> dict[str, FileReport]:
    """What the engine would know of a project's files (path to text) before its rules look across them."""
    modules = module_names(files)
    return {
        path: FileReport(path, interface=pack(interface_of(text, path, modules[path]))) for path, text in files.items()
    }


def fixed(rule: Rule | ProjectRule, code: str, path: str = "example.py", files: Sequence[tuple[str, str]] = ()) -> str:
    """The text after every fixable hit is mended, one after another.

    Raises ``AssertionError`` when a hit called fixable is left as it is, or when fixing does not end.
    """
    for _ in range(MOST_FIXES):
        todo = [(span, hit) for span, hit in hits(rule, code, path, files) if hit.fixable]
        if not todo:
            return code
        span, hit = todo[0]
        after = edited(code, hit.edits) if isinstance(hit, ProjectHit) and hit.edits else mended(rule, code, span)
        assert after is not None, f"{rule.name} calls line {span.line} fixable and leaves it as it is"
        code = after
    raise AssertionError(f"{rule.name} is still mending after {MOST_FIXES} fixes")
