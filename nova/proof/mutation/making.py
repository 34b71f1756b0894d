"""The mutants of some lines of a text. Pure."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nova.proof.child.normal import difference
from nova.proof.mutation import calls, conditions, statements, values
from nova.proof.mutation.choice import in_turn
from nova.proof.mutation.draft import Draft, Source
from nova.proof.mutation.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

MOST = 12
"""How many mutants are made of one side of a patch."""
_OPERATORS = (statements.drafts, conditions.drafts, values.drafts, calls.drafts)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A whole text with one small change. ``line`` is the changed line of the original for which it stands."""

    line: int
    kind: str
    says: str
    text: str


def mutants(text: str, other: str, lines: frozenset[int], most: int = MOST) -> tuple[Mutant, ...]:
    """At most so many mutants of lines (from 1) of a text; ``other`` is the text on the other side of the patch.

    No two of them compile to the same code, nor any to that of either text: the other side is no mutant to be killed.
    Raises ``SyntaxError`` or ``ValueError`` for a text that this Python cannot read.
    """
    source, sought = Source(text), sorted(lines)
    kept = _Kept(source, other)
    drafts = [(row, d) for d in _drafts(source) if (row := _row(d, source, sought)) and kept.touched(d.about)]
    compiled = [_compiled(text), _compiled(other)]
    found: list[Mutant] = []
    for row, draft in in_turn(drafts):
        if len(found) == most:
            break
        made = text[: draft.start] + draft.text + text[draft.end :]
        try:
            code = _compiled(made)
        except (SyntaxError, ValueError):
            continue
        if all(difference(known, code) is not None for known in compiled):
            compiled.append(code)
            found.append(Mutant(row, draft.kind, draft.says, made))
    return tuple(found)


def _drafts(source: Source) -> Iterator[Draft]:
    for node, weak in walk(source.tree):
        for operator in _OPERATORS:
            for draft in operator(node, source):
                yield replace(draft, about=weak) if weak is not None else draft


def _row(draft: Draft, source: Source, sought: list[int]) -> int:
    """The first of the changed lines that a draft is about; 0 where there is none."""
    rows = source.rows(*(draft.at or (draft.start, draft.end)))
    return next((line for line in sought if line in rows), 0)


def _compiled(text: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1 is 1` and its like: what the compiler thinks of a mutant
        return compile(text, "<mutant>", "exec", dont_inherit=True)


class _Kept:
    """Which pieces of a text stand on the other side too."""

    def __init__(self, source: Source, other: str) -> None:
        self._here, self._there = source.tree, ast.parse(other)
        self._counts: dict[type, tuple[Counter[str], Counter[str]]] = {}

    def touched(self, piece: ast.AST | None) -> bool:
        """Whether a piece stands here more often than there; without a piece, yes."""
        if piece is None:
            return True
        kind = type(piece)
        if kind not in self._counts:
            self._counts[kind] = _dumps(self._here, kind), _dumps(self._there, kind)
        here, there = self._counts[kind]
        dump = ast.dump(piece)
        return here[dump] > there[dump]


def _dumps(tree: ast.AST, kind: type) -> Counter[str]:
    return Counter(ast.dump(node) for node in ast.walk(tree) if isinstance(node, kind))
