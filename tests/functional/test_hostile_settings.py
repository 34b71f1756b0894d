"""Nothing that a repository names is ever run: each trap is shown to work with plain git, then Nova walks past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.repositories import Answer, Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Nova = Callable[..., Answer]


class Trap:
    """A script that leaves a mark when it is run."""

    def __init__(self, folder: Path) -> None:
        self.mark = folder / "sprung"
        self.script = folder / "trap"
        self.script.write_text(f'#!/bin/sh\necho "$0 $*" >> {self.mark}\nexit 1\n')
        self.script.chmod(0o755)

    def sprung(self) -> bool:
        """Whether it was run since it was last asked."""
        was = self.mark.exists()
        self.mark.unlink(missing_ok=True)
        return was


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def _config(*settings: tuple[str, str]) -> Callable[[Repository, Trap], None]:
    def lay(repository: Repository, trap: Trap) -> None:
        for name, value in settings:
            repository.git("config", name, value.replace("TRAP", str(trap.script)))

    return lay


def _attributes(line: str, *settings: tuple[str, str]) -> Callable[[Repository, Trap], None]:
    def lay(repository: Repository, trap: Trap) -> None:
        place = repository.path / ".git/info/attributes"
        place.write_text((place.read_text() if place.exists() else "") + f"{line}\n")
        _config(*settings)(repository, trap)

    return lay


def _included(repository: Repository, trap: Trap) -> None:
    repository.write(".git/more", f"[core]\n\tfsmonitor = {trap.script}\n")
    repository.git("config", "include.path", "more")


def _hooks(repository: Repository, trap: Trap) -> None:
    for name in ("post-index-change", "pre-commit", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
        place = repository.write(f".git/hooks/{name}", trap.script.read_bytes())
        place.chmod(0o755)


TRAPS = {
    "fsmonitor": (_config(("core.fsmonitor", "TRAP")), ("status",)),
    "included": (_included, ("status",)),
    "hooks": (_hooks, ("update-ref", "refs/heads/x", "HEAD")),
    "clean filter": (_attributes("a.py filter=x", ("filter.x.clean", "TRAP")), ("status",)),
    "dotted filter": (_attributes("b.py filter=x.y", ("filter.x.y.clean", "TRAP")), ("status",)),
    "quoted filter": (
        _attributes("c.py filter=x'y", ("filter.x'y.clean", "TRAP"), ("filter.x'y.required", "true")),
        ("status",),
    ),
    "process filter": (
        _attributes("d.py filter=p", ("filter.p.process", "TRAP"), ("filter.p.required", "true")),
        ("status",),
    ),
    "smudge filter": (_attributes("a.py filter=s", ("filter.s.smudge", "TRAP")), ("checkout-index", "-f", "-a")),
    "textconv": (_attributes("a.py diff=t", ("diff.t.textconv", "TRAP")), ("log", "-p")),
    "diff command": (_attributes("b.py diff=c", ("diff.c.command", "TRAP")), ("diff", "HEAD~1", "HEAD")),
    "external diff": (_config(("diff.external", "TRAP")), ("diff", "HEAD~1", "HEAD")),
    "aliases": (_config(("alias.review", "!TRAP"), ("alias.log", "!TRAP")), ("review",)),
}
QUIET = {
    "signatures": _config(("log.showSignature", "true"), ("gpg.program", "TRAP")),
    "pagers": _config(("core.pager", "TRAP"), ("pager.log", "TRAP"), ("core.editor", "TRAP")),
    "remotes": _config(("core.sshCommand", "TRAP"), ("credential.helper", "!TRAP"), ("core.askPass", "TRAP")),
    "hooks path": _config(("core.hooksPath", ".git/hooks")),
}
"""Traps that plain git would only spring on a terminal, at a signed commit or with a remote."""

WAYS = (
    ("review",), ("review", "--staged"), ("review", "--diff", "HEAD~1"), ("show", "1"),
    ("review", "--diff", "HEAD~1...HEAD", "--no-cache", "--no-memory"), ("review", "--baseline", "HEAD~1"), ("doctor",),
)  # fmt: skip


def _edited(repository: Repository) -> None:
    for number in (1, 2):
        repository.commit(**dict.fromkeys("abcd", f"x = {number}\n"))
    for staged in (True, False):
        for name in "abcd":
            repository.write(f"{name}.py", f"import os\nx = {3 + staged}\n")
        if staged:
            repository.git("add", "-A")


@pytest.mark.parametrize("name", TRAPS)
def test_each_trap_is_one(repository: Repository, trap: Trap, name: str) -> None:
    _edited(repository)
    lay, springs = TRAPS[name]
    lay(repository, trap)
    repository.git(*springs, check=False)
    assert trap.sprung()


def test_nothing_of_the_repository_is_run(repository: Repository, trap: Trap, nova: Nova) -> None:
    _edited(repository)
    for lay, _ in TRAPS.values():
        lay(repository, trap)
    for lay in QUIET.values():
        lay(repository, trap)
    trap.sprung()
    for way in WAYS:
        answer = nova(*way)
        assert not trap.mark.exists(), f"{way}: {trap.mark.read_text()}"
        assert answer.code == 0, answer.err


def test_a_missing_object_is_not_fetched(tmp_path: Path, trap: Trap, nova: Nova) -> None:
    source = Repository(tmp_path / "source")
    source.commit(shop="x = 1\n")
    source.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    source.git("clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{source.path}", str(clone))
    partial = Repository(clone)
    partial.git("read-tree", "HEAD")
    partial.git("config", "remote.origin.url", f"ext::{trap.script}")
    partial.git("config", "protocol.ext.allow", "always")
    partial.git("cat-file", "-p", "HEAD:shop.py", check=False)
    assert trap.sprung(), "the trap is no trap"
    answer = nova("review", str(clone), "--staged", "--format", "json")
    assert not trap.sprung()
    assert answer.code == 2
    assert answer.data["failed"] == [{"path": "shop.py", "reason": "its content is not in this clone"}]


def test_a_work_tree_elsewhere_is_refused(repository: Repository, tmp_path: Path, nova: Nova) -> None:
    repository.commit(shop="x = 1\n")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.py").write_text("import os\n")
    repository.git("config", "core.worktree", str(secret))
    for arguments in (("review",), ("review", "."), ("review", "--staged")):
        answer = nova(*arguments)
        assert answer.code == 2
        assert "has its files elsewhere" in answer.err


def test_a_repository_of_somebody_else_is_refused(
    repository: Repository, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop="x = 1\n")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    answer = nova("review")
    assert answer.code == 2
    assert "safe.directory" in answer.err


def test_what_the_caller_of_a_hook_set_does_not_undo_the_protection(
    repository: Repository, trap: Trap, nova: Nova, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(shop="x = 1\n")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.fsmonitor'='{trap.script}' 'diff.noprefix'='true'")
    assert nova("review").code == 0
    assert not trap.sprung()
