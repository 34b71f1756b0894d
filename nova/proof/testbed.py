"""Runs a target's tests: in its own environment, through any runner, each time over fresh files."""

from __future__ import annotations

import json
import shutil
import weakref
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from nova.errors import ToolError
from nova.proof.kit import Asked, Kit, key, settings
from nova.proof.layers import prepare
from nova.proof.recording import from_bytes, key_of, read_lines, recording, to_bytes
from nova.proof.reports import output, read
from nova.proof.running import Command, End, Limits, Tree
from nova.proof.testing import BEFORE, Ground, Recording, TestRun, Untestable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nova.proof.environment import Environment
    from nova.proof.reports import Told
    from nova.proof.running import Ran, Runner
    from nova.proof.testing import Plugin, Variant

WHOLE = 600.0
"""Seconds that a whole suite may take."""
_OLDEST = (3, 10)
"""The oldest Python that Nova's own copy of coverage runs in."""
_LEAST = 10.0
"""Seconds that every run may take, however fast its tests are."""
_AGAIN = 120.0
"""A suite that took no longer than so many seconds is run a second time, to tell unstable tests apart."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Where recordings are kept, bytes by key; ``get`` answers None for a key that it does not know."""

    get: Callable[[str], bytes | None]
    put: Callable[[str, bytes], None]


class TestBed:
    """The tests of one target; see ``RunsTests``. ``close`` it, or let go of it, and its copies are gone.

    ``root`` is the folder that holds the target's files as they are before; they are copied once, when the first run
    needs them. ``contents`` gives path and bytes of every file that a recording depends on. ``at`` is the path under
    which the tests find those files, where that is another: the clone's, for a passing work tree of it.
    """

    __test__ = False

    def __init__(  # noqa: PLR0913
        self, root: Path, environment: Environment, runner: Runner,
        contents: Callable[[], Iterable[tuple[str, bytes]]], cache: Cache | None = None, *,
        limits: Limits | None = None, whole: float = WHOLE, at: Path | None = None,
    ) -> None:  # fmt: skip
        self._root = root
        self._at = at or root
        self._environment = environment
        self._runner = runner
        self._contents = contents
        self._cache = cache
        self._limits = limits or Limits()
        self._whole = whole
        self._kit: Kit | None = None
        self._tree: Path | None = None
        self._known: dict[str, Any] | None = None
        self._recording: Recording | Untestable | None = None
        self._took = 0.0
        self._gone: Callable[[], object] = _nothing

    @property
    def command(self) -> str:
        """See ``RunsTests``."""
        return f"{self._environment.command} ({self._environment.found})"

    @property
    def contained(self) -> bool:
        """See ``RunsTests``."""
        return self._runner.contained

    @property
    def versions(self) -> tuple[str, ...]:
        """See ``RunsTests``. Asks the target's Python the first time."""
        facts = self._facts()
        if isinstance(facts, Untestable):
            return ()
        tools = ("pytest",) if self._environment.runner == "pytest" else ()
        named = [f"{tool} {facts['installed'].get(tool, '?')}" for tool in tools]
        return (f"Python {facts['python']}", *named, "sandbox" if self.contained else "no sandbox")

    def close(self) -> None:
        """Remove the copies."""
        self._gone()
        if self._kit is not None:
            self._kit.close()
        self._kit = self._tree = None

    def record(self) -> Recording | Untestable:
        """See ``RunsTests``."""
        if self._recording is None:
            self._recording = self._recorded()
        return self._recording

    def run(
        self, tests: Sequence[str], variants: Sequence[Variant], *, first_failure: bool = False
    ) -> Iterator[TestRun]:
        """See ``RunsTests``."""
        seconds = self._seconds(tests)
        for variant in variants:
            asked = Asked(tests or None, int(first_failure), watched=variant.watched)
            ran, told = self._start(asked, variant.changed, seconds)
            _, files = read_lines(told.lines)
            lines = {path: frozenset(n for numbers, _ in groups for n in numbers) for path, groups in files.items()}
            yield TestRun(
                variant.name, ran.end, told.outcomes, ran.seconds, told.why, output(ran), told.says, lines
            )  # fmt: skip

    def run_with(self, plugin: Plugin, tests: Sequence[str], variant: Variant, limits: Limits | None = None) -> Ran:
        """See ``RunsTests``."""
        kit = self._made()[0]
        path = kit.add(f"plugin_{plugin.path.stem}.py", plugin.path.read_bytes())
        given = kit.add("plugin_settings", plugin.settings)
        asked = Asked(tests or None, plugin=path)
        seconds = limits.seconds if limits else 5 * self._seconds(tests)
        ran, _ = self._start(asked, variant.changed, seconds, {"NOVA_SETTINGS": str(given)}, limits, plugin.readable)
        return ran

    def ground(self) -> Ground | None:
        """See ``HasGround``."""
        facts = self._facts()
        if isinstance(facts, Untestable):
            return None
        return Ground(self._runner, self._made()[1], self._environment.python, str(facts["python"]))

    def _recorded(self) -> Recording | Untestable:
        facts = self._facts()
        if isinstance(facts, Untestable):
            return facts
        if self._environment.runner == "pytest" and not facts["pytest"]:
            return Untestable("pytest is not installed in the environment of the tests", "install it there")
        if not facts["coverage"] and tuple(map(int, facts["python"].split(".")[:2])) < _OLDEST:
            return Untestable(f"Nova's coverage does not run in Python {facts['python']}", "install coverage there")
        mark = key_of(self._contents(), self._environment, facts, self.contained)
        kept = self._cache.get(mark) if self._cache else None
        if kept is not None:
            try:
                found, self._took = from_bytes(kept)
            except (ValueError, KeyError, TypeError, IndexError):
                pass  # whatever lies there was not written by this recorder
            else:
                return found
        ran, told = self._start(Asked(contexts=True), {}, self._whole)
        if told.why:
            return _unrecorded(ran, told, self._whole)
        if not told.outcomes:
            return Untestable("no test was found", "name the command that runs them: test in the target's settings")
        self._took = ran.seconds
        again = None
        if ran.seconds <= _AGAIN:
            again = next(self.run([], [BEFORE]))
            if again.why:
                return Untestable(f"the suite ran once, and when it was run again {again.why}")
        made = recording(told, again)
        if self._cache:
            self._cache.put(mark, to_bytes(made, self._took))
        return made

    def _seconds(self, tests: Sequence[str]) -> float:
        """What a run may take: four times what it took when it was recorded, with all that it needs beside."""
        if not isinstance(self._recording, Recording):
            return self._whole
        each = self._recording.seconds
        beside = max(0.0, self._took - sum(each.values()))
        inside = sum(each.get(test, 0.0) for test in tests) if tests else sum(each.values())
        return min(self._whole, _LEAST + 4 * (beside + inside))

    def _start(
        self, asked: Asked, changed: Mapping[str, bytes], seconds: float, more: Mapping[str, str] | None = None,
        limits: Limits | None = None, readable: tuple[Path, ...] = (),
    ) -> tuple[Ran, Told]:  # fmt: skip
        kit, folder = self._made()
        paths = []
        if asked.contexts or asked.watched:
            facts = self._facts()
            if not isinstance(facts, Untestable) and not facts["coverage"]:
                paths = [kit.coverage()]
        secret = key()
        name = f".nova-{secret[:8].hex()}"
        secret = secret[8:]
        given = settings(self._environment, asked, secret, paths, self._within())
        argv = (str(self._environment.python), "-B", str(kit.folder / "run_tests.py"), name)
        environment = {
            **self._environment.variables, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
            **(more or {}),
        }  # fmt: skip
        command = Command(argv, self._environment.python, environment, (kit.folder, *readable))
        one = limits or self._limits
        ran = self._runner.run(
            command, Tree(folder, {**changed, name: given}, self._at),
            Limits(seconds, one.memory, one.processes, one.disk, one.open_files, one.output),
        )  # fmt: skip
        return ran, read(ran, secret)

    def _facts(self) -> dict[str, Any] | Untestable:
        if self._known is None:
            kit, folder = self._made()
            argv = (str(self._environment.python), "-B", str(kit.folder / "facts.py"))
            command = Command(argv, self._environment.python, {}, (kit.folder,))
            ran = self._runner.run(command, Tree(folder, {}, self._at), self._limits)
            try:
                self._known = json.loads(ran.stdout) if ran.end is End.EXITED else None
            except ValueError:
                self._known = None
            if self._known is None:
                said = (ran.why or output(ran)).splitlines()[-1:]
                return Untestable(f"{self._environment.python} does not run: {''.join(said) or ran.end.value}")
        return self._known

    def _within(self) -> str:
        """The folder of the environment relative to the root, where it lies within."""
        prefix = self._environment.python.parent.parent
        return prefix.relative_to(self._at).as_posix() if prefix.is_relative_to(self._at) else ""

    def _made(self) -> tuple[Kit, Path]:
        if self._kit is None or self._tree is None:
            self._kit = Kit()
            above = Path(mkdtemp(prefix="nova-tree-")).resolve()
            self._gone = weakref.finalize(self, shutil.rmtree, above, ignore_errors=True)
            try:
                prepare(self._root, above / "tree", self._environment.python)
            except OSError as error:
                raise ToolError("the target cannot be copied", why=str(error)) from error
            self._tree = above / "tree"
        return self._kit, self._tree


def _nothing() -> None:
    """No copy was made yet."""


def _unrecorded(ran: Ran, told: Told, whole: float) -> Untestable:
    if ran.end is End.TIMED_OUT:
        return Untestable(
            f"the whole suite takes longer than {whole:g} s",
            "name a test command that runs less, or what is slow aside",
        )
    return Untestable(f"the suite could not be run: {told.why}", "run the target's test command by hand")
