"""What was said on GitHub, with times and reactions, and the answers to it: reads, and two kinds of writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nova.github.errors import GitHubError
from nova.github.reading import BOT
from nova.listening.reading import DOWN, Applied, Heard, Reaction, Said, Talk
from nova.living.port import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.github.calls import Calls
    from nova.listening.reading import Hunk
    from nova.living.values import Pull

MOST_LISTED = 300
"""Pull requests that one run lists."""
MOST_COMMITS = 10
"""Commits of one pull request that are looked into for an applied suggestion."""
MOST_OF_A_BRANCH = 300
"""Commits of a branch that are looked through for reverts."""
WEB = "web-flow"
"""The committer of what was committed on GitHub's own pages, which GitHub signs."""
_STALE = re.compile(r"<!-- nova-proposal [^>]* stale -->\s*\Z")

QUERY = """
query Heard($owner: String!, $name: String!, $number: Int!, $comments: String, $threads: String) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $comments) {
        pageInfo { hasNextPage endCursor }
        nodes { databaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login } }
      }
      reviewThreads(first: 50, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id path line isResolved
          resolvedBy { login }
          comments(first: 100) {
            nodes {
              databaseId body createdAt lastEditedAt viewerDidAuthor author { __typename login }
              reactions(first: 20, content: THUMBS_DOWN) { nodes { databaseId content createdAt user { login } } }
            }
          }
        }
      }
    }
  }
}
"""


class Unreadable(GitHubError):
    """One pull request cannot be read, whatever becomes of the others."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a pull request is. ``at`` is when it was merged or closed, empty while it is open (ISO 8601 in UTC)."""

    is_open: bool
    is_merged: bool
    at: str
    is_stale: bool
    """Whether Nova closed it itself: the marker of the proposal says so."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A pull request in the list: what tells whether it is to be read. ``updated`` is ISO 8601 in UTC."""

    number: int
    updated: str
    is_open: bool


class Hearing:
    """One repository on GitHub, listened to."""

    def __init__(self, calls: Calls, repository: str) -> None:
        self.calls = calls
        self.repository = repository
        self._home = f"/repos/{repository}"

    def viewer(self) -> str:
        """The account that the token belongs to: comments of another one are not taken for Nova's."""
        try:
            return str(self.calls.graphql("query { viewer { login } }", {})["viewer"]["login"])
        except Refused as refusal:
            raise GitHubError(
                "GitHub does not tell whose the token is",
                why=refusal.why,
                next_step="set GITHUB_TOKEN: a conversation is read by GraphQL, which wants a token",
            ) from None

    def listed(self, since: str) -> list[Listed]:
        """The pull requests, those that changed last first: all since a moment, and a first page where there is none.

        The page on which that moment lies is given whole: open ones get reactions that change no time.
        """
        found: list[Listed] = []
        given = {"state": "all", "sort": "updated", "direction": "desc"}
        try:
            for data in islice(self.calls.pages(f"{self._home}/pulls", given), MOST_LISTED):
                one = Listed(int(data["number"]), str(data["updated_at"]), data["state"] == "open")
                if len(found) >= 100 and (not since or one.updated < since):
                    break
                found.append(one)
        except Refused as refusal:
            raise GitHubError(
                f"the pull requests of {self.repository} cannot be listed", why=refusal.why,
                next_step="the token needs the right to read pull requests (docs/github.md)",
            ) from None  # fmt: skip
        return found

    def heard(self, number: int) -> Heard:
        """All that was said on a pull request. Raises ``GitHubError``."""
        owner, _, name = self.repository.partition("/")
        remarks: list[Said] = []
        talks: list[Talk] = []
        given: dict[str, Any] = {"owner": owner, "name": name, "number": number, "comments": None, "threads": None}
        while True:
            try:
                data = self.calls.graphql(QUERY, given)
            except Refused as refusal:
                raise Unreadable(
                    f"the conversation on #{number} in {self.repository} cannot be read",
                    why=refusal.why,
                    next_step="check the number; the token needs the right to read pull requests (docs/github.md)",
                ) from None
            pull = (data.get("repository") or {}).get("pullRequest")
            if pull is None:
                raise Unreadable(f"there is no pull request #{number} in {self.repository}")
            viewer = str(data["viewer"]["login"]).removesuffix(BOT)
            remarks += [_said(node) for node in pull["comments"]["nodes"] if node]
            talks += [_talk(node, viewer) for node in pull["reviewThreads"]["nodes"] if node and _comments(node)]
            infos = (("comments", pull["comments"]["pageInfo"]), ("threads", pull["reviewThreads"]["pageInfo"]))
            if not any(info["hasNextPage"] for _, info in infos):
                return Heard(self.repository, number, tuple(remarks), tuple(talks))
            for variable, info in infos:
                given[variable] = info["endCursor"] or given[variable]

    def may_write(self, login: str) -> bool | None:
        """Whether somebody may write here; None where the token may not know. Nobody by a name may do nothing."""
        try:
            told = self.calls.get(f"{self._home}/collaborators/{quote(login, safe='')}/permission")
        except Refused as refusal:
            return False if "(404)" in refusal.why else None
        return told.get("permission") in {"admin", "write"}

    def applied(self, pull: Pull, since: str) -> list[Applied]:
        """The commits of a pull request that may have applied a suggestion, from people whose name can be relied on.

        Anybody can write another's name into a commit. It counts where GitHub itself made and signed the commit, and
        in a branch of this repository, where whoever pushed may write: then the author of the pull request stands for
        a name that is not known.
        """
        found: list[Applied] = []
        commits = [each for each in self.calls.pages(f"{self._home}/pulls/{pull.number}/commits") if _may_apply(each)]
        for each in [c for c in commits if str(c["commit"]["committer"]["date"]) >= since][-MOST_COMMITS:]:
            login = _login(each.get("author"))
            is_signed = bool((each["commit"].get("verification") or {}).get("verified"))
            if not (is_signed and _login(each.get("committer")) == WEB):
                if pull.is_from_fork:
                    continue
                login = login or pull.author
            whole = self.calls.get(f"{self._home}/commits/{each['sha']}")
            hunks = {str(f["filename"]): _hunks(str(f.get("patch") or "")) for f in whole.get("files") or ()}
            found.append(Applied(str(each["sha"]), login, str(each["commit"]["committer"]["date"]), hunks))
        return found

    def commits(self, number: int) -> list[tuple[str, str]]:
        """Who committed each commit of a pull request that merges nothing, and its message. Raises ``Refused``."""
        told = [c for c in self.calls.pages(f"{self._home}/pulls/{number}/commits") if len(c["parents"]) < 2]
        return [(str(c["commit"]["committer"]["name"]), str(c["commit"]["message"])) for c in told]

    def ending(self, number: int) -> Ending:
        """Where a pull request is. Raises ``Refused``."""
        data = self.calls.get(f"{self._home}/pulls/{number}")
        at = str(data.get("merged_at") or data.get("closed_at") or "")
        is_stale = _STALE.search(str(data.get("body") or "")) is not None
        return Ending(data["state"] == "open", bool(data.get("merged_at")), _moment(at), is_stale)

    def branch(self, name: str, since: str) -> list[tuple[str, str, str]]:
        """The newest commits of a branch since a moment, the oldest first: hash, message, when. Raises ``Refused``.

        Without a name it is the default branch.
        """
        given = {"since": since} | ({"sha": name} if name else {})
        told = islice(self.calls.pages(f"{self._home}/commits", given), MOST_OF_A_BRANCH)
        found = [(str(c["sha"]), c["commit"]) for c in told]
        return [(sha, str(c["message"]), _moment(str(c["committer"]["date"]))) for sha, c in reversed(found)]

    def answer(self, number: int, thread: int | None, body: str) -> None:
        """Write below the first comment of a thread, or in the conversation. Raises ``Refused`` or ``Uncertain``."""
        if thread is None:
            path = f"{self._home}/issues/{number}/comments"
        else:
            path = f"{self._home}/pulls/{number}/comments/{thread}/replies"
        self.calls.write("POST", path, {"body": body}, again=False)


def _moment(at: str) -> str:
    """A time as proposals hold it, so that they sort as texts."""
    return at.replace("Z", "+00:00")


def _said(data: Any) -> Said:
    reactions = ((data.get("reactions") or {}).get("nodes")) or ()
    return Said(
        int(data["databaseId"]), _login(data.get("author")), str(data["body"]),
        str((None if data["viewerDidAuthor"] else data.get("lastEditedAt")) or data["createdAt"]),
        is_own=bool(data["viewerDidAuthor"]),
        reactions=tuple(
            Reaction(int(r["databaseId"]), _login(r.get("user")), str(r["content"]), str(r["createdAt"]))
            for r in reactions
            if r and r["content"] == DOWN
        ),
    )  # fmt: skip


def _comments(data: Any) -> Sequence[Any]:
    return [node for node in data["comments"]["nodes"] if node]


def _talk(data: Any, viewer: str) -> Talk:
    first, *replies = map(_said, _comments(data))
    who = _login(data.get("resolvedBy"))
    is_resolved = bool(data["isResolved"]) and bool(who) and who.removesuffix(BOT) != viewer
    return Talk(
        str(data["id"]), str(data["path"]), first, tuple(replies), data.get("line"), is_resolved,
        who if is_resolved else "",
    )  # fmt: skip


def _may_apply(data: Any) -> bool:
    """Whether a commit looks like one of GitHub's for a suggestion: those name who suggested it as a second author."""
    message = str(data["commit"]["message"])
    return "Co-authored-by:" in message or message.startswith("Apply suggestion")


def _hunks(patch: str) -> tuple[Hunk, ...]:
    """The parts of a patch as they read after it."""
    hunks: list[list[tuple[bool, str]]] = []
    for line in patch.split("\n"):
        if line.startswith("@@"):
            hunks.append([])
        elif hunks and line[:1] in {"+", " "}:
            hunks[-1].append((line[0] == "+", line[1:].removesuffix("\r")))
    return tuple(map(tuple, hunks))


def _login(data: Any) -> str:
    """Somebody's name; GraphQL leaves out what tells an app from a person of the same name."""
    login = str(data.get("login") or "") if data else ""
    is_app = bool(data) and data.get("__typename") == "Bot" and not login.endswith(BOT)
    return f"{login}{BOT}" if is_app else login
