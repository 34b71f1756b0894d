"""Proposals as pull requests on GitHub: found again, opened as drafts, changed and closed, each in one call."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nova.github.errors import GitHubError
from nova.living.port import Refused, Uncertain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nova.github.calls import Calls

_MARKER = re.compile(
    r"<!-- nova-proposal id=(?P<id>[0-9a-f]+) rule=(?P<rule>[\w.:/-]+) base=(?P<base>[0-9a-f]{40,64})"
    r" findings=(?P<findings>[0-9a-f,]*)(?P<stale> stale)? -->\s*\Z"
)
_END = " -->"
_STALE = f" stale{_END}"
_SAID = re.compile(r"\A\*\*Closed by Nova: [^\n]*\*\*\n\n")


def is_stale(body: str) -> bool:
    """Whether the body of a pull request says that Nova closed it, for it is no longer true."""
    found = _MARKER.search(body)
    return found is not None and bool(found["stale"])


@dataclass(frozen=True, slots=True)
class Seen:
    """A pull request that holds a proposal, as GitHub shows it. ``ended`` is when it was merged or closed.

    ``id``, ``rule``, ``base`` and ``findings`` are what its marker says.
    """

    number: int
    branch: str
    head: str
    body: str
    is_open: bool
    is_merged: bool
    ended: str
    id: str
    rule: str
    base: str
    findings: tuple[str, ...]
    is_stale: bool
    """Whether Nova closed it itself."""


@dataclass(frozen=True, slots=True)
class Home:
    """What GitHub says of the repository."""

    branch: str
    clone_url: str


class ProposalForge:
    """The proposals of one repository on GitHub."""

    def __init__(self, calls: Calls, repository: str) -> None:
        self._calls = calls
        self._repository = repository
        self._home = f"/repos/{repository}"

    @property
    def owner(self) -> str:
        """Who is asked to review."""
        return self._repository.partition("/")[0]

    def home(self) -> Home:
        """Its default branch and where git finds it. Raises ``GitHubError``."""
        try:
            told = self._calls.get(self._home)
        except Refused as refusal:
            raise GitHubError(f"{self._repository} cannot be read", why=refusal.why) from None
        return Home(str(told["default_branch"]), str(told["clone_url"]))

    def opened(self) -> list[Seen]:
        """The open proposals."""
        return list(self._listed({"state": "open"}))

    def of_branch(self, branch: str) -> list[Seen]:
        """The proposals that a branch ever held, open or not, the newest first."""
        return list(self._listed({"state": "all", "head": f"{self.owner}:{branch}"}))

    def create(self, branch: str, base: str, title: str, body: str) -> int:
        """Open a draft pull request; where the repository knows no drafts, one that is none. Gives its number.

        One that is there already is taken: GitHub has one for a head and a base. Raises ``Refused`` or ``Uncertain``.
        """
        data = {"title": title, "head": branch, "base": base, "body": body, "draft": True}
        try:
            try:
                made = self._calls.write("POST", f"{self._home}/pulls", data, again=False)
            except Refused as refusal:
                if not refusal.is_invalid or "draft" not in refusal.why.casefold():
                    raise
                made = self._calls.write("POST", f"{self._home}/pulls", data | {"draft": False}, again=False)
        except (Refused, Uncertain):
            there = next((seen for seen in self.of_branch(branch) if seen.is_open), None)
            if there is None:
                raise
            return there.number
        return int(made["number"])

    def label(self, number: int, labels: Sequence[str]) -> None:
        """Add labels; those that it has stay. Raises ``Refused`` or ``Uncertain``."""
        self._calls.write("POST", f"{self._home}/issues/{number}/labels", {"labels": list(labels)}, again=True)

    def ask(self, number: int, login: str) -> None:
        """Ask somebody for a review. Raises ``Refused``, for the author and for an organisation too."""
        place = f"{self._home}/pulls/{number}/requested_reviewers"
        self._calls.write("POST", place, {"reviewers": [login]}, again=True)

    def edit(self, number: int, title: str, body: str) -> None:
        """Give it another title and body. Raises ``Refused`` or ``Uncertain``."""
        self._calls.write("PATCH", f"{self._home}/pulls/{number}", {"title": title, "body": body}, again=True)

    def close(self, seen: Seen, why: str) -> None:
        """Close it with a sentence at the top of its body, in one call, so that it never stands closed without it."""
        body = f"**Closed by Nova: {why}**\n\n{seen.body.rstrip().removesuffix(_END)}{_STALE}\n"
        self._calls.write("PATCH", f"{self._home}/pulls/{seen.number}", {"state": "closed", "body": body}, again=True)

    def revive(self, seen: Seen) -> Seen:
        """Take from the body of one that somebody opened again what was said when Nova closed it.

        Else it would count as closed by Nova when that person closes it. Raises ``Refused`` or ``Uncertain``.
        """
        body = f"{_SAID.sub('', seen.body).rstrip().removesuffix(_STALE)}{_END}\n"
        self._calls.write("PATCH", f"{self._home}/pulls/{seen.number}", {"body": body}, again=True)
        return replace(seen, body=body, is_stale=False)

    def _listed(self, parameters: Mapping[str, str]) -> Iterator[Seen]:
        try:
            for data in self._calls.pages(f"{self._home}/pulls", parameters):
                seen = self._seen(data)
                if seen is not None:
                    yield seen
        except Refused as refusal:
            raise GitHubError("the pull requests cannot be listed", why=refusal.why) from None

    def _seen(self, data: Any) -> Seen | None:
        """A proposal, if it is one: it has the marker, and its branch is in this very repository."""
        head, body = data["head"], str(data.get("body") or "")
        where = str((head.get("repo") or {}).get("full_name") or "")  # none: it came from a fork that was deleted
        found = _MARKER.search(body)
        if found is None or where.casefold() != self._repository.casefold():
            return None
        ended = str(data.get("merged_at") or data.get("closed_at") or "")
        return Seen(
            int(data["number"]), str(head["ref"]), str(head["sha"]), body, data["state"] == "open",
            bool(data.get("merged_at")), ended.replace("Z", "+00:00"), found["id"], found["rule"], found["base"],
            tuple(name for name in found["findings"].split(",") if name), bool(found["stale"]),
        )  # fmt: skip
