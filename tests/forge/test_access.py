"""Who may do what, and how a refusal looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.forge.asking import PROJECT, ask, open_pull
from tests.forge.forge import Forge

if TYPE_CHECKING:
    from pathlib import Path

PULL = f"{PROJECT}/pulls/1"
WRITES = [
    ("POST", f"{PROJECT}/issues/1/labels", {"labels": ["nova"]}),
    ("PATCH", PULL, {"title": "Other"}),
    ("PUT", f"{PULL}/merge", {}),
    ("POST", f"{PULL}/requested_reviewers", {"reviewers": ["writer"]}),
    ("POST", f"{PROJECT}/statuses/HEAD", {"state": "success"}),
    ("POST", f"{PROJECT}/git/refs", {"ref": "refs/heads/new", "sha": "HEAD"}),
]


def filled(forge: Forge, path: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    head = str(forge.repository.git.resolve("feature"))
    return path.replace("HEAD", head), {name: head if each == "HEAD" else each for name, each in body.items()}


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_who_may_only_read_changes_nothing(forge: Forge, method: str, path: str, body: dict[str, Any]) -> None:
    open_pull(forge)
    path, body = filled(forge, path, body)
    answer = ask(forge, method, path, body, token="reader-token")
    assert (answer.status, answer.payload["message"]) == (403, "Must have admin rights to Repository.")
    assert ask(forge, method, path, body, token="writer-token").status in {200, 201}


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_the_token_of_a_forks_run_changes_nothing(forge: Forge, method: str, path: str, body: dict[str, Any]) -> None:
    open_pull(forge)
    path, body = filled(forge, path, body)
    answer = ask(forge, method, path, body, token="fork-token")
    assert (answer.status, answer.payload["message"]) == (403, "Resource not accessible by integration")
    assert ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x"}, token="fork-token").status == 403
    assert ask(forge, "GET", PULL, token="fork-token").status == 200


def test_who_may_read_may_comment_and_review(forge: Forge) -> None:
    open_pull(forge)
    assert ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x"}, token="stranger-token").status == 201
    asked = {"event": "APPROVE"}
    assert ask(forge, "POST", f"{PULL}/reviews", asked, token="stranger-token").status == 200


def test_anothers_comment_is_changed_only_by_who_may_write(forge: Forge) -> None:
    open_pull(forge)
    made = ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x"}).payload["id"]
    path = f"{PROJECT}/issues/comments/{made}"
    assert ask(forge, "PATCH", path, {"body": "y"}, token="reader-token").status == 403
    assert ask(forge, "PATCH", path, {"body": "y"}, token="writer-token").status == 200


def test_a_bad_token_is_401_and_none_may_only_read(forge: Forge) -> None:
    open_pull(forge)
    bad = ask(forge, "GET", PULL, token="wrong")
    assert (bad.status, bad.payload["message"]) == (401, "Bad credentials")
    assert ask(forge, "GET", PULL, token=None).status == 200
    none = ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x"}, token=None)
    assert (none.status, none.payload["message"]) == (401, "Requires authentication")


def test_what_a_token_cannot_see_is_404(tmp_path: Path) -> None:
    with Forge(tmp_path, private=True) as forge:
        open_pull(forge)
        for token in ("stranger-token", None):
            assert ask(forge, "GET", PULL, token=token).status == 404
            assert ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x"}, token=token).status == 404
        assert ask(forge, "GET", PULL, token="reader-token").status == 200
        assert ask(forge, "GET", f"{PROJECT}/pulls/99").status == 404
        assert forge.log.violations == []


def test_a_check_run_is_for_apps_alone(forge: Forge) -> None:
    open_pull(forge)
    asked = {"name": "nova", "head_sha": str(forge.repository.git.resolve("feature"))}
    answer = ask(forge, "POST", f"{PROJECT}/check-runs", asked)
    assert (answer.status, answer.payload["message"]) == (403, "You must authenticate via a GitHub App.")
    assert ask(forge, "POST", f"{PROJECT}/check-runs", asked, token="workflow-token").status == 201
    assert ask(forge, "POST", f"{PROJECT}/check-runs", asked, token="fork-token").status == 403


def test_a_fine_grained_token_does_what_it_was_given(forge: Forge) -> None:
    open_pull(forge)
    forge.world.add_token("fine", "writer", kind="fine-grained", permissions={"pull_requests": "write"})
    assert ask(forge, "PATCH", PULL, {"title": "Other"}, token="fine").status == 200
    answer = ask(forge, "PUT", f"{PULL}/merge", {}, token="fine")
    assert (answer.status, answer.payload["message"]) == (403, "Resource not accessible by personal access token")


def test_a_token_for_other_repositories_changes_nothing_here(forge: Forge) -> None:
    open_pull(forge)
    forge.world.add_token(
        "elsewhere",
        "writer",
        kind="fine-grained",
        permissions={"pull_requests": "write"},
        repositories=frozenset({"other/project"}),
    )
    assert ask(forge, "PATCH", PULL, {"title": "Other"}, token="elsewhere").status == 403


@pytest.mark.parametrize(
    ("login", "permission", "role"),
    [
        ("owner", "admin", "admin"),
        ("writer", "write", "write"),
        ("reader", "read", "read"),
        ("stranger", "read", "read"),
    ],
)
def test_a_collaborators_permission_is_told(forge: Forge, login: str, permission: str, role: str) -> None:
    open_pull(forge)
    answer = ask(forge, "GET", f"{PROJECT}/collaborators/{login}/permission", token="writer-token").payload
    assert (answer["permission"], answer["role_name"]) == (permission, role)
    assert ask(forge, "GET", f"{PROJECT}/collaborators/{login}/permission", token="reader-token").status == 403


def test_maintain_is_told_as_write_and_triage_as_read(forge: Forge) -> None:
    open_pull(forge)
    forge.repository.roles |= {"reader": "triage", "writer": "maintain"}
    told = [ask(forge, "GET", f"{PROJECT}/collaborators/{login}/permission").payload for login in ("reader", "writer")]
    assert [(each["permission"], each["role_name"]) for each in told] == [("read", "triage"), ("write", "maintain")]


def test_an_installation_has_no_user(forge: Forge) -> None:
    assert ask(forge, "GET", "/user").payload["login"] == "owner"
    assert ask(forge, "GET", "/user", token="workflow-token").status == 403


def test_what_the_workflows_own_token_makes_starts_no_workflows(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("second", {"b.py": "1\n"})
    asked = {"title": "T", "head": "second", "base": "main"}
    assert ask(forge, "POST", f"{PROJECT}/pulls", asked, token="workflow-token").status == 201
    opened = [each for each in forge.world.triggers if (each.event, each.action) == ("pull_request", "opened")]
    assert [(each.actor, each.starts_workflows) for each in opened] == [
        ("owner", True),
        ("github-actions[bot]", False),
    ]


def test_the_setting_of_a_repository_keeps_workflows_from_proposing_and_approving(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("second", {"b.py": "1\n"})
    forge.repository.actions_may_propose = False
    asked = {"title": "T", "head": "second", "base": "main"}
    refused = ask(forge, "POST", f"{PROJECT}/pulls", asked, token="workflow-token")
    assert (refused.status, "GitHub Actions is not permitted" in refused.said) == (403, True)
    assert ask(forge, "POST", f"{PULL}/reviews", {"event": "APPROVE"}, token="workflow-token").status == 403
    comment = {"event": "COMMENT", "body": "x"}
    assert ask(forge, "POST", f"{PULL}/reviews", comment, token="workflow-token").status == 200
    assert ask(forge, "POST", f"{PROJECT}/pulls", asked).status == 201


def test_a_classic_token_reaches_as_far_as_its_scopes(forge: Forge) -> None:
    open_pull(forge)
    forge.world.add_token("bare", "writer", scopes=frozenset())
    forge.world.add_token("public", "writer", scopes=frozenset({"public_repo"}))
    assert ask(forge, "PATCH", PULL, {"title": "Other"}, token="bare").status == 404
    assert ask(forge, "GET", PULL, token="bare").headers["x-oauth-scopes"] == ""
    answer = ask(forge, "PATCH", PULL, {"title": "Other"}, token="public")
    assert (answer.status, answer.headers["x-oauth-scopes"]) == (200, "public_repo")


def test_a_refusal_tells_which_permission_would_do(forge: Forge) -> None:
    open_pull(forge)
    answer = ask(forge, "PATCH", PULL, {"title": "Other"}, token="fork-token")
    assert answer.headers["x-accepted-github-permissions"] == "pull_requests=write"


def test_enterprise_server_tells_its_version(forge: Forge) -> None:
    assert ask(forge, "GET", "/api/v3/meta").payload["installed_version"] == "3.18.0"
    assert "installed_version" not in ask(forge, "GET", "/meta").payload
