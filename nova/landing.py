"""Where a proposal is in git: its own commit, and the commit by which it came into the target's branch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from memory.verdict import moment
from nova.errors import GitError
from nova.proposing.outcomes import NAME, TRAILER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.git import Git
    from nova.ledger.course import Course

MOST = 20_000
"""Commits of the branch that are looked through where the commit that a proposal stood on is not here."""
DAY = 86_400
"""By so many seconds the clocks of two machines may differ at most."""
_MERGES = re.compile(r"Merge pull request #([0-9]+) ")
_SQUASHED = re.compile(r"\(#([0-9]+)\)$")
_REVERTS = re.compile(r"^(?:Revert \"|This reverts commit )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with its first parent; that is empty for a root, and for the last one of a shallow clone."""

    id: str
    parent: str
    message: str
    committer: str
    time: int
    """When it was committed, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Landing:
    """The proposal's own commit, and the one of the branch that brought it; None for what is not here."""

    own: Commit | None
    landed: Commit | None


class History:
    """The history of one clone up to a commit that stands for today."""

    def __init__(self, git: Git, tip: str) -> None:
        self._git = git
        self._tip = tip

    def landing(self, course: Course) -> Landing:
        """Where a proposal is. Raises ``GitError`` where git cannot be asked."""
        own = self._own(course)
        line, oldest = self._line(course)
        if own is not None and self._git.is_ancestor(own.id, self._tip):
            return Landing(own, self._brought(own, line))
        names = [f"\n{TRAILER} {name}" for name in course.ids]
        landed = next(
            (c for c in line if _holds(c.message, names, course.last.number if c.time >= oldest else None)), None
        )
        return Landing(own, landed)

    def _own(self, course: Course) -> Commit | None:
        """The proposal's commit as Nova made it: that which people merged is the newest of its names."""
        for name in course.ids:
            found = [c for c in self._trailed if f"\n{TRAILER} {name}" in c.message and c.committer == NAME]
            if found:
                return next((c for c in found if self._git.is_ancestor(c.id, self._tip)), found[0])
        return None

    def _brought(self, own: Commit, line: Sequence[Commit]) -> Commit | None:
        """The oldest commit of the branch's own line that has the proposal's behind it."""
        low, high = 0, len(line) - 1
        while low < high:
            middle = (low + high) // 2
            if self._git.is_ancestor(own.id, line[middle].id):
                high = middle
            else:
                low = middle + 1
        return line[low] if line and self._git.is_ancestor(own.id, line[low].id) else None

    @cached_property
    def _trailed(self) -> list[Commit]:
        """Every commit in the clone that says it is a proposal, on whatever branch."""
        return self._log("--all", self._tip, "--extended-regexp", f"--grep=^{TRAILER} ")

    def _line(self, course: Course) -> tuple[list[Commit], float]:
        """The commits of the branch's own line since a proposal's base, the oldest first.

        Where that is not behind the tip, it is the whole line, and the moment from which on a number can be its own:
        what another repository brought along has numbers too.
        """
        base, begun = course.last.base, moment(course.stages[0].at).timestamp()
        try:
            since = [f"^{self._git.commit(base).commit}"] if self._git.is_ancestor(base, self._tip) else []
        except GitError:
            since = []
        line = self._log(self._tip, *since, "--first-parent", f"--max-count={MOST}")[::-1]
        return line, 0.0 if since else begun - DAY

    def _log(self, *arguments: str) -> list[Commit]:
        out = self._git.text("log", "-z", "--format=%H%n%P%n%ct%n%cn%n%B", *arguments, "--")
        found = []
        for record in out.split("\0"):
            if record:
                name, parents, time, committer, message = record.split("\n", 4)
                found.append(Commit(name, parents.partition(" ")[0], message, committer, int(time)))
        return found


def _holds(message: str, names: Sequence[str], number: int | None) -> bool:
    """Whether a commit's message is of a proposal: by its trailer, or by its number as GitHub writes it."""
    if _REVERTS.search(message):
        return False
    head = message.partition("\n")[0]
    told = _MERGES.match(head) or _SQUASHED.search(head)
    return any(name in message for name in names) or (told is not None and number == int(told[1]))
