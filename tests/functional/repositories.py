"""Real git repositories, made in a temporary folder, and Nova's command run in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent.parent
START = 1_700_000_000
"""The time of the first commit; each later one is a day younger."""
DAY = 86_400

MESSY = """\
import os


def load(path, seen=[]):
    for line in path:
        seen.append(line)
    return seen
"""
"""Two findings that are always there: an unused import (F401) and a mutable default (B006)."""


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The output as JSON."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    def rules(self) -> list[str]:
        """The rules of the findings, in order of rank."""
        return [f["rule"] for f in self.data["findings"]]

    def ids(self) -> dict[str, str]:
        """Id by rule."""
        return {f["rule"]: f["id"] for f in self.data["findings"]}

    def same(self) -> str:
        """The output without what may differ between equal runs."""
        data = self.data
        data["totals"] |= {"seconds": 0, "cached_files": 0}
        return json.dumps(data)


class Repository:
    """A repository of its own; every commit has a known time, so that equal steps make equal commits."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        self.commits = 0
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *options, ".")

    def git(self, *arguments: str, env: Mapping[str, str] | None = None, check: bool = True) -> str:
        """What plain git says."""
        when = f"@{START + self.commits * DAY} +0000"
        given = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, **(env or {})}
        run = subprocess.run(["git", *arguments], cwd=self.path, env=given, capture_output=True, check=False)
        assert not check or run.returncode == 0, run.stderr.decode()
        return os.fsdecode(run.stdout).strip()

    def write(self, name: str, text: str | bytes = MESSY) -> Path:
        """Write one file."""
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def commit(self, message: str = "change", **files: str) -> str:
        """Commit everything; ``files`` are module names without ``.py`` and their texts."""
        for name, text in files.items():
            self.write(f"{name}.py", text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        self.commits += 1
        return self.git("rev-parse", "HEAD")


def nova(
    folder: Path | str, *arguments: str, env: Mapping[str, str] | None = None, python: str = sys.executable, **more: Any
) -> Answer:
    """Run the command as a person does, in a process of its own."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    run = subprocess.run(
        [python, "-m", "nova", *arguments], cwd=folder, env=given, capture_output=True, check=False,
        **{"stdin": subprocess.DEVNULL, "timeout": 100, **more},
    )  # fmt: skip
    answer = Answer(run.returncode, run.stdout.decode("utf-8", "replace"), run.stderr.decode("utf-8", "replace"))
    assert "Traceback" not in answer.err, answer.err
    return answer
