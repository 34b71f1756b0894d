"""What pull requests share with issues: conversation, labels, people, history."""

from __future__ import annotations

from tests.forge import pulls, reviewing
from tests.forge.call import Call, answers
from tests.forge.render import comments, history
from tests.forge.render import pulls as render
from tests.forge.routes.pulls import may_edit
from tests.forge.state import IssueComment, Label, PullRequest
from tests.forge.wire import Response, invalid, not_found

RESOURCE = "IssueComment"


def find_comment(call: Call) -> tuple[PullRequest, IssueComment]:
    """The comment in the path, and its pull request."""
    for pull in call.repository.pulls.values():
        for each in pull.comments:
            if str(each.id) == call.params["comment_id"]:
                return pull, each
    raise not_found()


@answers("issues/get")
def get(call: Call) -> Response:
    """A pull request as an issue."""
    return Response(200, render.issue(call.pull, call.urls))


@answers("issues/list-for-repo")
def list_issues(call: Call) -> Response:
    """Pull requests as issues; every pull request is one."""
    query = call.request.query
    state, labels = query.get("state", "open"), set(filter(None, query.get("labels", "").split(",")))
    found = [
        each
        for each in call.repository.pulls.values()
        if state in {"all", each.state} and labels <= {label.name for label in each.labels}
    ]
    found = [each for each in found if each.updated >= query.get("since", "")]
    found.sort(key=lambda each: each.number, reverse=query.get("direction", "desc") == "desc")
    return call.page(found, lambda each: render.issue(each, call.urls))


@answers("issues/update")
def update(call: Call) -> Response:
    """Change a pull request as an issue: title, text, state, labels."""
    pull = call.pull
    may_edit(call, pull)
    pull.title = call.given("title", pull.title)
    pull.body = call.given("body", pull.body)
    if call.given("state") == "closed":
        pulls.close(call.world, pull, call.user)
    elif call.given("state") == "open":
        pulls.reopen(call.world, pull, call.user)
    if (names := call.given("labels")) is not None:
        _set_labels(call, pull, [each if isinstance(each, str) else each["name"] for each in names])
    return Response(200, render.issue(pull, call.urls))


@answers("issues/list-comments")
def list_comments(call: Call) -> Response:
    """The conversation, oldest first."""
    pull = call.pull
    since = call.request.query.get("since", "")
    shown = [each for each in pull.comments if each.updated >= since]
    return call.page(shown, lambda each: comments.issue_comment(each, pull, call.urls))


@answers("issues/list-comments-for-repo")
def list_all_comments(call: Call) -> Response:
    """The conversations of all pull requests."""
    since = call.request.query.get("since", "")
    pairs = [(pull, each) for pull in call.repository.pulls.values() for each in pull.comments if each.updated >= since]
    by_date = call.request.query.get("sort") == "updated"
    pairs.sort(key=lambda pair: (pair[1].updated if by_date else "", pair[1].id))
    if call.request.query.get("direction") == "desc":
        pairs.reverse()
    return call.page(pairs, lambda pair: comments.issue_comment(pair[1], pair[0], call.urls))


@answers("issues/create-comment")
def create_comment(call: Call) -> Response:
    """Whoever may read may comment; an app needs issues or pull requests to write."""
    pull = call.pull
    area = "issues" if call.token and call.token.permissions.get("issues") == "write" else "pull_requests"
    token = call.may(area, "read")
    body = reviewing.checked_body(call.given("body"), RESOURCE)
    now = pull.updated = call.world.clock.stamp()
    made = IssueComment(call.world.number(), token.user, body, now, now, app=token.is_app)
    pull.comments.append(made)
    call.world.trigger("issue_comment", "created", pull.repository, pull.number, token.user)
    return Response(201, comments.issue_comment(made, pull, call.urls))


@answers("issues/get-comment")
def get_comment(call: Call) -> Response:
    """One comment."""
    pull, comment = find_comment(call)
    return Response(200, comments.issue_comment(comment, pull, call.urls))


@answers("issues/update-comment")
def update_comment(call: Call) -> Response:
    """Change the text; one's own, or any for who may write."""
    pull, comment = find_comment(call)
    call.may("pull_requests", "read" if call.user is comment.user else "write")
    comment.body = reviewing.checked_body(call.given("body"), RESOURCE)
    comment.updated = pull.updated = call.world.clock.stamp()
    return Response(200, comments.issue_comment(comment, pull, call.urls))


@answers("issues/delete-comment")
def delete_comment(call: Call) -> Response:
    """Delete a comment."""
    pull, comment = find_comment(call)
    call.may("pull_requests", "read" if call.user is comment.user else "write")
    pull.comments.remove(comment)
    return Response(204)


@answers("issues/list-events")
def list_events(call: Call) -> Response:
    """What happened: closed, merged, labelled, renamed, force-pushed."""
    pull = call.pull
    return call.page(pull.events, lambda each: history.event(each, pull, call.urls))


@answers("issues/list-events-for-timeline")
def timeline(call: Call) -> Response:
    """The same with commits, comments and reviews in between."""
    return call.page(history.timeline(call.pull, call.urls), lambda each: each)


@answers("issues/add-assignees")
def add_assignees(call: Call) -> Response:
    """Assign people; who is no collaborator is passed over in silence, as the page says."""
    pull = call.pull
    token = call.may("issues", "triage")
    for login in call.given("assignees", []):
        user = call.world.users.get(login.lower())
        if user and login.lower() in pull.repository.roles and user not in pull.assignees:
            pull.assignees.append(user)
            pulls.note(call.world, pull, "assigned", token.user, assignee=user)
    return Response(201, render.issue(pull, call.urls))


@answers("issues/list-labels-for-repo")
def list_labels(call: Call) -> Response:
    """The labels of a repository."""
    repository = call.repository
    return call.page(list(repository.labels.values()), lambda each: render.label(each, repository, call.urls))


@answers("issues/get-label")
def get_label(call: Call) -> Response:
    """One label."""
    label = call.repository.labels.get(call.params["name"])
    if label is None:
        raise not_found()
    return Response(200, render.label(label, call.repository, call.urls))


@answers("issues/create-label")
def create_label(call: Call) -> Response:
    """A new label; one name only once."""
    call.may("issues")
    name = call.given("name")
    if name.lower() in {each.lower() for each in call.repository.labels}:
        raise invalid("Label", "already_exists", "name")
    made = Label(call.world.number(), name, call.given("color", "ededed"), call.given("description"))
    call.repository.labels[name] = made
    return Response(201, render.label(made, call.repository, call.urls))


@answers("issues/list-labels-on-issue")
def labels_of(call: Call) -> Response:
    """The labels of a pull request."""
    pull = call.pull
    return call.page(pull.labels, lambda each: render.label(each, pull.repository, call.urls))


@answers("issues/add-labels")
def add_labels(call: Call) -> Response:
    """Add labels; one that the repository lacks is made, as on GitHub."""
    pull = call.pull
    call.may("issues", "triage")
    _set_labels(call, pull, [each.name for each in pull.labels] + _names(call))
    return Response(200, [render.label(each, pull.repository, call.urls) for each in pull.labels])


@answers("issues/set-labels")
def set_labels(call: Call) -> Response:
    """Replace the labels."""
    pull = call.pull
    call.may("issues", "triage")
    _set_labels(call, pull, _names(call))
    return Response(200, [render.label(each, pull.repository, call.urls) for each in pull.labels])


@answers("issues/remove-label")
def remove_label(call: Call) -> Response:
    """Take one label off; 404 where it is not on."""
    pull = call.pull
    call.may("issues", "triage")
    if call.params["name"] not in {each.name for each in pull.labels}:
        raise not_found()
    _set_labels(call, pull, [each.name for each in pull.labels if each.name != call.params["name"]])
    return Response(200, [render.label(each, pull.repository, call.urls) for each in pull.labels])


def _names(call: Call) -> list[str]:
    given = call.body.get("labels", []) if isinstance(call.body, dict) else call.body
    return [each if isinstance(each, str) else each["name"] for each in given]


def _set_labels(call: Call, pull: PullRequest, names: list[str]) -> None:
    known = pull.repository.labels
    wanted = [known.setdefault(name, Label(call.world.number(), name)) for name in dict.fromkeys(names)]
    for label in [each for each in pull.labels if each not in wanted]:
        pulls.note(call.world, pull, "unlabeled", call.user, label=label)
    for label in [each for each in wanted if each not in pull.labels]:
        pulls.note(call.world, pull, "labeled", call.user, label=label)
    pull.labels = wanted
