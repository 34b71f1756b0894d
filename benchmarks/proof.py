"""``python -m benchmarks.proof --fixes FOLDER...``: how far the fixes of ruff and Nova are proved, and what it costs.

Each folder is a clone of a repository. Every fix that is offered outside of tests is judged alone by rungs 0 to 2.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.judging import Judge
from benchmarks.offered import offered, oldest, paths_of, requires_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.judging import Judgement

KINDS = ("safe", "unsafe", "nova")


@dataclass(frozen=True, slots=True)
class Row:
    """One fix and its proof in plain values. ``rungs`` has for each rung its name, its outcome and its seconds."""

    folder: str
    kind: str
    rule: str
    path: str
    line: int
    verdict: str
    reached: int
    why: str
    seconds: float
    rungs: tuple[tuple[str, str, float], ...] = ()


def row_of(judgement: Judgement) -> Row:
    """What is kept of a judgement."""
    mend, proof = judgement.offered.mend, judgement.proof
    return Row(
        judgement.offered.folder, judgement.offered.kind, mend.rule, mend.path, mend.span.line, proof.verdict.value,
        judgement.reached, proof.why, round(judgement.seconds, 4),
        tuple((r.name, r.outcome.value, r.seconds) for r in proof.rungs),
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge all fixes of all folders, and print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.proof", description=__doc__)
    parser.add_argument("--fixes", nargs="+", type=Path, required=True, metavar="FOLDER", help="clones of repositories")
    parser.add_argument(
        "--most", type=int, default=0, metavar="N", help="at most N fixes of a rule in a folder (0: all)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write each fix with its outcome")
    given = parser.parse_args(arguments)
    rows: list[Row] = []
    cpu = 0.0
    for folder in given.fixes:
        paths = paths_of(folder)
        found = offered(folder, folder.name, paths, oldest(requires_of(folder)), given.most)
        print(f"{folder.name}: {len(found)} fixes", file=sys.stderr, flush=True)
        before = cpu_seconds()
        with Judge(folder, paths, {o.mend.rule for o in found}) as judge:
            rows += map(row_of, judge.judged(found))
        cpu += cpu_seconds() - before
    print(table(rows))
    print(f"\nCPU of all processes: {cpu / max(len(rows), 1):.3f} s a fix")
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")
    return 0


def cpu_seconds() -> float:
    """CPU seconds of this process and of all its children that have ended."""
    return sum(os.times()[:4])


def table(rows: Sequence[Row]) -> str:
    """The figures by folder and kind of fix, then of all."""
    lines = ["| fixes | offered | rung 0 | and rung 1 | and rung 2: proven | refuted | seconds, median | 95 % |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    kinds = [*sorted({(r.folder, r.kind) for r in rows}), *(("all", k) for k in KINDS)]
    for folder, kind in kinds:
        some = [r for r in rows if r.kind == kind and folder in {"all", r.folder}]
        if some:
            lines.append(f"| {folder}, {kind} | {' | '.join(counted(some))} |")
    return "\n".join(lines)


def counted(some: Sequence[Row]) -> tuple[str, ...]:
    """Offered, through rung 0, 1 and 2, refuted, and the seconds: median and 95 %."""
    passed = [sum(r.reached > n for r in some) for n in range(3)]
    refuted = sum(r.verdict == "refuted" for r in some)
    times = sorted(r.seconds for r in some)
    share = f"{passed[2]} ({passed[2] / len(some):.0%})"
    seconds = (f"{median(times):.3f}", f"{times[int(len(times) * 0.95)]:.3f}")
    return (str(len(some)), str(passed[0]), str(passed[1]), share, str(refuted), *seconds)


if __name__ == "__main__":
    sys.exit(main())
