"""What the rungs work with, as small as what they ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proof.case import Patch
    from nova.proof.compilers import Compared
    from reviewers.finding import Finding


class Compiles(Protocol):
    """Pythons that compile but never run."""

    def present(self, versions: Sequence[str]) -> tuple[str, ...]:
        """Those of the versions that there are."""
        ...

    def exact(self, version: str) -> str:
        """The full number of a version."""
        ...

    def compare(
        self, versions: Sequence[str], path: str, before: bytes, after: bytes, levels: Sequence[int]
    ) -> list[Compared]:
        """Compare the code of one file before and after, in all versions."""
        ...

    def comments(self, version: str, before: str, after: str) -> list[str] | None:
        """What became of a text's comments; None where that version cannot read it."""
        ...


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What Nova finds in the files of a patch, on one side of it. ``failed`` tells of what could not be read."""

    findings: tuple[Finding, ...] = ()
    failed: tuple[str, ...] = ()


class Reviews(Protocol):
    """Nova's own review of the files of a patch."""

    def review(self, patch: Patch) -> tuple[Reviewed, Reviewed]:
        """What is found in the files of a patch before, and after."""
        ...

    def refuses(self, path: str, data: bytes, versions: Sequence[str]) -> dict[str, str]:
        """Versions that are not on this machine and whose syntax a file breaks, with the reason."""
        ...


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a type checker says of a line (from 1)."""

    path: str
    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A type checker's answers before and after; ``failed`` tells why there are none."""

    command: str
    version: str
    before: tuple[Diagnostic, ...] = ()
    after: tuple[Diagnostic, ...] = ()
    failed: str = ""


class ChecksTypes(Protocol):
    """A type checker."""

    def check(self, patch: Patch) -> Typed:
        """What it says of the target before and after a patch."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """All of them; ``types`` is None where no type checker is to be had."""

    compilers: Compiles
    reviewer: Reviews
    types: ChecksTypes | None = None
