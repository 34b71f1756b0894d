"""The fields of objects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.forge import access, pulls
from tests.forge.graphql.connections import connection
from tests.forge.graphql.context import Context, Problem
from tests.forge.graphql.schema import resolves
from tests.forge.render.pulls import EMOJI
from tests.forge.urls import node_id

if TYPE_CHECKING:
    from tests.forge.state import PullRequest, Repository, User

CONTENTS = dict(
    zip(EMOJI, ("THUMBS_UP", "THUMBS_DOWN", "LAUGH", "HOORAY", "CONFUSED", "HEART", "ROCKET", "EYES"), strict=True)
)
PERMISSIONS = {
    "none": None,
    "read": "READ",
    "triage": "TRIAGE",
    "write": "WRITE",
    "maintain": "MAINTAIN",
    "admin": "ADMIN",
}


def plain(kind: str, **names: str) -> None:
    for field, attribute in names.items():
        resolves(kind, field)(lambda source, context, attribute=attribute: getattr(source, attribute))


for _kind, _class in (("PullRequest", "PullRequest"), ("IssueComment", "IssueComment"), ("PullRequestReview", "Review"),
                      ("PullRequestReviewComment", "ReviewComment"), ("PullRequestReviewThread", "Thread"),
                      ("Repository", "Repository"), ("Reaction", "Reaction")):  # fmt: skip
    resolves(_kind, "id")(lambda source, context, kind=_class: node_id(kind, source.id))
    if _kind != "PullRequestReviewThread":
        plain(_kind, databaseId="id")
for _kind in ("PullRequest", "IssueComment", "PullRequestReview", "PullRequestReviewComment"):
    resolves(_kind, "fullDatabaseId")(lambda source, context: str(source.id))
    plain(_kind, author="user")
    resolves(_kind, "authorAssociation")(
        lambda source, context: access.association(source.user, context.pull_of(source).repository)
    )
for _kind in ("PullRequest", "IssueComment", "PullRequestReviewComment"):
    plain(_kind, createdAt="created", updatedAt="updated")
    resolves(_kind, "viewerDidAuthor")(lambda source, context: source.user is context.token.user)
for _kind in ("IssueComment", "PullRequestReview", "PullRequestReviewComment"):
    plain(_kind, body="body")
    resolves(_kind, "isMinimized")(lambda source, context: source.minimized is not None)
    plain(_kind, minimizedReason="minimized")
    resolves(_kind, "viewerCanMinimize")(
        lambda source, context: context.may(context.pull_of(source), "pull_requests", "write")
    )
plain("Reaction", createdAt="created", user="user")
resolves("Reaction", "content")(lambda source, context: CONTENTS[source.content])


@resolves("User", "id")
@resolves("Bot", "id")
def _user_id(user: User, context: Context) -> str:
    return node_id(user.kind, user.id)


plain("User", databaseId="id", login="login")
plain("Bot", databaseId="id")
resolves("User", "name")(lambda source, context: None)
resolves("User", "url")(lambda source, context: f"{context.urls.web}/{source.login}")
resolves("Bot", "url")(lambda source, context: f"{context.urls.web}/apps/{source.login.removesuffix('[bot]')}")


@resolves("Bot", "login")
def _bot_login(user: User, context: Context) -> str:
    """A bot's name has no "[bot]" at its end here, unlike in REST (as recorded)."""
    return user.login.removesuffix("[bot]")


@resolves("Query", "id")
def _query_id(source: Any, context: Context) -> str:
    return "query"


@resolves("Query", "viewer")
def _viewer(source: Any, context: Context) -> User:
    return context.token.user


@resolves("Query", "node")
def _node(source: Any, context: Context, id: str) -> Any:  # noqa: A002 - the argument's name
    return context.find(id)


@resolves("Query", "nodes")
def _nodes(source: Any, context: Context, ids: list[str]) -> list[Any]:
    return [context.find(each) for each in ids]


@resolves("Query", "rateLimit")
def _rate(source: Any, context: Context, dryRun: bool = False) -> dict[str, Any]:  # noqa: N803 - the argument's name
    state = context.limits.state(context.token, "graphql")
    at = datetime.fromtimestamp(state["reset"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"cost": 1, "limit": state["limit"], "used": state["used"], "remaining": state["remaining"], "resetAt": at}


@resolves("Query", "repository")
def _repository(source: Any, context: Context, owner: str, name: str, followRenames: bool = True) -> Repository:  # noqa: N803
    found = context.world.find(f"{owner}/{name}")
    if found is None or not access.sees(context.token, found):
        raise Problem("NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return found


plain("Repository", name="name", nameWithOwner="full_name", isPrivate="private", owner="owner")
resolves("Repository", "isFork")(lambda source, context: source.parent is not None)
resolves("Repository", "url")(lambda source, context: context.urls.html_repo(source))


@resolves("Repository", "defaultBranchRef")
def _default(source: Repository, context: Context) -> dict[str, Any] | None:
    sha = source.refs.get(f"refs/heads/{source.default_branch}")
    return None if sha is None else {"id": f"REF_{source.default_branch}", "name": source.default_branch}


@resolves("Repository", "viewerPermission")
def _permission(source: Repository, context: Context) -> str | None:
    return None if context.token.is_app else PERMISSIONS[access.role_of(context.token.user, source)]


@resolves("Repository", "pullRequest")
def _pull(source: Repository, context: Context, number: int) -> PullRequest:
    if number not in source.pulls:
        raise Problem("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    return source.pulls[number]


@resolves("Repository", "pullRequests")
def _pulls(source: Repository, context: Context, **given: Any) -> dict[str, Any]:
    states, labels = given.get("states"), given.get("labels")
    found = [
        each
        for each in source.pulls.values()
        if (not states or _state(each, context) in states)
        and given.get("headRefName") in {None, each.head_ref}
        and given.get("baseRefName") in {None, each.base_ref}
        and (not labels or {label.name for label in each.labels} & set(labels))
    ]
    if (given.get("orderBy") or {}).get("direction") == "DESC":
        found.reverse()
    return connection(found, "pullRequests", **given)


plain("PullRequest", number="number", title="title", isDraft="draft", baseRefName="base_ref", baseRefOid="base_sha",
       headRefName="head_ref", headRefOid="head_sha", closedAt="closed", mergedAt="merged", mergedBy="merged_by",
       repository="repository", headRepository="head_repository")  # fmt: skip
resolves("PullRequest", "body")(lambda source, context: source.body or "")
resolves("PullRequest", "url")(lambda source, context: context.urls.html_pull(source))
resolves("PullRequest", "closed")(lambda source, context: source.state == "closed")
resolves("PullRequest", "merged")(lambda source, context: source.merged is not None)
resolves("PullRequest", "isCrossRepository")(lambda source, context: source.head_repository is not source.repository)
resolves("PullRequest", "additions")(lambda source, context: sum(each.additions for each in pulls.files_of(source)))
resolves("PullRequest", "deletions")(lambda source, context: sum(each.deletions for each in pulls.files_of(source)))
resolves("PullRequest", "changedFiles")(lambda source, context: len(pulls.files_of(source)))


@resolves("PullRequest", "state")
def _state(source: PullRequest, context: Context) -> str:
    return "MERGED" if source.merged else source.state.upper()


@resolves("PullRequest", "mergeable")
def _mergeable(source: PullRequest, context: Context) -> str:
    return {None: "UNKNOWN", True: "MERGEABLE", False: "CONFLICTING"}[pulls.look(source)]


@resolves("PullRequest", "comments")
def _comments(source: PullRequest, context: Context, **given: Any) -> dict[str, Any]:
    ordered = sorted(source.comments, key=lambda each: each.updated) if given.get("orderBy") else source.comments
    falling = (given.get("orderBy") or {}).get("direction") == "DESC"
    return connection(ordered[::-1] if falling else ordered, "comments", **given)


@resolves("PullRequest", "commits")
def _commits(source: PullRequest, context: Context, **given: Any) -> dict[str, Any]:
    found = source.repository.git.commits("--reverse", f"{pulls.base_of(source)}..{source.head_sha}", "--")
    shown = [{"id": f"PRC_{each.sha}", "commit": commit(each.sha, source.repository)} for each in found]
    return connection(shown, "commits", **given)


def commit(sha: str, repository: Repository) -> dict[str, Any]:
    found = repository.git.commit(sha)
    return {
        "id": f"C_{sha}",
        "oid": sha,
        "message": found.message,
        "messageHeadline": found.message.partition("\n")[0],
        "committedDate": found.committer[2],
    }


@resolves("PullRequest", "reviews")
def _reviews(source: PullRequest, context: Context, **given: Any) -> dict[str, Any]:
    found = [each for each in source.reviews if each.state != "PENDING" or each.user is context.token.user]
    found = [each for each in found if not given.get("states") or each.state in given["states"]]
    found = [each for each in found if given.get("author") in {None, each.user.login}]
    return connection(found, "reviews", **given)


@resolves("PullRequest", "reviewThreads")
def _threads(source: PullRequest, context: Context, **given: Any) -> dict[str, Any]:
    found = [each for each in source.threads if each.comments[0].review.state != "PENDING"
             or each.comments[0].review.user is context.token.user]  # fmt: skip
    return connection(found, "reviewThreads", **given)
