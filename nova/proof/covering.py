"""Which tests cover a patch, told from a recording. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nova.proof.changed import changed_lines, unit_of, units
from nova.proof.testing import Seen
from reviewers.text import Undecodable, decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nova.proof.case import FileChange, Patch
    from nova.proof.changed import Unit
    from nova.proof.testing import Recording

SECONDS = 20.0
"""As long as they take no more than so many seconds, all covering tests are run."""
_THRICE = 3


@dataclass(frozen=True, slots=True)
class Covering:
    """The tests that cover a patch: ``tests``, chosen from ``count`` of them.

    ``left_out`` counts tests that run changed lines and are unstable, or did not pass when they were recorded.
    ``lines`` counts changed lines of the old side, ``unseen`` holds those that no test which is left runs, as path and
    line. ``at_import``: among the lines are some that run when a module is imported; for these stand the tests that
    run any line of a function of that file.
    """

    tests: tuple[str, ...]
    count: int
    left_out: int
    lines: int
    unseen: tuple[tuple[str, int], ...] = ()
    at_import: bool = False


@dataclass(slots=True)
class _Found:
    """What is known of one patch so far; ``places`` are the tests of each changed place."""

    places: list[frozenset[str]] = field(default_factory=list)
    out: set[str] = field(default_factory=set)
    lines: int = 0
    unseen: list[tuple[str, int]] = field(default_factory=list)
    at_import: bool = False


def covering(recording: Recording, patch: Patch, seconds: float = SECONDS) -> Covering:
    """The tests that run a changed line on the old side, and pass each time that they are run.

    All of them where they take no more than ``seconds``, else the quickest that together run each place three times.
    """
    found = _Found()
    for change in patch.files:
        if change.is_python and change.before is not None:
            _look(recording, change, found)
    every = frozenset[str]().union(*found.places) if found.places else frozenset()
    order = [test for test in recording.outcomes if test in every]
    chosen = _chosen(order, found.places, recording.seconds, seconds)
    return Covering(tuple(chosen), len(order), len(found.out), found.lines, tuple(found.unseen), found.at_import)


def _look(recording: Recording, change: FileChange, found: _Found) -> None:
    before, after = text_of(change.before), text_of(change.after)
    changed = changed_lines(before, after)
    parts = units(before)
    ran = recording.contexts.get(change.path, {})
    imported = recording.at_import.get(change.path, frozenset())
    everywhere = frozenset(test for tests in ran.values() for test in tests)

    def stable(tests: Iterable[str]) -> frozenset[str]:
        given = frozenset(tests)
        good = frozenset(t for t in given - recording.unstable if recording.outcomes.get(t) is Seen.PASSED)
        found.out |= given - good
        return good

    seen: dict[Unit | None, frozenset[str]] = {}
    for line in sorted(changed.old):
        unit = unit_of(parts, line)
        if unit not in seen:
            seen[unit] = frozenset()
            if unit is not None:
                span = range(unit.start, unit.end + 1)
                direct = {test for n in span for test in ran.get(n, ())}
                if unit.at_import:
                    found.at_import = True
                    seen[unit] = stable(everywhere) if direct or imported.intersection(span) else frozenset()
                else:
                    seen[unit] = stable(direct)
                if seen[unit]:
                    found.places.append(seen[unit])
        if line not in changed.beside_old:
            found.lines += 1
            if not seen[unit]:
                found.unseen.append((change.path, line))


def unseen_after(patch: Patch, ran: Mapping[str, frozenset[int]]) -> tuple[list[tuple[str, int]], int]:
    """The changed lines of the new side that were not run, and how many such lines there are in all."""
    missing: list[tuple[str, int]] = []
    count = 0
    for change in patch.files:
        if change.is_python and change.after is not None:
            after = text_of(change.after)
            changed = changed_lines(text_of(change.before), after)
            parts = units(after)
            hit: Callable[[int], bool] = ran.get(change.path, frozenset()).__contains__
            for line in sorted(changed.new - changed.beside_new):
                unit = unit_of(parts, line)
                count += 1
                if unit is None or not any(map(hit, range(unit.start, unit.end + 1))):
                    missing.append((change.path, line))
    return missing, count


def text_of(data: bytes | None) -> str:
    """The text of a file, empty for one that is not there or cannot be decoded."""
    try:
        return decoded(data) if data else ""
    except Undecodable:
        return ""


def _chosen(
    order: list[str], places: list[frozenset[str]], took: Mapping[str, float], seconds: float
) -> list[str]:  # fmt: skip
    if sum(took.get(test, 0.0) for test in order) <= seconds:
        return order
    short = dict.fromkeys(range(len(places)), _THRICE)
    chosen: set[str] = set()
    for test in sorted(order, key=lambda t: (took.get(t, 0.0), t)):
        helped = [n for n, left in short.items() if left and test in places[n]]
        if helped:
            chosen.add(test)
            for n in helped:
                short[n] -= 1
    return [test for test in order if test in chosen]
