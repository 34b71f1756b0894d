"""Small targets with tests, for the tests of what runs them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nova.proof.environment import Environment
from nova.proof.plain import Plain
from nova.proof.testbed import Cache, TestBed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.proof.running import Command, Limits, Ran, Runner, Tree

THING = """\
LIMIT = 3

def double(n):
    if n > LIMIT:
        return n + n
    return 2 * n

def unseen(n):
    return n
"""
TESTS = """\
import pytest
from thing import double

def test_small():
    assert double(2) == 4

def test_large():
    assert double(10) == 20
"""
SMALL, LARGE = "test_thing.py::test_small", "test_thing.py::test_large"
FILES = {"thing.py": THING, "test_thing.py": TESTS}


class Counted:
    """A runner without a sandbox that counts its runs."""

    contained = False

    def __init__(self) -> None:
        self.runs = 0

    def run(self, command: Command, tree: Tree, limits: Limits) -> Ran:
        self.runs += any("run_tests" in word for word in command.argv)
        return Plain().run(command, tree, limits)


def kept_in(store: dict[str, bytes]) -> Cache:
    return Cache(store.get, store.__setitem__)


def bed(
    folder: Path, files: Mapping[str, str] = FILES, runner: Runner | None = None, cache: Cache | None = None,
    kind: str = "pytest", arguments: tuple[str, ...] = (), whole: float = 60, **more: str,
) -> TestBed:  # fmt: skip
    """A test bed over files that are written into a folder."""
    for name, text in {**files, **{f"{name}.py": text for name, text in more.items()}}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def contents() -> list[tuple[str, bytes]]:
        found = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
        return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in found]

    if kind == "pytest":
        arguments = ("-p", "no:hypothesispytest", *arguments)
    environment = Environment(Path(sys.executable), kind, arguments, kind, "by hand")
    return TestBed(folder, environment, runner or Plain(), contents, cache, whole=whole)
