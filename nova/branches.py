"""Local branches, made by git's plumbing: no work tree, no index and no hook of the person's plays a part."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nova.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nova.git import Git

PREFIX = "nova/"
"""How every branch that Nova makes begins. No other branch is ever written or deleted."""


@contextmanager
def checked_out(git: Git, commit: str) -> Iterator[Path]:
    """A commit in a linked work tree of its own, for as long as the block lasts; memory is the repository's.

    Raises ``GitError``.
    """
    # What a run left that was killed is not there any more once its folder is gone.
    git.write("worktree", "prune")
    with tempfile.TemporaryDirectory(prefix="nova-tree-") as name:
        place = Path(name).resolve() / "tree"
        git.write("worktree", "add", "--detach", "--quiet", str(place), commit)
        try:
            yield place
        finally:
            git.write("worktree", "remove", "--force", str(place))


def committed(git: Git, base: str, files: Mapping[str, bytes], message: str, author: str, when: int) -> str:
    """A commit on ``base`` that replaces files and keeps their modes; ``when`` is in seconds since 1970.

    The same content, message, author and time give the same commit, so that making it twice makes one. Raises
    ``GitError`` for a path that ``base`` does not hold as a file.
    """
    modes = {entry.path: entry.mode for entry in git.tree(base)}
    for path in files:
        if not modes.get(path, "").startswith("100"):
            raise GitError(f"{path} is no file in {base[:10]}")
    with tempfile.TemporaryDirectory(prefix="nova-index-") as folder:
        index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
        git.write("read-tree", base, environment=index)
        for path, data in files.items():
            name = git.write("hash-object", "-w", "--no-filters", "--stdin", data=data)
            git.write("update-index", "--cacheinfo", f"{modes[path]},{name},{path}", environment=index)
        tree = git.write("write-tree", environment=index)
    name, _, address = author.partition(" <")
    who = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", address.rstrip(">")), ("DATE", f"{when} +0000"))
    }
    return git.write("commit-tree", tree, "-p", base, "-F", "-", data=message.encode("utf-8"), environment=who)


def point(git: Git, branch: str, commit: str) -> None:
    """Let a branch of Nova's own lead to a commit; made where it is not there.

    Raises ``GitError`` for any other branch, for one that is checked out, and where a person has committed to it.
    """
    if not branch.startswith(PREFIX):
        raise GitError(f"{branch} is no branch of Nova's", why=f"its own begin with {PREFIX}")
    before = tip(git, branch)
    if before and not is_own(git, before):
        raise GitError(f"{branch} holds a commit that is not Nova's")
    out = git.text("worktree", "list", "--porcelain")
    if f"branch refs/heads/{branch}\n" in out:
        raise GitError(f"{branch} is checked out", next_step="leave it (git switch -), and try again")
    git.write("update-ref", f"refs/heads/{branch}", commit)


def is_own(git: Git, commit: str) -> bool:
    """Whether a commit is one that Nova made and nobody changed since."""
    return git.text("log", "-1", "--no-walk", "--format=%cn%n%(trailers:key=Nova-Proposal)", commit).startswith(
        "Nova\nNova-Proposal: "
    )


def tip(git: Git, branch: str) -> str:
    """The commit that a branch leads to; empty where there is none."""
    return git.text("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}").strip()
