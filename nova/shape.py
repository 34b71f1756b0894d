"""The shape of a piece of code: the same when nothing but the names of its variables changed. Pure."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from reviewers.digests import digest

if TYPE_CHECKING:
    from reviewers.finding import Span

_TOKEN = re.compile(
    r"#[^\n]*|(?P<name>[^\W\d]\w*)(?=(?P<quote>[\"'])?)|\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|\d[\w.]*|[=!<>]=|\S",
    re.DOTALL,
)
_HEADERS = {"def", "async", "class", "lambda"}


def shape(code: str) -> str:
    """A digest of the code in which each variable is known by the order in which it appears.

    What is called and on what, attributes, keywords of a call, literals, operators, what is imported, and a name that
    stands alone stay what they are; layout and comments count for nothing. An approximation by words: it reads any
    text, also half a statement.
    """
    tokens = [m for m in _TOKEN.finditer(code) if not m[0].startswith("#")]
    words = [m[0] for m in tokens]
    is_header = bool(words) and words[0] in _HEADERS
    is_fixed = len(words) == 1 or words[:1] in (["import"], ["from"])
    order: dict[str, int] = {}
    parts = []
    for n, (match, word) in enumerate(zip(tokens, words, strict=True)):
        before, after = words[n - 1] if n else "", words[n + 1] if n + 1 < len(words) else ""
        is_keyword = before in {"(", ","} and after == "=" and not is_header
        fixed = keyword.iskeyword(word) or before in {".", *_HEADERS} or is_keyword or match["quote"] or is_fixed
        if match["name"] is None or fixed or _is_called(words, n + 1):
            parts.append(word)
        else:
            parts.append(f"\0{order.setdefault(word, len(order))}")
    return digest(*parts)


def _is_called(words: list[str], after: int) -> bool:
    """Whether a name is called, or something on it: ``(`` follows, with attributes between at most."""
    while words[after : after + 1] == ["."]:
        after += 2
    return words[after : after + 1] == ["("]


def cut(text: str, span: Span) -> str:
    """The part of a text that a span names, or its line where that is a single name; empty where there is none such."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    whole = lines[0] if len(lines) == 1 else ""
    if not lines:
        return ""
    if len(lines) == span.end_line - span.line + 1:
        lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    code = "\n".join(lines)
    return whole.strip() if code.strip().isidentifier() else code
