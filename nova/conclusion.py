"""From file reports to the answer: identities, lives, verdicts, the view that was asked for, and the order."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nova import __version__, ranking
from nova.answer import Left, Ranked, Review, Reviewed, State, Status, Totals
from nova.errors import GitError
from nova.places import places
from nova.rules import equivalents, priors, project_rules
from nova.verdicts import Found, judge
from reviewers.across import project_findings
from reviewers.finding import Severity, identify
from reviewers.silence import UNUSED, added, hear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from memory import Changes, Life
    from nova.answer import Fix, Place
    from nova.ports import Remembered
    from nova.ranking import Scored
    from nova.request import Request
    from nova.subject import Subject
    from nova.verdicts import Judged
    from reviewers.across import Across, Known
    from reviewers.engine import Job, Outcome
    from reviewers.finding import Finding
    from reviewers.report import FileReport
    from reviewers.silence import Heard
    from reviewers.snapshot import History

    Key = tuple[str, str]
    """Path and fingerprint."""

SHOWN_PLACES = 5
ALL_PLACES = 50
SYNTAX = "invalid-syntax"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was gathered about a subject."""

    subject: Subject
    request: Request
    job: Job
    now: Outcome
    before: Outcome | None
    history: History
    notices: tuple[str, ...] = ()
    known: Known | None = None
    """What the project rules saw at an earlier look, for ``now``; and for ``before``."""
    known_before: Known | None = None


@dataclass(frozen=True, slots=True)
class Concluded:
    """The answer, and what it means for memory (None where no lives are followed).

    ``across`` is what the project rules saw in what was there before, or else in what is there now.
    """

    answer: Review
    changes: Changes | None
    across: Across
    judged: Judged


def conclude(evidence: Evidence, memory: Remembered | None, read: Callable[[str], bytes | None]) -> Concluded:
    """Everything between the reports and the value; ``read`` gives a file's bytes, for fixes alone."""
    subject, request = evidence.subject, evidence.request
    reports = evidence.now.reports
    across = _across(evidence, reports, evidence.known, complete=subject.tree.snapshot.complete)
    heard = _heard(evidence, reports, across)
    findings = heard.findings
    across_before, before, forward = _known_before(evidence)
    old = {(path, f.fingerprint) for f in before or () for path in (f.path, *forward.get(f.path, ()))}
    lives = memory.lives(subject.key) if memory is not None else []
    renames = _renames(subject, lives)
    ids = identify(findings, _origins(evidence), _known_ids(lives, renames))
    changes = (
        _advance(evidence, findings, ids, lives, renames)
        if not subject.request_is_change and memory is not None
        else None
    )
    if changes is not None:
        ids |= {(path, mark): life.id for (mark, path), life in changes.present().items()}
    judged = judge(
        Found(
            subject, findings, _states(findings, lives, changes, subject.tree.snapshot.key), ids,
            _all_lives(lives, changes), renames, before, forward,
            is_whole=not (request.is_change or subject.scope or request.select or request.ignore),
        ),
        memory, read,
    )  # fmt: skip
    states = judged.states
    introduced = frozenset(
        (f.path, f.fingerprint) for f in findings if before is not None and (f.path, f.fingerprint) not in old
    )
    view = [f for f in findings if _wanted(f, evidence, states, introduced)]
    counted = [f for f in view if states[f.path, f.fingerprint] is not State.DISMISSED]
    dismissed = [f for f in view if states[f.path, f.fingerprint] is State.DISMISSED]
    known = priors(evidence.job)
    fresh = introduced if request.is_change else frozenset()
    scored = ranking.rank(counted, known, evidence.history, introduced=fresh, lessons=judged.lessons)
    if request.everything or request.top or request.select:
        shown = scored[: None if request.everything else request.top or subject.target.top]
    else:
        is_whole = not (request.is_change or request.new or request.baseline)
        shown = ranking.worth_showing(scored, subject.target.top, folded=is_whole)
    extra = _asked_for(dismissed, judged, request, len(shown), subject.target.top)
    scored_extra = ranking.rank(extra, known, evidence.history, lessons=judged.lessons)
    mendable = [s.finding for s in shown if request.patch_of in {"", ids[s.finding.path, s.finding.fingerprint]}]
    patches = _patches(mendable, read) if request.patches else {}
    ranked = _ranked(shown, ids, judged, introduced, evidence, patches, 1)
    ranked += _ranked(scored_extra, ids, judged, introduced, evidence, patches, len(ranked) + 1)
    failed = _failed(evidence, across.crashed)
    snapshot = subject.tree.snapshot
    counts = {level.value: sum(f.severity is level for f in counted) for level in Severity}
    notices = [*evidence.notices, *judged.notices, *_told(evidence, heard.silenced)]
    totals = Totals(
        sum(not r.skipped and not r.failed for r in reports.values()) + _partly(reports),
        sum(r.lines for r in reports.values()),
        len(counted),
        len(shown),
        len(dismissed),
        sum(life.fixed_snapshot == snapshot.key for life in _all_lives(lives, changes) if life.state == "fixed"),
        0.0,
        0,
        sum((f.path, f.fingerprint) in judged.silent for f in dismissed),
    )
    answer = Review(
        __version__,
        Status.INCOMPLETE if failed else Status.COMPLETE,
        Reviewed(subject.target.name, subject.root, snapshot.commit, snapshot.dirty),
        tuple(ranked),
        _places(evidence),
        _skipped(evidence),
        failed,
        totals,
        tuple(dict.fromkeys(notices)),
        subject.words if not subject.scope else f"{subject.words}, below {subject.scope}",
        max((f.severity for f in counted), key=lambda s: s.weight, default=None),
        counts,
        memory is not None,
    )
    return Concluded(answer, changes, across_before or across, judged)


def record(memory: Remembered, concluded: Concluded, evidence: Evidence) -> None:
    """Put the finished run and its changes into memory; a run that saw what the last one saw leaves nothing."""
    from memory import Run

    subject, changes, totals = evidence.subject, concluded.changes, concluded.answer.totals
    if changes is None:
        return
    snapshot = subject.tree.snapshot
    last = memory.runs(subject.key, 1)
    if (
        last
        and last[0].snapshot == snapshot.key
        and not (changes.opened or changes.regressed or changes.fixed or changes.moved)
    ):
        return
    run = Run(
        os.urandom(16).hex(), subject.key, snapshot.key, snapshot.commit,
        _moment(snapshot.commit_time) if snapshot.commit_time else None, concluded.answer.scope,
        _moment(None), __version__,
        {"files": totals.files, "lines": totals.lines, "findings": totals.findings, "dismissed": totals.dismissed},
    )  # fmt: skip
    memory.run(run, changes)


def _moment(seconds: int | None) -> str:
    when = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(seconds, UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _across(evidence: Evidence, reports: Mapping[str, FileReport], known: Known | None, *, complete: bool) -> Across:
    return project_findings(project_rules(evidence.job), reports, complete=complete, known=known)


def _heard(evidence: Evidence, reports: Mapping[str, FileReport], across: Across) -> Heard:
    found = [f for path in sorted(reports) for f in reports[path].findings]
    ran = frozenset((*evidence.job.rules, *evidence.job.codes))
    return hear([*found, *across.findings], reports, equivalents(), ran)


def _known_before(evidence: Evidence) -> tuple[Across | None, tuple[Finding, ...] | None, Mapping[str, list[str]]]:
    """What was there before: the findings that a change did not bring in, and where each old path is now."""
    subject = evidence.subject
    if evidence.before is None or subject.base is None:
        return None, None, {}
    reports = evidence.before.reports
    across = _across(evidence, reports, evidence.known_before, complete=subject.base.snapshot.complete)
    findings = _heard(evidence, reports, across).findings
    forward: dict[str, list[str]] = {}
    for new, old in (subject.renames or {}).items():
        forward.setdefault(old, []).append(new)
    return across, findings, forward


def _renames(subject: Subject, lives: Sequence[Life]) -> dict[str, str]:
    """Present path to the path that memory knows a file by."""
    renames = dict(subject.tree.snapshot.renames)
    head = subject.head
    commits = {life.last_commit for life in lives if life.state == "open"} - {None}
    if subject.git is None or head is None:
        return renames
    for commit in sorted(c for c in commits if c and c != head.commit)[:3]:
        try:
            between = subject.git.renames_between(commit, head.commit)
        except GitError:
            continue  # the commit is gone from this clone (rebased, or shallow): names are then matched by content
        back = {old: new for new, old in renames.items()}
        renames |= {back.get(new, new): old for new, old in between.items()}
    return renames


def _origins(evidence: Evidence) -> dict[str, str]:
    """The first path of each file, through the renames of history and of the work tree."""
    files = evidence.history.files
    origins = {path: file.origin for path, file in files.items() if file.origin != path}
    for new, old in evidence.subject.tree.snapshot.renames.items():
        origins[new] = origins.get(old, old)
    return origins


def _known_ids(lives: Sequence[Life], renames: Mapping[str, str]) -> dict[Key, str]:
    known = {(life.path, life.fingerprint): life.id for life in lives}
    by_old: dict[str, list[str]] = {}
    for new, old in renames.items():
        by_old.setdefault(old, []).append(new)
    for life in lives:
        for new in by_old.get(life.path, ()):
            known.setdefault((new, life.fingerprint), life.id)
    return known


def _advance(
    evidence: Evidence,
    findings: Sequence[Finding],
    ids: Mapping[Key, str],
    lives: Sequence[Life],
    renames: Mapping[str, str],
) -> Changes:
    from memory import Sighting, Step, advance

    snapshot = evidence.subject.tree.snapshot
    reports = evidence.now.reports
    sightings = [
        Sighting(
            ids[f.path, f.fingerprint],
            f.fingerprint,
            f.path,
            f.rule,
            f.symbol,
            f.span.line,
            f.severity.value,
            f.message,
        )
        for f in findings
    ]  # fmt: skip
    ran = frozenset((*evidence.job.rules, *evidence.job.codes, SYNTAX, UNUSED))
    unparsed = {f.path for f in findings if f.rule == SYNTAX}
    read = frozenset(path for path, r in reports.items() if not r.failed and not r.skipped and path not in unparsed)
    present = {f.path for f in snapshot.files} | {left.path for left in (*snapshot.skipped, *snapshot.failed)}
    scope = evidence.subject.scope
    gone = frozenset(
        life.path for life in lives
        if life.path not in present and (not scope or life.path == scope or life.path.startswith(scope + "/"))
    )  # fmt: skip
    step = Step(snapshot.key, snapshot.commit, _moment(snapshot.commit_time))
    return advance(lives, sightings, step=step, rules=ran, paths=read, gone=gone, renames=renames)


def _states(
    findings: Sequence[Finding], lives: Sequence[Life], changes: Changes | None, snapshot: str
) -> dict[Key, State]:
    known = {(life.path, life.fingerprint): life for life in _all_lives(lives, changes)}
    return {(f.path, f.fingerprint): _state(known.get((f.path, f.fingerprint)), snapshot) for f in findings}


def _state(life: Life | None, snapshot: str) -> State:
    if life is None or life.first_snapshot == snapshot:
        return State.NEW
    if life.regressed_snapshot == snapshot:
        return State.REGRESSED
    return State.OPEN


def _all_lives(lives: Sequence[Life], changes: Changes | None) -> list[Life]:
    if changes is None:
        return list(lives)
    now = {life.id: life for life in changes.all()}
    return [*now.values(), *(life for life in lives if life.id not in now)]


def _asked_for(
    dismissed: Sequence[Finding], judged: Judged, request: Request, shown: int, top: int
) -> Sequence[Finding]:
    """What was left out and is to be seen all the same: everything, or what is silent of the rules that were named."""
    if request.everything:
        return dismissed
    if not request.select:
        return ()
    silent = [f for f in dismissed if (f.path, f.fingerprint) in judged.silent]
    return silent[: max((request.top or top) - shown, 0)]


def _wanted(finding: Finding, evidence: Evidence, states: Mapping[Key, State], introduced: frozenset[Key]) -> bool:
    """Whether the view that was asked for holds the finding."""
    request, key = evidence.request, (finding.path, finding.fingerprint)
    if request.is_change and not request.everything and key not in introduced:
        return False
    if request.is_change and request.everything and key not in introduced and not _touched(evidence, finding.path):
        return False
    if request.baseline and key not in introduced:
        return False
    return not request.new or states[key] in {State.NEW, State.REGRESSED, State.DISMISSED}


def _touched(evidence: Evidence, path: str) -> bool:
    """Whether the change holds the file at all."""
    subject = evidence.subject
    if subject.base is None:
        return True
    before = {f.path: f.key for f in subject.base.snapshot.files}
    now = {f.path: f.key for f in subject.tree.snapshot.files}
    return before.get(path) != now.get(path)


def _patches(findings: Sequence[Finding], read: Callable[[str], bytes | None]) -> Mapping[Key, Fix]:
    if not any(f.fixable for f in findings):
        return {}
    from nova.patch import fixes

    return fixes(findings, read)


def _ranked(
    scored: Sequence[Scored],
    ids: Mapping[Key, str],
    judged: Judged,
    introduced: frozenset[Key],
    evidence: Evidence,
    patches: Mapping[Key, Fix],
    first: int,
) -> list[Ranked]:
    ranked = []
    for rank, item in enumerate(scored, first):
        f = item.finding
        key = (f.path, f.fingerprint)
        ranked.append(
            Ranked(
                ids[key],
                f.rule,
                f.source,
                f.severity,
                f.confidence,
                f.path,
                f.span,
                f.symbol,
                f.message,
                (*item.reasons, *([judged.reasons[key]] if key in judged.reasons else ())),
                f.related,
                round(item.score, 4),
                rank,
                judged.states[key],
                key in introduced if evidence.request.is_change else None,
                f.fixable,
                patches.get(key),
                f.fingerprint,
                key in judged.silent,
            )
        )
    return ranked


def _places(evidence: Evidence) -> tuple[Place, ...]:
    if evidence.request.is_change:
        return ()
    most = ALL_PLACES if evidence.request.everything else SHOWN_PLACES
    return places(evidence.now.reports.values(), evidence.history, most)


def _partly(reports: Mapping[str, FileReport]) -> int:
    """Files that count as read although something of them is missing: a tool read them alone, or one failed."""
    return sum(bool(r.lines) for r in reports.values() if r.skipped or r.failed)


def _failed(evidence: Evidence, crashed: Mapping[str, str]) -> tuple[Left, ...]:
    lost = [Left(left.path, left.reason) for left in evidence.subject.tree.snapshot.failed]
    lost += [Left(r.path, r.failed) for r in evidence.now.reports.values() if r.failed]
    if evidence.before is not None:
        seen = {left.path for left in lost}
        lost += [
            Left(r.path, f"as it was before: {r.failed}")
            for r in evidence.before.reports.values() if r.failed and r.path not in seen
        ]  # fmt: skip
    lost.sort(key=lambda left: left.path)
    lost += [Left(f"({name})", why) for name, why in sorted({**evidence.now.tools_failed, **crashed}.items())]
    return tuple(lost)


def _skipped(evidence: Evidence) -> tuple[Left, ...]:
    left = [Left(s.path, s.reason) for s in evidence.subject.tree.snapshot.skipped]
    left += [Left(r.path, r.skipped) for r in evidence.now.reports.values() if r.skipped]
    left += [
        Left(f.path, "excluded by the target's settings")
        for f in evidence.subject.tree.snapshot.files if f.path not in evidence.now.reports
    ]  # fmt: skip
    return tuple(sorted(left, key=lambda item: item.path))


def _told(evidence: Evidence, silenced: int) -> list[str]:
    told = []
    if evidence.request.is_change and evidence.before is not None:
        number = added(evidence.now.reports, evidence.before.reports)
        if number:
            told.append(f"this change adds {number} comment{'s' if number > 1 else ''} that silence findings")
    elif silenced:
        told.append(f"{silenced} finding{'s' if silenced > 1 else ''} silenced by comments in the code")
    return told
