"""What GitHub tells of a token without anything being written: one question, once, with little patience."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from github import Auth, Github
from github.GithubException import GithubException
from requests.exceptions import RequestException

from nova import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.github.address import Address
    from nova.github.token import Token

TIMEOUT = 10
"""Seconds until GitHub counts as out of reach."""
_ROLES = ("admin", "maintain", "push", "triage", "pull")
_WRITING = frozenset({"admin", "maintain", "push"})


@dataclass(frozen=True, slots=True)
class Rights:
    """What was found out. ``refused`` tells why the repository could not be read; then the rest says nothing.

    ``role`` is that of the account in the repository, the highest that it has; empty where GitHub does not tell, as
    for an app. The token itself may do less. ``scopes`` are a classic token's; None for one of another kind.
    """

    refused: str = ""
    role: str = ""
    scopes: frozenset[str] | None = None
    expires: str = ""
    """When the token ends, in GitHub's words; empty where it does not, or is of a kind that does not tell."""
    is_private: bool = False
    is_archived: bool = False

    @property
    def may_write(self) -> bool | None:
        """Whether the account may write, and a classic token reaches as far; None where only a try can tell."""
        reach = {"repo"} if self.is_private else {"repo", "public_repo"}
        if self.is_archived or (self.scopes is not None and not self.scopes & reach):
            return False
        if self.role:
            return self.role in _WRITING and (True if self.scopes is not None else None)
        return None


def rights(address: Address, token: Token) -> Rights:
    """What a token may do in a repository, as far as GitHub tells."""
    requester = Github(
        auth=Auth.Token(token.value), base_url=address.api, timeout=TIMEOUT, user_agent=f"nova/{__version__}",
        retry=None, lazy=True,
    ).requester  # fmt: skip
    try:
        status, headers, text = requester.requestJson("GET", f"/repos/{address.repository}")
    except (RequestException, GithubException, OSError, RuntimeError) as error:
        return Rights(f"GitHub cannot be reached ({type(error).__name__})")
    given = {str(name).lower(): str(value) for name, value in headers.items()}
    return _read(status, given, _parsed(text), address.repository, is_app=token.may_check is True)


def _read(status: int, headers: Mapping[str, str], data: Any, repository: str, *, is_app: bool) -> Rights:
    if status == 401:
        return Rights("GitHub does not accept the token: it is wrong, or was revoked")
    if status == 404:
        return Rights(f"the token cannot see {repository}, or there is no such repository")
    if status >= 400 or not isinstance(data, dict):
        limited = headers.get("x-ratelimit-remaining") == "0"
        return Rights("its limit of calls is used up" if limited else f"GitHub answered {status}")
    told = data.get("permissions")
    held = told if isinstance(told, dict) and not is_app else {}  # an app has no role: what it says there means nothing
    scopes = headers.get("x-oauth-scopes")
    return Rights(
        role=next((role for role in _ROLES if held.get(role)), ""),
        scopes=None if scopes is None else frozenset(s.strip() for s in scopes.split(",") if s.strip()),
        expires=headers.get("github-authentication-token-expiration", ""),
        is_private=bool(data.get("private")),
        is_archived=bool(data.get("archived")),
    )


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
