"""The branch that keeps memory between nights, over a real bare repository and a Nova of a few lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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


@pytest.mark.slow
def test_where_nothing_changed_the_next_night_on_another_machine_is_one_line(tmp_path: Path) -> None:
    """Each night has a fresh clone in the same place and an empty memory, as the workflow does."""
    remote, work = tmp_path / "remote.git", tmp_path / "work"
    _git(tmp_path, "init", "--quiet", "-b", "main", "seed")
    (tmp_path / "seed" / "app.py").write_text("import os\n", encoding="utf-8")
    _git(tmp_path / "seed", "add", ".")
    _git(tmp_path / "seed", "commit", "--quiet", "-m", "Begin")
    _git(tmp_path, "clone", "--quiet", "--bare", "seed", str(remote))
    nova = tmp_path / "nova"
    nova.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nova "$@"\n', encoding="utf-8")
    nova.chmod(0o755)
    said, kept = [], ""
    for number in range(2):
        shutil.rmtree(work, ignore_errors=True)
        _git(tmp_path, "clone", "--quiet", str(remote), str(work))
        home = tmp_path / f"home{number}"
        own = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
        script = ["sh", str(SCRIPT)]
        _run(work, own, *script, "take", str(nova))
        said.append(_run(work, own, str(nova), "nightly"))
        kept = _run(work, own, *script, "keep", str(nova))
    assert "Nova's own record:" in said[0]
    assert said[1].startswith("nothing changed since the last night (")
    assert said[1].count("\n") == 1
    assert kept == "Memory is as it was.\n"


def _git(folder: Path, *words: str) -> None:
    who = {f"GIT_{role}_{key}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **who}, check=True)


def _run(folder: Path, own: dict[str, str], *command: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GH_"))}
    given = {**environment, **own, "PYTHONPATH": str(SCRIPT.parent.parent), "GH_TOKEN": ""}
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
