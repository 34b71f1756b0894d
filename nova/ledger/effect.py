"""What a proposal did to the code, and what is left of that today, from the versions of its files. Pure.

A version is told by the same rules and settings at every moment, so that only the code differs between them.
"""

from __future__ import annotations

import difflib
import enum
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOMENTS = ("before", "promised", "merged", "today")


class Fate(enum.StrEnum):
    """What is left of a proposal."""

    STAYED = "stayed"
    EDITED = "edited"
    """What it mended stays mended, and some of its lines were worked on since."""
    PARTLY = "partly undone"
    UNDONE = "undone"
    GONE = "gone"
    """Its files are no longer there."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method in one version: McCabe's number, cognitive complexity, and lines from ``def`` on."""

    symbol: str
    line: int
    end_line: int
    cyclomatic: int
    cognitive: int

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.end_line - self.line + 1


@dataclass(frozen=True, slots=True)
class Version:
    """A file at one moment. ``findings`` holds the rule and the fingerprint of each; ``failed`` why it was not read."""

    lines: tuple[str, ...]
    functions: tuple[Function, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was measured of some files at one moment; ``complexity`` is McCabe's, summed over all functions."""

    findings: int
    complexity: int
    lines: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A function that the proposal changed, at each moment; None where it was not there, or that moment is unknown."""

    path: str
    symbol: str
    before: Function | None
    promised: Function | None
    merged: Function | None
    today: Function | None


@dataclass(frozen=True, slots=True)
class FileTimes:
    """A file that a proposal changed, at each of ``MOMENTS``.

    A moment that is unknown is left out; one at which the file was not there holds None.
    """

    path: str
    at: Mapping[str, Version | None]

    @property
    def after(self) -> Version | None:
        """What the proposal made of it: as promised, else as it was merged."""
        return self.at.get("promised") or self.at.get("merged")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a proposal did, and what is left. Where ``fate`` is unknown ``why`` tells why.

    ``added`` counts the lines that it put in, ``stand`` those that stand today; ``mended`` the findings of its rule
    that it took away, ``back`` those that are there again; ``gone`` its files that are no longer there.
    """

    fate: Fate
    why: str = ""
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    functions: tuple[Touched, ...] = ()
    added: int = 0
    stand: int = 0
    mended: int = 0
    back: int = 0
    gone: int = 0


def unknown(why: str) -> Effect:
    """Nothing could be measured."""
    return Effect(Fate.UNKNOWN, why)


def effect(rule: str, files: Sequence[FileTimes], why: str = "") -> Effect:
    """The effect of a proposal for a rule, from all the files that it changed.

    ``why`` tells why today is not among their moments, where it is not.
    """
    failed = [f"{f.path} {name}: {v.failed}" for f in files for name, v in f.at.items() if v and v.failed]
    if failed:
        return unknown(f"it cannot be read: {failed[0]}")
    if not files or any(f.at.get("before") is None or f.after is None for f in files):
        return unknown("what it changed is not in this clone")
    numbers = {
        name: _numbers(v for f in files if (v := f.at[name]) is not None)
        for name in MOMENTS
        if all(name in f.at for f in files)
    }
    functions = tuple(touched for f in files for touched in _functions(f))
    if not all("today" in f.at for f in files):
        return Effect(Fate.UNKNOWN, why, numbers, functions)
    gone = sum(f.at["today"] is None for f in files)
    added, stand = (sum(counts) for counts in zip(*(_lines(f) for f in files), strict=True))
    mended, back = (sum(counts) for counts in zip(*(_mended(rule, f) for f in files), strict=True))
    fate = Fate.GONE if gone == len(files) else _fate(files, added - stand, mended, back)
    return Effect(fate, "", numbers, functions, added, stand, mended, back, gone)


def _fate(files: Sequence[FileTimes], lost: int, mended: int, back: int) -> Fate:
    if back:
        return Fate.UNDONE if back == mended else Fate.PARTLY
    same = [f.at["today"] is not None and f.at["today"].lines == f.at["before"].lines for f in files if f.at["before"]]
    if all(same):
        return Fate.UNDONE
    if any(same):
        return Fate.PARTLY
    return Fate.EDITED if lost or any(f.at["today"] is None for f in files) else Fate.STAYED


def _numbers(versions: Iterable[Version]) -> Numbers:
    told = list(versions)
    return Numbers(
        sum(len(v.findings) for v in told),
        sum(f.cyclomatic for v in told for f in v.functions),
        sum(len(v.lines) for v in told),
    )


def _changed(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The spans that differ, as indices into both."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _lines(file: FileTimes) -> tuple[int, int]:
    """How many lines the proposal put into a file, and how many of them stand today."""
    before, after, today = file.at["before"], file.after, file.at.get("today")
    assert before is not None
    assert after is not None
    put_in = {line for *_, j1, j2 in _changed(before.lines, after.lines) for line in range(j1, j2)}
    if today is None:
        return len(put_in), 0
    gone = {line for i1, i2, *_ in _changed(after.lines, today.lines) for line in range(i1, i2)}
    return len(put_in), len(put_in - gone)


def _mended(rule: str, file: FileTimes) -> tuple[int, int]:
    """How many findings of the rule the proposal took from a file, and how many of those are there again."""
    counts: dict[str, Counter[str]] = {}
    for name, version in (("before", file.at["before"]), ("after", file.after), ("today", file.at.get("today"))):
        counts[name] = Counter(mark for of, mark in version.findings if of == rule) if version else Counter()
    taken = counts["before"] - counts["after"]
    back = (counts["today"] - counts["after"]) & taken
    return taken.total(), back.total()


def _functions(file: FileTimes) -> list[Touched]:
    """The innermost functions around what the proposal changed, at each moment."""
    before, after = file.at["before"], file.after
    assert before is not None
    assert after is not None
    names: dict[str, None] = {}
    for i1, i2, j1, j2 in _changed(before.lines, after.lines):
        for version, first, last in ((before, i1, i2), (after, j1, j2)):
            for line in range(first + 1, last + 1):
                around = [f for f in version.functions if f.line <= line <= f.end_line]
                if around:
                    names[min(around, key=lambda f: f.lines).symbol] = None
    return [
        Touched(file.path, name, *(_of(file.at.get(moment), name) for moment in MOMENTS)) for name in names
    ]  # fmt: skip


def _of(version: Version | None, symbol: str) -> Function | None:
    return next((f for f in version.functions if f.symbol == symbol), None) if version else None
