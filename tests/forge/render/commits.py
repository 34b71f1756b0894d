"""Commits as payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forge.git import Commit
    from tests.forge.state import Repository
    from tests.forge.urls import Urls
    from tests.forge.wire import Json

UNSIGNED = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}


def commit(each: Commit, repository: Repository, urls: Urls) -> Json:
    """A commit as the commits interface gives it; nobody's address is tied to an account here."""
    own, html = f"{urls.repo(repository)}/commits/{each.sha}", f"{urls.html_repo(repository)}/commit/{each.sha}"
    git = f"{urls.repo(repository)}/git"
    return {
        "sha": each.sha,
        "node_id": f"C_{each.sha}",
        "commit": {
            "author": _person(each.author),
            "committer": _person(each.committer),
            "message": each.message,
            "tree": {"sha": each.tree, "url": f"{git}/trees/{each.tree}"},
            "url": f"{git}/commits/{each.sha}",
            "comment_count": 0,
            "verification": UNSIGNED,
        },
        "url": own,
        "html_url": html,
        "comments_url": f"{own}/comments",
        "author": None,
        "committer": None,
        "parents": [
            {"sha": parent, "url": f"{urls.repo(repository)}/commits/{parent}",
             "html_url": f"{urls.html_repo(repository)}/commit/{parent}"}
            for parent in each.parents
        ],
    }  # fmt: skip


def git_commit(each: Commit, repository: Repository, urls: Urls) -> Json:
    """A commit as the git data interface gives it."""
    git = f"{urls.repo(repository)}/git"
    html = f"{urls.html_repo(repository)}/commit"
    return {
        "sha": each.sha,
        "node_id": f"C_{each.sha}",
        "url": f"{git}/commits/{each.sha}",
        "html_url": f"{html}/{each.sha}",
        "author": _person(each.author),
        "committer": _person(each.committer),
        "tree": {"sha": each.tree, "url": f"{git}/trees/{each.tree}"},
        "message": each.message,
        "parents": [
            {"sha": parent, "url": f"{git}/commits/{parent}", "html_url": f"{html}/{parent}"} for parent in each.parents
        ],
        "verification": UNSIGNED,
    }


def _person(person: tuple[str, str, str]) -> Json:
    return {"name": person[0], "email": person[1], "date": person[2]}
