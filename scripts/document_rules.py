"""Writes a page for each rule, from what the rule says of itself: docs/rules/<name>.md, and the index beside them."""

from __future__ import annotations

import difflib
import inspect
import sys
from typing import TYPE_CHECKING

from reviewers.registry import RULES
from reviewers.rule import Invalid, Precision, ProjectRule, Rule, Valid
from scripts.pages import ROOT, cell, fenced, main, prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER = ROOT / "docs" / "rules"
EXAMPLE = "example.py"


def pages(rules: Iterable[Rule | ProjectRule] = RULES) -> dict[Path, str]:
    """Every page by its path."""
    ordered = sorted(rules, key=lambda rule: rule.name)
    return {FOLDER / "index.md": index(ordered)} | {FOLDER / f"{rule.name}.md": page(rule) for rule in ordered}


def index(rules: list[Rule | ProjectRule]) -> str:
    """The table of all rules."""
    rows = "".join(
        f"| [{rule.name}]({rule.name}.md) | {cell(prose(_summary(rule)))} | {rule.severity} "
        f"| {'yes' if rule.on_by_default else 'no'} | {cell(prose(rule.fix_title)) or '-'} | {_measured(rule)} |\n"
        for rule in rules
    )
    return (
        "# Rules\n\n"
        f"Nova's own rules, {len(rules)} of them. These pages are made from the rules themselves (`make docs`).\n"
        "*Precision* is how many of a rule's hits in foreign repositories were right when people read them one by "
        "one.\n\n"
        "| rule | what it finds | severity | on by default | fix | precision |\n"
        "|---|---|---|---|---|---|\n" + rows
    )


def page(rule: Rule | ProjectRule) -> str:
    """All that one rule says of itself."""
    wrong = [e for e in rule.examples if isinstance(e, Invalid)]
    right = [e for e in rule.examples if isinstance(e, Valid)]
    parts = [f"# {rule.name}\n", f"{prose(inspect.getdoc(type(rule)) or '')}\n", _table(rule)]
    if wrong:
        parts += ["## What it finds\n", *(text for e in wrong for text in _invalid(e))]
    if right:
        parts += ["## What it leaves alone\n", *(text for e in right for text in _shown(e.code, e.path, e.files))]
    parts.append("[All rules](index.md)\n")
    return "\n".join(parts)


def _table(rule: Rule | ProjectRule) -> str:
    rows = {
        "severity": str(rule.severity),
        "on by default": "yes" if rule.on_by_default else f"no: ask for it with `--select {rule.name}`",
        "reads": "the whole project" if isinstance(rule, ProjectRule) else "one file at a time",
        "fix": prose(rule.fix_title) or "none",
    }
    if rule.equivalents:
        codes = ", ".join(f"`{code}`" for code in rule.equivalents)
        rows["asks for the same"] = f"{codes} (a `noqa` for one of them silences this rule too)"
    precision = _precision(rule)
    if precision is not None and not precision.read:
        rows["precision"] = f"not measured: {prose(precision.note)}"
    elif precision is not None:
        where = f", in {', '.join(precision.repositories)}" if precision.repositories else ""
        rows["precision"] = f"{precision.right} of {precision.read} hits read one by one were right{where}"
        if precision.note:
            rows["precision"] += f". {prose(precision.note)}"
    return "| | |\n|---|---|\n" + "".join(f"| {name} | {cell(text)} |\n" for name, text in rows.items())


def _invalid(example: Invalid) -> Iterator[str]:
    yield from _shown(example.code, example.path, example.files)
    if example.fixed is not None:
        diff = difflib.unified_diff(example.code.splitlines(keepends=True), example.fixed.splitlines(keepends=True))
        yield "The fix:\n"
        yield fenced("".join(line if line.endswith("\n") else f"{line}\n" for line in list(diff)[2:]), "diff")


def _shown(code: str, path: str, files: Iterable[tuple[str, str]]) -> Iterator[str]:
    others = tuple(files)
    if path != EXAMPLE or others:
        yield f"`{path}`:\n"
    yield fenced(code, "python")
    for name, text in others:
        yield f"with `{name}`:\n"
        yield fenced(text, "python")


def _summary(rule: Rule | ProjectRule) -> str:
    return (inspect.getdoc(type(rule)) or "").partition("\n\n")[0]


def _measured(rule: Rule | ProjectRule) -> str:
    precision = _precision(rule)
    return "-" if precision is None or not precision.read else f"{precision.right} of {precision.read}"


def _precision(rule: Rule | ProjectRule) -> Precision | None:
    found = getattr(rule, "precision", None)
    return found if isinstance(found, Precision) else None


if __name__ == "__main__":
    sys.exit(main("Write the pages of the rules.", pages, FOLDER))
