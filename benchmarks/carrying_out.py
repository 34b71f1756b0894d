"""What the benches have in common: measuring one thing after another, aloud, and where data lies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.table import Figure

    Measure = Callable[[], Iterator[Figure]]


def carried_out(measures: Iterable[tuple[str, Measure]]) -> list[Figure]:
    """The figures of measurements, each told on standard error as soon as it is there."""
    figures: list[Figure] = []
    for name, measure in measures:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        for figure in measure():
            print(f"  {figure.what}: {figure.shown}", file=sys.stderr, flush=True)
            figures.append(figure)
    return figures


def named(variable: str) -> Path | None:
    """The place that a variable of the environment names, where it names any."""
    place = os.environ.get(variable)
    return Path(place) if place else None
