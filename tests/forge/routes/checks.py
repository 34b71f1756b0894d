"""Check runs with annotations, and commit statuses."""

from __future__ import annotations

import re
from typing import Any

from tests.forge import access
from tests.forge.call import Call, answers
from tests.forge.render import people
from tests.forge.routes.repos import commit_of
from tests.forge.state import CheckRun, Repository, User
from tests.forge.urls import Urls, node_id
from tests.forge.wire import Json, Refused, Response, invalid, not_found

MOST_STATUSES = 1_000


@answers("checks/create")
def create(call: Call) -> Response:
    """A check run; only apps make them."""
    repository = call.repository
    token = access.require_app(call.token, repository, "checks")
    fields = dict(call.body)
    sha = commit_of(repository, fields.pop("head_sha"))
    annotations = _annotations(fields)
    run = CheckRun(call.world.number(), sha, token.user, fields, annotations, call.world.clock.stamp())
    _complete(run, call.world.clock.stamp())
    repository.check_runs.append(run)
    call.world.trigger("check_run", "created", repository, None, token.user)
    return Response(201, _payload(run, repository, call.urls))


@answers("checks/update")
def update(call: Call) -> Response:
    """Change a run; its annotations are added to those that are there (page "Check runs", "Update a check run")."""
    repository, run = call.repository, _run(call)
    access.require_app(call.token, repository, "checks")
    fields = dict(call.body or {})
    run.annotations += _annotations(fields)
    run.fields |= {name: value for name, value in fields.items() if name != "output"}
    run.fields["output"] = (run.fields.get("output") or {}) | (fields.get("output") or {})
    _complete(run, call.world.clock.stamp())
    return Response(200, _payload(run, repository, call.urls))


@answers("checks/get")
def get(call: Call) -> Response:
    """One run."""
    return Response(200, _payload(_run(call), call.repository, call.urls))


@answers("checks/list-annotations")
def list_annotations(call: Call) -> Response:
    """All annotations of a run."""
    run = _run(call)
    own = f"{call.urls.repo(call.repository)}/git/blobs"
    blank = {"start_column": None, "end_column": None, "title": None, "raw_details": None}
    return call.page(run.annotations, lambda each: blank | each | {"blob_href": f"{own}/{run.head_sha}"})


@answers("checks/list-for-ref")
def list_for_ref(call: Call) -> Response:
    """The runs of a commit; the latest of each name, unless all are asked for."""
    repository, query = call.repository, call.request.query
    sha = commit_of(repository, call.params["ref"])
    found = [each for each in repository.check_runs if each.head_sha == sha]
    if query.get("filter", "latest") == "latest":
        found = list({(each.app.id, each.fields["name"]): each for each in found}.values())
    found = [each for each in found if query.get("check_name") in {None, each.fields["name"]}]
    return call.page(
        found, lambda each: _payload(each, repository, call.urls), {"total_count": len(found)}, "check_runs"
    )


def _run(call: Call) -> CheckRun:
    for each in call.repository.check_runs:
        if str(each.id) == call.params["check_run_id"]:
            return each
    raise not_found()


def _annotations(fields: dict[str, Any]) -> list[dict[str, Any]]:
    """Take the annotations out of what was sent; the description sees to their number, 50 in one request."""
    output = dict(fields.get("output") or {})
    annotations: list[dict[str, Any]] = output.pop("annotations", None) or []
    if output:
        fields["output"] = output
    return annotations


def _complete(run: CheckRun, now: str) -> None:
    """A conclusion completes a run by itself (same page, ``conclusion``)."""
    if run.fields.get("conclusion"):
        run.fields["status"] = "completed"
        run.fields.setdefault("completed_at", now)


def _payload(run: CheckRun, repository: Repository, urls: Urls) -> Json:
    own = f"{urls.repo(repository)}/check-runs/{run.id}"
    output = run.fields.get("output") or {}
    pulls = [each for each in repository.pulls.values() if each.head_sha == run.head_sha and each.state == "open"]
    return {
        "id": run.id,
        "node_id": node_id("CheckRun", run.id),
        "head_sha": run.head_sha,
        "name": run.fields["name"],
        "external_id": run.fields.get("external_id") or "",
        "url": own,
        "html_url": f"{urls.html_repo(repository)}/runs/{run.id}",
        "details_url": run.fields.get("details_url") or f"{urls.html_repo(repository)}/runs/{run.id}",
        "status": run.fields.get("status", "queued"),
        "conclusion": run.fields.get("conclusion"),
        "started_at": run.fields.get("started_at") or run.started,
        "completed_at": run.fields.get("completed_at"),
        "check_suite": {"id": run.id},
        "app": _app(run.app, run.started, urls),
        "pull_requests": [
            {
                "id": each.id, "number": each.number, "url": urls.pull(each),
                "head": {"ref": each.head_ref, "sha": each.head_sha, "repo": _small(each.head_repository, urls)},
                "base": {"ref": each.base_ref, "sha": each.base_sha, "repo": _small(repository, urls)},
            }
            for each in pulls
        ],
        "output": {
            "title": output.get("title"),
            "summary": output.get("summary"),
            "text": output.get("text"),
            "annotations_count": len(run.annotations),
            "annotations_url": f"{own}/annotations",
        },
    }  # fmt: skip


def _small(repository: Repository | None, urls: Urls) -> Json:
    return {"id": repository.id, "name": repository.name, "url": urls.repo(repository)} if repository else {}


def _app(user: User, created: str, urls: Urls) -> Json:
    slug = user.login.removesuffix("[bot]")
    return {
        "id": user.id, "slug": slug, "node_id": node_id(user.kind, user.id), "owner": people.user(user, urls),
        "name": slug, "description": None, "external_url": urls.web, "html_url": f"{urls.web}/apps/{slug}",
        "created_at": created, "updated_at": created, "permissions": {"checks": "write"}, "events": [],
    }  # fmt: skip


@answers("repos/create-commit-status")
def create_status(call: Call) -> Response:
    """A status; at most 1,000 for one commit and context (page "Commit statuses", "Create a commit status")."""
    repository = call.repository
    token = call.may("statuses")
    sha = call.params["sha"]
    if not re.fullmatch("[0-9a-f]{40}", sha) or repository.git.resolve(sha) is None:
        raise Refused(422, f"No commit found for SHA: {sha}")
    context = call.given("context", "default")
    if sum((each["sha"], each["context"]) == (sha, context) for each in repository.statuses) >= MOST_STATUSES:
        message = "This SHA and context has reached the maximum number of statuses."
        raise invalid("Status", "custom", None, message)
    if len(call.given("description") or "") > 140:
        raise invalid("Status", "custom", "description", "description is too long (maximum is 140 characters)")
    now = call.world.clock.stamp()
    status = {
        "id": call.world.number(), "sha": sha, "context": context, "state": call.given("state"), "creator": token.user,
        "target_url": call.given("target_url"), "description": call.given("description"), "created": now,
    }  # fmt: skip
    repository.statuses.append(status)
    return Response(201, _status(status, repository, call.urls))


def _status(status: dict[str, Any], repository: Repository, urls: Urls, *, simple: bool = False) -> Json:
    payload = {
        "url": f"{urls.repo(repository)}/statuses/{status['sha']}",
        "avatar_url": f"{urls.web}/avatars/{status['creator'].id}",
        "id": status["id"], "node_id": f"SC_{status['id']}", "state": status["state"], "context": status["context"],
        "description": status["description"], "target_url": status["target_url"],
        "created_at": status["created"], "updated_at": status["created"],
    }  # fmt: skip
    return payload if simple else payload | {"creator": people.user(status["creator"], urls)}


@answers("repos/list-commit-statuses-for-ref")
def list_statuses(call: Call) -> Response:
    """All statuses of a commit, the newest first."""
    repository = call.repository
    sha = commit_of(repository, call.params["ref"])
    found = [each for each in repository.statuses[::-1] if each["sha"] == sha]
    return call.page(found, lambda each: _status(each, repository, call.urls))


@answers("repos/get-combined-status-for-ref")
def combined(call: Call) -> Response:
    """The latest status of each context, and failure, pending or success for all together (same page)."""
    repository = call.repository
    sha = commit_of(repository, call.params["ref"])
    latest = list({each["context"]: each for each in repository.statuses if each["sha"] == sha}.values())
    states = {each["state"] for each in latest}
    state = (
        "failure" if states & {"failure", "error"} else "pending" if not latest or "pending" in states else "success"
    )
    own = f"{call.urls.repo(repository)}/commits/{sha}"
    envelope = {
        "state": state, "sha": sha, "total_count": len(latest), "commit_url": own, "url": f"{own}/status",
        "repository": people.repository(repository, call.urls, call.token),
    }  # fmt: skip
    return call.page(latest, lambda each: _status(each, repository, call.urls, simple=True), envelope, "statuses")
