"""The roads of ``nova fix`` and ``nova prove``: subject -> offers or a patch -> proofs -> what stands or is written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nova import app
from nova.diffs import applied, parse
from nova.errors import UsageError
from nova.fixing import Judged, joined, offers
from nova.ground import reader_of
from nova.lessons import by_standing, refuted_before, standing_of
from nova.proof.allowed import NOTHING, Allowed
from nova.proof.case import FileChange, Patch
from nova.proofs import Kept, Recordings, keep
from nova.proving import Means, prover, reports_of
from nova.review import job_of
from nova.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nova.answer import Ranked, Review, Status
    from nova.fixing import Joined, Offer
    from nova.ports import Progress
    from nova.proof.case import Mend
    from nova.proof.verdict import Proof
    from nova.proving import Prover
    from nova.request import Request
    from nova.subject import Subject


ROUNDS = 10
"""Fixes that touch one another need a round each; so many are never needed, unless two rules undo each other."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants mended, and allows for its proof: everything where all are empty.

    Paths count from the root.
    """

    paths: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    allowed: Allowed = NOTHING

    def holds(self, finding: Ranked) -> bool:
        """Whether a finding is meant."""
        if self.rules and finding.rule not in self.rules:
            return False
        if not self.paths and not self.ids:
            return True
        inside = any(p in {"", finding.path} or finding.path.startswith(p + "/") for p in self.paths)
        return inside or finding.id in self.ids


@dataclass(frozen=True, slots=True)
class Round:
    """One look: the review, every fix with its proof, what goes together in each file, and what cannot be had."""

    answer: Review
    judged: tuple[Judged, ...]
    files: tuple[Joined, ...]
    missing: tuple[tuple[Ranked, str], ...]
    refuted: Mapping[str, str] = field(default_factory=dict)
    """By rule, how many of its fixes were refuted before, in words; only of those that were."""

    @property
    def taken(self) -> frozenset[str]:
        """The ids of the fixes that go together."""
        return frozenset(item.offer.id for file in self.files for item in file.taken)


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing: the status of the last look, paths that were written, and why others were not."""

    status: Status
    paths: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    rounds: int = 0
    unending: bool = False
    """Whether after the last round there was still something to write."""


@contextmanager
def proving(found: Subject, request: Request, progress: Progress, allowed: Allowed = NOTHING) -> Iterator[Prover]:
    """A prover for a subject; what memory knows of its files is not read again, and it is not held while tests run."""
    job = job_of(found, request, app.code())
    with app.shelf(request, progress).hold() as (memory, _):
        reports = reports_of(found, job, memory, progress)
    means = Means(allowed, Recordings(request, found, progress), progress)
    with prover(found, job, reports, means) as one:
        yield one


def look(
    found: Subject,
    request: Request,
    wanted: Wanted,
    least: str,
    progress: Progress,
    before: Sequence[Judged] = (),
) -> Round:
    """Review, make the fixes that are wanted, prove each, and join those that reach ``least``.

    What fell short in the round ``before`` and has not changed since falls short again.
    """
    short = {item.offer.patch.key: item.proof for item in before if not item.proof.verdict.reaches(least)}
    answer = app.review(found, request, progress)
    made, missing = offers([f for f in answer.findings if wanted.holds(f)], reader_of(found))
    judged: list[Judged] = []
    refuted: dict[str, str] = {}
    if made:
        made, refuted = _by_standing(found, request, made, progress)
        with proving(found, request, progress, wanted.allowed) as one:
            proofs: dict[int, Proof] = {}
            # File by file, for what stands before is then read once; the order of rank is kept for those who look.
            for done, number in enumerate(sorted(range(len(made)), key=lambda n: made[n].mend.path)):
                step = _step(progress, done, len(made))
                step("proving fixes")
                offer = made[number]
                known = short.get(offer.patch.key)
                proofs[number] = known or one.prove(offer.patch, (offer.mend,), least=least, progress=step)
            judged = [Judged(offer, proofs[number]) for number, offer in enumerate(made)]
            together = _step(progress, len(made), len(made), ", all of a file together")
            files = joined(judged, least, partial(one.prove, least=least, progress=together))
        kept = [Kept(item.offer.id, item.offer.patch, (item.offer.mend,), item.proof) for item in judged]
        keep(request, found, kept, progress)
    else:
        files = []
    return Round(answer, tuple(judged), tuple(files), tuple(missing), refuted)


def _by_standing(
    found: Subject, request: Request, made: list[Offer], progress: Progress
) -> tuple[list[Offer], dict[str, str]]:
    """Offers with those of rules of which more was refuted before last, and for these rules how often that was."""
    with app.shelf(request, progress).hold() as (memory, _):
        if memory is None:
            return made, {}
        standing = standing_of(memory, found.key)
    told = {rule: refuted_before(standing, rule) for rule in {offer.mend.rule for offer in made}}
    ordered = by_standing(made, lambda offer: (offer.mend.rule, offer.mend.path), standing)
    return ordered, {rule: words for rule, words in told.items() if words}


def _step(progress: Progress, ready: int, whole: int, more: str = "") -> Progress:
    """A progress that tells, whatever is being done, how many of all fixes are proved."""

    def told(doing: str, done: int = 0, of: int = 0) -> None:  # noqa: ARG001  the fixes are counted, not its steps
        progress(doing + more, ready, whole)

    return told


def rounds(
    found: Subject,
    request: Request,
    wanted: Wanted,
    least: str,
    first: Round,
    may: Callable[[str], bool],
    progress: Progress,
) -> Written:
    """Write what stands, look again, and go on until nothing is left that goes together.

    A file with changes that no commit holds is written only where ``may`` agrees, unless they are Nova's own.
    """
    own: dict[str, bytes] = {}
    left: dict[str, str] = {}
    allowed: dict[str, bool] = {}
    last = first
    for number in range(1, ROUNDS + 1):
        wrote = 0
        for file in last.files:
            if file.path not in allowed:
                held = found.git is not None and file.path not in found.tree.snapshot.changed
                allowed[file.path] = held or may(file.path)
            if not allowed[file.path] or own.get(file.path, file.before) != file.before:
                left[file.path] = "it has changes that no commit holds" if found.git else "no repository keeps it"
                continue
            replace_file(Path(found.root), file.path, file.before, file.after)
            own[file.path] = file.after
            wrote += 1
        if not wrote:
            return Written(last.answer.status, tuple(sorted(own)), left, number - 1)
        found = app.find_subject(request)
        last = look(found, request, wanted, least, progress, last.judged)
    return Written(last.answer.status, tuple(sorted(own)), left, ROUNDS, unending=bool(last.files))


def patch_of(found: Subject, data: bytes) -> Patch:
    """A unified diff as a patch of the subject's files.

    Raises ``UsageError`` where it does not fit them.
    """
    read = reader_of(found)
    files: dict[str, FileChange] = {}
    for diff in parse(data):
        if diff.old is not None and diff.new is not None and diff.old != diff.new:
            before = read(diff.old)
            files[diff.old] = FileChange(diff.old, before, None)
            files[diff.new] = FileChange(diff.new, None, applied(before, diff))
            continue
        path = diff.new or diff.old or ""
        if path in files:
            raise UsageError(f"the patch holds {path} twice")
        before = read(path)
        files[path] = FileChange(path, before, applied(before, diff))
    changes = tuple(files[path] for path in sorted(files) if files[path].before != files[path].after)
    if not changes:
        raise UsageError("the patch changes nothing")
    return Patch(changes)


def prove_finding(
    found: Subject,
    request: Request,
    id: str,  # noqa: A002
    progress: Progress,
    allowed: Allowed = NOTHING,
) -> tuple[Offer, Proof]:
    """The fix of one finding, and its proof.

    Raises ``UsageError`` where the finding is gone or has no fix.
    """
    answer = app.review(found, replace(request, patch_of=id), progress)
    finding = next((f for f in answer.findings if f.id == id), None)
    if finding is None:
        raise UsageError("that finding is not there any more", next_step="nova review  shows what there is")
    made, missing = offers([finding], reader_of(found))
    if not made:
        why = missing[0][1] if missing else f"{finding.rule} offers no fix here"
        raise UsageError(
            f"there is nothing to prove: {why}", next_step="nova prove --patch FILE  judges a patch of your own"
        )
    with proving(found, request, progress, allowed) as one:
        proof = one.prove(made[0].patch, (made[0].mend,), thorough=True, progress=progress)
    keep(request, found, [Kept(id, made[0].patch, (made[0].mend,), proof)], progress, allowed.say)
    return made[0], proof


def prove_patch(
    found: Subject,
    request: Request,
    patch: Patch,
    progress: Progress,
    mends: Sequence[Mend] = (),
    *,
    name: str = "",
    allowed: Allowed = NOTHING,
) -> Proof:
    """The proof of a patch from anywhere, kept under a name or under the key of the patch."""
    with proving(found, request, progress, allowed) as one:
        proof = one.prove(patch, mends, thorough=True, progress=progress)
    keep(request, found, [Kept(name or patch.key, patch, tuple(mends), proof)], progress, allowed.say)
    return proof
