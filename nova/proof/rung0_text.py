"""Rung 0: the text. It round-trips, only the lines that were meant change, every comment stays by its code."""

from __future__ import annotations

import ast
import re
import sys
import tokenize
from typing import TYPE_CHECKING

from nova.hunks import hunks
from nova.proof.child.comments import complaints
from nova.proof.verdict import Outcome, RungResult
from reviewers.text import Undecodable, decoded, encoding, split_lines, unified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.hunks import Hunk
    from nova.proof.case import Case, FileChange, Mend
    from nova.proof.tools import Tools

RUNG = 0
NAME = "text"
_ENDS = re.compile(r"\r\n|\r|\n")
_BLOCKS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def climb(case: Case, tools: Tools) -> RungResult:
    """Compare the texts of every file of the patch."""
    told: list[str] = []
    lines = 0
    for change in case.patch.files:
        if change.before is not None and change.after is None:
            told.append(f"{change.path}: the file is removed, and its comments with it")
        elif change.before is not None and change.after is not None and change.is_python:
            found, count = _file(change, change.before, change.after, case, tools)
            told += [f"{change.path}: {what}" for what in found]
            lines += count
    counts = (("files", len(case.patch.files)), ("lines", lines))
    if told:
        return RungResult(RUNG, NAME, Outcome.FAILED, "; ".join(told), counts=counts)
    return RungResult(
        RUNG, NAME, Outcome.PASSED, "only what was meant changes, and every comment is kept", (), (), counts
    )


def _file(change: FileChange, before: bytes, after: bytes, case: Case, tools: Tools) -> tuple[list[str], int]:
    """What is wrong with one file, and how many of its lines are new or gone."""
    try:
        old, new = decoded(before), decoded(after)
        if encoding(before) != encoding(after):
            return [f"its encoding was {encoding(before)}, now {encoding(after)}"], 0
        for data, text in ((before, old), (after, new)):
            if text.encode(encoding(data)) != data:
                return ["it does not come back the same when it is read and written"], 0
    except (Undecodable, UnicodeError) as error:
        return [str(error)], 0
    found = hunks(split_lines(old), split_lines(new))
    told = _line_ends(old, new)
    mends = [m for m in case.mends if m.path == change.path]
    if case.mends:
        told += _meant(old, new, found, mends)
    told += _comments(old, new, found, case, tools)
    return told, sum((h.end - h.first) + (h.new_end - h.new_first) for h in found)


def _line_ends(old: str, new: str) -> list[str]:
    """Line ends of a kind that the file did not have, and a last line that has lost its own."""
    told = []
    kinds = set(_ENDS.findall(old))
    if kinds and not set(_ENDS.findall(new)) <= kinds:
        told.append("it has line ends of another kind than before")
    if new and old and old.endswith(("\n", "\r")) and not new.endswith(("\n", "\r")):
        told.append("the end of its last line is lost")
    return told


def _meant(old: str, new: str, found: Sequence[Hunk], mends: Sequence[Mend]) -> list[str]:
    """Lines that change outside of the definitions that are mended; imports may come and go."""
    if not mends:
        return ["nothing is to be mended in this file"] if found else []
    allowed = _definitions(old, mends)
    outside = [h for h in found if not any(first <= h.first and h.end <= end for first, end in allowed)]
    if not outside:
        return []
    imports, new_imports = _imports(old), _imports(new)
    for hunk in outside:
        if not imports.issuperset(range(hunk.first, hunk.end)) or not new_imports.issuperset(
            range(hunk.new_first, hunk.new_end)
        ):
            return [f"line {hunk.first + 1} changes, which is outside of what is mended"]
    return []


def _imports(text: str) -> set[int]:
    """The lines (from 0) that hold imports, a condition on type checking, comments or nothing."""
    lines = unified(text).split("\n")
    found = {n for n, line in enumerate(lines) if not line.strip() or line.lstrip().startswith("#")}
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return found
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update(range(node.lineno - 1, node.end_lineno or node.lineno))
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            found.add(node.lineno - 1)
    return found


def _definitions(text: str, mends: Sequence[Mend]) -> list[tuple[int, int]]:
    """For each mend the lines (from 0, the end not included) of the innermost definition, or outermost statement."""
    try:
        tree = ast.parse(unified(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [(m.span.line - 1, m.span.end_line) for m in mends]
    found = []
    for mend in mends:
        first, end = mend.span.line, mend.span.end_line
        holders = [n for n in tree.body if _first(n) <= end and first <= (n.end_lineno or n.lineno)]
        inner = [
            n for h in holders for n in ast.walk(h)
            if isinstance(n, _BLOCKS) and _first(n) <= first and end <= (n.end_lineno or n.lineno)
        ]  # fmt: skip
        chosen: Sequence[ast.stmt] = [max(inner, key=_first)] if inner else holders
        starts = [first, *(_first(n) for n in chosen)]
        ends = [end, *(n.end_lineno or n.lineno for n in chosen)]
        found.append((min(starts) - 1, max(ends)))
    return found


def _first(node: ast.stmt) -> int:
    decorators = node.decorator_list if isinstance(node, _BLOCKS) else []
    return min([node.lineno, *(d.lineno for d in decorators)])


def _untouched(old: str, new: str, found: Sequence[Hunk]) -> bool:
    """Whether lines in one place were replaced that hold no comment and can begin or end none: a quick look."""
    if len(found) != 1 or found[0].first == found[0].end or found[0].new_first == found[0].new_end:
        return False
    (hunk,) = found
    touched = [*split_lines(old)[hunk.first : hunk.end], *split_lines(new)[hunk.new_first : hunk.new_end]]
    return not any(mark in line for line in touched for mark in ("#", '"""', "'''", "\\"))


def _comments(old: str, new: str, found: Sequence[Hunk], case: Case, tools: Tools) -> list[str]:
    """What became of the comments; a text that this Python cannot read is left to a newer one."""
    if ("#" not in old and "#" not in new) or _untouched(old, new, found):
        return []
    try:
        ast.parse(old)
        return complaints(old, new)
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        own = sys.version_info[1]
        newer = [v for v in tools.compilers.present(case.target.versions) if int(v.partition(".")[2]) > own]
        for version in reversed(newer):
            told = tools.compilers.comments(version, old, new)
            if told is not None:
                return told
    return ["its comments cannot be compared: no Python here reads it"]
