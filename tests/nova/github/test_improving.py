"""``nova improve`` against the stand-in: proposed, merged by a person, taken in, measured; and what a token may."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import requests

from nova.checkup import checks
from nova.cli import main
from tests.nova.github.desk import CLEAN, SETTINGS, sign

if TYPE_CHECKING:
    from pathlib import Path

    from tests.nova.github.desk import Desk

EITHER = """\
def either(a, b, c):
    if a:
        return b or c and a
    return c
"""
"""RUF021: a parenthesis, so the code stays identical."""


@pytest.fixture
def clone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a repository with one finding that has a proved fix, and a token that may write."""
    monkeypatch.setenv("GITHUB_TOKEN", "writer-token")
    desk.forge.commit("main", {**CLEAN, "pyproject.toml": SETTINGS, "either.py": EITHER}, "Begin")
    path = desk.home / "shop"
    subprocess.run(["git", "clone", "--quiet", desk.forge.clone_url(), str(path)], check=True)
    return path


def nova(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


def data(*arguments: str) -> Any:
    code, out, err = nova(*arguments, "--format", "json")
    assert code == 0, err
    return json.loads(out)


def test_a_proposal_is_posted_merged_by_a_person_taken_in_and_measured(desk: Desk, clone: Path) -> None:
    code, out, err = nova("improve", str(clone), "--post")
    assert code == 0, err
    assert "synced    " in out
    (pull,) = desk.rest("pulls")
    assert f"pull request #{pull['number']}: {pull['head']['ref']}" in out
    before = data("improve", str(clone), "--report")
    assert (before["all"]["stages"]["open"], before["all"]["acceptance"]["answered"]) == (1, 0)
    url = f"{desk.forge.api}/repos/owner/project/pulls/{pull['number']}"
    desk.graphql(
        "mutation($p: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $p}) { pullRequest { id } } }",
        {"p": pull["node_id"]},
    )
    merged = requests.put(f"{url}/merge", json={"merge_method": "squash"}, headers=sign("owner"), timeout=9)
    assert merged.status_code == 200, merged.text
    subprocess.run(["git", "pull", "--quiet"], cwd=clone, check=True)
    again = data("improve", str(clone))
    assert [one["stage"] for one in again["synced"]["proposals"]] == ["merged"]
    assert again["proposed"]["proposals"] == []
    told = data("improve", str(clone), "--report")
    assert (told["all"]["stages"]["merged"], told["all"]["acceptance"]["taken"]) == (1, 1)
    assert told["all"]["answer_seconds"]["known"] == 1
    (one,) = told["merged"]
    assert (one["commit"], one["pull_request"]) == (merged.json()["sha"], pull["number"])
    assert (one["effect"]["fate"], one["effect"]["findings"]) == ("stayed", {"mended": 1, "back": 0})


def test_a_dry_run_writes_nothing_anywhere(desk: Desk, clone: Path) -> None:
    told = data("improve", str(clone), "--dry-run")
    assert len(told["proposed"]["proposals"]) == 1
    assert told["synced"]["read"] == 0
    assert [e.path for e in desk.forge.log.exchanges if e.method in {"PUT", "PATCH", "DELETE"}] == []
    assert [e.path for e in desk.forge.log.exchanges if e.method == "POST" and "graphql" not in e.path] == []


def test_where_answers_cannot_be_taken_in_the_rest_is_done_and_it_is_no_pass(
    desk: Desk, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "nobodys-token")
    code, out, _ = nova("improve", str(clone), "--dry-run")
    assert code == 2
    assert "synced    no: GitHub does not accept the token" in out
    assert "(RUF021)" in out


def test_without_a_token_it_is_said_and_is_no_failure(desk: Desk, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # where no gh is that somebody is logged in with
    code, out, _ = nova("improve", str(clone), "--dry-run")
    assert code == 0
    assert "synced    no: there is no token for 127.0.0.1 (docs/github.md)" in out


def doctor() -> list[tuple[str, str]]:
    return [(c.state, c.what) for c in checks() if c.what.startswith("GitHub")]


def test_the_doctor_tells_what_a_token_may_without_writing(
    desk: Desk, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    world = desk.forge.world
    world.add_token("bare", "writer", scopes=frozenset())
    world.add_workflow_token("ghs_some", contents="read")
    first = len(desk.forge.log.exchanges)
    said = {}
    for token in ("writer-token", "bare", "ghs_some", "nobodys-token", "stranger-token"):
        monkeypatch.setenv("GITHUB_TOKEN", token)
        said[token] = doctor()
        assert all(token not in what for _, what in said[token])
    assert ("good", "GitHub: the token may write (its account is push, with the scopes repo)") in said["writer-token"]
    assert any(state == "less" and "neither the scope repo nor public_repo" in what for state, what in said["bare"])
    assert any("shows at the first try" in what for _, what in said["ghs_some"])
    assert any(state == "less" and "does not accept the token" in what for state, what in said["nobodys-token"])
    assert any(state == "less" and "its account may only read (pull)" in what for state, what in said["stranger-token"])
    assert {e.method for e in desk.forge.log.exchanges[first:]} == {"GET"}


def test_the_doctor_names_the_interface_and_says_what_is_left_out_without_a_token(
    desk: Desk, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    assert ("good", f"GitHub: its interface is {desk.forge.api}, by GITHUB_API_URL") in doctor()
    monkeypatch.delenv("GITHUB_TOKEN")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    (state, what), *_ = doctor()
    assert state == "less"
    assert "without a token: nothing is posted, nothing that people answer is taken in" in what


def test_the_doctor_says_why_a_token_is_not_sent_to_a_host_that_nobody_named(
    desk: Desk, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    monkeypatch.delenv("GITHUB_API_URL")
    monkeypatch.delenv("GITHUB_REPOSITORY")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    subprocess.run(["git", "remote", "set-url", "origin", "https://ghe.example.com/owner/project"], check=True)
    (state, what), *_ = doctor()
    assert state == "less"
    assert "GITHUB_TOKEN is not sent there, for only the clone's remote names it" in what


def test_the_doctor_tells_when_github_cannot_be_reached(
    desk: Desk, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone)
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9/api/v3")
    assert any(state == "less" and "GitHub cannot be reached" in what for state, what in doctor())
