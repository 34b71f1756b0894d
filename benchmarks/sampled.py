"""``python -m benchmarks.sampled FOLDER``: how many of the fixes that cannot be proven are tested, and at what cost.

From each package of ``packages.toml`` (see ``benchmarks.regressions``) some of the fixes that rungs 0 to 2 do not prove
are drawn with a fixed seed, one of a rule before a second of any, and go up the whole ladder: with the package's tests,
in the sandbox. Those that are tested are then applied at once, and the whole suite is run before and after.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.applying import as_offer, state
from benchmarks.judging import Judge
from benchmarks.offered import offered, oldest, paths_of, requires_of
from benchmarks.proof import row_of
from benchmarks.regressions import LISTED, unfit
from benchmarks.suites import Package, Suite, packages, regressions
from nova.fixing import joined
from nova.proof.availability import Missing, available
from nova.proof.environment import Environment
from nova.proof.plain import Plain
from nova.proof.testbed import TestBed
from nova.proof.type_checker import TypeChecker
from nova.proof.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.judging import Judgement
    from benchmarks.offered import Offered
    from nova.proof.running import Runner

SEED = 20
COLUMNS = (
    "drawn", "rung 3", "and rung 4", "and rung 5", "and rung 6", "tested", "unproven", "refuted", "seconds, median",
    "most", "applied at once", "regressions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of the fixes that were drawn from one package; ``unfit`` tells why none could be."""

    package: str
    rows: Sequence[Judgement] = ()
    applied: int = 0
    regressions: Sequence[str] = ()
    unfit: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, judge and apply, and print the figures; 1 where a suite regresses."""
    parser = argparse.ArgumentParser(prog="benchmarks.sampled", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the clones are")
    parser.add_argument("--packages", type=Path, default=LISTED, metavar="FILE", help="the list of packages")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these packages alone")
    parser.add_argument("--each", type=int, default=10, metavar="N", help="fixes a package (default: 10)")
    parser.add_argument("--unsandboxed", action="store_true", help="run the suites without a sandbox")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found, after each package")
    given = parser.parse_args(arguments)
    runner = Plain() if given.unsandboxed else available()
    if isinstance(runner, Missing):
        parser.error(f"{runner.why}: {runner.next_step}")
    found: list[Drawn] = []
    for package in packages(given.packages):
        if given.only and package.name not in given.only:
            continue
        found.append(measured(given.folder.resolve() / package.name, package, runner, given.each))
        print(_line(found[-1]), file=sys.stderr, flush=True)
        if given.json:
            given.json.write_text(json.dumps([_data(one) for one in found], indent=1) + "\n", "utf-8")
    print(table(found))
    return int(any(one.regressions or one.unfit for one in found))


def measured(folder: Path, package: Package, runner: Runner, each: int) -> Drawn:
    """Fixes of one package through the whole ladder."""
    why = unfit(folder, package)
    if why:
        return Drawn(package.name, unfit=why)
    paths = paths_of(folder)
    found = offered(folder, package.name, paths, oldest(requires_of(folder)))
    tracked = subprocess.run(["git", "ls-files"], cwd=folder, capture_output=True, text=True, check=True).stdout.split()
    contents = [(p, (folder / p).read_bytes()) for p in tracked if (folder / p).is_file()]
    command = " ".join(("python -m pytest", *package.arguments))
    python = folder / ".venv" / "bin" / "python"
    environment = Environment(python, "pytest", package.arguments, command, "packages.toml")
    python_files = [p for p, _ in contents if p.endswith(".py")]
    beside = (Path(sys.executable).parent,)
    with (
        closing(TestBed(folder, environment, runner, lambda: contents)) as bed,
        TypeChecker(str(folder), python_files, trusted=True, beside=beside) as types,
        Judge(folder, paths, {o.mend.rule for o in found}, types if types.is_there else None, bed) as judge,
    ):
        rows: list[Judgement] = []
        for one in drawn(found, folder.name):
            if len(rows) == each:
                break
            (row,) = judge.judged([one])
            if row.proof.verdict is not Verdict.PROVEN:
                rows.append(row)
                print(f"  {_told(row)}", file=sys.stderr, flush=True)
        suite = Suite(folder, package, runner)
        before = suite.run({})
        steps = joined([as_offer(row) for row in rows], "tested", judge.prove)
    applied = sum(len(step.taken) for step in steps)
    worse = regressions(before, suite.run(state(steps, applied))) if steps else []
    return Drawn(package.name, rows, applied, worse, "" if before.clean else "its suite does not pass here")


def drawn(found: Sequence[Offered], name: str) -> list[Offered]:
    """All of them in an order that the seed and the package's name give: one of each rule, then a second of each."""
    dice = random.Random(f"{SEED} {name}")  # noqa: S311  a sample, no secret
    mixed = sorted(found, key=lambda o: (o.mend.rule, o.mend.path, o.mend.span.line, o.mend.span.column))
    dice.shuffle(mixed)
    seen: Counter[str] = Counter()
    turn = {}
    for one in mixed:
        turn[id(one)] = seen[one.mend.rule]
        seen[one.mend.rule] += 1
    return sorted(mixed, key=lambda o: turn[id(o)])


def table(found: Sequence[Drawn]) -> str:
    """One line a package, then of all; then why those that are unproven fell short."""
    lines = [
        f"| package | {' | '.join(COLUMNS)} |",
        "|---" * (1 + len(COLUMNS)) + "|",
    ]
    whole = [one for one in found if one.rows]
    lines += [f"| {one.package} | {_counted(one.rows)} | {one.applied} | {len(one.regressions)} |" for one in whole]
    rows = [row for one in whole for row in one.rows]
    if rows:
        applied, worse = sum(one.applied for one in whole), sum(len(one.regressions) for one in whole)
        lines.append(f"| all {len(whole)} | {_counted(rows)} | {applied} | {worse} |")
    short = Counter(_short(row) for row in rows if row.proof.verdict is Verdict.UNPROVEN)
    lines += ["", *(f"- {count} stopped at {where}" for where, count in short.most_common())]
    lines += [f"- {_told(row)}" for row in rows if row.proof.verdict is Verdict.REFUTED]
    lines += [f"- {one.package} was not measured: {one.unfit}" for one in found if one.unfit]
    lines += [f"- {one.package} regressed: {what}" for one in whole for what in one.regressions[:5]]
    return "\n".join(lines).rstrip()


def _counted(rows: Sequence[Judgement]) -> str:
    """Drawn, how many passed each rung from 3 to 6 after all of those below but rung 2, verdicts, and seconds."""
    reached = [sum(_passed(row, rung) for row in rows) for rung in (3, 4, 5, 6)]
    verdicts = Counter(row.proof.verdict for row in rows)
    told = [verdicts[v] for v in (Verdict.TESTED, Verdict.UNPROVEN, Verdict.REFUTED)]
    seconds = [row.seconds for row in rows]
    return " | ".join([*map(str, (len(rows), *reached, *told)), f"{median(seconds):.1f}", f"{max(seconds):.1f}"])


def _passed(row: Judgement, rung: int) -> bool:
    asked = [r for r in row.proof.rungs if r.rung <= rung and r.rung != _BYTECODE]
    return all(r.outcome is Outcome.PASSED for r in asked)


_BYTECODE = 2


def _short(row: Judgement) -> str:
    """The rung at which it stopped, rung 2 aside."""
    if row.proof.capped:
        return f"no rung: {row.proof.capped.partition(' (')[0]}"
    stopped = (r for r in row.proof.rungs if r.outcome is not Outcome.PASSED and r.rung != _BYTECODE)
    return next((f"{r.name}: {r.why.partition(':')[0]}" for r in stopped), "none")


def _told(row: Judgement) -> str:
    mend = row.offered.mend
    why = row.proof.why
    return f"{row.offered.folder}, {mend.rule} in {mend.path}:{mend.span.line}: {row.proof.verdict.value}, {why}"


def _line(one: Drawn) -> str:
    verdicts = Counter(row.proof.verdict.value for row in one.rows)
    return f"{one.package}: {dict(verdicts)}, {one.applied} applied, {len(one.regressions)} regressions {one.unfit}"


def _data(one: Drawn) -> dict[str, Any]:
    whys = [{r.name: r.why for r in row.proof.rungs} for row in one.rows]
    fixes = [{**asdict(row_of(row)), "whys": why} for row, why in zip(one.rows, whys, strict=True)]
    return {
        "package": one.package, "unfit": one.unfit, "applied": one.applied, "regressions": list(one.regressions),
        "fixes": fixes,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
