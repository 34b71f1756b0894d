"""The token: where it comes from, what kind it is, and how it is kept out of every text."""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.config import GitHubWords
    from nova.github.address import Address

HIDDEN = "[token]"
_KINDS = {
    "ghs_": "of an app or a workflow",
    "ghu_": "of a person, by an app",
    "github_pat_": "fine-grained, of a person",
    "ghp_": "classic, of a person",
    "gho_": "of a person, by OAuth",
}
"""By the prefixes that GitHub documents ("About authentication to GitHub", "GitHub's token formats")."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it was found. No representation shows it."""

    value: str = field(repr=False)
    source: str

    def __str__(self) -> str:
        return HIDDEN

    @property
    def kind(self) -> str:
        """What it is, in words; empty where its form does not tell."""
        return next((words for prefix, words in _KINDS.items() if self.value.startswith(prefix)), "")

    @property
    def may_check(self) -> bool | None:
        """Whether it can make check runs, which only an app's can; None where its form does not tell."""
        return self.value.startswith("ghs_") if self.kind else None

    @property
    def basic(self) -> str:
        """The token as git's transport sends it."""
        return base64.b64encode(f"x-access-token:{self.value}".encode()).decode("ascii")

    def redacted(self, text: str) -> str:
        """The text without the token, in any of the forms in which it travels."""
        for secret in (self.basic, self.value):
            text = text.replace(secret, HIDDEN) if secret else text
        return text


def find(words: GitHubWords, address: Address, ask: Callable[[str], str] | None = None) -> Token | None:
    """The token for a host: from the environment, else from ``gh``; None where there is none.

    The variables for github.com are sent to another host only where the environment or the person's own settings name
    that host: a clone's remote alone does not.
    """
    given = words.tokens if address.is_vouched_for else words.enterprise_tokens
    if given:
        source, value = given[0]
        return Token(value, source)
    said = (ask or _gh)(address.host)
    return Token(said, "gh auth token") if said else None


def _gh(host: str) -> str:
    """What GitHub's own command line keeps for a host; empty where it is not there, or not logged in."""
    program = shutil.which("gh")
    if program is None:
        return ""
    try:
        told = subprocess.run(
            [program, "auth", "token", "--hostname", host],
            capture_output=True, text=True, timeout=10, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip() if told.returncode == 0 else ""
