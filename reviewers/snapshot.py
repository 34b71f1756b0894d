"""A repository as a reviewer sees it: files with content keys, and history as plain data. No git in here."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Python file; ``key`` names its content, so that equal keys mean equal text."""

    path: str
    key: str


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of one moment: a work tree, a commit, the staged changes or a plain folder.

    ``folder`` is where the bytes lie on disk; ``key`` names the whole snapshot (commit and what differs from it).
    """

    folder: str
    key: str
    commit: str | None
    commit_time: int | None
    """Seconds since 1970, UTC: the moment that recency counts from."""
    dirty: bool
    files: tuple[SourceFile, ...]
    skipped: tuple[Left, ...] = ()
    failed: tuple[Left, ...] = ()
    changed: frozenset[str] = frozenset()
    """Paths whose content is not the commit's."""
    renames: Mapping[str, str] = field(default_factory=dict)
    """Present path to the path at the commit, for files moved since."""
    complete: bool = True
    """Whether it holds every Python file of the repository, not a part."""


class Change(enum.Enum):
    """What a commit did to a file."""

    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Touch:
    """A stretch of present lines that one commit wrote."""

    line: int
    end_line: int
    time: int
    fix: bool
    """Whether the commit's message speaks of mending a fault."""


@dataclass(frozen=True, slots=True)
class FileHistory:
    """How often and when a file changed in all of its history, under all its names."""

    commits: int
    fixes: int
    last: int
    """Time of the newest commit, seconds since 1970."""
    origin: str
    """The first path that it had."""
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """What git remembers of the files; empty where there is no history to be had."""

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    commits: int = 0
    shallow: bool = False
    until: int = 0
    """The time that ages count from."""
