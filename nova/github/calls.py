"""One call to GitHub: through PyGithub, with bounded waits, conditional reads, and errors that hold no token."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import stamina
import stamina.instrumentation
from github import Auth, Github
from github.GithubException import GithubException
from requests.exceptions import RequestException

from nova import __version__
from nova.github.errors import GitHubError
from nova.github.queries import ID, OLD_ID
from nova.github.waiting import wait_of
from nova.living.port import Refused, Uncertain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nova.github.address import Address
    from nova.github.token import Token

TIMEOUT = 30
"""Seconds until a connection that says nothing counts as broken."""
ATTEMPTS = 5
PATIENCE = 300.0
"""Seconds that one run waits in all, for limits and after failures."""
PER_PAGE = 100
MOST_PAGES = 30
"""Pages of one list: GitHub names no more than 3,000 files of a pull request."""
BETWEEN_WRITES = 1.0
"""Seconds between two writes, as GitHub asks for; not needed towards this very machine."""

SETTLE = 3.0
"""Seconds until what may have been written can be read back: GitHub's readers lag behind its writers."""
_FINAL = frozenset({"FORBIDDEN", "NOT_FOUND", "UNPROCESSABLE", "INSUFFICIENT_SCOPES"})
"""Kinds of errors of GraphQL that stay the same when it is asked again."""
_READS = frozenset({"GET", "QUERY"})
"""What changes nothing; the second is a query of GraphQL, which travels as a POST."""

stamina.instrumentation.set_on_retry_hooks([])  # it would write to the log; the person is told by ``tell``


class _Limited(Exception):
    """A limit was met: the call was not carried out."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait:.0f} s")
        self.wait = wait


class _Broken(Exception):
    """The connection broke off, or the server failed."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    data: Any


class Calls:
    """Calls to one host. ``made`` counts the requests that were sent; ``tell`` hears of every wait."""

    def __init__(self, address: Address, token: Token | None, tell: Callable[[str], None]) -> None:
        self._token = token
        self._tell = tell
        self._left = PATIENCE
        self._kept: dict[str, tuple[str, _Answer]] = {}
        self._is_old = False
        self.made = 0
        is_local = urlsplit(address.api).hostname in {"localhost", "127.0.0.1", "::1"}
        self._settle = 0.0 if is_local else SETTLE
        self._requester = Github(
            auth=Auth.Token(token.value) if token else None,
            base_url=address.api,
            timeout=TIMEOUT,
            user_agent=f"nova/{__version__}",
            per_page=PER_PAGE,
            retry=None,
            seconds_between_requests=0,
            seconds_between_writes=0 if is_local else BETWEEN_WRITES,
            lazy=True,
        ).requester

    def get(self, path: str, parameters: Mapping[str, str] | None = None) -> Any:
        """What is there; asked for on the condition that it changed, where it was read before.

        Raises ``Refused`` and ``GitHubError``.
        """
        return self._get(path, parameters).data

    def pages(self, path: str, parameters: Mapping[str, str] | None = None, key: str = "") -> Iterator[Any]:
        """Every entry of a list, page by page; ``key`` names the list where it lies in an object."""
        for page in range(1, MOST_PAGES + 1):
            given = {**(parameters or {}), "per_page": str(PER_PAGE)} | ({"page": str(page)} if page > 1 else {})
            answer = self._get(path, given)
            yield from answer.data[key] if key else answer.data
            if 'rel="next"' not in answer.headers.get("link", ""):
                return

    def write(self, verb: str, path: str, data: Any, *, again: bool) -> Any:
        """Change something. ``again``: doing it twice is the same as once, so it may be tried again.

        Raises ``Refused``, ``Uncertain`` and ``GitHubError``.
        """
        return self._call(verb, path, None, data, again=again).data

    def graphql(self, query: str, variables: Mapping[str, Any]) -> Any:
        """What a query or a mutation that may be repeated answers.

        Raises ``Refused`` and ``GitHubError``, and ``Uncertain`` for a mutation alone.
        """
        if self._is_old:
            query = query.replace(ID, OLD_ID)
        try:
            told = self._call(
                "POST" if query.lstrip().startswith("mutation") else "QUERY", "", None,
                {"query": query, "variables": dict(variables)}, again=True,
            ).data  # fmt: skip
        except Refused as refusal:
            if ID not in query or ID not in refusal.why:
                raise
            self._is_old = True
            return self.graphql(query, variables)
        data = told.get("data") if isinstance(told, dict) else None
        if not isinstance(data, dict):
            raise GitHubError("GitHub answered a query with nothing", next_step="try again; a server may be too old")
        return data

    def _get(self, path: str, parameters: Mapping[str, str] | None) -> _Answer:
        name = f"{path}?{sorted((parameters or {}).items())}"
        known = self._kept.get(name)
        answer = self._call("GET", path, parameters, None, again=True, etag=known[0] if known else "")
        if answer.status == 304 and known is not None:
            return known[1]
        if "etag" in answer.headers:
            self._kept[name] = (answer.headers["etag"], answer)
        return answer

    def _call(
        self, verb: str, path: str, parameters: Mapping[str, str] | None, data: Any, *, again: bool, etag: str = ""
    ) -> _Answer:
        """One call, made again as often as it may be.

        Nothing of what PyGithub raised is chained to the error: it holds the request, and with it the token.
        """
        failure: Exception | None = None
        try:
            for attempt in stamina.retry_context(
                lambda error: self._pause(error, again=again), attempts=ATTEMPTS, timeout=None, wait_initial=0.5,
                wait_max=8.0,
            ):  # fmt: skip
                with attempt:
                    return self._once(verb, path, parameters, data, etag)
        except _Limited as limited:
            failure = GitHubError(
                "GitHub's limit for this token is used up",
                why=f"it asks to wait {limited.wait:.0f} seconds, and a run waits no longer than {PATIENCE:.0f} in all",
                next_step="run it again later: nothing is posted twice",
            )
        except _Broken as broken:
            failure = self._unreachable(str(broken)) if verb in _READS else Uncertain(str(broken))
            if isinstance(failure, Uncertain):
                time.sleep(self._settle)
        assert failure is not None
        raise failure from None

    def _pause(self, error: Exception, *, again: bool) -> bool | float:
        """Whether to try again, and after how long where GitHub says so. A limit was met before anything was done."""
        if isinstance(error, _Limited) and error.wait <= self._left:
            self._left -= error.wait
            self._tell(f"GitHub asks to wait {error.wait:.0f} seconds")
            return error.wait
        return isinstance(error, _Broken) and again

    def _once(self, verb: str, path: str, parameters: Mapping[str, str] | None, data: Any, etag: str) -> _Answer:
        self.made += 1
        url = path or self._requester.graphql_url
        verb = "POST" if verb == "QUERY" else verb
        try:
            status, headers, text = self._requester.requestJson(
                verb, url, dict(parameters) if parameters else None, {"If-None-Match": etag} if etag else None, data
            )
        except (RequestException, GithubException, OSError, RuntimeError) as error:
            raise _Broken(self._safe(f"{type(error).__name__}: {error}")) from None
        given = {str(name).lower(): str(value) for name, value in headers.items()}
        parsed = self._parsed(text, status)
        self._judge(status, given, parsed)
        return _Answer(status, given, parsed)

    def _parsed(self, text: str, status: int) -> Any:
        import json

        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            if status < 400:
                raise _Broken("GitHub's answer was cut off") from None
            return {"message": " ".join(text.split())[:200]}

    def _judge(self, status: int, headers: Mapping[str, str], data: Any) -> None:
        """Raise what an answer that is none means."""
        errors = _errors(data)
        message = self._words(data)
        is_limit = status >= 400 or any(isinstance(e, dict) and e.get("type") == "RATE_LIMITED" for e in errors)
        wait = wait_of(status, headers, message, time.time()) if is_limit else None
        if wait is not None:
            raise _Limited(wait)
        if status == 401:
            raise GitHubError(
                "GitHub does not accept the token" if self._token else "GitHub wants a token for this",
                why=f"it came from {self._token.source}" if self._token else "",
                next_step="set GITHUB_TOKEN to one that is valid (docs/github.md tells which rights it needs)",
            )
        if status >= 500:
            raise _Broken(f"GitHub failed ({status})")
        if status >= 400:
            raise Refused("", f"{message or 'no reason given'} ({status})", is_invalid=status == 422)
        if errors:
            told = [e for e in errors if isinstance(e, dict)]
            is_wrong = any((e.get("extensions") or {}).get("code") for e in told)  # an old server lacks a field
            kinds = {e.get("type") for e in told}
            if is_wrong or kinds & _FINAL:
                raise Refused("", f"{message} (404)" if "NOT_FOUND" in kinds else message)
            raise _Broken(f"GitHub failed: {message}")

    def _words(self, data: Any) -> str:
        """What GitHub says is wrong, on one line."""
        if not isinstance(data, dict):
            return ""
        parts = [str(data.get("message") or "")]
        parts += [
            str(error.get("message") or error.get("code") or "") if isinstance(error, dict) else str(error)
            for error in _errors(data)
        ]
        return self._safe("; ".join(dict.fromkeys(" ".join(p.split())[:300] for p in parts if p)))

    def _safe(self, text: str) -> str:
        return self._token.redacted(text) if self._token else text

    def _unreachable(self, why: str) -> GitHubError:
        return GitHubError("GitHub cannot be reached", why=why, next_step="check the connection and try again")


def _errors(data: Any) -> list[Any]:
    """What an answer lists as wrong: objects, sentences, or one sentence alone, as the operation has it."""
    given = data.get("errors") if isinstance(data, dict) else None
    return given if isinstance(given, list) else [given] if given else []
