"""``make bench-memory``: what memory finds, what it lets go of, how quickly, and what it survives.

``LOCOMO=FILE`` (``data/locomo10.json`` of snap-research/LoCoMo, CC BY-NC) and ``COSQA=FOLDER`` stay outside of the
repository; what they measure is left out where they are not named.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import cosqa, fortnight, locomo, memory_speed, superseding
from benchmarks.carrying_out import carried_out, named
from benchmarks.table import as_data, as_text, write
from nova import embed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.carrying_out import Measure

PAGE = Path(__file__).with_name("README.md")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; returns 1 where a goal is missed."""
    given = _parser().parse_args(arguments)
    wanted = tuple(given.only or ("",))
    figures = carried_out((name, measure) for name, measure in _measures(given) if name.startswith(wanted))
    print(as_text(figures))
    if given.json:
        given.json.write_text(json.dumps(as_data(figures, 1), indent=2) + "\n", "utf-8")
    if given.write:
        write(PAGE, figures, 1, "memory")
    return 0 if all(figure.met is not False for figure in figures) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.memory", description="Measure memory.")
    parser.add_argument("--locomo", type=Path, metavar="FILE", default=named("LOCOMO"))
    parser.add_argument("--cosqa", type=Path, metavar="FOLDER", default=named("COSQA"))
    parser.add_argument("--embedder", default="none", help="none, wordllama, minilm; several parted by commas")
    parser.add_argument("--only", action="append", metavar="NAME", help="measurements whose name begins so")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    return parser


def _measures(given: argparse.Namespace) -> Iterator[tuple[str, Measure]]:
    for name in given.embedder.split(","):
        model = embed.embedder(name)
        if given.locomo:
            yield f"locomo, {name}", partial(locomo.measure, given.locomo, name)
        if given.cosqa:
            yield f"cosqa, {name}", partial(cosqa.measure, given.cosqa, name)
        yield f"updates, {name}", partial(superseding.measure, embedder=model)
        yield f"fortnight, {name}", partial(fortnight.measure, name)
    yield "speed", memory_speed.measure


if __name__ == "__main__":
    sys.exit(main())
