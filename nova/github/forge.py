"""GitHub behind the port of a living review: one repository, one token."""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nova.github import queries
from nova.github.errors import GitHubError, is_not_there
from nova.github.reading import BOT, pull_of, remark_of, thread_of
from nova.living.lines import of_patches
from nova.living.marker import digest_of
from nova.living.port import Refused
from nova.living.values import Conversation
from nova.living.writes import (
    DropSummary,
    EditComment,
    EditSummary,
    PostReview,
    PostSummary,
    Reopen,
    Resolve,
)

if TYPE_CHECKING:
    from nova.github.calls import Calls
    from nova.github.token import Token
    from nova.living.lines import Held
    from nova.living.values import Anchor, Pull, Remark, Thread
    from nova.living.writes import Report, Write

NAME = "Nova"
CONTEXT = "nova"
LONGEST_STATUS = 140
"""Characters of a status's description that GitHub takes."""
_STATES = {"success": "success", "neutral": "success", "failure": "failure"}


class GitHubForge:
    """One repository on GitHub."""

    def __init__(self, calls: Calls, repository: str, token: Token | None) -> None:
        self.calls = calls
        self.repository = repository
        self._token = token
        self._home = f"/repos/{repository}"

    def pull(self, number: int) -> Pull:
        """A pull request. Raises ``GitHubError`` where there is none to be seen."""
        try:
            return pull_of(self.calls.get(f"{self._home}/pulls/{number}"))
        except Refused as refusal:
            if "(404)" in refusal.why:
                raise is_not_there(self.repository, number) from None
            raise GitHubError(f"pull request #{number} cannot be read", why=refusal.why) from None

    def conversation(self, number: int) -> Conversation:
        """All that was said on it, and the head that it has now."""
        owner, _, name = self.repository.partition("/")
        remarks: list[Remark] = []
        threads: list[Thread] = []
        given: dict[str, Any] = {"owner": owner, "name": name, "number": number, "comments": None, "threads": None}
        while True:
            try:
                data = self.calls.graphql(queries.CONVERSATION, given)
            except Refused as refusal:
                raise GitHubError(
                    f"the conversation on #{number} cannot be read",
                    why=refusal.why,
                    next_step="the token needs the right to read pull requests (docs/github.md)",
                ) from None
            pull = (data.get("repository") or {}).get("pullRequest")
            if pull is None:
                raise is_not_there(self.repository, number)
            viewer = str(data["viewer"]["login"])
            remarks += [remark_of(node) for node in pull["comments"]["nodes"] or () if node]
            found = [thread_of(node, viewer) for node in pull["reviewThreads"]["nodes"] or () if node]
            threads += [thread for thread in found if thread is not None]
            infos = {name: pull[name]["pageInfo"] for name in ("comments", "reviewThreads")}
            if not any(info["hasNextPage"] for info in infos.values()):
                head, is_persons = str(pull["headRefOid"]), not viewer.endswith(BOT)
                return Conversation(head, tuple(remarks), tuple(threads), is_persons)
            for variable, info in (("comments", infos["comments"]), ("threads", infos["reviewThreads"])):
                given[variable] = info["endCursor"] or given[variable]

    def held(self, number: int) -> dict[str, tuple[Held, ...]]:
        """The lines that the diff holds as GitHub sees it; a file whose part it leaves out holds none."""
        files = self.calls.pages(f"{self._home}/pulls/{number}/files")
        return of_patches({str(file["filename"]): str(file.get("patch") or "") for file in files})

    def may_write(self, login: str) -> bool | None:
        """Whether a person may write here; None where GitHub does not tell. No bot is a person."""
        if not login or login.endswith(BOT):
            return False
        try:
            told = self.calls.get(f"{self._home}/collaborators/{quote(login, safe='')}/permission")
        except Refused as refusal:
            return False if "(404)" in refusal.why else None  # nobody of that name is left
        return told.get("permission") in {"admin", "write"}

    def carry_out(self, number: int, write: Write) -> None:
        """Do one write, in one call."""
        calls, home = self.calls, self._home
        match write:
            case PostReview(head, body, comments):
                data = {
                    "commit_id": head, "event": "COMMENT", "body": body,
                    "comments": [{**_lines(one.anchor), "body": one.body} for one in comments],
                }  # fmt: skip
                calls.write("POST", f"{home}/pulls/{number}/reviews", data, again=False)
            case EditComment(id, body):
                calls.write("PATCH", f"{home}/pulls/comments/{id}", {"body": body}, again=True)
            case PostSummary(body):
                calls.write("POST", f"{home}/issues/{number}/comments", {"body": body}, again=False)
            case EditSummary(id, body):
                calls.write("PATCH", f"{home}/issues/comments/{id}", {"body": body}, again=True)
            case DropSummary(id):
                calls.write("DELETE", f"{home}/issues/comments/{id}", None, again=False)
            case Resolve(thread):
                calls.graphql(queries.RESOLVE, {"thread": thread})
            case Reopen(thread):
                calls.graphql(queries.REOPEN, {"thread": thread})

    def report(self, report: Report, way: str) -> str:
        """Set the light beside a commit, by a check run or, where the token cannot make one, by a status."""
        may_check = self._token.may_check if self._token else None
        if way == "check" or (way == "auto" and may_check is not False):
            try:
                self._check(report)
            except Refused:
                if way == "check":
                    raise
            else:
                return "check"
        self._status(report)
        return "status"

    def _check(self, report: Report) -> None:
        mark = f"nova:{digest_of(report.conclusion, report.title, report.text)}"
        there = self.calls.get(f"{self._home}/commits/{report.head}/check-runs", {"check_name": NAME})
        mine = [run for run in there["check_runs"] if str(run.get("external_id") or "").startswith("nova:")]
        if any(run["external_id"] == mark for run in mine[:1]):
            return
        data = {
            "name": NAME, "external_id": mark, "status": "completed", "conclusion": report.conclusion,
            "output": {"title": report.title, "summary": report.text},
        }  # fmt: skip
        if mine:
            self.calls.write("PATCH", f"{self._home}/check-runs/{int(mine[0]['id'])}", data, again=True)
        else:
            self.calls.write("POST", f"{self._home}/check-runs", data | {"head_sha": report.head}, again=False)

    def _status(self, report: Report) -> None:
        wanted = {"state": _STATES[report.conclusion], "description": report.title[:LONGEST_STATUS]}
        told = self.calls.get(f"{self._home}/commits/{report.head}/statuses", {"per_page": "100"})
        mine = next((one for one in told if one.get("context") == CONTEXT), None)
        if mine is None or any(mine.get(name) != value for name, value in wanted.items()):
            data = wanted | {"context": CONTEXT}
            self.calls.write("POST", f"{self._home}/statuses/{report.head}", data, again=False)

    def upload(self, number: int, head: str, sarif: str) -> None:
        """Hand SARIF to code scanning, unless it has an analysis of that commit by Nova."""
        ref = f"refs/pull/{number}/head"
        try:
            there = self.calls.get(f"{self._home}/code-scanning/analyses", {"ref": ref, "tool_name": NAME})
        except Refused as refusal:
            if "(404)" not in refusal.why:  # nothing was ever uploaded
                raise
            there = []
        if any(one.get("commit_sha") == head for one in there):
            return
        packed = base64.b64encode(gzip.compress(sarif.encode("utf-8"), mtime=0)).decode("ascii")
        data = {"commit_sha": head, "ref": ref, "sarif": packed, "tool_name": NAME}
        self.calls.write("POST", f"{self._home}/code-scanning/sarifs", data, again=True)


def _lines(anchor: Anchor) -> dict[str, Any]:
    """Where a comment goes: GitHub takes a first line only where it is another than the last."""
    place: dict[str, Any] = {"path": anchor.path, "line": anchor.end, "side": "RIGHT"}
    if anchor.start != anchor.end:
        place |= {"start_line": anchor.start, "start_side": "RIGHT"}
    return place
