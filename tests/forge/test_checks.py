"""Check runs, commit statuses and uploads of SARIF."""

from __future__ import annotations

import base64
import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.forge.asking import PROJECT, Answer, ask, open_pull

if TYPE_CHECKING:
    from tests.forge.forge import Forge

RUNS = f"{PROJECT}/check-runs"
SARIFS = f"{PROJECT}/code-scanning/sarifs"


def annotation(number: int) -> dict[str, Any]:
    return {"path": "a.py", "start_line": number, "end_line": number, "annotation_level": "warning", "message": "x"}


def run(forge: Forge, **more: Any) -> Answer:
    asked = {"name": "nova", "head_sha": forge.repository.git.resolve("feature")} | more
    return ask(forge, "POST", RUNS, asked, token="workflow-token")


def output(**more: Any) -> dict[str, Any]:
    return {"title": "T", "summary": "S"} | more


def test_more_than_50_annotations_in_a_call_are_refused_and_further_calls_add(forge: Forge) -> None:
    open_pull(forge)
    refused = run(forge, output=output(annotations=[annotation(1)] * 51))
    assert (refused.status, refused.payload["message"]) == (
        422,
        "Invalid request.\n\nNo more than 50 items are allowed; 51 were supplied.",
    )
    forge.log.allow(lambda each: each.operation == "checks/create" and each.side == "request")
    made = run(forge, output=output(annotations=[annotation(number) for number in range(1, 51)])).payload
    assert made["output"]["annotations_count"] == 50
    more = {"output": output(annotations=[annotation(51)])}
    changed = ask(forge, "PATCH", f"{RUNS}/{made['id']}", more, token="workflow-token").payload
    assert changed["output"]["annotations_count"] == 51
    listed = ask(forge, "GET", f"{RUNS}/{made['id']}/annotations?per_page=100").payload
    assert [each["start_line"] for each in listed] == list(range(1, 52))


def test_too_long_a_summary_is_refused(forge: Forge) -> None:
    open_pull(forge)
    refused = run(forge, output=output(summary="x" * 65_536))
    assert refused.status == 422
    assert "Only 65535 characters are allowed; 65536 were supplied." in refused.said
    forge.log.allow(lambda each: each.operation == "checks/create" and each.side == "request")


def test_a_conclusion_completes_a_run(forge: Forge) -> None:
    open_pull(forge)
    assert run(forge).payload["status"] == "queued"
    done = run(forge, conclusion="neutral").payload
    assert (done["status"], done["conclusion"]) == ("completed", "neutral")
    assert done["completed_at"]
    listed = ask(forge, "GET", f"{PROJECT}/commits/feature/check-runs").payload
    assert (listed["total_count"], listed["check_runs"][0]["id"]) == (1, done["id"])
    assert listed["check_runs"][0]["pull_requests"][0]["number"] == 1


def test_statuses_are_combined_by_their_latest_in_each_context(forge: Forge) -> None:
    open_pull(forge)
    head = forge.repository.git.resolve("feature")

    def put(state: str, context: str) -> None:
        assert ask(forge, "POST", f"{PROJECT}/statuses/{head}", {"state": state, "context": context}).status == 201

    def combined() -> str:
        state: str = ask(forge, "GET", f"{PROJECT}/commits/feature/status").payload["state"]
        return state

    assert combined() == "pending"
    put("error", "nova")
    put("success", "tests")
    assert combined() == "failure"
    put("success", "nova")
    assert combined() == "success"
    assert len(ask(forge, "GET", f"{PROJECT}/commits/feature/statuses").payload) == 3


def test_a_status_needs_a_commit_that_is_there_and_a_short_description(forge: Forge) -> None:
    open_pull(forge)
    head = forge.repository.git.resolve("feature")
    assert ask(forge, "POST", f"{PROJECT}/statuses/{'1' * 40}", {"state": "success"}).status == 422
    asked = {"state": "success", "description": "x" * 141}
    assert ask(forge, "POST", f"{PROJECT}/statuses/{head}", asked).status == 422


def upload(forge: Forge, written: Any, token: str = "workflow-token", **more: Any) -> Answer:
    packed = base64.b64encode(gzip.compress(json.dumps(written).encode())).decode()
    asked = {"commit_sha": forge.repository.git.resolve("feature"), "ref": "refs/pull/1/head", "sarif": packed} | more
    return ask(forge, "POST", SARIFS, asked, token=token)


def sarif(*results: Any) -> Any:
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "nova"}}, "results": list(results)}]}


def test_an_upload_is_read_and_told(forge: Forge) -> None:
    open_pull(forge)
    place = {"physicalLocation": {"artifactLocation": {"uri": "a.py"}, "region": {"startLine": 1}}}
    answer = upload(forge, sarif({"ruleId": "r", "message": {"text": "x"}, "locations": [place]}))
    assert answer.status == 202
    told = ask(forge, "GET", f"{SARIFS}/{answer.payload['id']}").payload
    assert (told["processing_status"], told["errors"]) == ("complete", None)
    (analysis,) = ask(forge, "GET", f"{PROJECT}/code-scanning/analyses").payload
    assert (analysis["results_count"], analysis["tool"]["name"]) == (1, "nova")


def test_an_upload_that_cannot_be_used_fails_afterwards(forge: Forge) -> None:
    open_pull(forge)
    answer = upload(forge, sarif({"ruleId": "r", "message": {"text": "x"}}))
    assert answer.status == 202
    assert ask(forge, "GET", f"{SARIFS}/{answer.payload['id']}").payload["processing_status"] == "failed"


@pytest.mark.parametrize("packed", ["not base64", base64.b64encode(b"not gzip").decode()])
def test_an_upload_that_is_not_packed_is_refused(forge: Forge, packed: str) -> None:
    open_pull(forge)
    assert upload(forge, {}, sarif=packed).status == 400


def test_an_upload_needs_its_permission(forge: Forge) -> None:
    open_pull(forge)
    assert upload(forge, sarif(), token="fork-token").status == 403
    assert upload(forge, sarif(), token="reader-token").status == 403
