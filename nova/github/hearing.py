"""What was said on GitHub, with times and reactions, and the answers to it: reads, and two kinds of writes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nova.github.errors import GitHubError
from nova.github.proposing import is_stale
from nova.github.queries import HEARD, REST_OF_A_THREAD
from nova.github.reading import BOT, committed, id_of, login_of
from nova.listening.choosing import Listed
from nova.listening.reading import DOWN, Applied, Heard, Reaction, Said, Talk
from nova.living.port import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.github.calls import Calls
    from nova.listening.reading import Hunk
    from nova.living.values import Pull

FIRST_LISTED = 100
"""Pull requests that are listed where nothing was read before."""
MOST_COMMITS = 10
"""Commits of one pull request that are looked into for an applied suggestion."""
MOST_OF_A_BRANCH = 300
"""Commits of a branch that are looked through for reverts."""
WEB = "web-flow"
"""The committer of what was committed on GitHub's own pages, which GitHub signs."""


class Unreadable(GitHubError):
    """One pull request cannot be read, whatever becomes of the others. ``is_gone``: there is none of that number."""

    def __init__(self, what: str, *, why: str = "", next_step: str = "", is_gone: bool = False) -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.is_gone = is_gone


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a pull request is. ``at`` is when it was merged or closed, empty while it is open (ISO 8601 in UTC)."""

    is_open: bool
    is_merged: bool
    at: str
    is_stale: bool
    """Whether Nova closed it itself: the marker of the proposal says so."""


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
            for data in self.calls.pages(f"{self._home}/pulls", given):
                one = Listed(int(data["number"]), str(data["updated_at"]), data["state"] == "open")
                if len(found) >= FIRST_LISTED and (not since or one.updated < since):
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
                data = self.calls.graphql(HEARD, given)
                pull = (data.get("repository") or {}).get("pullRequest")
                threads = [node for node in pull["reviewThreads"]["nodes"] if node] if pull else []
                for node in threads:
                    self._read_on(node)
            except Refused as refusal:
                raise Unreadable(
                    f"the conversation on #{number} in {self.repository} cannot be read",
                    why=refusal.why,
                    next_step="check the number; the token needs the right to read pull requests (docs/github.md)",
                    is_gone="PullRequest" in refusal.why and "(404)" in refusal.why,
                ) from None
            if pull is None:
                raise Unreadable(f"there is no pull request #{number} in {self.repository}", is_gone=True)
            viewer = str(data["viewer"]["login"])
            remarks += [_said(node) for node in pull["comments"]["nodes"] or () if node]
            talks += [_talk(node, viewer) for node in threads if _comments(node)]
            infos = (("comments", pull["comments"]["pageInfo"]), ("threads", pull["reviewThreads"]["pageInfo"]))
            if not any(info["hasNextPage"] for _, info in infos):
                is_persons = not viewer.endswith(BOT)
                return Heard(self.repository, number, tuple(remarks), tuple(talks), is_persons)
            for variable, info in infos:
                given[variable] = info["endCursor"] or given[variable]

    def _read_on(self, thread: Any) -> None:
        """Bring the comments of a thread that are beyond the first hundred."""
        info = thread["comments"]["pageInfo"]
        while info["hasNextPage"]:
            given = {"thread": thread["id"], "after": info["endCursor"]}
            more = (self.calls.graphql(REST_OF_A_THREAD, given).get("node") or {}).get("comments")
            if more is None:  # it was deleted meanwhile
                return
            thread["comments"]["nodes"] += more["nodes"]
            info = more["pageInfo"]

    def may_write(self, login: str) -> bool | None:
        """Whether a person may write here; None where the token may not know. No bot is a person."""
        if not login or login.endswith(BOT):
            return False
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
        for each in [c for c in commits if committed(c)[1] >= since][-MOST_COMMITS:]:
            login = login_of(each.get("author"))
            is_signed = bool((each["commit"].get("verification") or {}).get("verified"))
            if not (is_signed and login_of(each.get("committer")) == WEB):
                if pull.is_from_fork:
                    continue
                login = login or pull.author
            whole = self.calls.get(f"{self._home}/commits/{each['sha']}")
            hunks = {str(f["filename"]): _hunks(str(f.get("patch") or "")) for f in whole.get("files") or ()}
            found.append(Applied(str(each["sha"]), login, committed(each)[1], hunks))
        return found

    def commits(self, number: int) -> list[tuple[str, str]]:
        """Who committed each commit of a pull request that merges nothing, and its message. Raises ``Refused``."""
        told = [c for c in self.calls.pages(f"{self._home}/pulls/{number}/commits") if len(c["parents"]) < 2]
        return [(committed(c)[0], str(c["commit"]["message"])) for c in told]

    def ending(self, number: int) -> Ending:
        """Where a pull request is. Raises ``Refused``."""
        data = self.calls.get(f"{self._home}/pulls/{number}")
        at = str(data.get("merged_at") or data.get("closed_at") or "")
        is_over = data["state"] != "open"
        return Ending(not is_over, bool(data.get("merged_at")), _moment(at), is_stale(str(data.get("body") or "")))

    def branch(self, name: str, since: str) -> list[tuple[str, str, str]]:
        """The newest commits of a branch since a moment, the oldest first: hash, message, when. Raises ``Refused``.

        Without a name it is the default branch.
        """
        given = {"since": since} | ({"sha": name} if name else {})
        told = islice(self.calls.pages(f"{self._home}/commits", given), MOST_OF_A_BRANCH)
        found = [(str(c["sha"]), str(c["commit"]["message"]), _moment(at)) for c in told if (at := committed(c)[1])]
        return found[::-1]

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
        id_of(data), login_of(data.get("author")), str(data.get("body") or ""),
        str((None if data["viewerDidAuthor"] else data.get("lastEditedAt")) or data["createdAt"]),
        is_own=bool(data["viewerDidAuthor"]),
        reactions=tuple(
            Reaction(int(r["databaseId"]), login_of(r.get("user")), str(r["content"]), str(r["createdAt"]))
            for r in reactions
            if r and r["content"] == DOWN
        ),
    )  # fmt: skip


def _comments(data: Any) -> Sequence[Any]:
    return [node for node in data["comments"]["nodes"] if node]


def _talk(data: Any, viewer: str) -> Talk:
    first, *replies = map(_said, _comments(data))
    who = login_of(data.get("resolvedBy"))
    # An app that resolved a thread has no user of its own that GitHub could name.
    is_own = who.removesuffix(BOT) == viewer.removesuffix(BOT) if who else viewer.endswith(BOT)
    return Talk(
        str(data["id"]), str(data["path"]), first, tuple(replies), data.get("line"), bool(data["isResolved"]), who,
        is_resolved_by_own=is_own,
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
