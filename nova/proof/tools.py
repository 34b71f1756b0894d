"""What the rungs work with, as small as what they ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from nova.proof.testing import Untestable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nova.proof.case import Patch
    from nova.proof.compilers import Compared
    from nova.proof.testing import RunsTests
    from reviewers.finding import Finding

NEXT = "; next: "
"""Stands between why no tests can be run and what a person can do about it, in ``Tools.untested``."""


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


class Tools:
    """All of them; ``types`` is None where no type checker is to be had, ``tests`` where no tests can be run.

    With ``find`` the tests are looked for when a rung first asks for them: a climb that ends below costs nothing.
    """

    def __init__(
        self,
        compilers: Compiles,
        reviewer: Reviews,
        types: ChecksTypes | None = None,
        tests: RunsTests | None = None,
        untested: str = "no tests can be run here",
        *,
        find: Callable[[], RunsTests | Untestable] | None = None,
    ) -> None:
        self.compilers = compilers
        self.reviewer = reviewer
        self.types = types
        self._find = find
        self._tests = tests
        self._untested = untested

    @property
    def tests(self) -> RunsTests | None:
        """The target's tests."""
        self._look()
        return self._tests

    @property
    def untested(self) -> str:
        """Why there are none, in words; read only where ``tests`` is None."""
        self._look()
        return self._untested

    def _look(self) -> None:
        if self._find is None:
            return
        found, self._find = self._find(), None
        if isinstance(found, Untestable):
            self._untested = found.why + (f"{NEXT}{found.next_step}" if found.next_step else "")
        else:
            self._tests = found
