"""Where a review comment stands: checked when it is made, found again after each push, gone when its line changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.forge import diff, pulls
from tests.forge.git import Git, GitFailed

if TYPE_CHECKING:
    from tests.forge.state import PullRequest, Thread


@dataclass(frozen=True, slots=True)
class Anchor:
    """The present place of a thread; all ``None`` once it is outdated."""

    line: int | None
    start_line: int | None
    position: int | None

    @property
    def outdated(self) -> bool:
        """Whether the place is gone from the diff."""
        return self.position is None


def anchor_of(pull: PullRequest, thread: Thread) -> Anchor:
    """The place of a thread in today's diff.

    A comment whose line was changed, or left the diff, is outdated: ``line`` and ``position`` are null (page "Managing
    and understanding pull request reviews"; the fields in "REST API endpoints for pull request review comments").
    Renaming a file afterwards outdates its comments as well, since a place is a path and a line.
    """
    base = pulls.base_of(pull)
    return _anchor(pull.repository.git, base, pull.head_sha, _Kept(thread.path, thread.commit, thread.base, thread.side,
                   thread.line, thread.start_side, thread.start_line))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kept:
    path: str
    commit: str
    base: str
    side: str
    line: int | None
    start_side: str | None
    start_line: int | None


@lru_cache(maxsize=8192)
def _anchor(git: Git, base: str, head: str, kept: _Kept) -> Anchor:
    gone = Anchor(None, None, None)
    file = next((each for each in pulls.files_between(git, base, head) if each.path == kept.path), None)
    if file is None:
        return gone
    if kept.line is None:
        return Anchor(None, None, 1)

    def now(side: str, line: int) -> int | None:
        if side == diff.LEFT:
            return diff.moved(_shift(git, kept.base, base, file.previous or kept.path), line)
        return diff.moved(_shift(git, kept.commit, head, kept.path), line)

    line = now(kept.side, kept.line)
    start = now(kept.start_side or kept.side, kept.start_line) if kept.start_line is not None else None
    place = file.places.get((kept.side, line)) if line is not None else None
    if place is None or (kept.start_line is not None and start is None):
        return gone
    return Anchor(line, start, place.position)


@lru_cache(maxsize=8192)
def _shift(git: Git, old: str, new: str, path: str) -> str:
    if old == new:
        return ""
    try:
        text = git.run(*pulls.DIFF, "--no-renames", "--unified=0", old, new, "--", f":(top,literal){path}")
    except GitFailed:
        return "@@ -1,1000000000 +0,0 @@"
    return text.decode(errors="replace")
