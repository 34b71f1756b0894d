"""One long-lived child process for each version of Python, which compiles and compares but never runs target code."""

from __future__ import annotations

import base64
import json
import os
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nova.proof.pythons import candidates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HELLO_SECONDS = 10.0
SECONDS = 30.0
"""How long one comparison may take, whatever the file does to the compiler."""
REMEMBERED = 8
"""How many answers are kept: two rungs ask the same."""
_CODE = "import sys; sys.path.append(sys.argv[1]); from nova.proof.child.serve import main; main()"
_HOME = str(Path(__file__).resolve().parent.parent.parent)


@dataclass(frozen=True, slots=True)
class Compared:
    """What one Python says of a file before and after. ``before`` and ``after`` tell why a side does not compile."""

    version: str
    before: str = ""
    after: str = ""
    differs: tuple[tuple[int, str, str], ...] = ()
    """For each level of optimisation that differs: the level, the function, and how."""
    warns: tuple[str, ...] = ()
    """What the compiler warns of after and did not before."""
    failed: str = ""
    """Why there is no answer: the child died or took too long."""


class ChildLost(Exception):
    """The child process is gone or says nothing."""


class _Child:
    """A child process; ``version`` is known once ``is_python`` was asked."""

    def __init__(self, program: str) -> None:
        self._process = subprocess.Popen(
            [program, "-I", "-S", "-c", _CODE, _HOME],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=os.sep,
        )  # fmt: skip
        self._buffer = b""
        self._selector = selectors.DefaultSelector()
        assert self._process.stdout is not None
        self._selector.register(self._process.stdout, selectors.EVENT_READ)
        self.version = ""

    def is_python(self, version: str) -> bool:
        """Whether it says that it is CPython in that version."""
        try:
            hello = self.answer(HELLO_SECONDS)
        except ChildLost:
            return False  # a shim without the version behind it, or a Python that is broken
        self.version = str(hello["version"])
        return hello["implementation"] == "cpython" and self.version.startswith(version + ".")

    def ask(self, asked: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(asked).encode("ascii") + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise ChildLost("it ended before it was asked") from error

    def answer(self, seconds: float) -> dict[str, Any]:
        """The next answer. Raises ``ChildLost``."""
        assert self._process.stdout is not None
        deadline = time.monotonic() + seconds
        while b"\n" not in self._buffer:
            if not self._selector.select(max(deadline - time.monotonic(), 0)):
                raise ChildLost(f"it kept the compiler busy for over {seconds:g} seconds")
            data = os.read(self._process.stdout.fileno(), 1 << 16)
            if not data:
                raise ChildLost(f"it ended the compiler (exit code {self._process.wait()})")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


class Compilers:
    """The Pythons of this machine. A child is started when its version is first asked for, and ends with the block."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = folders
        self._children: dict[str, _Child | None] = {}
        self._last: dict[tuple[object, ...], list[Compared]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children.values():
            if child is not None:
                child.end()
        self._children.clear()

    def present(self, versions: Sequence[str]) -> tuple[str, ...]:
        """Those of the versions that this machine has."""
        new = {v: self._begun(v) for v in versions if v not in self._children}
        for version, tried in new.items():
            self._children[version] = self._first(version, tried)
        return tuple(v for v in versions if self._child(v) is not None)

    def exact(self, version: str) -> str:
        """The full number of a version that is present."""
        child = self._child(version)
        return child.version if child is not None else version

    def compare(
        self, versions: Sequence[str], path: str, before: bytes, after: bytes, levels: Sequence[int]
    ) -> list[Compared]:
        """Compare the code of one file in all versions at once, each in its own process."""
        asked = {
            "ask": "compare", "path": path, "levels": list(levels),
            "before": base64.b64encode(before).decode("ascii"), "after": base64.b64encode(after).decode("ascii"),
        }  # fmt: skip
        known = self._last.get(asked_key := (tuple(versions), path, before, after, tuple(levels)))
        if known is not None:
            return known
        answers = self._ask(versions, asked)
        found = [_compared(self.exact(v) if "lost" not in a else v, a) for v, a in answers.items()]
        if len(self._last) >= REMEMBERED:
            self._last.pop(next(iter(self._last)))
        self._last[asked_key] = found
        return found

    def comments(self, version: str, before: str, after: str) -> list[str] | None:
        """What became of the comments of a text, as this version reads it; None where it cannot."""
        answer = self._ask([version], {"ask": "comments", "before": before, "after": after})[version]
        found: list[str] | None = answer.get("complaints")
        return found

    def _ask(self, versions: Sequence[str], asked: dict[str, Any]) -> dict[str, dict[str, Any]]:
        answers: dict[str, dict[str, Any]] = {}
        waiting: dict[str, _Child] = {}
        for version in versions:
            child = self._child(version)
            if child is None:
                answers[version] = {"lost": "there is no such Python here"}
                continue
            try:
                child.ask(asked)
                waiting[version] = child
            except ChildLost as error:
                answers[version] = self._lost(version, error)
        for version, child in waiting.items():
            try:
                answers[version] = child.answer(SECONDS)
            except ChildLost as error:
                answers[version] = self._lost(version, error)
        return answers

    def _lost(self, version: str, error: ChildLost) -> dict[str, Any]:
        child = self._children.pop(version, None)
        if child is not None:
            child.end()
        return {"lost": str(error)}

    def _child(self, version: str) -> _Child | None:
        if version not in self._children:
            self._children[version] = self._first(version, self._begun(version))
        return self._children[version]

    def _begun(self, version: str) -> Iterator[_Child]:
        """Children of the programs that may be this version; the first is started at once, to be waited for later."""
        own = "{}.{}".format(*sys.version_info[:2])
        programs = [sys.executable] if version == own else candidates(version, self._folders)
        first = _started(programs[0]) if programs else None

        def all_of_them() -> Iterator[_Child]:
            if first is not None:
                yield first
            yield from filter(None, map(_started, programs[1:]))

        return all_of_them()

    def _first(self, version: str, tried: Iterator[_Child]) -> _Child | None:
        for child in tried:
            if child.is_python(version):
                return child
            child.end()
        return None


def _started(program: str) -> _Child | None:
    try:
        return _Child(program)
    except OSError:
        return None


def _compared(version: str, answer: dict[str, Any]) -> Compared:
    if "differs" in answer or "before" in answer:
        differs = tuple((int(level), str(where), str(how)) for level, where, how in answer.get("differs", ()))
        return Compared(version, answer["before"], answer["after"], differs, tuple(answer.get("warns", ())))
    return Compared(version, failed=answer.get("lost") or answer.get("failed") or "it gave no answer")
