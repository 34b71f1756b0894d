"""Brings the commits of a pull request into a repository on this machine. Nothing of it is checked out or run.

The token travels in the environment of one child process, for one address; hooks, filters and helpers are switched off
as for every call of git.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nova.errors import GitError
from nova.git import Git
from nova.github.errors import GitHubError

if TYPE_CHECKING:
    from pathlib import Path

    from nova.github.address import Address
    from nova.github.token import Token
    from nova.living.values import Pull

_REMOTES = ("upstream", "github", "origin")
"""Which remote a pull request's number speaks of, where there are several: the order of GitHub's own command line."""

_OPTIONS = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
_TRANSPORT = {"http.lowSpeedLimit": "1000", "http.lowSpeedTime": "60", "http.followRedirects": "false"}


def bare(folder: Path) -> Git:
    """The repository that Nova keeps of its own for one that is not cloned here, begun where it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GitError(
            f"no repository could be begun in {folder}", why=error.strerror or str(error),
            next_step="run it inside a clone of the repository",
        ) from error  # fmt: skip
    if not (folder / "HEAD").is_file():
        Git(str(folder)).write("init", "--quiet", "--bare", ".")
    found = Git.at(folder)
    if found is None:
        raise GitError(f"no repository could be begun in {folder}")
    return found


def fetched(git: Git, pull: Pull, address: Address, token: Token | None) -> tuple[str, str]:
    """The commits of the base branch and of the head, once both are in the repository with their common ancestor.

    Raises ``GitHubError`` where they cannot be had.
    """
    home = f"refs/nova/pull/{pull.number}"
    url = pull.base.clone_url or f"https://{address.host}/{address.repository}.git"
    environment = transport(url, address, token)
    wanted = [f"+refs/heads/{pull.base.branch}:{home}/base", f"+refs/pull/{pull.number}/head:{home}/head"]
    try:
        _fetch(git, [url, *wanted], environment, token)
    except GitHubError:
        if not _has(git, pull.head.commit) or not _has(git, pull.base.commit):
            raise
        return pull.base.commit, pull.head.commit
    base = git.commit(f"{home}/base").commit
    head = pull.head.commit if _has(git, pull.head.commit) else git.commit(f"{home}/head").commit
    if git.shallow and not _is_joined(git, base, head):
        _fetch(git, ["--unshallow", url, *wanted], environment, token)
    return base, head


def _fetch(git: Git, arguments: list[str], environment: dict[str, str], token: Token | None) -> None:
    try:
        git.write(*_OPTIONS, *arguments, environment=environment)
    except GitError as error:
        said = error.why or error.what
        raise GitHubError(
            "the commits of the pull request could not be fetched",
            why=token.redacted(said) if token else said,
            next_step="the token needs the right to read contents (docs/github.md)",
        ) from None


def _has(git: Git, commit: str) -> bool:
    try:
        return git.commit(commit).commit == commit
    except GitError:
        return False


def _is_joined(git: Git, one: str, other: str) -> bool:
    try:
        return bool(git.merge_base(one, other))
    except GitError:
        return False


def transport(url: str, address: Address, token: Token | None) -> dict[str, str]:
    """Settings for one fetch. The token is for the host that the interface belongs to, and for no other."""
    parts = urlsplit(url)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    settings = dict(_TRANSPORT)
    if token is not None and parts.hostname == address.host and (parts.scheme == "https" or local):
        settings[f"http.{parts.scheme}://{parts.netloc}/.extraHeader"] = f"Authorization: Basic {token.basic}"
    given = os.environ.get("GIT_CONFIG_COUNT", "")
    first = int(given) if given.isdigit() else 0
    environment = {"GIT_ALLOW_PROTOCOL": "https:http" if local else "https"}
    for number, (key, value) in enumerate(settings.items(), first):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return environment | {"GIT_CONFIG_COUNT": str(first + len(settings))}


def remotes(git: Git) -> list[str]:
    """The addresses of a clone's remotes, the most telling first."""
    try:
        told = git.text("config", "-z", "--get-regexp", r"^remote\..*\.url$")
    except GitError:
        return []
    found = [entry.partition("\n") for entry in told.split("\0") if entry]
    names = {name.removeprefix("remote.").removesuffix(".url"): url for name, _, url in found}
    order = [*(n for n in _REMOTES if n in names), *(n for n in names if n not in _REMOTES)]
    return [names[name] for name in order]
