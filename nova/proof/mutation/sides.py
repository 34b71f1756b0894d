"""The mutants of both sides of a patch, each as a variant of the target. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.hunks import hunks
from nova.proof.changed import changed_lines, unit_of, units
from nova.proof.mutation.making import MOST, mutants
from nova.proof.testing import Variant
from reviewers.text import decoded, encoding, split_lines, unified

if TYPE_CHECKING:
    from nova.proof.case import FileChange, Patch
    from nova.proof.mutation.making import Mutant

_LEAST = 3
"""How many mutants are made of one side of a file, however many files a patch has."""


@dataclass(frozen=True, slots=True)
class Made:
    """A mutant of one side of a patch: ``old`` or ``new``."""

    side: str
    path: str
    mutant: Mutant
    variant: Variant

    @property
    def place(self) -> str:
        """Where it is, for a person: a line of the file after the patch, or of the one before."""
        return f"{self.path}:{self.mutant.line}" + (" before the patch" if self.side == "old" else "")


@dataclass(frozen=True, slots=True)
class Sides:
    """The mutants of a patch, and of which files and sides none could be made."""

    made: tuple[Made, ...]
    without: tuple[str, ...]

    def count(self, side: str) -> int:
        """How many there are of one side."""
        return sum(one.side == side for one in self.made)


def mutants_of(patch: Patch, most: int = MOST) -> Sides:
    """At most so many mutants of each side, shared out among the files, three of each at the least.

    Raises ``SyntaxError``, ``ValueError`` or ``Undecodable`` for a file that this Python cannot read.
    """
    files = [change for change in patch.files if change.is_python]
    each = max(_LEAST, most // max(len(files), 1))
    after = {change.path: change.after or b"" for change in patch.files}
    made: list[Made] = []
    without = []
    for change in files:
        for side in ("old", "new"):
            data, other = (change.before, change.after) if side == "old" else (change.after, change.before)
            if data is None:
                continue
            found = _of_side(change, side, decoded(data), decoded(other or b""), each)
            if not found:
                without.append(f"{change.path} {'before' if side == 'old' else 'after'} the patch")
            under = {} if side == "old" else after
            for one in found:
                changed = {**under, change.path: one.text.encode(encoding(data))}
                made.append(Made(side, change.path, one, Variant(f"{side} mutant {len(made) + 1}", changed)))
    return Sides(tuple(made), tuple(without))


def _of_side(change: FileChange, side: str, text: str, other: str, most: int) -> tuple[Mutant, ...]:
    changed = changed_lines(decoded(change.before or b""), decoded(change.after or b""))
    lines, beside = (changed.old, changed.beside_old) if side == "old" else (changed.new, changed.beside_new)
    own = lines - beside
    if own:
        return mutants(text, other, own, most)
    return mutants(text, other, beside, most) or mutants(text, other, _around(text, other), most)


def _around(text: str, other: str) -> frozenset[int]:
    """The lines of the innermost statements within which lines of the other side alone stand."""
    here, there = split_lines(unified(text)), split_lines(unified(other))
    found: set[int] = set()
    parts = units(text)
    for hunk in hunks(here, there):
        holding = tuple(unit for unit in parts if unit.start <= hunk.first < unit.end)
        unit = unit_of(holding, hunk.first)
        if unit is not None:
            found.update(range(unit.start, unit.end + 1))
    return frozenset(found)
