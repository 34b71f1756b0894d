"""Cases and tools for the tests of the rungs: small texts, real compilers, a review that says what it is told."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nova.proof.case import Case, FileChange, Mend, Patch, TargetFacts
from nova.proof.tools import Diagnostic, Reviewed, Tools, Typed
from reviewers.finding import Finding, Severity, Span, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proof.compilers import Compilers

OWN = "{}.{}".format(*sys.version_info[:2])


def text_case(before: str | bytes, after: str | bytes, *mends: Mend, path: str = "a.py", **facts: object) -> Case:
    """A change of one file."""
    given = {"versions": (OWN,), **facts}
    return Case(Patch((FileChange(path, _bytes(before), _bytes(after)),)), TargetFacts("/nowhere", **given), mends)  # type: ignore[arg-type]


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def finding(rule: str, line: int, syntax: str = "x", path: str = "a.py", symbol: str | None = None) -> Finding:
    """A finding that differs from another by what is given."""
    mark = fingerprint(rule, symbol, syntax)
    return Finding(rule, "nova", Severity.LOW, 1.0, path, Span(line, 1, line, 2), symbol, "it is wrong", mark)


@dataclass
class Told:
    """A review that says what it is told."""

    before: tuple[Finding, ...] = ()
    after: tuple[Finding, ...] = ()
    failed: tuple[str, ...] = ()
    broken: dict[bytes, dict[str, str]] = field(default_factory=dict)

    def review(self, patch: Patch) -> tuple[Reviewed, Reviewed]:
        return Reviewed(self.before), Reviewed(self.after, self.failed)

    def refuses(self, path: str, data: bytes, versions: Sequence[str]) -> dict[str, str]:
        return {v: why for v, why in self.broken.get(data, {}).items() if v in versions}


@dataclass
class Types:
    """A type checker that says what it is told."""

    before: tuple[Diagnostic, ...] = ()
    after: tuple[Diagnostic, ...] = ()
    failed: str = ""

    def check(self, patch: Patch) -> Typed:
        return Typed("checker a", "1.0", self.before, self.after, self.failed)


def tools(compilers: Compilers, reviewer: Told | None = None, types: Types | None = None) -> Tools:
    """All tools that a rung may ask for."""
    return Tools(compilers, reviewer or Told(), types)
