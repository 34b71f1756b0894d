"""Rung 4: the tests. Those that run the changed lines pass before the patch and after it, and they do run its lines."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from nova.proof.again import named, run_again
from nova.proof.covering import covering, unseen_after
from nova.proof.recorded_tests import recorded_tests
from nova.proof.testing import Seen, Variant
from nova.proof.verdict import Counterexample, Outcome, RungResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nova.proof.case import Case, Patch
    from nova.proof.testing import TestRun
    from nova.proof.tools import Tools

RUNG = 4
NAME = "tests"
_SHOWN = 3
_ROUNDS = 3


def climb(case: Case, tools: Tools) -> RungResult:
    """Run the covering tests before and after; one that fails after, each time that it is run, refutes the patch."""
    ready = recorded_tests(tools, RUNG, NAME)
    if isinstance(ready, RungResult):
        return ready
    tests, recorded = ready
    found = covering(recorded, case.patch)
    blank = RungResult(RUNG, NAME, Outcome.FAILED, "", (tests.command,), tests.versions)
    patched = after_of(case.patch)
    left_out, new = found.left_out, 0
    after: TestRun | None = None

    def told(outcome: Outcome, why: str, shown: Counterexample | None = None) -> RungResult:
        counts = (
            ("tests", len(found.tests) if after else 0), ("covering tests", found.count), ("tests left out", left_out),
            ("lines before", found.lines), ("lines after", new),
        )  # fmt: skip
        return replace(blank, outcome=outcome, why=why, counts=counts, counterexample=shown)

    # Before the patch they were run when they were recorded; again only those that do not pass after it.
    for _ in range(_ROUNDS):
        if found.unseen or not found.tests:
            return told(Outcome.FAILED, _unseen(found.unseen, left_out))
        after = next(iter(tests.run(found.tests, [patched])))
        if after.why:
            return told(Outcome.FAILED, f"the tests could not be run after the patch: {after.why}")
        lost = [test for test in found.tests if after.outcomes.get(test) is not Seen.PASSED]
        if not lost:
            break
        again = run_again(tests, lost, patched)
        if again.broken:
            why = f"{named(again.broken)} passed before and not after"
            return told(Outcome.REFUTED, why, example(again.broken, after, tests.command))
        if again.why:
            return told(Outcome.FAILED, again.why)
        # Alone they fail before the patch too: nothing that they do after it tells anything of the patch.
        left_out += len(again.wavering)
        recorded = replace(recorded, unstable=recorded.unstable | again.wavering)
        found = covering(recorded, case.patch)
    else:
        return told(Outcome.FAILED, "its tests pass together with all others and not without them")
    missing, new = unseen_after(case.patch, after.lines)
    if missing:
        return told(Outcome.FAILED, _unseen(missing, 0))
    ran = len(found.tests)
    of = f" of {found.count}" if found.count > ran else ""
    why = "1 test that runs these lines passes" if ran == 1 else f"{ran}{of} tests that run these lines pass"
    why += " before and after"
    if found.at_import:
        why += " (some lines run at import only; the tests of that file's functions stand for them)"
    return told(Outcome.PASSED, why)


def after_of(patch: Patch) -> Variant:
    """The target with a patch; the lines that run in its files are told. A file that is gone is left empty."""
    changed = {change.path: change.after or b"" for change in patch.files}
    watched = tuple(change.path for change in patch.files if change.is_python and change.after is not None)
    return Variant("after", changed, watched)


def example(broken: Sequence[str], after: TestRun, command: str) -> Counterexample:
    """What a person runs to see it."""
    first = broken[0]
    said = after.says.get(first, "")
    says = f"{first} passes before the patch and fails after it" + (f": {said}" if said else "")
    words = ["python", "-m", "pytest" if "::" in first else "unittest", first]
    text = f"# once without the patch, once with it; the target's command is: {command}\n{shlex.join(words)}\n"
    return Counterexample(says, text)


def _unseen(lines: Iterable[tuple[str, int]], left_out: int) -> str:
    shown = [f"line {line} of {path}" for path, line in lines]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    why = f"no test runs {', '.join(shown[:_SHOWN]) or 'these lines'}{more}"
    return why + (f" ({left_out} that do are skipped, failing or unstable)" if left_out else "")
