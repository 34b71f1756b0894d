"""Comments that silence: ``# nova: ignore[rule] reason`` and other linters' ``# noqa``."""

from __future__ import annotations

import io
import re
import sys
import tokenize

from reviewers.report import Ignore

_NOVA = re.compile(r"#\s*nova:\s*ignore(?:\[([^\]]*)\])?[:\s-]*(.*)", re.IGNORECASE)
_NOQA = re.compile(r"#\s*(?:ruff:\s*|flake8:\s*)?noqa(?::\s*([A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?", re.IGNORECASE)
_STRING_OR_COMMENT = re.compile(
    r"#[^\n]*|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL
)
_PYLINT = re.compile(r"#\s*pylint:\s*disable=([\w\-, ]+)")

Comment = tuple[int, str, bool, int]
"""Line, comment, whether it stands alone, and the next line that holds code (its own, where it does not)."""


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


def _comments(text: str) -> list[Comment]:
    """Every comment of a text that the running Python can parse."""
    return by_tokens(text) if sys.version_info >= (3, 12) else by_pattern(text)


def by_pattern(text: str) -> list[Comment]:
    """Comments, by skipping strings: many times as fast as the tokenizer was before it was written in C.

    Since Python 3.12 a string may stand inside another of the same quotes, which no such pattern follows.
    """
    lines = text.split("\n")
    found: list[Comment] = []
    number, upto = 1, 0
    for match in _STRING_OR_COMMENT.finditer(text):
        if match[0][0] != "#":
            continue
        at = match.start()
        number += text.count("\n", upto, at)
        upto = at
        alone = not text[text.rfind("\n", 0, at) + 1 : at].strip()
        below = number
        if alone:
            code = (n for n in range(number, len(lines)) if lines[n].strip() and lines[n].lstrip()[0] != "#")
            below = next(code, number - 1) + 1
        found.append((number, match[0], alone, below))
    return found


def by_tokens(text: str) -> list[Comment]:
    """Comments, as the tokenizer has them."""
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
