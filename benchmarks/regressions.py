"""``python -m benchmarks.regressions FOLDER``: whether the suites of public packages notice what Nova calls proven.

``FOLDER`` holds a clone of each package of ``packages.toml`` under its name, at the commit named there, with an
environment in ``.venv`` in which its suite passes. Every fix of ruff and of Nova's rules is judged alone by rungs 0 to
2; those that are proven are joined file by file, proved again as a whole, and applied at once, round by round until
none is left. The whole suite is run in the sandbox before and after. That it would notice is tried too: with the same
files broken on purpose it must not pass.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.applying import apply, culprit, state
from benchmarks.judging import Judge
from benchmarks.offered import offered, oldest, paths_of, requires_of
from benchmarks.proof import cpu_seconds, row_of
from benchmarks.regressions_table import Measured, keep, kept, line, table
from benchmarks.suites import Suite, packages, regressions
from nova.proof.availability import Missing, available
from nova.proof.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.suites import Package, SuiteRun
    from nova.fixing import Joined

LISTED = Path(__file__).with_name("packages.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the packages and print the figures; 1 where one regresses or could not be measured."""
    parser = argparse.ArgumentParser(prog="benchmarks.regressions", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the clones are")
    parser.add_argument("--packages", type=Path, default=LISTED, metavar="FILE", help="the list of packages")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these packages alone")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="at most N fixes of a rule a package (0: all)")
    parser.add_argument("--unsandboxed", action="store_true", help="run the suites without a sandbox")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found, after each package")
    parser.add_argument("--resume", action="store_true", help="take from that file what is there already")
    given = parser.parse_args(arguments)
    runner = Plain() if given.unsandboxed else available()
    if isinstance(runner, Missing):
        parser.error(f"{runner.why}: {runner.next_step}")
    found = kept(given.json) if given.resume and given.json else []
    there = {(one.package, one.commit) for one in found}
    for package in packages(given.packages):
        if (given.only and package.name not in given.only) or (package.name, package.commit) in there:
            continue
        folder = given.folder.resolve() / package.name
        found.append(measured(folder, package, Suite(folder, package, runner), given.most))
        print(line(found[-1]), file=sys.stderr, flush=True)
        if given.json:
            keep(found, given.json)
    print(table(found))
    return int(any(m.regressions or m.unfit for m in found))


def measured(folder: Path, package: Package, suite: Suite, most: int) -> Measured:
    """One package from its suite as it is to its suite with all that is proven."""
    began = time.perf_counter()
    blank = Measured(package.name, package.repository, package.commit, package.left_out)
    why = unfit(folder, package)
    if why:
        return replace(blank, unfit=why)
    before = suite.run({})
    if not before.clean:
        return replace(blank, unfit=f"its suite does not pass here: {before.why or before.output}")
    unsteady = regressions(before, suite.run({}))
    if unsteady:
        return replace(blank, unfit=f"its suite is unsteady: {unsteady[0]}")
    target, paths = oldest(requires_of(folder)), paths_of(folder)
    found = offered(folder, package.name, paths, target, most)
    cpu = cpu_seconds()
    with Judge(folder, paths, {o.mend.rule for o in found}) as judge:
        rows = judge.judged(found)
        steps = apply(judge, folder, paths, target, rows)
        pythons = judge.pythons
    cpu = cpu_seconds() - cpu
    fixes = [fix for step in steps for fix in step.taken]
    changed = state(steps, len(fixes))
    if changed and suite.run(_broken(changed)).clean:
        return replace(blank, unfit="its suite passes with the changed files broken")
    after = suite.run(changed)
    worse = regressions(before, after)
    return replace(
        blank, rows=[row_of(row) for row in rows], applied=dict(Counter(fix.offer.title for fix in fixes)),
        before=before.passed, after=after.passed, regressions=worse,
        because=_because(steps, suite, before) if worse else "", pythons=pythons,
        seconds=round(time.perf_counter() - began, 1), cpu=round(cpu, 1), load=round(os.getloadavg()[0], 1),
    )  # fmt: skip


def unfit(folder: Path, package: Package) -> str:
    """Why a folder is not the package that is to be measured; empty where it is."""
    if not (folder / ".venv" / "bin" / "python").is_file():
        return f"{folder} is no clone with an environment in .venv"
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=False)
    if not head.stdout.startswith(package.commit):
        return f"it is not at {package.commit}"
    touched = ["git", "status", "--porcelain", "--untracked-files=no"]
    if subprocess.run(touched, cwd=folder, capture_output=True, check=False).stdout:
        return "its files were edited"
    return ""


def _broken(changed: Mapping[str, bytes]) -> dict[str, bytes]:
    return dict.fromkeys(changed, b"raise RuntimeError('broken on purpose')\n")


def _because(steps: Sequence[Joined], suite: Suite, before: SuiteRun) -> str:
    """The fix that broke the suite, found by halving."""
    found = culprit(steps, lambda changed: bool(regressions(before, suite.run(changed))))
    if found is None:
        return "it did not break again"
    mend = found.offer.mend
    return f"{mend.rule} in {mend.path}:{mend.span.line}"


if __name__ == "__main__":
    sys.exit(main())
