"""The addresses in payloads, and the opaque ids that both interfaces share."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from tests.forge.state import PullRequest, Repository, User


@dataclass(frozen=True, slots=True)
class Urls:
    """``web`` is the server's address, ``api`` the one under which the request came."""

    web: str
    api: str

    def repo(self, repository: Repository) -> str:
        """A repository in the interface."""
        return f"{self.api}/repos/{repository.full_name}"

    def pull(self, pull: PullRequest) -> str:
        """A pull request in the interface."""
        return f"{self.repo(pull.repository)}/pulls/{pull.number}"

    def issue(self, pull: PullRequest) -> str:
        """The same as an issue."""
        return f"{self.repo(pull.repository)}/issues/{pull.number}"

    def html_repo(self, repository: Repository) -> str:
        """A repository for people; git clones from it too."""
        return f"{self.web}/{repository.full_name}"

    def html_pull(self, pull: PullRequest) -> str:
        """A pull request for people."""
        return f"{self.html_repo(pull.repository)}/pull/{pull.number}"

    def user(self, user: User) -> str:
        """A user in the interface."""
        return f"{self.api}/users/{quote(user.login)}"


PREFIXES = {
    "User": "U", "Bot": "BOT", "Repository": "R", "PullRequest": "PR", "IssueComment": "IC", "Thread": "PRRT",
    "ReviewComment": "PRRC", "Review": "PRR", "Label": "LA", "Reaction": "REA", "CheckRun": "CR", "Event": "EV",
}  # fmt: skip


def node_id(kind: str, number: int) -> str:
    """The id that GraphQL knows a thing by, the ``node_id`` of REST; to be taken as opaque."""
    packed = base64.urlsafe_b64encode(b"kwDO" + number.to_bytes(6, "big")).decode().rstrip("=")
    return f"{PREFIXES[kind]}_{packed}"
