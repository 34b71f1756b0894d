"""The figures of a run as a table: on the terminal, as JSON, and between the markers of the page."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CORES = {1: "one core", 2: "two cores", 4: "four cores", 8: "eight cores"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``goal`` is what it may at most be, or must ``at_least`` be; None where it is reported."""

    what: str
    of: str
    """What was measured: CPU, wall, all processes."""
    value: float
    goal: float | None
    unit: str
    told: str = ""
    """What the figure was made from, in words."""
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return _with_unit(self.value, self.unit)

    @property
    def wanted(self) -> str:
        """The goal with its unit, and whether it is met."""
        bound = "at least" if self.at_least else "at most"
        return "reported" if self.goal is None else f"{bound} {_with_unit(self.goal, self.unit)}"

    @property
    def verdict(self) -> str:
        """``met`` or ``missed``; empty where there is no goal."""
        return {True: "met", False: "missed", None: ""}[self.met]


def as_text(figures: Sequence[Figure]) -> str:
    """Columns for a terminal."""
    rows = [("what", "measured", "figure", "goal", "", "from")]
    rows += [(f.what, f.of, f.shown, f.wanted, f.verdict, f.told) for f in figures]
    widths = [max(len(row[n]) for row in rows) for n in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def as_data(figures: Sequence[Figure], rounds: int) -> dict[str, Any]:
    """The figures for a program."""
    return {
        "machine": machine(),
        "at": _today(),
        "rounds": rounds,
        "figures": [{**asdict(f), "met": f.met} for f in figures],
    }


def as_markdown(figures: Sequence[Figure], rounds: int) -> str:
    """The figures for the page."""
    lines = [f"Measured on {_today()}, {machine()}; short measurements {rounds} times.", ""]
    lines += ["| what | measured | figure | goal | | from |", "|---|---|---|---|---|---|"]
    lines += [f"| {f.what} | {f.of} | {f.shown} | {f.wanted} | {f.verdict} | {f.told} |" for f in figures]
    return "\n".join(lines)


def write(page: Path, figures: Sequence[Figure], rounds: int, about: str = "figures") -> None:
    """Put the table between the markers of a page that are about it.

    Raises ``ValueError`` where it has none.
    """
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(f"<!-- {about}: begin (written by --write) -->")
    _, end, after = rest.partition(f"<!-- {about}: end -->")
    if not begin or not end:
        raise ValueError(f"{page} has no markers to write between")
    page.write_text(f"{before}{begin}\n\n{as_markdown(figures, rounds)}\n\n{end}{after}", "utf-8")


def machine() -> str:
    """The machine in words."""
    cores = os.cpu_count() or 1
    return f"{CORES.get(cores, f'{cores} cores')}, {platform.system()}, Python {platform.python_version()}"


def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")


def _with_unit(value: float, unit: str) -> str:
    text = f"{value:.0f}" if unit == "MB" else f"{value:.2f}"
    return f"{text} {unit}".rstrip()
