"""Users and repositories as payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.forge import access
from tests.forge.urls import Urls, node_id

if TYPE_CHECKING:
    from tests.forge.state import Repository, Token, User
    from tests.forge.wire import Json

USER_LINKS = ("followers", "following{/other_user}", "gists{/gist_id}", "starred{/owner}{/repo}", "subscriptions",
              "organizations:orgs", "repos", "events{/privacy}", "received_events")  # fmt: skip
REPO_LINKS = (
    "archive:{archive_format}{/ref}", "assignees{/user}", "branches{/branch}", "collaborators{/collaborator}",
    "comments{/number}", "commits{/sha}", "compare/{base}...{head}", "contents/{+path}", "contributors", "deployments",
    "downloads", "events", "forks", "hooks", "issues{/number}", "keys{/key_id}", "labels{/name}", "languages", "merges",
    "milestones{/number}", "notifications{?since,all,participating}", "pulls{/number}", "releases{/id}", "stargazers",
    "statuses/{sha}", "subscribers", "subscription", "tags", "teams",
)  # fmt: skip
GIT_LINKS = {"blobs": "git/blobs{/sha}", "git_commits": "git/commits{/sha}", "git_refs": "git/refs{/sha}",
             "git_tags": "git/tags{/sha}", "trees": "git/trees{/sha}", "issue_comment": "issues/comments{/number}",
             "issue_events": "issues/events{/number}"}  # fmt: skip


def user(person: User, urls: Urls) -> Json:
    """A user as it stands in other payloads."""
    own = urls.user(person)
    links = {}
    for each in USER_LINKS:
        key, _, path = each.partition(":")
        links[f"{key.partition('{')[0]}_url"] = f"{own}/{path or key}"
    return {
        "login": person.login,
        "id": person.id,
        "node_id": node_id(person.kind, person.id),
        "avatar_url": f"{urls.web}/avatars/{person.id}",
        "gravatar_id": "",
        "url": own,
        "html_url": f"{urls.web}/{quote(person.login)}",
        **links,
        "type": person.kind,
        "site_admin": False,
    }


def account(person: User, urls: Urls, created: str) -> Json:
    """A user with the fields of its own page."""
    return user(person, urls) | {
        "name": None, "company": None, "blog": "", "location": None, "email": None, "hireable": None, "bio": None,
        "twitter_username": None, "public_repos": 0, "public_gists": 0, "followers": 0, "following": 0,
        "created_at": created, "updated_at": created,
    }  # fmt: skip


def repository(each: Repository, urls: Urls, token: Token | None = None, *, full: bool = False) -> Json:
    """A repository; ``full`` adds what only its own address gives."""
    own = urls.repo(each)
    links = {}
    for link in REPO_LINKS:
        word = link.partition("{")[0].rstrip("/:").partition("/")[0]
        links[f"{word}_url"] = f"{own}/{link.replace('archive:', '')}"
    links |= {f"{key}_url": f"{own}/{path}" for key, path in GIT_LINKS.items()}
    opened = sum(pull.state == "open" for pull in each.pulls.values())
    role = access.role_of(token.user, each) if token and not token.is_app else "read"
    ranks = ("read", "triage", "write", "maintain", "admin")
    reach = ranks.index(role) if role in ranks else -1
    words = {"pull": 0, "triage": 1, "push": 2, "maintain": 3, "admin": 4}
    may = {word: reach >= rank for word, rank in words.items()}
    payload: Json = {
        "id": each.id,
        "node_id": node_id("Repository", each.id),
        "name": each.name,
        "full_name": each.full_name,
        "private": each.private,
        "owner": user(each.owner, urls),
        "html_url": urls.html_repo(each),
        "description": None,
        "fork": each.parent is not None,
        "url": own,
        **links,
        "git_url": f"git://localhost/{each.full_name}.git",
        "ssh_url": f"git@localhost:{each.full_name}.git",
        "clone_url": f"{urls.html_repo(each)}.git",
        "svn_url": urls.html_repo(each),
        "homepage": None, "mirror_url": None, "language": None, "license": None, "topics": [],
        "size": 0, "stargazers_count": 0, "watchers_count": 0, "watchers": 0, "forks_count": 0, "forks": 0,
        "open_issues_count": opened, "open_issues": opened, "default_branch": each.default_branch,
        "has_issues": True, "has_projects": False, "has_wiki": False, "has_pages": False, "has_downloads": True,
        "has_discussions": False, "archived": False, "disabled": False, "allow_forking": True, "is_template": False,
        "web_commit_signoff_required": False, "visibility": "private" if each.private else "public",
        "created_at": each.created, "updated_at": each.created, "pushed_at": each.created,
        "permissions": may,
    }  # fmt: skip
    if full:
        payload |= {"network_count": 0, "subscribers_count": 0, "allow_merge_commit": True, "allow_squash_merge": True,
                    "allow_rebase_merge": True, "delete_branch_on_merge": False}  # fmt: skip
        if each.parent is not None:
            payload |= {"parent": repository(each.parent, urls, token), "source": repository(each.parent, urls, token)}
    return payload
