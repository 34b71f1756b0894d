"""Where a repository is on GitHub: the host, the address of its interface, and ``owner/name``. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nova.github.errors import GitHubError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.config import GitHubWords

COM = "github.com"
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_SCP = re.compile(r"(?:[^/@\s]+@)?(?P<host>[^/:\s]+):(?!//)(?P<path>[^\s]+)")


@dataclass(frozen=True, slots=True)
class Address:
    """A repository. ``is_vouched_for``: its host is github.com, or the person or their environment named it."""

    api: str
    host: str
    repository: str
    is_vouched_for: bool


def find(
    words: GitHubWords, remotes: Sequence[str], *, own_api: str = "", own_repository: str = "", where: str = "here"
) -> Address:
    """The repository that is meant: by the person's own settings, by the environment, else by a remote of the clone.

    Raises ``GitHubError`` where none of them names one.
    """
    known = [found for found in map(of_remote, remotes) if found is not None]
    repository = own_repository or words.repository or (known[0][1] if known else "")
    if not _REPOSITORY.fullmatch(repository):
        raise GitHubError(
            f"it is not known which repository on GitHub is meant {where}"
            if not repository
            else f"{repository} is no repository on GitHub",
            why="no remote of the clone leads there, and GITHUB_REPOSITORY is not set" if not repository else "",
            next_step="set GITHUB_REPOSITORY=owner/name, or run it inside a clone",
        )
    if own_api or words.api:
        api = (own_api or words.api).rstrip("/")
        return Address(api, host_of(api), repository, is_vouched_for=True)
    if words.host:
        return Address(api_of(words.host), words.host.lower(), repository, is_vouched_for=True)
    host = known[0][0] if known and not words.repository and not own_repository else COM
    return Address(api_of(host), host, repository, is_vouched_for=host == COM or host.endswith(".ghe.com"))


def of_remote(url: str) -> tuple[str, str] | None:
    """The host and ``owner/name`` that a remote's address names; None for one of another kind."""
    parts = urlsplit(url)
    if parts.scheme in {"https", "http", "ssh", "git"} and parts.hostname:
        host, path = parts.hostname, parts.path
    elif (found := _SCP.fullmatch(url)) is not None and "://" not in url:
        host, path = found["host"], found["path"]
    else:
        return None
    name = path.strip("/").removesuffix(".git")
    host = COM if host.lower() in {"www.github.com", "ssh.github.com"} else host.lower()
    return (host, name) if _REPOSITORY.fullmatch(name) else None


def api_of(host: str) -> str:
    """The address of a host's interface: github.com's own, GitHub Enterprise Cloud's, or a server's."""
    host = host.lower()
    if host == COM:
        return "https://api.github.com"
    return f"https://api.{host}" if host.endswith(".ghe.com") else f"https://{host}/api/v3"


def host_of(api: str) -> str:
    """The host whose people use an interface. Raises ``GitHubError`` for what is no address."""
    parts = urlsplit(api)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise GitHubError(f"{api} is no address of GitHub's interface", next_step="https://HOST/api/v3 is one")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise GitHubError(f"{api} is not encrypted, and a token would travel in it", next_step="use https")
    host = parts.hostname
    is_cloud = host == "api.github.com" or host.endswith(".ghe.com")
    return host.removeprefix("api.") if is_cloud else host
