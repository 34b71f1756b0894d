"""Places to mend first: functions in the order of how likely a fault will be mended in them. Pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nova.answer import Place
from reviewers.measures import HARD
from reviewers.paths import kind_of_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewers.report import FileReport
    from reviewers.snapshot import FileHistory, History, Touch

DAY = 86_400
HALF_LIFE = 180 * DAY
LEAST_LINES = 8
LEAST_COGNITIVE = 3
"""Below that a long function is data, or a text: there is nothing in it to be made simpler."""
MOST_OF_A_FILE = 3


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of "a bug fix touches this function within a year": see ``docs/ranking.md``."""

    base: float = -5.5
    lines: float = 0.6
    cyclomatic: float = 0.15
    heat: float = 0.5
    fixes: float = 0.6


class _Candidate(NamedTuple):
    score: float
    path: str
    row: tuple[str, int, int, int, int, int, int, int, int, int]
    touches: tuple[Touch, ...]


def places(reports: Iterable[FileReport], history: History, most: int, model: Model | None = None) -> tuple[Place, ...]:
    """The ``most`` places with the highest score, at most three of a file; tests and code kept aside are left out."""
    model = model or Model()
    found: list[_Candidate] = []
    for report in reports:
        if kind_of_path(report.path):
            continue
        file = history.files.get(report.path)
        found.extend(_candidates(report, file, history.until, model))
    found.sort(key=lambda c: (-c.score, c.path, c.row[1]))
    chosen: list[_Candidate] = []
    of_file: dict[str, int] = {}
    for candidate in found:
        if len(chosen) == most:
            break
        if any(_inside(candidate, other) for other in chosen):
            continue
        if of_file.get(candidate.path, 0) < MOST_OF_A_FILE:
            of_file[candidate.path] = of_file.get(candidate.path, 0) + 1
            chosen.append(candidate)
    return tuple(_place(c, n, history) for n, c in enumerate(chosen, 1))


def _inside(one: _Candidate, other: _Candidate) -> bool:
    """Whether one function lies in the other, either way round."""
    if one.path != other.path:
        return False
    (a, b), (c, d) = one.row[1:3], other.row[1:3]
    return (a <= c and d <= b) or (c <= a and b <= d)


def _candidates(report: FileReport, file: FileHistory | None, until: int, model: Model) -> list[_Candidate]:
    touches = sorted(file.touches, key=lambda t: t.line) if file else []
    starts = [t.line for t in touches]
    longest = max((t.end_line - t.line for t in touches), default=0)
    found = []
    for row in report.functions:
        _, line, end_line, cyclomatic, *_ = row
        length = end_line - line + 1
        if length < LEAST_LINES or row[4] < LEAST_COGNITIVE:
            continue
        mine: tuple[Touch, ...] = ()
        if touches:
            first = bisect_right(starts, line - longest - 1)
            last = bisect_right(starts, end_line)
            mine = tuple(t for t in touches[first:last] if t.end_line >= line)
        odds = model.base + model.lines * math.log1p(length) + model.cyclomatic * math.log1p(cyclomatic)
        if mine:
            commits = {t.time: t.fix for t in mine}
            heat = math.fsum(0.5 ** (max(until - time, 0) / HALF_LIFE) for time in commits)
            odds += model.heat * math.log1p(heat) + model.fixes * math.log1p(sum(commits.values()))
        found.append(_Candidate(1 / (1 + math.exp(-odds)), report.path, row, mine))
    return found


def _place(c: _Candidate, rank: int, history: History) -> Place:
    symbol, line, end_line, cyclomatic, cognitive, nesting, parameters, *block = c.row
    reasons = [f"{end_line - line + 1} lines, cyclomatic {cyclomatic}, cognitive {cognitive}, nesting {nesting}"]
    commits = {t.time: t.fix for t in c.touches}
    if commits:
        fixes = sum(commits.values())
        told = f"changed by {_counted(len(commits), 'commit')} in 24 months"
        told += f", {fixes} of them mending a fault" if fixes else ""
        days = (history.until - max(commits)) // DAY
        when = f"{_counted(days, 'day')} before this commit" if days > 0 else "on the day of this commit"
        reasons.append(f"{told}, last {when}")
    file = history.files.get(c.path)
    if file is not None:
        reasons.append(f"its file: {_counted(file.commits, 'commit')} in all, {file.fixes} mending a fault")
    return Place(
        c.path, line, end_line, symbol, round(c.score, 4), rank, tuple(reasons),
        _step(end_line - line + 1, cognitive, nesting, parameters, block),
    )  # fmt: skip


def _step(length: int, cognitive: int, nesting: int, parameters: int, block: list[int]) -> str | None:
    """The one thing that would help most, as far as the numbers tell."""
    first, last, points = block or (0, 0, 0)
    if first:
        share = f"{points} of its {cognitive} points of cognitive complexity"
        return f"make lines {first}-{last} a function of their own: they hold {share}"
    if nesting >= 4:
        return f"return or continue early: it is nested {nesting} deep"
    if parameters >= 8:
        return f"gather its {parameters} parameters into one value"
    if length >= 100:
        return f"split its {length} lines by what they do"
    if cognitive >= HARD:
        return "give its longest condition a name"
    return None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
