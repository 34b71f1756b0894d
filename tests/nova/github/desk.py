"""A desk in front of the stand-in: pull requests are made, Nova is run, and what it left is read as anybody could."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests

from nova import pulls
from nova.cli import main
from nova.github.calls import Calls
from nova.github.forge import GitHubForge
from nova.living.marker import read
from nova.living.values import Remark
from nova.ports import silent
from nova.posting import Came, post
from nova.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.forge.forge import Forge

CLEAN = {"app.py": '"""The app."""\n\n\ndef run():\n    return 1\n'}
SETTINGS = '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.11"\n'


def function(name: str) -> str:
    """A function with exactly one finding (B904), for which there is no fix."""
    return (
        f"def {name}(text):\n    try:\n        return int(text)\n"
        f"    except ValueError:\n        raise KeyError({name!r})\n"
    )


SHARED = "def load(seen=[]):\n    seen.append(1)\n    return seen\n"
"""A default that all calls share (B006), with a fix that nobody can prove without running it."""


def module(*names: str) -> str:
    """A module of such functions."""
    return "\n\n".join(function(name) for name in names) or "DONE = 1\n"


class Killed(BaseException):
    """The process ended in the middle."""


class Mortal(Calls):
    """Calls that end the process at one request: before it is sent, or when its answer has come."""

    end = 0
    is_after = False

    def _once(self, *arguments: Any) -> Any:
        if self.made + 1 == self.end and not self.is_after:
            raise Killed
        try:
            return super()._once(*arguments)
        finally:
            if self.made == self.end:
                raise Killed


@dataclass
class Desk:
    """``number`` is the pull request's; each run tells what it took in ``calls``."""

    forge: Forge
    home: Path
    number: int = 1
    out: str = ""
    err: str = ""
    calls: list[str] = field(default_factory=list)

    def begin(self, files: Mapping[str, str | bytes | None], also: Mapping[str, str] | None = None) -> None:
        """A repository with a clean file, and a pull request that brings files in."""
        self.forge.commit("main", {**CLEAN, "pyproject.toml": SETTINGS, **(also or {})}, "Begin")
        self.push(files, start="main")
        self.open()

    def push(self, files: Mapping[str, str | bytes | None], **more: Any) -> str:
        """Another commit on the branch of the pull request."""
        return self.forge.commit("feature", dict(files), **more)

    def open(self, **more: Any) -> None:
        """Open the pull request."""
        data = {"title": "A change", "head": "feature", "base": "main", **more}
        made = requests.post(
            f"{self.forge.api}/repos/owner/project/pulls", json=data, headers=sign("writer"), timeout=9
        )
        assert made.status_code == 201, made.text

    def nova(self, *arguments: str) -> int:
        """Run ``nova review --pr`` in this process; its exit code."""
        out, err = io.StringIO(), io.StringIO()
        first = len(self.forge.log.exchanges)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["review", "--pr", str(self.number), "--jobs", "1", *arguments])
        self.out, self.err = out.getvalue(), err.getvalue()
        self.calls = [f"{e.method} {e.path}" for e in self.forge.log.exchanges[first:]]
        return code

    def post(self, end: int = 0, *, is_after: bool = False) -> tuple[Came, int]:
        """Post as the command does, and how many calls it took; the process may end at one of them."""
        request = Request(pull=self.number, jobs=1, history=False)
        place = pulls.place_of(request, silent)
        calls = Mortal(place.address, place.token, silent)
        calls.end, calls.is_after = end, is_after
        forge = GitHubForge(calls, place.address.repository, place.token)
        opened = pulls.opened(request, pulls.Place(place.address, place.token, forge, place.git), silent)
        return post(opened, "never", silent), calls.made

    def rest(self, path: str, who: str = "owner") -> Any:
        """What anybody reads."""
        told = requests.get(f"{self.forge.api}/repos/owner/project/{path}", headers=sign(who), timeout=9)
        assert told.status_code == 200, told.text
        return told.json()

    def comments(self) -> list[dict[str, Any]]:
        """The comments on lines."""
        found: list[dict[str, Any]] = self.rest(f"pulls/{self.number}/comments?per_page=100")
        return found

    def summaries(self) -> list[str]:
        """The comments of the conversation."""
        return [c["body"] for c in self.rest(f"issues/{self.number}/comments?per_page=100")]

    def threads(self) -> list[dict[str, Any]]:
        """The threads, each with the fingerprint in its marker and whether it is resolved."""
        query = (
            'query($n: Int!) { repository(owner: "owner", name: "project") { pullRequest(number: $n) {'
            " reviewThreads(first: 100) { nodes { id path line isResolved"
            " comments(first: 1) { nodes { body } } } } } } }"
        )
        nodes = self.graphql(query, {"n": self.number})["repository"]["pullRequest"]["reviewThreads"]["nodes"]
        for node in nodes:
            node["body"] = node.pop("comments")["nodes"][0]["body"]
            one = read(Remark(0, "", node["body"], is_own=True))
            node["mark"] = one.get("mark") if one is not None else ""
        return list(nodes)

    def graphql(self, query: str, variables: Mapping[str, Any], who: str = "owner") -> Any:
        """What GraphQL tells a person."""
        url = self.forge.api.replace("/v3", "/graphql")
        told = requests.post(url, json={"query": query, "variables": dict(variables)}, headers=sign(who), timeout=9)
        assert "errors" not in told.json(), told.text
        return told.json()["data"]

    def answer(self, comment: int, body: str, who: str) -> None:
        """Answer a comment as a person."""
        url = f"{self.forge.api}/repos/owner/project/pulls/{self.number}/comments/{comment}/replies"
        assert requests.post(url, json={"body": body}, headers=sign(who), timeout=9).status_code == 201

    def resolve(self, thread: str, who: str) -> None:
        """Resolve a thread as a person."""
        self.graphql(
            "mutation($t: ID!) { resolveReviewThread(input: {threadId: $t}) { thread { isResolved } } }",
            {"t": thread},
            who,
        )

    def state(self) -> object:
        """All that can be seen, but for what differs between two worlds: commits and numbers."""
        threads = sorted((t["path"], t["line"] or 0, t["mark"], t["isResolved"]) for t in self.threads())
        (summary,) = self.summaries()
        return threads, summary.count("\n- "), summary.partition("\n")[0]


def sign(who: str) -> dict[str, str]:
    """The header of a person of the stand-in."""
    return {"Authorization": f"Bearer {who}-token"}
