"""Vectors of texts: the port to whatever makes them, how they are kept, and how alike two are. Pure, and without numpy.

A vector is kept as a byte a component, a quarter of the size of floats. Beside it its signs are kept, 64 to a word: to
count the bits in which two vectors differ takes an eighth of those bytes, and an engine does it for all rows in one
statement. The first 250 by signs, put in order by their bytes, hold 9.9 of the ten that are nearest by floats
(MiniLM's vectors, 50,000 of them).
"""

from __future__ import annotations

import math
import struct
from array import array
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from typing import TypeVar

    Key = TypeVar("Key", bound=Hashable)

LARGEST = 127
"""What the largest component of a vector becomes."""
WORD = 64
"""Signs in a word."""
_LENGTH = struct.Struct("<f")


class Embedder(Protocol):
    """Turns texts into vectors of length one; texts that mean the same lie near each other."""

    @property
    def name(self) -> str:
        """Which model it is, and its version: vectors of another say nothing about these."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One row a text; of zeros where the model has nothing to say of it."""
        ...


@dataclass(frozen=True, slots=True)
class Vector:
    """What a model made of a text. It can be compared with vectors of the very same model alone."""

    model: str
    packed: bytes
    """As ``packed`` makes it."""

    def signs(self) -> tuple[int, ...]:
        """Which components are above zero, the first as the lowest bit, in unsigned words of ``WORD`` bits."""
        bits = 0
        components = _components(self.packed)
        for at, component in enumerate(components):
            bits |= (component > 0) << at
        return tuple(bits >> low & (1 << WORD) - 1 for low in range(0, len(components), WORD))


def vectors(embedder: Embedder, texts: Sequence[str]) -> list[Vector]:
    """The vectors of some texts."""
    name = embedder.name
    return [Vector(name, packed(row)) for row in embedder.embed(texts)] if texts else []


def packed(row: Sequence[float]) -> bytes:
    """The length of what follows, a float of four bytes; then each component, a signed byte, the largest ``LARGEST``.

    The length that the row had is dropped, as an angle does not depend on it. A row of zeros stays one.
    Raises ``ValueError`` where a component is no finite number.
    """
    components = [float(component) for component in row]
    if not all(map(math.isfinite, components)):
        raise ValueError("a vector holds what is no finite number")
    largest = max(map(abs, components), default=0.0)
    small = array("b", [round(c / largest * LARGEST) if largest else 0 for c in components])
    return _LENGTH.pack(math.hypot(*small)) + small.tobytes()


def cosines(asked: Vector, stored: Mapping[Key, Vector]) -> dict[Key, float]:
    """How alike each is to what is asked, -1 to 1, by its key.

    One of another model or of another size counts as having no vector and is left out, as is one of zeros.
    """
    question = _components(asked.packed)
    length = _length(asked.packed)
    found: dict[Key, float] = {}
    for key, vector in stored.items():
        if vector.model != asked.model or len(vector.packed) != len(asked.packed):
            continue
        lengths = length * _length(vector.packed)
        if lengths:
            found[key] = sum(map(mul, question, _components(vector.packed))) / lengths
    return found


def differing(one: Sequence[int], other: Sequence[int]) -> int:
    """In how many signs two vectors differ: few of those that are alike. Words as ``Vector.signs`` gives them."""
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def blended(by_words: Mapping[Key, float], by_likeness: Mapping[Key, float], share: float) -> dict[Key, float]:
    """Both views of what was found as one score: the cosine, and ``share`` of the words' score, whose best counts one.

    What one view did not find has zero there, so that a text whose vector is missing can still be found by its words.
    """
    best = max(by_words.values(), default=0.0)
    score = dict(by_likeness)
    if best > 0:
        for key, words in by_words.items():
            score[key] = score.get(key, 0.0) + share * words / best
    return score


def _components(packed: bytes) -> array[int]:
    return array("b", packed[_LENGTH.size :])


def _length(packed: bytes) -> float:
    length: float = _LENGTH.unpack_from(packed)[0]
    return length
