"""Comments that silence: ``# nova: ignore[rule] reason`` and other linters' ``# noqa``."""

from __future__ import annotations

import io
import re
import tokenize

from reviewers.report import Ignore

_NOVA = re.compile(r"#\s*nova:\s*ignore(?:\[([^\]]*)\])?[:\s-]*(.*)", re.IGNORECASE)
_NOQA = re.compile(r"#\s*(?:ruff:\s*|flake8:\s*)?noqa(?::\s*([A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?", re.IGNORECASE)
_PYLINT = re.compile(r"#\s*pylint:\s*disable=([\w\-, ]+)")


def silencers(text: str) -> tuple[tuple[Ignore, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The ignore comments of a text, and its lines with a ``noqa`` (or pylint's ``disable``) and their codes.

    A comment alone on its line speaks for the next line of code, one behind code for its own line.
    """
    low = text.lower()
    wants_nova = "nova:" in low
    wants_noqa = "noqa" in low or "pylint:" in low
    if not wants_nova and not wants_noqa:
        return (), ()
    ignores: list[Ignore] = []
    noqa: list[tuple[int, tuple[str, ...]]] = []
    for line, comment, alone, below in _comments(text):
        if wants_nova and (found := _NOVA.search(comment)):
            rules = tuple(sorted({r.strip() for r in (found[1] or "").split(",") if r.strip()}))
            first = below if alone else line
            ignores.append(Ignore(line, first, first, rules, found[2].strip()))
        if wants_noqa:
            if found := _NOQA.search(comment):
                noqa.append((line, tuple(re.findall(r"[A-Z]+[0-9]+", (found[1] or "").upper()))))
            elif found := _PYLINT.search(comment):
                noqa.append((line, tuple(c.strip() for c in found[1].split(",") if c.strip())))
    return tuple(ignores), tuple(noqa)


def _comments(text: str) -> list[tuple[int, str, bool, int]]:
    """Line, comment, whether it stands alone, and the next line that holds code."""
    found: list[list[int | str | bool]] = []
    waiting: list[list[int | str | bool]] = []
    skipped = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.ENCODING}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                alone = not token.line[: token.start[1]].strip()
                entry: list[int | str | bool] = [token.start[0], token.string, alone, token.start[0]]
                found.append(entry)
                if alone:
                    waiting.append(entry)
            elif token.type not in skipped:
                for entry in waiting:
                    entry[3] = token.start[0]
                waiting.clear()
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass  # what was read up to the fault still counts; the fault itself is the parser's to report
    return [(int(a), str(b), bool(c), int(d)) for a, b, c, d in found]
