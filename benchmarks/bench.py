"""Where a measurement happens: the repositories, the commands, and a home of its own, free of anybody's settings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import floor
from benchmarks.measuring import Command, Cost, Failed, run

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
BACK = 400
"""How many commits back an older version of a file is taken from, to edit it for real."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public repository that is measured on, and the commit that the goals were set at."""

    name: str
    variable: str
    commit: str


DJANGO = Source("felixxm/django", "DJANGO", "aa0efc9e221e023c21ca0ff17f1b1300a3d4ebe2")
SALEOR = Source("saleor/saleor", "SALEOR", "723cd4eba87dfc72822ade45dc08a3caa548428d")


@dataclass(slots=True)
class Bench:
    """A temporary folder to work in. ``say`` tells a person what is being done."""

    folder: Path
    rounds: int = 7
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        home = self.folder / "home"
        home.mkdir()
        dropped = ("XDG_", "GIT_", "PYTHON", "COLUMNS")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
        self.environment |= {"HOME": str(home), "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}

    @property
    def few(self) -> int:
        """How often a long measurement is repeated."""
        return max(1, self.rounds // 2)

    def nova(self, where: Path, *words: str, sample: bool = False) -> Cost:
        """Run ``nova``."""
        beside = Path(sys.executable).parent / "nova"
        begin = (str(beside),) if beside.is_file() else (sys.executable, "-m", "nova")
        return run(Command((*begin, *words), where), self.environment, sample=sample)

    def review(self, repository: Path, part: str, database: Path, *words: str, sample: bool = False) -> Cost:
        """Run ``nova review`` on a part of a repository, with a memory of its own."""
        return self.nova(repository, "review", part, "--db", str(database), *words, sample=sample)

    def cold(self, repository: Path, part: str, name: str, *, sample: bool = False) -> Cost:
        """A review by a Nova that has never seen the repository; its memory stays under ``name``."""
        for file in self.folder.glob(f"{name}.duckdb*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        for file in self.folder.glob(f"{name}.*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        return self.review(repository, part, self.database(name), sample=sample)

    def database(self, name: str) -> Path:
        """Where a memory lies."""
        return self.folder / f"{name}.duckdb"

    def lines(self, repository: Path, part: str, name: str) -> int:
        """How many lines the review that left a memory did read."""
        told = self.review(repository, part, self.database(name), "--format", "json")
        return int(json.loads(told.out)["totals"]["lines"])

    def others(self, repository: Path, part: str) -> Cost:
        """radon, vulture and ruff over the same part, one after the other."""
        beside = Path(sys.executable).parent
        commands = (("radon", "cc", part), ("vulture", part), ("ruff", "check", "--no-cache", "--isolated", part))
        total = Cost(0.0, 0.0, 0)
        for tool, *words in commands:
            path = str(beside / tool) if (beside / tool).is_file() else shutil.which(tool)
            if path is None:
                raise Failed(f"{tool} is not installed: make puts it into the environment")
            total += run(Command((path, *words), repository, (0, 1, 3)), self.environment)
        return total

    def floor(self, repository: Path, *how: str) -> Cost:
        """The least that any such tool must do; see ``floor.py``."""
        database = self.folder / "floor.duckdb"
        if not database.exists():
            floor.prepare(str(database))
        words = (sys.executable, str(Path(floor.__file__)), str(database), str(repository), *how)
        return run(Command(words, repository), self.environment)

    def clone(self, repository: Path) -> Path:
        """A clone that may be edited; its index is younger than its files, so that git need not read them again."""
        there = self.folder / f"{repository.name}-clone"
        if not there.exists():
            self.git(repository, "clone", "--quiet", "--local", str(repository), str(there))
            time.sleep(1.1)
            self.git(there, "read-tree", "HEAD")
            self.git(there, "update-index", "-q", "--refresh")
        return there

    def git(self, folder: Path, *words: str) -> bytes:
        """What a git call prints."""
        return subprocess.run(
            ["git", *words], cwd=folder, env=self.environment, capture_output=True, check=True, stdin=subprocess.DEVNULL
        ).stdout


class Edits:
    """Real edits of a clone's files: each is put back to how it was some hundred commits ago, none of them twice."""

    def __init__(self, bench: Bench, clone: Path, part: str) -> None:
        self._bench = bench
        self._clone = clone
        changed = bench.git(
            clone, "diff", "--name-only", "--diff-filter=M", f"HEAD~{BACK}", "HEAD", "--", f"{part}/*.py"
        )
        self._left = changed.decode().splitlines()
        self._edited: tuple[str, ...] = ()

    def next(self, number: int) -> tuple[str, ...]:
        """Undo the last edits and make ``number`` others; returns the paths."""
        if len(self._left) < number:
            raise Failed(f"the last {BACK} commits changed too few files to edit each of them once")
        self._write("HEAD", self._edited)
        self._edited = tuple(self._left.pop(0) for _ in range(number))
        self._write(f"HEAD~{BACK}", self._edited)
        return self._edited

    def undo(self) -> None:
        """Leave the clone as it was."""
        self._write("HEAD", self._edited)
        self._edited = ()

    def _write(self, commit: str, paths: Iterable[str]) -> None:
        for path in paths:
            (self._clone / path).write_bytes(self._bench.git(self._clone, "show", f"{commit}:{path}"))
