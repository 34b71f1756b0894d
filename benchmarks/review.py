"""``make bench-review``: what a review costs, cold and warm, against other tools and against the least possible."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.bench import DJANGO, SALEOR, Bench, Edits, Source
from benchmarks.measuring import Cost, Failed, pairs, ratio
from benchmarks.table import Figure, as_data, as_text, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PART = "django"
"""The package of Django's repository that is reviewed; its tests and documents are not."""
PAGE = Path(__file__).with_name("README.md")
MB = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; returns 1 where a goal is missed, 2 where something could not be measured."""
    given = _parser().parse_args(arguments)
    found = {source: _found(source, path) for source, path in ((DJANGO, given.django), (SALEOR, given.saleor))}
    if found[DJANGO] is None and found[SALEOR] is None:
        return 2
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="nova-bench-") as name:
        bench = Bench(Path(name).resolve(), given.rounds)
        try:
            for measure in _measures(bench, found[DJANGO], found[SALEOR]):
                if not given.only or measure.__name__ in given.only.split(","):
                    print(f"measuring {measure.__name__.replace('_', ' ')} ...", file=sys.stderr, flush=True)
                    figures += measure()
        except Failed as failure:
            print(f"bench: {failure}", file=sys.stderr)
            return 2
    print(as_text(figures))
    if given.json:
        given.json.write_text(json.dumps(as_data(figures, given.rounds), indent=2) + "\n", "utf-8")
    if given.write:
        write(PAGE, figures, given.rounds)
    return 0 if all(figure.met is not False for figure in figures) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.review", description="Measure what a review costs.")
    for source in (DJANGO, SALEOR):
        flag = f"--{source.variable.lower()}"
        place = os.environ.get(source.variable)
        parser.add_argument(
            flag, type=Path, metavar="PATH", default=Path(place) if place else None, help=f"a clone of {source.name}"
        )
    parser.add_argument(
        "--rounds", type=int, default=7, metavar="N", help="how often a short measurement is repeated (default: 7)"
    )
    parser.add_argument(
        "--only",
        default="",
        metavar="NAMES",
        help="cold, warm, one_edit, diff, memory_and_scale, start; parted by commas",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure as JSON")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    return parser


def _found(source: Source, path: Path | None) -> Path | None:
    """The repository at a path; a sentence to the person where it is not the one that is meant."""
    if path is None or not (path / ".git").exists():
        print(
            f"{source.variable}: where is a clone of {source.name}? What needs it is left out.\n"
            f"  get it with its whole history, at commit {source.commit}, and say\n"
            f"  make bench-review {source.variable}=PATH",
            file=sys.stderr,
        )
        return None
    return path.resolve()


def _measures(bench: Bench, django: Path | None, saleor: Path | None) -> Iterator[Callable[[], list[Figure]]]:
    """What can be measured with the repositories at hand, in an order in which one leaves memory for the next."""

    def cold() -> list[Figure]:
        return _cold(bench, _needed(django))

    def warm() -> list[Figure]:
        return _warm(bench, _needed(django))

    def one_edit() -> list[Figure]:
        return _one_edit(bench, _needed(django))

    def diff() -> list[Figure]:
        return _diff(bench, _needed(django))

    def memory_and_scale() -> list[Figure]:
        return _memory_and_scale(bench, _needed(django), saleor)

    def start() -> list[Figure]:
        return _start(bench)

    if django is not None:
        yield from (cold, warm, one_edit, diff, memory_and_scale)
    yield start


def _needed(path: Path | None) -> Path:
    assert path is not None
    return path


def _cold(bench: Bench, django: Path) -> list[Figure]:
    bench.cold(django, PART, "warm-up")
    costs = pairs(bench.few, lambda _: bench.cold(django, PART, "django"), lambda _: bench.others(django, PART))
    busy = median(one.wall / one.cpu for one, _ in costs)
    told = f"{_seconds(costs, 0)} s against {_seconds(costs, 1)} s"
    return [
        Figure(
            "cold: Django's package, all that is on, against radon, vulture and ruff",
            "CPU",
            ratio(costs),
            1.0,
            "times",
            told,
        ),
        Figure(
            "cold: wall for each second of CPU, on two cores",
            "wall",
            busy,
            0.75,
            "times",
            f"{_wall(costs):.1f} s of wall",
        ),
    ]


def _warm(bench: Bench, django: Path) -> list[Figure]:
    database = bench.database("django")
    if not database.exists():
        bench.cold(django, PART, "django")
    figures = []
    for form in ("text", "json"):
        words = ("--format", form)
        bench.review(django, PART, database, *words)
        for how, goal in (((), 1.4), (("bare",), None)):
            costs = pairs(
                bench.rounds,
                lambda _, words=words: bench.review(django, PART, database, *words),  # type: ignore[misc]
                lambda _, how=how: bench.floor(django, *how),  # type: ignore[misc]
            )
            against = "the floor with rich's face alone" if how else "the floor"
            told = f"{_seconds(costs, 0)} s against {_seconds(costs, 1)} s"
            figures.append(
                Figure(f"warm, nothing changed, {form}: against {against}", "CPU", ratio(costs), goal, "times", told)
            )
    return figures


def _one_edit(bench: Bench, django: Path) -> list[Figure]:
    clone = bench.clone(django)
    bench.cold(clone, PART, "clone")
    edits = Edits(bench, clone, PART)

    def edited(_: int) -> Cost:
        edits.next(1)
        return bench.review(clone, PART, bench.database("clone"))

    edited(-1)
    costs = pairs(bench.rounds, edited, lambda _: bench.floor(clone))
    edits.undo()
    told = f"{_seconds(costs, 0)} s against {_seconds(costs, 1)} s"
    return [
        Figure("warm, one file edited, each time another: against the floor", "CPU", ratio(costs), 2.0, "times", told)
    ]


def _diff(bench: Bench, django: Path) -> list[Figure]:
    clone = bench.clone(django)
    if not bench.database("clone").exists():
        bench.cold(clone, PART, "clone")
    edits = Edits(bench, clone, PART)
    trunk = bench.git(clone, "rev-parse", "HEAD").decode().strip()
    costs: dict[bool, list[Cost]] = {False: [], True: []}
    for number in range(-1, bench.few):
        for committed in (False, True):
            edits.next(5)
            if committed:
                who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")
                bench.git(clone, *who, "commit", "--quiet", "--no-verify", "-am", "Edit five files")
            cost = bench.review(clone, PART, bench.database("clone"), "--diff", trunk)
            if number >= 0:
                costs[committed].append(cost)
            bench.git(clone, "reset", "--quiet", "--hard", trunk)
    told = {where: f"median of {len(of)}" for where, of in costs.items()}
    return [
        Figure(
            "warm, --diff of five files edited in the work tree",
            "CPU",
            median(c.cpu for c in costs[False]),
            1.0,
            "s",
            told[False],
        ),
        Figure(
            "warm, --diff of a commit that edits five files",
            "CPU",
            median(c.cpu for c in costs[True]),
            1.0,
            "s",
            told[True],
        ),
    ]


def _memory_and_scale(bench: Bench, django: Path, saleor: Path | None) -> list[Figure]:
    figures = [_peak("peak memory, cold: Django's package", bench.cold(django, PART, "memory", sample=True), 300)]
    if saleor is None:
        return figures
    figures.append(_peak("peak memory, cold: all of saleor", bench.cold(saleor, ".", "saleor", sample=True), 700))
    costs = pairs(
        max(1, bench.few // 2),
        lambda _: bench.cold(saleor, ".", "saleor"),
        lambda _: bench.cold(django, PART, "memory"),
    )
    lines = bench.lines(saleor, ".", "saleor"), bench.lines(django, PART, "memory")
    each = [median(pair[n].cpu for pair in costs) / lines[n] * 1e6 for n in (0, 1)]
    told = f"{each[0]:.1f} s a million lines ({lines[0]:,}) against {each[1]:.1f} ({lines[1]:,})"
    growth = ratio(costs) * lines[1] / lines[0]
    return [
        *figures,
        Figure("cold: CPU a line, all of saleor against Django's package", "CPU", growth, 1.3, "times", told),
    ]


def _peak(what: str, cost: Cost, goal: float) -> Figure:
    told = f"the largest process {cost.largest / MB:.0f} MB"
    return Figure(what, "all processes", cost.tree / MB, goal, "MB", told)


def _start(bench: Bench) -> list[Figure]:
    bench.nova(bench.folder, "--help")
    costs = [bench.nova(bench.folder, "--help").cpu for _ in range(bench.rounds)]
    return [Figure("nova --help", "CPU", median(costs), 0.15, "s", f"median of {len(costs)}")]


def _seconds(costs: Sequence[tuple[Cost, Cost]], which: int) -> str:
    return f"{median(pair[which].cpu for pair in costs):.3g}"


def _wall(costs: Sequence[tuple[Cost, Cost]]) -> float:
    return median(one.wall for one, _ in costs)


if __name__ == "__main__":
    sys.exit(main())
