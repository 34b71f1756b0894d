"""All proven fixes of a clone applied in rounds, as ``nova fix --apply`` does, and the one that broke a suite."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.offered import offered
from nova.fixing import Joined, Judged, Offer, joined
from nova.merging import merged
from reviewers.text import decoded, encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from benchmarks.judging import Judge, Judgement
    from benchmarks.offered import Offered

ROUNDS = 8


def apply(
    judge: Judge, folder: Path, paths: Sequence[str], target: str, first: Sequence[Judgement], least: str = "proven"
) -> list[Joined]:
    """What was joined, file by file and round by round; the clone itself stays as it is.

    Fixes that touch others wait for the next round. There they are offered, judged and joined anew.
    """
    done: list[Joined] = []
    with tempfile.TemporaryDirectory(prefix="nova-bench-") as scratch:
        copy = Path(scratch).resolve()
        for path in paths:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, copy / path)
        judgements = list(first)
        for _ in range(ROUNDS):
            taken = joined([as_offer(j) for j in judgements], least, judge.prove)
            if not taken:
                break
            done += taken
            for one in taken:
                (copy / one.path).write_bytes(one.after)
            waiting = _waiting(judgements, taken, least)
            files = sorted({path for _, path in waiting})
            judgements = judge.judged(_again(offered(copy, folder.name, files, target), waiting)) if files else []
    return done


def as_offer(judgement: Judgement) -> Judged:
    """An offered fix as ``nova fix`` has it; its title is its kind."""
    one = judgement.offered
    return Judged(Offer("", one.kind, one.mend, one.before, one.after), judgement.proof)


def _waiting(judgements: Iterable[Judgement], taken: Iterable[Joined], least: str) -> Counter[tuple[str, str]]:
    """How many fixes of each rule and file reached ``least`` and were not taken."""
    wait = Counter(
        (j.offered.mend.rule, j.offered.mend.path) for j in judgements if j.proof.verdict.reaches(least)
    )  # fmt: skip
    wait.subtract(Counter((i.offer.mend.rule, i.offer.mend.path) for one in taken for i in one.taken))
    return +wait


def _again(found: Iterable[Offered], waiting: Counter[tuple[str, str]]) -> list[Offered]:
    """Of each rule and file as many as wait, so that a limit on what is offered at first holds."""
    seen: Counter[tuple[str, str]] = Counter()
    chosen = []
    for one in found:
        key = (one.mend.rule, one.mend.path)
        seen[key] += 1
        if seen[key] <= waiting[key]:
            chosen.append(one)
    return chosen


def state(steps: Sequence[Joined], number: int) -> dict[str, bytes]:
    """The changed files when the first so many of all fixes are applied, in the order in which they were joined."""
    files: dict[str, bytes] = {}
    for step in steps:
        if number <= 0:
            break
        files[step.path] = step.after if number >= len(step.taken) else _partly(step, number)
        number -= len(step.taken)
    return files


def _partly(step: Joined, number: int) -> bytes:
    text, _ = merged(decoded(step.before), [decoded(i.offer.after) for i in step.taken[:number]])
    return text.encode(encoding(step.before))


def culprit(steps: Sequence[Joined], breaks: Callable[[Mapping[str, bytes]], bool]) -> Judged | None:
    """The first fix with which the suite breaks, by halving; None where it does not break with all of them."""
    fixes = [fix for step in steps for fix in step.taken]
    good, bad = 0, len(fixes)
    if not fixes or not breaks(state(steps, bad)):
        return None
    while bad - good > 1:
        middle = (good + bad) // 2
        if breaks(state(steps, middle)):
            bad = middle
        else:
            good = middle
    return fixes[bad - 1]
