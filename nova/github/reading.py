"""GitHub's payloads as plain values. Pure; what is missing where an account or a fork was deleted becomes empty."""

from __future__ import annotations

from typing import Any

from nova.github.queries import ID, OLD_ID
from nova.living.values import Pull, Remark, Side, Thread

BOT = "[bot]"


def pull_of(data: Any) -> Pull:
    """A pull request as REST gives it."""
    return Pull(
        number=int(data["number"]),
        title=str(data["title"]),
        author=login_of(data.get("user")),
        base=_side(data["base"]),
        head=_side(data["head"]),
        url=str(data.get("html_url") or ""),
        is_open=data["state"] == "open",
        is_merged=bool(data.get("merged")),
        is_draft=bool(data.get("draft")),
        mergeable=data.get("mergeable"),
        changed_files=int(data.get("changed_files") or 0),
    )


def _side(data: Any) -> Side:
    repository = data.get("repo") or {}
    return Side(
        str(data["ref"]), str(data["sha"]), str(repository.get("full_name") or ""),
        str(repository.get("clone_url") or ""),
    )  # fmt: skip


def remark_of(data: Any) -> Remark:
    """A comment as GraphQL gives it."""
    return Remark(
        id_of(data), login_of(data.get("author")), str(data.get("body") or ""), is_own=bool(data["viewerDidAuthor"]),
        at=str(data.get("lastEditedAt") or data.get("createdAt") or ""),
    )  # fmt: skip


def thread_of(data: Any, viewer: str) -> Thread | None:
    """A thread as GraphQL gives it; None for one without a comment."""
    remarks = [remark_of(node) for node in data["comments"]["nodes"] if node]
    if not remarks:
        return None
    who = login_of(data.get("resolvedBy"))
    is_resolved = bool(data["isResolved"])
    # An app that resolved a thread has no user of its own that GitHub could name.
    is_own = who.removesuffix(BOT) == viewer.removesuffix(BOT) if who else viewer.endswith(BOT)
    return Thread(
        str(data["id"]), str(data["path"]), data.get("line"), data.get("startLine"), remarks[0], tuple(remarks[1:]),
        is_resolved, who, is_resolved_by_own=is_resolved and is_own,
    )  # fmt: skip


def committed(data: Any) -> tuple[str, str]:
    """Who committed what REST gives as a commit, and when; both empty where git says nothing of it."""
    told = data["commit"].get("committer") or {}
    return str(told.get("name") or ""), str(told.get("date") or "")


def id_of(data: Any) -> int:
    """The number of a comment, by which REST knows it."""
    return int(data.get(ID) or data[OLD_ID])


def login_of(data: Any) -> str:
    """Somebody's name; GraphQL leaves out what tells an app from a person of the same name."""
    login = str(data.get("login") or "") if data else ""
    is_app = bool(data) and data.get("__typename") == "Bot" and not login.endswith(BOT)
    return f"{login}{BOT}" if is_app else login
