"""The road of ``nova propose``: the base commit -> proved fixes -> the best of them -> a branch each, or words alone.

All of it happens in a work tree of its own: what a person has open is neither read nor written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nova import app, branches, mending
from nova.answer import Status
from nova.errors import GitError, UsageError
from nova.fixing import joined
from nova.ledger.share import standing
from nova.proof.allowed import NOTHING, Allowed
from nova.proposing import choice, past, remembered, text
from nova.proving import reports_of
from nova.review import job_of
from nova.writing import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.answer import Ranked
    from nova.fixing import Joined
    from nova.git import Git, Head
    from nova.mending import Round
    from nova.ports import Progress
    from nova.proposing.past import Proposal
    from nova.request import Request
    from nova.subject import Subject

AUTHOR = "Nova <nova@localhost>"
_CYCLOMATIC = 3
"""Where a function's measures, as a file's report packs them, hold McCabe's number."""


@dataclass(frozen=True, slots=True)
class Made:
    """One proposal: its words, its findings and its fixes by path; ``commit`` is empty where nothing was written."""

    rule: str
    findings: tuple[str, ...]
    words: text.Written
    files: tuple[Joined, ...]
    measured: text.Measured
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of it: the commit that it stands on, what was made, and why other rules were left."""

    base: str
    branch: str
    offered: int
    proved: int
    made: tuple[Made, ...]
    left: Mapping[str, str]
    notices: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """The ids of those to be renewed that are no longer true."""


_SHORT = "together its fixes do not reach what a proposal needs"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: at most ``top`` proposals; with ``write`` each becomes a local branch, and is remembered.

    ``now`` is ISO 8601 in UTC; ``base`` stands in for the newest commit that the clone knows; ``renew`` holds open
    proposals, which are made anew on it beside those that there is room for. New ones are of these ``rules`` alone.
    """

    top: int
    now: str
    write: bool
    allowed: Allowed = NOTHING
    base: Head | None = None
    renew: tuple[Proposal, ...] = ()
    rules: frozenset[str] | None = None


def propose(request: Request, asked: Asked, progress: Progress) -> Proposed:
    """Make proposals on the target's branch.

    Raises ``UsageError`` or ``GitError`` where there is nothing to stand on.
    """
    here = app.find_subject(request)
    if here.git is None:
        raise UsageError(f"{here.root} is in no git repository", why="a proposal is a branch")
    git, branch = here.git, here.target.branch
    base = asked.base or base_of(git, branch)
    top = asked.top
    before = earlier(request, here.key, git, progress)
    room = past.room(before, asked.now)
    with branches.checked_out(git, base.commit) as place:
        inside = replace(request, path=place, everything=True, patches=True, shown=False)
        found = app.find_subject(inside)
        found = replace(found, target=here.target)
        least = here.target.least_proof
        allowed = replace(asked.allowed, whole=True, clone=Path(here.root))
        look = mending.look(found, inside, mending.Wanted(allowed=allowed), least, progress)
        scores = {f.id: f.score for f in look.answer.findings}
        wanted = [item for item in look.judged if asked.rules is None or item.offer.mend.rule in asked.rules]
        chosen = choice.choose(wanted, least, scores, room, top, standing(before))
        again = choice.again(look.judged, least, scores, {p.rule: p.findings for p in asked.renew})
        chosen = replace(chosen, subjects=(*again, *chosen.subjects))
        known = {f.id: f for f in look.answer.findings}
        made = _made(_Ground(found, inside, base, allowed), chosen, known, progress)
        renewed = {p.rule for p in asked.renew}
        left = {rule: why for rule, why in chosen.left.items() if rule not in renewed}
        short = {s.rule for s in chosen.subjects}.difference(one.rule for one in made)
        left.update(dict.fromkeys(sorted(short), _SHORT))
    proved = sum(item.proof.verdict.reaches(least) for item in look.judged)
    gone = _gone(asked.renew, look)
    done = Proposed(base.commit, branch, len(look.judged), proved, tuple(made), left, look.answer.notices, gone)
    return written_down(request, here, done, base, asked.now, progress) if asked.write else done


def written_down(
    request: Request, here: Subject, done: Proposed, base: Head, at: str, progress: Progress
) -> Proposed:  # fmt: skip
    """A local branch of each proposal, which memory keeps; one that a person's branch is in the way of is left."""
    assert here.git is not None
    left = dict(done.left)
    made = [there for one in done.made if (there := _written(here.git, one, base, left)) is not None]
    for one in made:
        remember(request, here, proposal_of(one, base, past.Stage.LOCAL, at), progress)
    return replace(done, made=tuple(made), left=left)


def proposal_of(made: Made, base: Head, stage: past.Stage, at: str, number: int | None = None) -> Proposal:
    """What memory keeps of a proposal."""
    words = made.words
    return past.Proposal(words.id, made.rule, words.branch, base.commit, made.findings, stage, at, number)


def earlier(request: Request, key: str, git: Git, progress: Progress) -> tuple[Proposal, ...]:
    """The proposals that memory knows of; a local one whose branch is gone was taken back, and counts no more."""
    with app.shelf(request, progress).hold() as (memory, _):
        known = remembered.load(memory, key) if memory is not None else ()
    return tuple(p for p in known if p.stage is not past.Stage.LOCAL or branches.tip(git, p.branch))


def remember(request: Request, here: Subject, proposal: Proposal, progress: Progress) -> bool:
    """Keep a proposal's stage; False where there is no memory to be had, or it says so already."""
    who = here.git.user() if here.git is not None else ""
    with app.shelf(request, progress).hold() as (memory, _):
        return memory is not None and remembered.note(memory, here.key, proposal, who)


def _gone(renew: Sequence[Proposal], look: Round) -> tuple[str, ...]:
    """The ids of open proposals of which no finding is left; none where not everything could be looked at."""
    if look.answer.status is Status.INCOMPLETE or look.answer.failed:
        return ()
    there = {finding.id for finding in look.answer.findings}
    return tuple(p.id for p in renew if not there.intersection(p.findings))


def base_of(git: Git, branch: str) -> Head:
    """The commit that proposals stand on: the newest of the target's branch, at its remote where that is known.

    Raises ``GitError`` where there is no such branch.
    """
    for name in (f"refs/remotes/origin/{branch}", f"refs/heads/{branch}") if branch else ("refs/remotes/origin/HEAD",):
        try:
            return git.commit(name)
        except GitError:
            continue
    if branch:
        raise GitError(f"there is no branch {branch}", next_step="set  branch  below  [target]")
    head = git.head()
    if head is None:
        raise GitError("there is no commit yet, so there is nothing to propose on")
    return head


@dataclass(frozen=True, slots=True)
class _Ground:
    """The base's own work tree, as a subject and as a request, and what may be run for a proof there."""

    found: Subject
    request: Request
    base: Head
    allowed: Allowed


def _made(ground: _Ground, chosen: choice.Chosen, known: Mapping[str, Ranked], progress: Progress) -> list[Made]:
    found, request, base, allowed = ground.found, ground.request, ground.base, ground.allowed
    made: list[Made] = []
    if not chosen.subjects:
        return made
    least = found.target.least_proof
    for done, subject in enumerate(chosen.subjects):
        progress("making proposals", done, len(chosen.subjects))
        with mending.proving(found, request, progress, allowed) as one:
            files = joined(subject.fixes, least, lambda patch, mends: one.prove(patch, mends, least=least))
        taken = [item for file in files for item in file.taken]
        if not taken or not all(file.proof.is_fit_for_proposal for file in files):
            continue
        lines = sum(choice.changed(file.before, file.after) for file in files)
        whole = replace(subject, fixes=tuple(taken), lines=lines)
        measured = _measured(found, request, files, progress)
        proofs = {file.path: file.proof for file in files}
        name = text.id_of(whole, base.commit)
        words = text.written(
            whole,
            base.commit,
            known,
            proofs,
            measured,
            marker_of(name, subject.rule, base.commit, [item.offer.id for item in taken]),
        )
        made.append(Made(subject.rule, tuple(item.offer.id for item in taken), words, tuple(files), measured))
    return made


def marker_of(name: str, rule: str, base: str, findings: Sequence[str]) -> str:
    """What tells Nova that a pull request is its own, and which; HTML does not show it."""
    return f"<!-- nova-proposal id={name} rule={rule} base={base} findings={','.join(findings)} -->"


def _measured(found: Subject, request: Request, files: Sequence[Joined], progress: Progress) -> text.Measured:
    """The numbers before and after, from two reviews of the base's own work tree; nothing of them is remembered."""
    quiet = replace(request, memory=False, history=False, patches=False)
    root = Path(found.root)
    before = _numbers(quiet, found, files, progress)
    done: list[Joined] = []
    try:
        for file in files:
            replace_file(root, file.path, file.before, file.after)
            done.append(file)
        after = _numbers(quiet, found, files, progress)
    finally:
        for file in done:
            replace_file(root, file.path, file.after, file.before)
    return text.Measured(*zip(before, after, strict=True))


def _numbers(request: Request, found: Subject, files: Sequence[Joined], progress: Progress) -> tuple[int, int, int]:
    """Findings of the whole repository; complexity and lines of some files."""
    subject = replace(app.find_subject(request), target=found.target)
    answer = app.review(subject, request, progress)
    reports = reports_of(subject, job_of(subject, request, app.code()), None, progress)
    some = [reports[file.path] for file in files if file.path in reports]
    complexity = sum(function[_CYCLOMATIC] for report in some for function in report.functions)
    return answer.totals.findings, complexity, sum(report.lines for report in some)


def _written(git: Git, made: Made, base: Head, left: dict[str, str]) -> Made | None:
    """The proposal as a branch; None, with the reason in ``left``, where that branch is a person's by now."""
    files = {file.path: file.after for file in made.files}
    commit = branches.committed(git, base.commit, files, made.words.message, AUTHOR, base.time)
    try:
        branches.point(git, made.words.branch, commit)
    except GitError as error:
        left[made.rule] = error.what
        return None
    return replace(made, commit=commit)
