"""What rungs that run tests ask for and are told: the values, and the port behind which a target's tests run."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from nova.proof.running import End, Limits, Ran, Runner


class Seen(enum.StrEnum):
    """What was seen of one test."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"


@dataclass(frozen=True, slots=True)
class Variant:
    """The target's files with some of them replaced: relative POSIX path to bytes. ``changed`` empty: as they are.

    The lines that run in the files ``watched`` are told in ``TestRun.lines``; a tracer is active for that.
    """

    name: str
    changed: Mapping[str, bytes] = field(default_factory=dict)
    watched: tuple[str, ...] = ()


BEFORE = Variant("before")


@dataclass(frozen=True, slots=True)
class TestRun:
    """What one run of tests told. ``outcomes`` is by test id; a test that is not in it was not run.

    ``why`` tells in words what kept the run from being read: it did not exit, no report was left, the report is torn.
    """

    __test__ = False

    variant: str
    end: End
    outcomes: Mapping[str, Seen]
    seconds: float
    why: str = ""
    output: str = ""
    """The end of what it printed, for a person."""
    says: Mapping[str, str] = field(default_factory=dict)
    """Of a test that did not pass, why in one line, by its id."""
    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """The lines (from 1) that ran in each of the variant's watched files."""

    def passed(self, tests: Sequence[str]) -> bool:
        """Whether the run came to its end and each of these tests was seen to pass; no test at all is no pass."""
        return bool(tests) and not self.why and all(self.outcomes.get(test) is Seen.PASSED for test in tests)


@dataclass(frozen=True, slots=True)
class Recording:
    """The whole suite run once on the files as they are, with the lines that each test ran.

    ``contexts``: path to line (from 1) to the ids of the tests that ran it. ``at_import``: path to lines that were run
    outside of any test, as a module's own are when it is imported. ``unstable``: tests that did not come out alike
    when they were run again. ``seconds`` by test id.
    """

    outcomes: Mapping[str, Seen]
    contexts: Mapping[str, Mapping[int, tuple[str, ...]]]
    at_import: Mapping[str, frozenset[int]] = field(default_factory=dict)
    unstable: frozenset[str] = frozenset()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Untestable:
    """Why no tests can be run here, and what a person can do about it."""

    why: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A module of ours that is loaded beside the tests, before the first of them is collected.

    ``path`` is its file; ``settings`` are the bytes that it finds in the file that ``NOVA_SETTINGS`` names. What it
    writes into the folder ``NOVA_OUT`` comes back in ``Ran.kept``. It is imported before the first file of the target,
    and under pytest it is a plugin, so it may have ``pytest_`` hooks. Under either runner it may have functions
    ``test_starts(id)``, ``test_ends(id)`` and ``finished()``; a fixture's code runs between the first two.
    """

    path: Path
    settings: bytes = b""
    readable: tuple[Path, ...] = ()
    """What else it may read."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What runs other code of ours with a target's Python. ``folder`` holds the target's files as they are before.

    ``version`` is that of ``python``, as ``3.11.2``.
    """

    runner: Runner
    folder: Path
    python: Path
    version: str


@runtime_checkable
class HasGround(Protocol):
    """Tests that lend what they are run with."""

    def ground(self) -> Ground | None:
        """It; None where the target's Python does not run."""
        ...


class RunsTests(Protocol):
    """The tests of one target, in its own environment."""

    @property
    def command(self) -> str:
        """What is run, for a person to read, with how it was found."""
        ...

    @property
    def versions(self) -> tuple[str, ...]:
        """The Python, the test runner and the sandbox, each with its version."""
        ...

    @property
    def contained(self) -> bool:
        """Whether the tests run in the sandbox."""
        ...

    def record(self) -> Recording | Untestable:
        """The whole suite, recorded; from memory where nothing that plays a part has changed since."""
        ...

    def run(
        self, tests: Sequence[str], variants: Sequence[Variant], *, first_failure: bool = False
    ) -> Iterator[TestRun]:
        """Run tests on each variant, one after the other; all tests where ``tests`` is empty.

        With ``first_failure`` a run ends at the first test that does not pass. Each variant has a fresh process and
        fresh files. The limit of time follows from what the tests took when they were recorded.
        """
        ...

    def run_with(self, plugin: Plugin, tests: Sequence[str], variant: Variant, limits: Limits | None = None) -> Ran:
        """Run tests with a plugin of ours beside them, and give back what the run left."""
        ...
