"""Whether the inputs came to every changed line: what no input reaches has not been compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.proof.changed import changed_lines, enclosing, unit_of, units
from nova.proof.inputs.choose import where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.proof.inputs.records import Told


def ran(told: Told) -> dict[str, set[int]]:
    """The lines of the changed files that any input ran, by path."""
    found: dict[str, set[int]] = {}
    for record in told.records.values():
        for run in record.runs.values():
            for place in run.outcome.lists["lines"] if run.outcome else ():
                path, _, number = place.rpartition(":")
                if number.isdecimal():
                    found.setdefault(path, set()).add(int(number))
    return found


def unreached(files: Mapping[str, tuple[str, str]], old: Told, new: Told) -> list[str]:
    """The changed lines within functions whose statement no input ran on their side, in words."""
    missing: list[str] = []
    lines_old, lines_new = ran(old), ran(new)
    for path, (before, after) in files.items():
        changed = changed_lines(before, after)
        sides = (
            ("before", before, changed.old - changed.beside_old, lines_old.get(path, set())),
            ("after", after, changed.new - changed.beside_new, lines_new.get(path, set())),
        )
        for side, text, lines, seen in sides:
            parts = units(text)
            for line in sorted(lines):
                unit = unit_of(parts, line)
                if unit and not unit.at_import and seen.isdisjoint(range(unit.start, unit.end + 1)):
                    missing.append(f"line {line} of {path} {side}")
    return missing


def defined(text: str) -> frozenset[str]:
    """The qualified names of all functions of a text."""
    return frozenset(enclosing(text, frozenset(range(1, text.count("\n") + 2)))) - {""}


def gone(files: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """The functions that are there before and not after; that a public one is missing is told of its module."""
    return frozenset(name for before, after in files.values() for name in defined(before) - defined(after))


def uncaught(files: Mapping[str, tuple[str, str]], old: Told) -> list[str]:
    """The changed functions that are on both sides and of which no call was caught, in words.

    A function within a function is caught with that, and the other way round.
    """
    caught = {record.function for record in old.records.values()}
    missing: list[str] = []
    for path, (before, after) in files.items():
        both = defined(before) & defined(after)
        missing.extend(
            f"{name} in {path}"
            for name in where(before, after).functions
            if name in both
            and not any(f"{name}.".startswith(f"{c}.") or f"{c}.".startswith(f"{name}.") for c in caught)
        )
    return missing
