"""Pull requests: listed, made, changed, merged; their files, commits and requested reviewers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.forge import access, pulls
from tests.forge.call import Call, answers
from tests.forge.render import commits, people
from tests.forge.render import pulls as render
from tests.forge.wire import Json, Refused, Response, invalid, not_found

if TYPE_CHECKING:
    from tests.forge.state import PullRequest, Repository, User
    from tests.forge.world import World

MOST_BODY = 65_536


@answers("pulls/list")
def list_pulls(call: Call) -> Response:
    """Open ones unless asked; ``head`` counts only as ``owner:branch``, as the page says, else it is passed over."""
    query = call.request.query
    state, base, head = query.get("state", "open"), query.get("base"), query.get("head", "")
    found = [
        each
        for each in call.repository.pulls.values()
        if state in {"all", each.state} and base in {None, each.base_ref} and (":" not in head or _label(each) == head)
    ]
    by = query.get("sort", "created")
    key: Any = {"updated": lambda each: (each.updated, each.number)}.get(by, lambda each: each.number)
    descending = query.get("direction", "desc" if by == "created" else "asc") == "desc"
    found.sort(key=key, reverse=descending)
    return call.page(found, lambda each: render.simple(each, call.urls, call.token))


def _label(pull: PullRequest) -> str:
    return f"{pull.head_repository.owner.login if pull.head_repository else 'unknown'}:{pull.head_ref}"


@answers("pulls/create")
def create(call: Call) -> Response:
    """Whoever may read the base and write the head may ask; the workflow's token needs its permission."""
    repository, head = call.repository, call.given("head")
    token = call.may("pull_requests", "read")
    access.allow_actions(token, repository)
    if not head or not call.given("base"):
        raise invalid("PullRequest", "missing_field", "head" if not head else "base")
    if not call.given("title"):
        raise invalid("PullRequest", "missing_field", "title")
    owner = head.rpartition(":")[0]
    if not owner and not token.is_app and access.role_of(token.user, repository) in {"none", "read", "triage"}:
        raise not_found()
    _check_body(call.given("body"))
    pull = pulls.open_pull(
        call.world, repository, token.user, title=call.given("title"), body=call.given("body"), base=call.given("base"),
        head=head, draft=bool(call.given("draft")), maintainer_can_modify=bool(call.given("maintainer_can_modify")),
    )  # fmt: skip
    return Response(201, render.full(pull, call.urls, token), {"location": call.urls.pull(pull)})


@answers("pulls/get")
def get(call: Call) -> Response:
    """One pull request, with its counts."""
    return Response(200, render.full(call.pull, call.urls, call.token))


@answers("pulls/update")
def update(call: Call) -> Response:
    """Title, text, base or state; by its author or who may write."""
    pull = call.pull
    may_edit(call, pull)
    _check_body(call.given("body"))
    if (title := call.given("title")) is not None and title != pull.title:
        if not title.strip():
            raise invalid("PullRequest", "missing_field", "title")
        pulls.note(call.world, pull, "renamed", call.user, rename={"from": pull.title, "to": title})
        pull.title = title
    if isinstance(call.body, dict) and "body" in call.body:
        pull.body = call.body["body"]
    if (base := call.given("base")) is not None and base != pull.base_ref:
        sha = pull.repository.refs.get(f"refs/heads/{base}")
        if sha is None:
            raise invalid("PullRequest", "invalid", "base")
        pull.base_ref, pull.base_sha = base, sha
    if (state := call.given("state")) == "closed":
        pulls.close(call.world, pull, call.user)
    elif state == "open":
        pulls.reopen(call.world, pull, call.user)
    pull.updated = call.world.clock.stamp()
    return Response(200, render.full(pull, call.urls, call.token))


def may_edit(call: Call, pull: PullRequest) -> None:
    """Refuse whoever is neither the author nor may write."""
    own = call.token is not None and call.token.user is pull.user
    call.may("pull_requests", "read" if own else "write")


def _check_body(body: str | None) -> None:
    if body is not None and len(body) > MOST_BODY:
        message = f"body is too long (maximum is {MOST_BODY} characters)"
        raise invalid("Issue", "custom", "body", message)


@answers("pulls/list-files")
def list_files(call: Call) -> Response:
    """The changed files, at most 3,000 (page "REST API endpoints for pull requests", "List pull requests files")."""
    pull = call.pull
    files = pulls.files_of(pull)[: pulls.MOST_FILES]
    return call.page(files, lambda each: render.file(each, pull.repository, pull.head_sha, call.urls))


@answers("pulls/list-commits")
def list_commits(call: Call) -> Response:
    """The commits, oldest first, at most 250 (same page, "List commits on a pull request")."""
    pull = call.pull
    found = pull.repository.git.commits("--reverse", f"{pulls.base_of(pull)}..{pull.head_sha}", "--")[:250]
    return call.page(found, lambda each: commits.commit(each, pull.repository, call.urls))


@answers("pulls/check-if-merged")
def check_if_merged(call: Call) -> Response:
    """204 when merged, 404 when not."""
    if call.pull.merged is None:
        raise not_found()
    return Response(204)


@answers("pulls/merge")
def merge(call: Call) -> Response:
    """Merge into the base."""
    pull = call.pull
    token = call.may("contents")
    made = pulls.merge(
        call.world, pull, token.user, method=call.given("merge_method", "merge"), title=call.given("commit_title"),
        message=call.given("commit_message"), sha=call.given("sha"),
    )  # fmt: skip
    return Response(200, {"sha": made, "merged": True, "message": "Pull Request successfully merged"})


@answers("pulls/list-requested-reviewers")
def list_requested(call: Call) -> Response:
    """Who was asked and has not reviewed yet."""
    return Response(200, {"users": [people.user(each, call.urls) for each in call.pull.reviewers], "teams": []})


@answers("pulls/request-reviewers")
def request_reviewers(call: Call) -> Response:
    """Ask collaborators; not its author (recorded: "Review cannot be requested from pull request author.")."""
    pull = call.pull
    token = call.may("pull_requests", "triage")
    asked = [_collaborator(call.world, pull.repository, login) for login in call.given("reviewers", [])]
    if pull.user in asked:
        raise Refused(422, "Review cannot be requested from pull request author.")
    for each in asked:
        if each not in pull.reviewers:
            pull.reviewers.append(each)
            pulls.note(call.world, pull, "review_requested", token.user, requested_reviewer=each)
    return Response(201, render.simple(pull, call.urls, call.token))


def _collaborator(world: World, repository: Repository, login: str) -> User:
    user = world.users.get(login.lower())
    if user is None or repository.roles.get(login.lower(), "none") == "none":
        raise Refused(
            422,
            "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not "
            f"a collaborator of the {repository.full_name} repository.",
        )
    return user


@answers("pulls/remove-requested-reviewers")
def remove_requested(call: Call) -> Response:
    """Take the request back."""
    pull = call.pull
    token = call.may("pull_requests", "triage")
    names = {login.lower() for login in call.given("reviewers", [])}
    for each in [each for each in pull.reviewers if each.login.lower() in names]:
        pull.reviewers.remove(each)
        pulls.note(call.world, pull, "review_request_removed", token.user, requested_reviewer=each)
    payload: Json = render.simple(pull, call.urls, call.token)
    return Response(200, payload)
