"""Whether every comment of a text is kept, and still stands by the code that it speaks of."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

_LAYOUT = frozenset(
    {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
)
_SILENCES = re.compile(
    r"#\s*(?:noqa|type:\s*ignore|nova:\s*ignore|ruff:|flake8:|pylint:|mypy:|pyright:|ty:|pyrefly:|nosec|nosemgrep"
    r"|pragma:|fmt:|yapf:|isort:|noinspection)",
    re.IGNORECASE,
)
LONGEST = 20_000
"""Beyond so many tokens that differ, what became of them is not looked for."""


class Comment(NamedTuple):
    """A comment: its text, whether it stands alone, how many tokens of code stand before it, the code it stands by."""

    text: str
    alone: bool
    before: int
    code: tuple[str, ...]
    line: int


class Tokens(NamedTuple):
    """The comments of a text, and its tokens of code without layout."""

    comments: list[Comment]
    code: list[str]


@lru_cache(maxsize=8)
def read(text: str) -> Tokens:
    """The comments and the code of a text that the running Python can parse.

    A comment alone on its line stands by the next line of code, or by the one before where a block ends; one behind
    code by the code of its own line. Raises what ``tokenize`` raises.
    """
    found: list[tuple[str, bool, int, int]] = []
    code: list[str] = []
    lines: dict[int, list[str]] = {}
    for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
        if token.type == tokenize.COMMENT:
            alone = not token.line[: token.start[1]].strip() or token.start[0] not in lines
            found.append((token.string.rstrip(), alone, len(code), token.start[0]))
        elif token.type not in _LAYOUT:
            lines.setdefault(token.start[0], []).append(token.string)
            if token.end[0] != token.start[0]:
                lines.setdefault(token.end[0], []).append("...")
            code.append(token.string)
    below = sorted(lines)
    comments = []
    for words, alone, before, line in found:
        near = _next(below, line) if alone else line
        comments.append(Comment(words, alone, before, tuple(lines.get(near or 0, ())), line))
    return Tokens(comments, code)


def _next(lines: list[int], line: int) -> int | None:
    import bisect

    place = bisect.bisect_right(lines, line)
    return lines[place] if place < len(lines) else None


def complaints(before: str, after: str) -> list[str]:
    """What became of the comments, in words; empty where all are kept and none was added that silences a checker."""
    old, new = read(before), read(after)
    left = _remaining(old.comments, new.comments)
    told = []
    added = [c for c in left[1] if _SILENCES.match(c.text)]
    if left[0]:
        fates = _aligned(old.code, new.code)
        for comment in left[0]:
            same = [c for c in left[1] if c.text == comment.text]
            twin = next((c for c in same if _stays(comment, c, fates)), None)
            if twin is None:
                twin = next((c for c in same if _place(c) == _place(comment)), None)
            if twin is not None:
                left[1].remove(twin)
                added = [c for c in added if c is not twin]
            elif same:
                told.append(f"a comment has left its code: line {comment.line} {_short(comment.text)}")
            else:
                told.append(f"a comment is lost: line {comment.line} {_short(comment.text)}")
    told += [f"a comment is added that silences: line {c.line} {_short(c.text)}" for c in added]
    return told


def _remaining(old: list[Comment], new: list[Comment]) -> tuple[list[Comment], list[Comment]]:
    """The comments of both sides that are not there as often, by the same code, on the other."""
    waiting: dict[tuple[str, bool, tuple[str, ...]], list[Comment]] = {}
    for comment in new:
        waiting.setdefault(_place(comment), []).append(comment)
    times = Counter(map(_place, old))
    lost = [c for c in old if times[_place(c)] != len(waiting.get(_place(c), ()))]
    return lost, [c for place, twins in waiting.items() if times[place] != len(twins) for c in twins]


def _place(comment: Comment) -> tuple[str, bool, tuple[str, ...]]:
    return comment.text, comment.alone, comment.code


def _aligned(old: list[str], new: list[str]) -> list[int]:
    """For each token of the old code its place in the new one; -1 for one that is gone."""
    first, last = 0, 0
    most = min(len(old), len(new))
    while first < most and old[first] == new[first]:
        first += 1
    while last < most - first and old[-1 - last] == new[-1 - last]:
        last += 1
    fates = list(range(first)) + [-1] * (len(old) - first - last) + list(range(len(new) - last, len(new)))
    middle, other = old[first : len(old) - last], new[first : len(new) - last]
    if len(middle) + len(other) <= LONGEST:
        for a, b, size in SequenceMatcher(None, middle, other, autojunk=False).get_matching_blocks():
            for step in range(size):
                fates[first + a + step] = first + b + step
    return fates


def _stays(old: Comment, new: Comment, fates: list[int]) -> bool:
    """Whether a comment stands between the same tokens as before, those that are gone aside."""
    above = next((fates[n] for n in range(old.before - 1, -1, -1) if fates[n] >= 0), -1)
    below = next((fates[n] for n in range(old.before, len(fates)) if fates[n] >= 0), new.before)
    return above < new.before <= below


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
