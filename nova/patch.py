"""From a finding to a unified diff. Pure, but for the fixes that a rule makes in a child process."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from nova.answer import Fix
from reviewers.finding import Safety
from reviewers.text import decoded, is_utf8, split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewers.finding import Finding

_MARK = "\ufeff"
"""The byte order mark: no text of Python's, but part of the first line to whoever applies a patch."""


def fixes(findings: Sequence[Finding], read: Callable[[str], bytes | None]) -> Mapping[tuple[str, str], Fix]:
    """The fixes of findings that say they can be fixed, by ``(path, fingerprint)``; what cannot be made is left out.

    ``read`` gives a file's bytes. A fix whose text does not parse any more is dropped.
    """
    from reviewers.mend import edited
    from reviewers.mender import mend

    before: dict[tuple[str, str], str] = {}
    marks: dict[tuple[str, str], str] = {}
    after: dict[tuple[str, str], str | None] = {}
    waiting: list[Finding] = []
    for finding in findings:
        key = (finding.path, finding.fingerprint)
        data = read(finding.path) if finding.fixable else None
        if data is None or not is_utf8(data):
            continue
        before[key] = text = decoded(data)
        marks[key] = _MARK if data.startswith(codecs.BOM_UTF8) else ""
        if finding.edits:
            try:
                after[key] = edited(text, finding.edits)
            except ValueError:
                continue
        else:
            waiting.append(finding)
    keys = [(f.path, f.fingerprint) for f in waiting]
    made = mend([(f.rule, before[key], f.span) for f, key in zip(waiting, keys, strict=True)])
    after |= dict(zip(keys, made, strict=True))
    titles = {(f.path, f.fingerprint): f.fix_title or "fix" for f in findings}
    found: dict[tuple[str, str], Fix] = {}
    for key, new in after.items():
        if new is not None and new != before[key] and _parses(new):
            found[key] = Fix(
                titles[key], Safety.UNPROVEN, unified_diff(key[0], marks[key] + before[key], marks[key] + new)
            )
    return found


def _parses(text: str) -> bool:
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def unified_diff(path: str, before: str, after: str) -> str:
    """A patch that ``git apply`` takes, line ends kept as they are."""
    import difflib

    lines = difflib.unified_diff(split_lines(before), split_lines(after), f"a/{path}", f"b/{path}", n=3)
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n" for line in lines)
