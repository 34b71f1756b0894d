"""What is known of a pull request and of the conversation on it, in plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a pull request. ``repository`` is ``owner/name``, and empty where it was deleted."""

    branch: str
    commit: str
    repository: str
    clone_url: str = ""


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request. ``mergeable`` is None while GitHub has not found out."""

    number: int
    title: str
    author: str
    base: Side
    head: Side
    url: str = ""
    is_open: bool = True
    is_merged: bool = False
    is_draft: bool = False
    mergeable: bool | None = None
    changed_files: int = 0

    @property
    def is_from_fork(self) -> bool:
        """Whether the code comes from another repository, or from one that is gone."""
        return self.head.repository.casefold() != self.base.repository.casefold()


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. ``is_own``: the account that Nova posts as wrote it, by what GitHub says and not by a name."""

    id: int
    author: str
    body: str
    is_own: bool = False
    at: str = ""
    """When it got its present text (ISO 8601 in UTC)."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation on lines. ``line`` is None where GitHub no longer finds the lines in the diff."""

    id: str
    path: str
    line: int | None
    start_line: int | None
    first: Remark
    replies: tuple[Remark, ...] = ()
    is_resolved: bool = False
    resolved_by: str = ""
    is_resolved_by_own: bool = False

    @property
    def lines(self) -> tuple[int, int] | None:
        """The first and the last line as they are at the head now."""
        return None if self.line is None else (self.start_line or self.line, self.line)


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that was said on a pull request, as it stood while ``head`` was its head."""

    head: str
    remarks: tuple[Remark, ...] = ()
    threads: tuple[Thread, ...] = ()
    is_persons: bool = False
    """Whether the account that Nova posts as is a person's, who may do by hand what Nova does."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Lines of a file at the head, the last one included."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finding that stands, with the words for it.

    ``body`` is for the lines of ``anchor`` as they are at the head and may hold a suggestion; ``plain`` for any other
    place. ``substance`` and ``plain_substance`` tell when such a text has to be written anew: reasons and line numbers
    are no part of them. ``entry`` is the same finding as a line of the summary, and ``moved`` names its place where the
    comment stands on another file.
    """

    id: str
    mark: str
    path: str
    anchor: Anchor | None
    body: str
    plain: str
    substance: str
    plain_substance: str
    entry: str
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a target says of living reviews: how many open comments there may be, and whether there may be any."""

    most: int = 7
    inline: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """What the token in hand, or GitHub, turned out not to do."""

    resolve: bool = False
    """Threads cannot be resolved or opened again: comments say what became of them."""
    anchors: bool = False
    """GitHub refused the lines: what is new goes to the summary."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """The words of each refusal, by what was refused."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a review of a head came to, as far as the conversation needs it.

    ``findings`` are in their order, the best first. ``renames`` leads from a path at the head to its earlier names.
    ``is_whole`` is False where something failed everywhere, and ``unread`` holds the files that could not be read: what
    is not found there may still be there.
    """

    head: str
    findings: tuple[Wanted, ...]
    renames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    """The files of the head: a thread on any other one is about a file that is gone."""
    is_whole: bool = True
    unread: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    """The ids of those that were there when the head before was looked at, and were not told of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each finding is: in a comment, in the summary, or settled by people."""

    inline: tuple[Wanted, ...] = ()
    below: tuple[Wanted, ...] = ()
    settled: tuple[Wanted, ...] = ()
    claimed: tuple[Wanted, ...] = ()
    """In a thread that somebody resolved who may not decide it: the finding stands."""
    gone: int = 0
    """How many comments are about what is not found any more."""
    kept: int = 0
    """How many comments stay open because nobody could look whether what they are about is still there."""
