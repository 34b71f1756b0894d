"""The branch that keeps memory between nights, over a real bare repository and a Nova of a few lines."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "memory_branch.sh"
# Memory is one file here: importing copies it in, exporting copies it out.
NOVA = """#!/bin/sh
case "$1 $2" in
"memory import") cp "$3" "$STORE" ;;
"memory export") cp "$STORE" "$4" ;;
esac
"""


class Runner:
    """A machine with a fresh clone and its own memory."""

    def __init__(self, folder: Path, remote: Path) -> None:
        folder.mkdir()
        self.clone, self.store, self._nova = folder / "clone", folder / "store", folder / "nova"
        self._nova.write_text(NOVA, encoding="utf-8")
        self._nova.chmod(0o755)
        self.git("init", "--quiet", str(self.clone), cwd=folder)
        self.git("remote", "add", "origin", str(remote))

    def git(self, *words: str, cwd: Path | None = None) -> str:
        done = subprocess.run(["git", *words], cwd=cwd or self.clone, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def run(self, action: str) -> int:
        environment = {**os.environ, "STORE": str(self.store), "GH_TOKEN": ""}
        command = ["sh", str(SCRIPT), action, str(self._nova)]
        return subprocess.run(command, cwd=self.clone, env=environment, capture_output=True, check=False).returncode


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True)
    return path


def test_memory_goes_from_one_night_to_the_next(tmp_path: Path, remote: Path) -> None:
    first, second = Runner(tmp_path / "one", remote), Runner(tmp_path / "two", remote)
    assert first.run("take") == 0
    first.store.write_text("a line\n", encoding="utf-8")
    assert first.run("keep") == 0
    assert second.run("take") == 0
    assert second.store.read_text(encoding="utf-8") == "a line\n"


def test_what_was_forgotten_is_not_in_the_history_of_the_branch(tmp_path: Path, remote: Path) -> None:
    one = Runner(tmp_path / "one", remote)
    assert one.run("take") == 0
    for text in ("a secret\n", "nothing\n"):
        one.store.write_text(text, encoding="utf-8")
        assert one.run("keep") == 0
    assert one.git("rev-list", "--count", "nova-memory", cwd=remote) == "1"
    assert one.git("show", "nova-memory:memory.jsonl", cwd=remote) == "nothing"


def test_nothing_is_kept_over_what_was_not_taken(tmp_path: Path, remote: Path) -> None:
    one, two = Runner(tmp_path / "one", remote), Runner(tmp_path / "two", remote)
    one.store.write_text("one\n", encoding="utf-8")
    two.store.write_text("two\n", encoding="utf-8")
    assert one.run("keep") == 2
    assert (one.run("take"), two.run("take")) == (0, 0)
    assert one.run("keep") == 0
    assert two.run("keep") != 0
    assert one.git("show", "nova-memory:memory.jsonl", cwd=remote) == "one"


def test_a_remote_that_does_not_answer_is_no_empty_memory(tmp_path: Path) -> None:
    assert Runner(tmp_path / "one", tmp_path / "nowhere.git").run("take") == 2
