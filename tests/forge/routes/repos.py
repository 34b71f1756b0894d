"""Repositories: branches, commits, comparisons, collaborators, pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.forge import access, pulls
from tests.forge.call import Call, answers
from tests.forge.git import GitFailed
from tests.forge.render import commits, people
from tests.forge.render import pulls as render
from tests.forge.state import ROLES
from tests.forge.wire import Json, Refused, Response, not_found

if TYPE_CHECKING:
    from tests.forge.state import Repository, Role
    from tests.forge.world import World

MOST_FILES = 300
PERMISSION = {"admin": "admin", "maintain": "write", "write": "write", "triage": "read", "read": "read", "none": "none"}


def commit_of(repository: Repository, name: str, status: int = 422) -> str:
    """The commit that a name stands for (recorded: "No commit found for SHA: ...")."""
    name = name.removeprefix("heads/").removeprefix("tags/").removeprefix("refs/heads/")
    sha = repository.git.resolve(name)
    if sha is None:
        raise Refused(status, f"No commit found for SHA: {name}" if status == 422 else "Not Found")
    return sha


@answers("repos/get")
def get(call: Call) -> Response:
    """A repository, with what the token may do in it."""
    return Response(200, people.repository(call.repository, call.urls, call.token, full=True))


@answers("repos/list-branches")
def list_branches(call: Call) -> Response:
    """The branches, by name."""
    repository = call.repository
    names = [ref.removeprefix("refs/heads/") for ref in repository.refs if ref.startswith("refs/heads/")]
    return call.page(sorted(names), lambda name: _branch(call, repository, name))


@answers("repos/get-branch")
def get_branch(call: Call) -> Response:
    """One branch with its last commit."""
    repository, name = call.repository, call.params["branch"]
    sha = repository.refs.get(f"refs/heads/{name}")
    if sha is None:
        raise Refused(404, "Branch not found")
    own = f"{call.urls.repo(repository)}/branches/{quote(name)}"
    checks = {"enforcement_level": "off", "contexts": [], "checks": []}
    more = {
        "commit": commits.commit(repository.git.commit(sha), repository, call.urls),
        "_links": {"self": own, "html": f"{call.urls.html_repo(repository)}/tree/{quote(name)}"},
        "protection": {"enabled": False, "required_status_checks": checks},
        "protection_url": f"{own}/protection",
    }
    return Response(200, _branch(call, repository, name) | more)


def _branch(call: Call, repository: Repository, name: str) -> Json:
    sha = repository.refs[f"refs/heads/{name}"]
    return {
        "name": name,
        "commit": {"sha": sha, "url": f"{call.urls.repo(repository)}/commits/{sha}"},
        "protected": False,
    }


@answers("repos/list-collaborators")
def list_collaborators(call: Call) -> Response:
    """Who has a role; who may write may ask."""
    repository = call.repository
    call.may("metadata", "write", "read")
    return call.page(sorted(repository.roles), lambda login: _collaborator(call, repository, login))


def _collaborator(call: Call, repository: Repository, login: str) -> Json:
    user = call.world.users[login]
    role = access.role_of(user, repository)
    held: dict[str, Role] = {
        "pull": "read",
        "triage": "triage",
        "push": "write",
        "maintain": "maintain",
        "admin": "admin",
    }
    may = {word: ROLES.index(role) >= ROLES.index(least) for word, least in held.items()}
    return people.user(user, call.urls) | {"permissions": may, "role_name": role}


@answers("repos/get-collaborator-permission-level")
def permission(call: Call) -> Response:
    """What a user may do; ``maintain`` is told as write and ``triage`` as read, ``role_name`` tells them apart.

    Page "REST API endpoints for collaborators", "Get repository permissions for a user". Who may push may ask.
    """
    repository = call.repository
    call.may("metadata", "write", "read")
    user = call.world.users.get(call.params["username"].lower())
    if user is None:
        raise not_found()
    role = access.role_of(user, repository)
    shown = _collaborator(call, repository, user.login.lower())
    return Response(200, {"permission": PERMISSION[role], "role_name": role, "user": shown})


@answers("repos/list-commits")
def list_commits(call: Call) -> Response:
    """The history of a branch, newest first; ``path`` narrows it."""
    repository, query = call.repository, call.request.query
    sha = commit_of(repository, query.get("sha") or repository.default_branch, 404)
    words = [f"--since={query['since']}"] if "since" in query else []
    words += [f"--until={query['until']}"] if "until" in query else []
    paths = [query["path"]] if query.get("path") else []
    found = repository.git.commits(*words, sha, "--", *paths)
    return call.page(found, lambda each: commits.commit(each, repository, call.urls))


@answers("repos/get-commit")
def get_commit(call: Call) -> Response:
    """One commit with its files, those beyond 300 on further pages (page "Commits", "Get a commit")."""
    repository = call.repository
    sha = commit_of(repository, call.params["ref"])
    commit = repository.git.commit(sha)
    empty = repository.git.text("hash-object", "-t", "tree", "-w", "--stdin")
    files = pulls.files_between(repository.git, commit.parents[0] if commit.parents else empty, sha)
    payload = commits.commit(commit, repository, call.urls) | {
        "stats": {
            "additions": sum(each.additions for each in files),
            "deletions": sum(each.deletions for each in files),
            "total": sum(each.additions + each.deletions for each in files),
        },
        "files": [render.file(each, repository, sha, call.urls) for each in files[:MOST_FILES]],
    }
    return Response(200, payload)


@answers("repos/list-pull-requests-associated-with-commit")
def pulls_of_commit(call: Call) -> Response:
    """The pull requests that hold a commit."""
    repository = call.repository
    sha = commit_of(repository, call.params["commit_sha"])
    git = repository.git
    holding = [
        each
        for each in repository.pulls.values()
        if sha == each.merge_commit
        or (git.is_ancestor(sha, each.head_sha) and not git.is_ancestor(sha, pulls.base_of(each)))
    ]
    return call.page(holding, lambda each: render.simple(each, call.urls, call.token))


@answers("repos/compare-commits")
def compare(call: Call) -> Response:
    """Two commits compared from their merge base, with at most 300 files, all of them on the first page.

    Page "REST API endpoints for commits", "Compare two commits"; ``owner:branch`` names one of a fork.
    """
    repository, urls = call.repository, call.urls
    base, head = (_side(call.world, repository, call.params[name]) for name in ("base", "head"))
    git = repository.git
    shared = git.merge_base(base, head)
    if shared is None:
        raise not_found()
    ahead, behind = git.count(f"{shared}..{head}"), git.count(f"{shared}..{base}")
    status = "diverged" if ahead and behind else "ahead" if ahead else "behind" if behind else "identical"
    span = quote(f"{call.params['base']}...{call.params['head']}")
    own, html = f"{urls.repo(repository)}/compare/{span}", f"{urls.html_repo(repository)}/compare/{span}"
    files = pulls.files_between(git, shared, head)[:MOST_FILES] if call.number("page", 1) == 1 else []
    found = git.commits("--reverse", f"{shared}..{head}", "--")
    envelope = {
        "url": own, "html_url": html, "permalink_url": html, "diff_url": f"{html}.diff", "patch_url": f"{html}.patch",
        "base_commit": commits.commit(git.commit(base), repository, urls),
        "merge_base_commit": commits.commit(git.commit(shared), repository, urls),
        "status": status, "ahead_by": ahead, "behind_by": behind, "total_commits": len(found),
        "files": [render.file(each, repository, head, urls) for each in files],
    }  # fmt: skip
    return call.page(found, lambda each: commits.commit(each, repository, urls), envelope, "commits")


def _side(world: World, repository: Repository, name: str) -> str:
    owner, _, branch = name.rpartition(":")
    if not owner or owner.lower() == repository.owner.login.lower():
        return commit_of(repository, branch, 404)
    for each in world.repositories.values():
        if each.owner.login.lower() == owner.lower() and each.parent is repository:
            sha = commit_of(each, branch, 404)
            repository.git.fetch(each.git.path, sha, f"refs/forge/compared/{sha}")
            return sha
    raise not_found()


@answers("repos/list-activities")
def activities(call: Call) -> Response:
    """Pushes, force pushes, and branches made and deleted, newest first."""
    repository, query = call.repository, call.request.query
    kind, ref = query.get("activity_type"), query.get("ref")
    full = f"refs/heads/{(ref or '').removeprefix('refs/heads/')}"
    found = [
        each for each in repository.activities[::-1] if kind in {None, each.kind} and (ref is None or each.ref == full)
    ]
    return call.page(
        found,
        lambda each: {
            "id": each.id, "node_id": f"ACT_{each.id}", "before": each.before, "after": each.after, "ref": each.ref,
            "timestamp": each.when, "activity_type": each.kind, "actor": people.user(each.actor, call.urls),
        },
    )  # fmt: skip


def readable(repository: Repository, sha: str) -> bool:
    """Whether the repository holds this commit."""
    try:
        repository.git.commit(sha)
    except GitFailed:
        return False
    return True
