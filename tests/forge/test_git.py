"""Clone and push over smart HTTP, by git itself."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.forge.asking import PROJECT, ask, open_pull
from tests.forge.forge import Forge
from tests.forge.git import environment

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=folder, env=environment(), text=True, capture_output=True, check=False)


def clone(forge: Forge, folder: Path, token: str | None) -> Path:
    where = folder / f"clone-{token}"
    assert git(folder, "clone", "--quiet", forge.clone_url(token=token), str(where)).returncode == 0
    return where


def committed(where: Path, branch: str) -> str:
    git(where, "switch", "--quiet", "-C", branch)
    (where / "new.py").write_text("1\n", encoding="utf-8")
    git(where, "add", ".")
    git(where, "commit", "--quiet", "-m", "New")
    return git(where, "rev-parse", "HEAD").stdout.strip()


def test_anybody_clones_and_who_may_write_pushes(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    assert (clone(forge, tmp_path, None) / "a.py").exists()
    where = clone(forge, tmp_path, "writer-token")
    tip = committed(where, "pushed")
    assert git(where, "push", "--quiet", "origin", "pushed").returncode == 0
    assert forge.repository.git.resolve("pushed") == tip
    activity = ask(forge, "GET", f"{PROJECT}/activity?ref=pushed").payload[0]
    assert (activity["activity_type"], activity["actor"]["login"]) == ("branch_creation", "writer")


def test_a_push_moves_its_pull_request_at_once(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    where = clone(forge, tmp_path, "writer-token")
    git(where, "switch", "--quiet", "feature")
    tip = committed(where, "feature")
    git(where, "push", "--quiet", "origin", "feature")
    assert forge.pull().head_sha == tip
    last = forge.world.triggers[-1]
    assert (last.event, last.action, last.actor) == ("pull_request", "synchronize", "writer")


def test_who_may_only_read_cannot_push(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    for token in ("reader-token", "fork-token"):
        where = clone(forge, tmp_path, token)
        committed(where, "pushed")
        done = git(where, "push", "origin", "pushed")
        assert "403" in done.stderr
    assert forge.repository.git.resolve("pushed") is None


def test_nobody_is_asked_for_a_name_before_a_push(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    where = clone(forge, tmp_path, None)
    committed(where, "pushed")
    assert "could not read Username" in git(where, "push", "origin", "pushed").stderr


def test_a_push_without_force_that_is_behind_is_refused(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    where = clone(forge, tmp_path, "writer-token")
    forge.commit("main", {"b.py": "1\n"})
    committed(where, "main")
    assert "rejected" in git(where, "push", "origin", "main").stderr
    assert git(where, "push", "--force", "origin", "main").returncode == 0


def test_nobody_pushes_to_the_refs_of_pull_requests(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    where = clone(forge, tmp_path, "owner-token")
    before = forge.repository.git.resolve("refs/pull/1/head")
    assert git(where, "push", "origin", "HEAD:refs/pull/1/head").returncode != 0
    assert git(where, "fetch", "--quiet", "origin", "refs/pull/1/head").returncode == 0
    assert forge.repository.git.resolve("refs/pull/1/head") == before


def test_a_private_repository_is_hidden(tmp_path: Path) -> None:
    with Forge(tmp_path / "forge", private=True) as forge:
        forge.commit("main", {"a.py": "1\n"})
        assert git(tmp_path, "clone", forge.clone_url(token="stranger-token"), "x").returncode != 0
        assert "not found" in git(tmp_path, "clone", forge.clone_url(token="stranger-token"), "x").stderr
        assert git(tmp_path, "clone", forge.clone_url(token="reader-token"), "y").returncode == 0
