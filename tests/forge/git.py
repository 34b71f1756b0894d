"""Plumbing of git over bare repositories, by child processes; what depends on commits alone is remembered."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ZERO = "0" * 40


class GitFailed(Exception):
    """git ended with another code than 0; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit as git stores it; dates are ISO 8601 in UTC."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: tuple[str, str, str]
    committer: tuple[str, str, str]
    message: str


def environment() -> dict[str, str]:
    """The variables for git: nobody's own settings, no questions, times in UTC."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_COUNT": "3",
        "GIT_CONFIG_KEY_0": "gc.auto",
        "GIT_CONFIG_VALUE_0": "0",
        "GIT_CONFIG_KEY_1": "receive.autogc",
        "GIT_CONFIG_VALUE_1": "false",
        "GIT_CONFIG_KEY_2": "safe.directory",
        "GIT_CONFIG_VALUE_2": "*",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "HOME": os.devnull,
        "GIT_AUTHOR_NAME": "GitHub",
        "GIT_AUTHOR_EMAIL": "noreply@github.com",
        "GIT_COMMITTER_NAME": "GitHub",
        "GIT_COMMITTER_EMAIL": "noreply@github.com",
    }


class Git:
    """One bare repository."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._commits: dict[str, Commit] = {}
        self._bases: dict[tuple[str, str], str | None] = {}
        self._environment = environment()

    def run(
        self, *words: str, given: bytes = b"", also: dict[str, str] | None = None, codes: tuple[int, ...] = (0,)
    ) -> bytes:
        """What git prints; ``GitFailed`` for an exit code that is not among ``codes``."""
        done = subprocess.run(
            ["git", "--git-dir", str(self.path), *words],
            input=given,
            capture_output=True,
            env=self._environment | (also or {}),
            check=False,
        )
        if done.returncode not in codes:
            raise GitFailed(done.stderr.decode(errors="replace").strip() or f"git {words[0]}: {done.returncode}")
        return done.stdout

    def text(self, *words: str, given: bytes = b"", also: dict[str, str] | None = None) -> str:
        """What git prints, as text without the last line's end."""
        return self.run(*words, given=given, also=also).decode(errors="replace").rstrip("\n")

    def refs(self) -> dict[str, str]:
        """Branches and tags by full name, each with the object that it names."""
        lines = self.text("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags").splitlines()
        return {name: sha for sha, name in (line.split(" ", 1) for line in lines)}

    def resolve(self, name: str) -> str | None:
        """The commit that a branch, tag or (short) hash names, or ``None``."""
        if not name or name.startswith("-"):
            return None
        for full in (f"refs/heads/{name}", f"refs/tags/{name}", name):
            found = self.run("rev-parse", "--verify", "--quiet", f"{full}^{{commit}}", codes=(0, 1, 128))
            if found:
                return found.decode().strip()
        return None

    def commit(self, sha: str) -> Commit:
        """One commit; ``GitFailed`` where there is none."""
        if sha not in self._commits:
            self._commits |= {each.sha: each for each in self._log("--no-walk=unsorted", sha, "--")}
        return self._commits[sha]

    def commits(self, *words: str) -> list[Commit]:
        """The commits that ``git log`` finds for these words, in its order."""
        found = self._log(*words)
        self._commits |= {each.sha: each for each in found}
        return found

    def _log(self, *words: str) -> list[Commit]:
        pattern = "%x1e%H%x1f%T%x1f%P%x1f%an%x1f%ae%x1f%ad%x1f%cn%x1f%ce%x1f%cd%x1f%B"
        text = self.run("log", f"--format={pattern}", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", *words)
        commits = []
        for record in text.decode(errors="replace").split("\x1e")[1:]:
            sha, tree, parents, an, ae, ad, cn, ce, cd, message = record.split("\x1f", 9)
            author, committer = (an, ae, ad), (cn, ce, cd)
            commits.append(Commit(sha, tree, tuple(parents.split()), author, committer, message.rstrip("\n")))
        return commits

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor, ``None`` for histories with none."""
        if (one, other) not in self._bases:
            found = self.run("merge-base", one, other, codes=(0, 1)).decode().split()
            self._bases[one, other] = found[0] if found else None
        return self._bases[one, other]

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether ``other`` holds all of ``one``'s history."""
        return one == other or self.merge_base(one, other) == one

    def count(self, span: str) -> int:
        """How many commits ``git rev-list`` finds in a span such as ``a..b``."""
        return int(self.text("rev-list", "--count", span, "--"))

    def merged_tree(self, base: str, head: str) -> str | None:
        """The tree of the merge of two commits, ``None`` for a conflict (``git merge-tree --write-tree``)."""
        try:
            return self.text("merge-tree", "--write-tree", "--no-messages", base, head).splitlines()[0]
        except GitFailed:
            return None

    def picked_tree(self, commit: Commit, onto: str) -> str | None:
        """The tree of one commit's change made on another commit, ``None`` for a conflict.

        Both sides are laid on the commit's parent, so that this is the merge base, which git before 2.40 takes no other
        way.
        """
        parent = commit.parents[0]
        ours = self.write_commit(self.commit(onto).tree, [parent], "ours")
        theirs = self.write_commit(commit.tree, [parent], "theirs")
        return self.merged_tree(ours, theirs)

    def write_commit(
        self, tree: str, parents: list[str], message: str, person: tuple[str, str] | None = None, when: str = ""
    ) -> str:
        """Store a commit and return its hash; nothing names it yet."""
        also = {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when} if when else {}
        if person:
            also |= {"GIT_AUTHOR_NAME": person[0], "GIT_AUTHOR_EMAIL": person[1]}
        named = [word for parent in parents for word in ("-p", parent)]
        return self.text("commit-tree", tree, *named, given=message.encode(), also=also)

    def point(self, ref: str, sha: str | None, *, old: str | None = None) -> None:
        """Let a full ref name this commit, or nothing; ``GitFailed`` where it no longer names ``old``."""
        if sha is None:
            self.run("update-ref", "-d", ref, *([old] if old else []))
        else:
            self.run("update-ref", ref, sha, *([old] if old else []))

    def fetch(self, other: Path, sha: str, ref: str) -> None:
        """Bring a commit of another repository here, under a ref of this one."""
        span = f"+{sha}:{ref}"
        self.run("-c", "uploadpack.allowAnySHA1InWant=true", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head",
                 str(other), span, also={"GIT_CONFIG_COUNT": "4", "GIT_CONFIG_KEY_3": "uploadpack.allowAnySHA1InWant",
                                         "GIT_CONFIG_VALUE_3": "true"})  # fmt: skip
