"""What merged proposals did to the code: which versions tell it, read from git, and measured all at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nova.errors import GitError
from nova.landing import History
from nova.ledger.effect import FileTimes, effect, unknown
from nova.ledger.values import Merged
from nova.versions import Versions, changed_paths, renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nova.git import Git, Head
    from nova.ledger.course import Course
    from nova.ledger.effect import Effect, Version
    from nova.ports import Progress
    from nova.request import Request
    from nova.subject import Subject
    from nova.versions import Place


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which versions tell the effect of a proposal: the commit of each moment, and each file's path there.

    ``why`` tells why it cannot be measured, or not up to today.
    """

    commits: Mapping[str, str]
    paths: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    why: str = ""

    def places(self) -> Iterator[tuple[str, str, Place]]:
        """Each file and moment, with the place of that version."""
        for path, names in self.paths.items():
            for moment, commit in self.commits.items():
                yield path, moment, (commit, names[moment])


def measure(
    merged: Sequence[Course], found: Subject, request: Request, today: Head | None, progress: Progress
) -> list[Merged]:
    """What each of some proposals did, up to the commit that stands for today."""
    git = found.git
    if git is None or today is None or not merged:
        return []
    history = History(git, today.commit)
    versions = Versions(found, git, today, request, progress)
    plans = [_checked(_plan(git, history, course, today.commit), versions) for course in merged]
    told = versions.read(place for plan in plans for *_, place in plan.places())
    return [
        Merged(course, plan.commits.get("merged", ""), tuple(plan.paths), _effect(course.last.rule, plan, told))
        for course, plan in zip(merged, plans, strict=True)
    ]


def _plan(git: Git, history: History, course: Course, today: str) -> _Plan:
    """Where the versions of what a proposal changed are."""
    try:
        where = history.landing(course)
        first = where.own or where.landed
        if first is None:
            return _Plan({}, why=_absent(git))
        commits = {"before": first.parent}
        if where.own is not None:
            commits["promised"] = where.own.id
        if where.landed is not None:
            commits |= {"merged": where.landed.id, "today": today}
        if not first.parent:
            return _Plan({}, why="the clone is shallow, and what was before it is not in it (git fetch --unshallow)")
        paths: dict[str, dict[str, str]] = {path: {} for path in changed_paths(git, first.parent, first.id)}
        for moment, commit in commits.items():
            moved = renamed(git, first.id, commit) if moment in {"merged", "today"} else {}
            for path, names in paths.items():
                names[moment] = moved.get(path, path)
        return _Plan(commits, paths, "" if where.landed is not None else _absent(git))
    except GitError as error:
        return _Plan({}, why=_unreadable(error))


def _checked(plan: _Plan, versions: Versions) -> _Plan:
    """The plan, or one without versions where git cannot list one of its commits."""
    try:
        for commit in plan.commits.values():
            versions.paths(commit)
    except GitError as error:
        return _Plan({}, why=_unreadable(error))
    return plan


def _effect(rule: str, plan: _Plan, told: Mapping[Place, Version | None]) -> Effect:
    if not plan.paths:
        return unknown(plan.why or "it changed no Python file that was there before and after")
    files: dict[str, dict[str, Version | None]] = {path: {} for path in plan.paths}
    for path, moment, place in plan.places():
        files[path][moment] = told[place]
    return effect(rule, [FileTimes(path, at) for path, at in files.items()], plan.why)


def _absent(git: Git) -> str:
    """Why a merge is not to be found."""
    if git.shallow:
        return "the clone is shallow, and its merge is not in it (git fetch --unshallow)"
    return "its merge is not in this history: it was not fetched yet (git fetch), or the history was rewritten"


def _unreadable(error: GitError) -> str:
    return f"git cannot read it: {error.why or error.what}"
