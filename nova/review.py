"""The road: snapshot -> file reports -> findings -> lives and verdicts -> ranking -> Review, a value."""

from __future__ import annotations

import os
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nova import __version__, kept
from nova.answer import Status
from nova.ports import silent
from reviewers.digests import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from nova.answer import Review
    from nova.conclusion import Concluded, Evidence
    from nova.history import Reader
    from nova.ports import Progress, Remembered
    from nova.request import Request
    from nova.snapshots import Tree
    from nova.subject import Subject
    from reviewers.across import Known
    from reviewers.engine import Job, Outcome

    Hold = Callable[[], AbstractContextManager[tuple[Remembered | None, tuple[str, ...]]]]

SHORT = 25
"""Up to so many files to read, memory is held through the whole review; beyond, it is let go in between."""


@dataclass(slots=True)
class _Run:
    """What one review needs on its way."""

    subject: Subject
    request: Request
    code: str
    progress: Progress
    started: float
    notices: list[str] = field(default_factory=list)
    modules: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)
    """By the paths that a tree holds: before and after a change they are mostly the same."""


@dataclass(frozen=True, slots=True)
class _Files:
    """A tree's files, and the cached reports of those that were read before."""

    tree: Tree
    modules: Mapping[str, str]
    keys: Mapping[str, str]
    cached: Mapping[str, bytes]
    known: Known | None = None
    """What the project rules saw in them last."""


def review(subject: Subject, request: Request, hold: Hold, code: str, *, progress: Progress = silent) -> Review:
    """Carry out a review.

    ``hold`` opens memory for a short while, and gives it with sentences for the person; None where there is none
    to be had. ``code`` is a digest of
    what decides the outcome and lies outside of the repository: Nova's own code and the user's tool settings.
    """
    run = _Run(subject, request, code, progress, time.monotonic(), list(subject.notices))
    with ExitStack() as stack:
        memory = _held(run, stack, hold)
        if memory is not None and request.cache and not request.patch_of:
            page = memory.page(subject.key, _page_name(run))
            if page is not None and page[0] == _page_key(run, memory):
                answer = kept.unpack(page[1], time.monotonic() - run.started)
                return _told(run, _shown(run, memory, answer))
        from nova import past

        job = job_of(subject, request, code)
        now = _files(run, job, memory, subject.tree)
        before = _files(run, job, memory, subject.base) if subject.base is not None else None
        reader = past.reader(memory if request.cache else None, subject) if request.history else None
        todo = sum(len(f.keys) - len(f.cached) for f in (now, before) if f is not None)
        if memory is not None and (todo > SHORT or (reader is not None and not reader.commit)):
            stack.close()
            memory = None
        evidence, read_on = _gather(run, job, now, before, reader)
        if memory is None:
            memory = _held(run, stack, hold)
        return _conclude(run, evidence, memory, now, before, reader if read_on else None)


def _held(run: _Run, stack: ExitStack, hold: Hold) -> Remembered | None:
    memory, notices = stack.enter_context(hold())
    run.notices += notices
    return memory


def _told(run: _Run, answer: Review) -> Review:
    """The answer with what this run alone has to say."""
    return replace(answer, notices=tuple(dict.fromkeys((*answer.notices, *run.notices))))


def _shown(run: _Run, memory: Remembered, answer: Review) -> Review:
    """Remember the ranks that a person is about to see, where others were seen last."""
    if not run.request.shown:
        return answer
    data, page = kept.pack_shown(answer), memory.page(run.subject.key, kept.SHOWN)
    if page is not None and page[1] == data:
        return answer
    from memory import MemoryUnavailable

    try:
        memory.keep_page(run.subject.key, kept.SHOWN, "", data)
    except MemoryUnavailable as error:
        return replace(answer, notices=(*answer.notices, f"nothing was remembered: {error.what}"))
    return answer


def job_of(subject: Subject, request: Request, code: str) -> Job:
    """What is run over the files of a subject; ``code`` as ``review`` takes it."""
    from nova.rules import chosen
    from reviewers.engine import Job

    target = subject.target
    rules, codes = chosen(request.select or target.select, (*target.ignore, *request.ignore))
    marks = [f"{path}={key}" for path, key in sorted(_configs(subject).items())]
    jobs = request.jobs or max(1, min(os.cpu_count() or 1, 8))
    return Job(rules, codes, digest(code, *marks), jobs)


def _configs(subject: Subject) -> Mapping[str, str]:
    """The settings files of tools that hold: for a change they are the base's."""
    if subject.base is not None and subject.request_is_change:
        return subject.base.configs
    return subject.tree.configs


def _files(run: _Run, job: Job, memory: Remembered | None, tree: Tree) -> _Files:
    from nova.globs import matcher
    from reviewers.engine import cache_keys
    from reviewers.project import module_names

    excluded = matcher(run.subject.target.exclude)
    files = [f for f in tree.snapshot.files if not excluded(f.path)]
    modules = run.modules.get(tree.python)
    if modules is None:
        modules = run.modules[tree.python] = module_names(tree.python)
    keys = cache_keys(files, modules, job)
    if memory is None or not run.request.cache:
        return _Files(tree, modules, keys, {})
    from nova.seen import recalled

    blobs = memory.cached(run.subject.key, list(keys.values()))
    known = recalled(memory, run.subject.key, run.subject.scope, keys)
    return _Files(tree, modules, keys, {path: blobs[key] for path, key in keys.items() if key in blobs}, known)


def _gather(run: _Run, job: Job, now: _Files, before: _Files | None, reader: Reader | None) -> tuple[Evidence, bool]:
    """Read what must be read: files in workers, and history beside them where that is long.

    Tells whether history was read on.
    """
    from nova.conclusion import Evidence
    from reviewers.snapshot import History

    subject = run.subject
    failure: list[Exception] = []
    git, head = subject.git, subject.head

    def follow() -> None:
        assert reader is not None and git is not None and head is not None  # noqa: PT018
        try:
            reader.read_on(git, head)
        except Exception as error:  # noqa: BLE001  whatever it is, the review goes on without history and says so
            failure.append(error)

    read_on = reader is not None and head is not None and reader.commit != head.commit
    history = threading.Thread(target=follow, daemon=True)

    def begin() -> None:
        if read_on and history.ident is None:
            history.start()

    def beside(done: int) -> None:
        """Begin with a long history once the workers run: a process in which two threads run cannot be copied."""
        if done > 0 and reader is not None and not reader.commit:
            begin()

    outcome = _read(run, job, now, "files", beside)
    outcome_before = _read(run, job, before, "files as they were", beside) if before is not None else None
    begin()
    if history.ident is not None:
        run.progress("reading history")
        history.join()
    run.notices += outcome.notices
    if failure:
        run.notices.append(f"history could not be read, so nothing is ranked by it: {failure[0]}")
        return Evidence(subject, run.request, job, outcome, outcome_before, History()), False
    if reader is not None and reader.partial:
        run.notices.append("this clone is without the contents of older commits: which lines changed is known in part")
    told = reader.history(shallow=git.shallow) if reader is not None and git is not None else History()
    return Evidence(subject, run.request, job, outcome, outcome_before, told), read_on


def _read(run: _Run, job: Job, files: _Files, what: str, beside: Callable[[int], None]) -> Outcome:
    from nova.ground import laid_out
    from reviewers.engine import analyse
    from reviewers.report import FileReport

    wanted = [f for f in files.tree.snapshot.files if f.path in files.keys]
    missing = [f.path for f in wanted if f.path not in files.cached]

    def told(done: int) -> None:
        run.progress(f"reading {what}", done, len(wanted))
        beside(done - len(files.cached))

    with laid_out(run.subject, files.tree, missing) as (folder, lost):
        readable = [f for f in wanted if f.path not in lost]
        outcome = analyse(folder, readable, files.modules, job, files.cached, told)
    if not lost:
        return outcome
    failed = {path: FileReport(path, failed=why) for path, why in lost.items() if path in files.keys}
    return replace(outcome, reports={**outcome.reports, **failed})


def _conclude(
    run: _Run,
    evidence: Evidence,
    memory: Remembered | None,
    now: _Files,
    before: _Files | None,
    reader: Reader | None,
) -> Review:
    from nova.conclusion import conclude
    from nova.ground import reader_of

    run.progress("ranking")
    evidence = replace(
        evidence,
        notices=tuple(dict.fromkeys(run.notices)),
        known=now.known,
        known_before=before.known if before is not None else None,
    )
    concluded = conclude(evidence, memory, reader_of(run.subject))
    totals = replace(
        concluded.answer.totals, seconds=round(time.monotonic() - run.started, 3), cached_files=len(now.cached)
    )
    answer = replace(concluded.answer, totals=totals)
    if memory is not None:
        answer = _remember(run, replace(concluded, answer=answer), evidence, memory, now, before, reader)
    return answer


def _remember(
    run: _Run,
    concluded: Concluded,
    evidence: Evidence,
    memory: Remembered,
    now: _Files,
    before: _Files | None,
    reader: Reader | None,
) -> Review:
    """Keep what this run learnt. Where that cannot be done the answer stands, and says that nothing was kept."""
    from memory import MemoryUnavailable
    from nova import past
    from nova.conclusion import record
    from nova.lessons import SAID
    from nova.seen import keep

    key, answer, judged = run.subject.key, concluded.answer, concluded.judged

    def keep_all() -> None:
        for files, outcome in ((now, evidence.now), (before, evidence.before)):
            if files is not None and outcome is not None and outcome.fresh:
                memory.keep(key, [(path, files.keys[path], blob) for path, blob in outcome.fresh.items()])
        if reader is not None:
            past.keep(memory, run.subject, reader)
        if run.request.shown:
            memory.keep_page(key, kept.SHOWN, "", kept.pack_shown(answer))
            if judged.said is not None:
                memory.keep_page(key, SAID, "", judged.said)
        for (target, name), data in judged.pages.items():
            memory.keep_page(target, name, "", data)
        if answer.status is Status.COMPLETE:
            keep(memory, key, run.subject.scope, (before or now).keys, concluded.across)
        if answer.status is Status.COMPLETE and not run.request.patch_of:
            lasting = tuple(n for n in answer.notices if n not in memory.notices)
            memory.keep_page(key, _page_name(run), _page_key(run, memory), kept.pack(replace(answer, notices=lasting)))

    try:
        record(memory, concluded, evidence)
        memory.together(keep_all)
    except MemoryUnavailable as error:
        return replace(answer, notices=(*answer.notices, f"nothing was remembered: {error.what}"))
    return answer


def _page_name(run: _Run) -> str:
    """One page for each way of asking, so that asking again in the same way is answered at once."""
    r = run.request
    asked = (
        run.subject.scope, run.subject.words, r.new, r.everything, r.top, r.patches, r.history, r.baseline, r.select,
        r.ignore,
    )  # fmt: skip
    return "review:" + digest(*map(str, asked))


def _page_key(run: _Run, memory: Remembered) -> str:
    """Everything that the answer depends on."""
    subject = run.subject
    tree, base = subject.tree, subject.base
    parts = [
        __version__, run.code, tree.snapshot.key, base.snapshot.key if base else "", repr(subject.target),
        subject.head.commit if subject.head else "", repr(subject.notices), kept.verdict_lines(subject),
        memory.stamp(subject.key), repr(memory.page("", kept.TAUGHT)),
        repr(sorted(_configs(subject).items())), repr(tree.snapshot.skipped), repr(tree.snapshot.failed),
    ]  # fmt: skip
    return digest(*parts)
