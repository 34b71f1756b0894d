"""Where a rule has fallen silent, because people keep dismissing what it says there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.teaching import EVERYWHERE, NONE, OF_A_FILE, above, count

if TYPE_CHECKING:
    from memory.teaching import Count, Lessons

SELDOM = 0.2
"""A rule may fall silent where people accept less than this share of what it says,"""
SURE = 0.9
"""and that is at least so probable."""
ENOUGH = {"file": 4, "folder": 6, "repository": 8}
"""So many dismissals since the last acceptance it takes besides, whatever was known before,"""
FILES = {"file": 1, "folder": 2, "repository": 3}
"""in so many files."""
OUTSIDE = 3
"""Of a folder's or repository's dismissals so many lie outside of the file or folder in it that has most of them."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A rule is silent at and below a path: in a file, a folder, or with the empty path in the whole repository."""

    rule: str
    path: str
    kind: str
    """``file``, ``folder`` or ``repository``."""
    count: Count


def silence(lessons: Lessons, rule: str, path: str, prior: float) -> Silence | None:
    """The widest place that holds ``path`` and in which the rule is silent."""
    for place in lessons.near(rule, path):
        key = rule, place, lessons.woken(rule, path), prior
        if key not in lessons.silences:
            lessons.silences[key] = _at(lessons, rule, place, prior, path)
        found: Silence | None = lessons.silences[key]
        if found is not None:
            return found
    return None


def silences(lessons: Lessons, rule: str, prior: float) -> list[Silence]:
    """Every place in which a rule is silent, none inside another; in the order of paths."""
    places = sorted({place for file in lessons.files(rule) for place in above(file)})
    found: list[Silence] = []
    for place in places:
        one = None if any(f.path in above(place) for f in found) else _at(lessons, rule, place, prior, place)
        if one is not None:
            found.append(one)
    return found


def _at(lessons: Lessons, rule: str, place: str, prior: float, path: str) -> Silence | None:
    cast = lessons.cast(rule, place, path)
    kind = "repository" if place == EVERYWHERE else "file" if place in cast else "folder"
    accepted = max((v.at for some in cast.values() for v in some if v.accepted), default=None)
    since = {
        file: count(v for v in some if not v.accepted and (accepted is None or v.at > accepted)).dismissed
        for file, some in cast.items()
    }
    since = {file: number if kind == "file" else min(number, OF_A_FILE) for file, number in since.items() if number}
    if sum(since.values()) < ENOUGH[kind] or len(since) < FILES[kind]:
        return None
    if kind != "file" and sum(since.values()) - _most(since, place) < OUTSIDE:
        return None
    if lessons.at(rule, place, prior, path).below(SELDOM) < SURE:
        return None
    told = sum((count(some) for some in cast.values()), NONE)
    return Silence(rule, place, kind, told)


def _most(since: dict[str, int], place: str) -> int:
    """The dismissals in that file or folder of a place that has most of them."""
    depth = len(above(place))
    inside: dict[str, int] = {}
    for file, number in since.items():
        child = above(file)[depth]
        inside[child] = inside.get(child, 0) + number
    return max(inside.values())
