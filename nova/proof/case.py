"""What is to be proved: a patch, what it says it mends, and the facts of the target that it belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviewers.finding import Span

PYTHON = (".py", ".pyw")


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of a patch as bytes; None where it is not there before or after."""

    path: str
    before: bytes | None
    after: bytes | None

    @property
    def is_python(self) -> bool:
        """Whether Python runs it."""
        return self.path.endswith(PYTHON)


@dataclass(frozen=True, slots=True)
class Patch:
    """Changed files, each path once, in the order of paths."""

    files: tuple[FileChange, ...]

    @property
    def key(self) -> str:
        """A digest of every byte before and after: equal keys mean the same patch of the same files."""
        hasher = hashlib.blake2b(digest_size=16)
        for file in self.files:
            for part in (file.path.encode("utf-8", "surrogateescape"), file.before, file.after):
                hasher.update(b"-" if part is None else b"%d:%b" % (len(part), part))
        return hasher.hexdigest()


@dataclass(frozen=True, slots=True)
class Mend:
    """A finding that the patch says it mends."""

    rule: str
    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What the rungs need to know of a target. ``root`` is the folder that holds its files as they are before."""

    root: str
    requires: str = ""
    """What it declares of Python (``>=3.10``); empty where it declares nothing."""
    versions: tuple[str, ...] = ()
    """The versions that this admits, oldest first, as ``3.11``: every one that is known where nothing is declared."""
    trusted: bool = False
    """Whether its code may be run."""
    test_command: str = ""
    protected: tuple[str, ...] = ()
    """Globs of paths that judge changes, and are changed by none that they are to judge."""
    reads_source: tuple[str, ...] = ()
    """Places in its code that read source text, as ``path:line name``."""


@dataclass(frozen=True, slots=True)
class Case:
    """A patch to judge. Without ``mends`` all of it is intended, and no rule is asked whether it still fires."""

    patch: Patch
    target: TargetFacts
    mends: tuple[Mend, ...] = field(default=())
    conditions: tuple[str, ...] = ()
    """What the rules of all its mends declare must hold for their fixes, each checked in this very place; in words."""
