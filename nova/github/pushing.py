"""Brings commits to and from a repository on GitHub by git. No hook, no filter and no helper of the person's runs.

The token travels in the environment of one child process, for one address, and is cut out of whatever git says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.errors import GitError
from nova.github.errors import GitHubError
from nova.github.fetching import transport
from nova.living.port import Refused

if TYPE_CHECKING:
    from nova.git import Git, Head
    from nova.github.address import Address
    from nova.github.token import Token

_HOME = "refs/nova/proposing"
"""Where fetched commits are kept, apart from the person's own branches and remotes."""
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
_PUSH = ("push", "--quiet", "--no-recurse-submodules", "--no-follow-tags", "--no-signed")


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository on GitHub beside a clone of it. ``url`` is where git finds it, without any secret."""

    git: Git
    url: str
    address: Address
    token: Token | None

    def tips(self, prefix: str) -> dict[str, str]:
        """The commits of the branches there whose names begin so. Raises ``GitHubError``."""
        told = self._run("its branches could not be listed", "ls-remote", "--heads", self.url, f"refs/heads/{prefix}*")
        found = (line.partition("\t") for line in told.splitlines())
        return {name.removeprefix("refs/heads/"): commit for commit, _, name in found}

    def fetched(self, name: str) -> Head:
        """The commit of a reference there, brought here. Raises ``GitHubError``."""
        place = f"{_HOME}/{name.removeprefix('refs/')}"
        self._run(f"{name} could not be fetched", *_FETCH, self.url, f"+{name}:{place}")
        return self.git.commit(place)

    def push(self, branch: str, commit: str, there: str) -> None:
        """Let a branch there lead to a commit, if it leads to ``there`` still; empty where there is to be none.

        Raises ``Refused``: somebody was quicker, or the token may not do it.
        """
        ref = f"refs/heads/{branch}"
        words = (*_PUSH, f"--force-with-lease={ref}:{there}", self.url, f"{commit}:{ref}")
        try:
            self.git.write(*words, environment=transport(self.url, self.address, self.token))
        except GitError as error:
            raise Refused("push", self._safe(error.why or error.what)) from None

    def _run(self, failed: str, *words: str) -> str:
        try:
            return self.git.write(*words, environment=transport(self.url, self.address, self.token))
        except GitError as error:
            raise GitHubError(
                failed, why=self._safe(error.why or error.what),
                next_step="the token needs the right to read contents (docs/github.md)",
            ) from None  # fmt: skip

    def _safe(self, text: str) -> str:
        return self.token.redacted(text) if self.token else text
