"""``python -m benchmarks.refactors``: what the ladder says of wrong refactors, and of the right twin of each.

Each case of ``tests/assets/refactors`` is a small repository, its module and its tests, and goes up the whole ladder
twice, with tests in the sandbox and the Python that runs this. A wrong one must be neither proven nor tested.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.judging import Judge
from benchmarks.refactors_table import table
from nova.errors import NovaError
from nova.proof.availability import Missing, available
from nova.proof.case import FileChange, Patch
from nova.proof.environment import Environment
from nova.proof.plain import Plain
from nova.proof.testbed import TestBed
from nova.proof.type_checker import TypeChecker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CASES = Path(__file__).parent.parent / "tests" / "assets" / "refactors"
MODULE = "subject.py"
TESTS = "test_case.py"
SEED = 20
_PROJECT = '[project]\nname = "subject"\nversion = "1"\nrequires-python = "{}"\n'


@dataclass(frozen=True, slots=True)
class Told:
    """What the ladder said of one refactor. ``rungs`` has for each rung its number, outcome, words and seconds."""

    case: str
    twin: str
    tests: str
    right_is: str
    verdict: str
    why: str
    seconds: float
    rungs: tuple[tuple[int, str, str, float], ...] = ()

    @property
    def kind(self) -> str:
        """What it is about."""
        return self.case.partition("/")[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the cases and print the figures; 1 where a wrong one is let pass."""
    parser = argparse.ArgumentParser(prog="benchmarks.refactors", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="KIND", help="these kinds alone, or KIND/NAME")
    parser.add_argument("--some", type=int, default=0, metavar="N", help="N cases drawn with a fixed seed (0: all)")
    parser.add_argument("--twin", choices=("wrong", "right"), help="one of the two alone")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="cases at a time (default: 1)")
    parser.add_argument("--unsandboxed", action="store_true", help="run the tests without a sandbox")
    parser.add_argument("--static", action="store_true", help="rungs 0 to 2 alone, which run nothing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found, after each case")
    parser.add_argument("--resume", action="store_true", help="take from that file what is there already")
    given = parser.parse_args(arguments)
    how = "static" if given.static else "unsandboxed" if given.unsandboxed else "sandboxed"
    if how == "sandboxed" and isinstance(missing := available(), Missing):
        parser.error(f"{missing.why}: {missing.next_step}")
    twins = (given.twin,) if given.twin else ("wrong", "right")
    kept = _kept(given.json) if given.resume and given.json else []
    there = {(told.case, told.twin) for told in kept}
    asked = [(c, tuple(t for t in twins if (c, t) not in there), how) for c in cases(given.only, given.some)]
    found = [told for told in kept if told.case in {c for c, _, _ in asked} and told.twin in twins]
    for some in _all_judged([one for one in asked if one[1]], given.jobs):
        found += some
        for told in some:
            print(f"{told.case} {told.twin}: {told.verdict} ({told.seconds:.1f} s)", file=sys.stderr, flush=True)
        if given.json:
            ordered = sorted(found, key=lambda t: (t.case, t.twin))
            given.json.write_text(json.dumps([asdict(t) for t in ordered], indent=1) + "\n", "utf-8")
    print(table(found))
    return int(any(t.twin == "wrong" and t.verdict in {"proven", "tested"} for t in found))


def cases(only: Sequence[str] = (), some: int = 0) -> list[str]:
    """The cases as ``kind/name``, those of some kinds or of some names alone; drawn ones are one of each kind first."""
    every = sorted(f"{p.parent.parent.name}/{p.parent.name}" for p in CASES.glob("*/*/case.json"))
    asked = [c for c in every if not only or c in only or c.partition("/")[0] in only]
    if not some:
        return asked
    random.Random(SEED).shuffle(asked)  # noqa: S311  a sample, no secret
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int, str]] = []
    for case in asked:
        kind = case.partition("/")[0]
        turns.append((seen[kind], len(turns), case))
        seen[kind] += 1
    return [case for _, _, case in sorted(turns)[:some]]


def _kept(place: Path) -> list[Told]:
    if not place.is_file():
        return []
    return [Told(**{**one, "rungs": tuple(map(tuple, one["rungs"]))}) for one in json.loads(place.read_text("utf-8"))]


def _all_judged(asked: Sequence[tuple[str, tuple[str, ...], str]], jobs: int) -> Iterator[list[Told]]:
    if jobs < 2:
        yield from (judged(*one) for one in asked)
        return
    with ProcessPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(judged, *one) for one in asked]):
            yield done.result()


def judged(case: str, twins: Sequence[str], how: str) -> list[Told]:
    """What the ladder says of a case's refactors, one after the other over the same repository."""
    about = json.loads((CASES / case / "case.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="nova-refactor-") as scratch, ExitStack() as stack:
        root = Path(scratch).resolve()
        shutil.copyfile(CASES / case / "before.py", root / MODULE)
        shutil.copyfile(CASES / case / TESTS, root / TESTS)
        (root / "pyproject.toml").write_text(_PROJECT.format(about["python"]), "utf-8")
        types = tests = None
        if how != "static":
            types = stack.enter_context(TypeChecker(str(root), (MODULE, TESTS), trusted=True))
            tests = stack.enter_context(closing(_bed(root, how)))
        judge = stack.enter_context(Judge(root, (MODULE,), (), types if types and types.is_there else None, tests))
        return [_told(case, twin, about, judge) for twin in twins]


def _bed(root: Path, how: str) -> TestBed:
    """The tests of a case, in the environment that runs this."""
    runner = Plain() if how == "unsandboxed" else available()
    if isinstance(runner, Missing):
        raise NovaError(runner.why, next_step=runner.next_step)
    python = Path(sys.prefix, "bin", "python")
    # A target has pytest and seldom the plugins of Nova's own suite, one of which takes a second to load at each run.
    bare = ("-p", "no:hypothesispytest", "-p", "no:xdist", "-p", "no:anyio")
    command = shlex.join(["python", "-m", "pytest", *bare, TESTS])
    environment = Environment(python, "pytest", (*bare, TESTS), command, "the environment of the bench")
    contents = [(name, (root / name).read_bytes()) for name in sorted(os.listdir(root))]
    return TestBed(root, environment, runner, lambda: contents)


def _told(case: str, twin: str, about: dict[str, str], judge: Judge) -> Told:
    before, after = ((CASES / case / f"{name}.py").read_bytes() for name in ("before", twin))
    began = time.perf_counter()
    proof = judge.prove(Patch((FileChange(MODULE, before, after),)), ())
    seconds = round(time.perf_counter() - began, 2)
    rungs = tuple((r.rung, r.outcome.value, r.why, r.seconds) for r in proof.rungs)
    return Told(case, twin, about["tests"], about["right_is"], proof.verdict.value, proof.why, seconds, rungs)


if __name__ == "__main__":
    sys.exit(main())
