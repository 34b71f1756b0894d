"""A client without manners, for the tests of the stand-in itself: one request, its answer as it came."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.forge.forge import Forge

PROJECT = "/repos/owner/project"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, payload and headers (names in lower case)."""

    status: int
    payload: Any
    headers: dict[str, str]

    @property
    def said(self) -> str:
        """The message and all errors, as one text."""
        return json.dumps(self.payload)


def ask(
    forge: Forge,
    method: str,
    path: str,
    body: Any = None,
    *,
    token: str | None = "owner-token",
    headers: dict[str, str] | None = None,
) -> Answer:
    """One request over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", forge.server.server_address[1], timeout=20)
    signed = {"authorization": f"Bearer {token}"} if token else {}
    try:
        given = None if body is None else json.dumps(body)
        connection.request(method, path, given, signed | {"content-type": "application/json"} | (headers or {}))
        response = connection.getresponse()
        text = response.read()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, json.loads(text) if text else None, told)
    finally:
        connection.close()


def graphql(forge: Forge, query: str, *, token: str = "owner-token", **variables: Any) -> Answer:
    """One GraphQL request."""
    return ask(forge, "POST", "/graphql", {"query": query, "variables": variables}, token=token)


def numbered(count: int, **changed: str) -> str:
    """A file of ``count`` lines "line 1", "line 2" and so on; ``l7="other"`` changes the seventh."""
    return "".join(f"{changed.get(f'l{number}', f'line {number}')}\n" for number in range(1, count + 1))


def open_pull(forge: Forge, **more: Any) -> int:
    """``main`` with a file of 60 lines, ``feature`` that changes lines 10 and 40, and the pull request between them."""
    forge.commit("main", {"a.py": numbered(60), "kept.py": "same\n"}, "First")
    forge.commit("feature", {"a.py": numbered(60, l10="ten", l40="forty")}, "Feature")
    asked = {"title": "Change", "head": "feature", "base": "main", "body": "Why"} | more
    answer = ask(forge, "POST", f"{PROJECT}/pulls", asked, token=more.pop("token", "owner-token"))
    assert answer.status == 201, answer.said
    number: int = answer.payload["number"]
    return number
