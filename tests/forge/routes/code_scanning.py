"""Uploads of SARIF: gzip, base64, its size and its place checked; the analyses that come of them."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import uuid
import zlib
from typing import Any

from tests.forge.call import Call, answers
from tests.forge.routes.repos import readable
from tests.forge.wire import Json, Refused, Response, not_found

MOST_BYTES = 10_000_000
MOST_RESULTS = 25_000


@answers("code-scanning/upload-sarif")
def upload(call: Call) -> Response:
    """202 and an id; GitHub reads the file afterwards (page "REST API endpoints for code scanning").

    400 for what is no gzipped and base64-encoded JSON, 413 over 10 MB zipped, 403 without ``security_events``.
    """
    repository = call.repository
    call.may("security_events")
    try:
        packed = base64.b64decode(call.given("sarif"), validate=True)
        text = gzip.decompress(packed)
        sarif = json.loads(text)
    except (binascii.Error, OSError, EOFError, zlib.error, ValueError):
        raise Refused(400, "sarif is not valid: it must be gzip compressed and base64 encoded") from None
    if len(packed) > MOST_BYTES:
        raise Refused(413, "Payload Too Large")
    if not readable(repository, call.given("commit_sha")):
        raise Refused(404, "commit not found")
    problems = _problems(sarif)
    own = f"{call.urls.repo(repository)}/code-scanning/sarifs"
    upload_id = str(uuid.UUID(int=call.world.number()))
    repository.sarifs.append(
        {"id": upload_id, "commit": call.given("commit_sha"), "ref": call.given("ref"), "sarif": sarif,
         "problems": problems, "created": call.world.clock.stamp(), "number": call.world.number()}
    )  # fmt: skip
    return Response(202, {"id": upload_id, "url": f"{own}/{upload_id}"})


def _problems(sarif: Any) -> list[str]:
    """Why GitHub would not take the file (page "SARIF support for code scanning")."""
    if not isinstance(sarif, dict) or sarif.get("version") != "2.1.0":
        return ["the version must be 2.1.0"]
    runs = sarif.get("runs")
    if not isinstance(runs, list) or not runs:
        return ["there is no run"]
    found = []
    for run in runs:
        if not run.get("tool", {}).get("driver", {}).get("name"):
            found.append("a run has no tool.driver.name")
        if len(run.get("results") or []) > MOST_RESULTS:
            found.append(f"a run has more than {MOST_RESULTS} results")
        for result in run.get("results") or []:
            if not result.get("locations"):
                found.append("a result has no location")
            if not result.get("message", {}).get("text"):
                found.append("a result has no message.text")
    return found


@answers("code-scanning/get-sarif")
def get(call: Call) -> Response:
    """Whether an upload was read: complete or failed, with the reasons."""
    call.may("security_events", "write", "read")
    for each in call.repository.sarifs:
        if each["id"] == call.params["sarif_id"]:
            status = "failed" if each["problems"] else "complete"
            url = f"{call.urls.repo(call.repository)}/code-scanning/analyses?sarif_id={each['id']}"
            return Response(200, {"processing_status": status, "analyses_url": url, "errors": each["problems"] or None})
    raise not_found()


@answers("code-scanning/list-recent-analyses")
def analyses(call: Call) -> Response:
    """The runs that were read, newest first."""
    call.may("security_events", "write", "read")
    wanted = call.request.query.get("sarif_id")
    found = [
        (each, run)
        for each in call.repository.sarifs[::-1]
        for run in each["sarif"]["runs"]
        if not each["problems"] and wanted in {None, each["id"]}
    ]
    own = f"{call.urls.repo(call.repository)}/code-scanning/analyses"
    return call.page(found, lambda pair: _analysis(pair[0], pair[1], own))


def _analysis(each: dict[str, Any], run: dict[str, Any], own: str) -> Json:
    driver = run["tool"]["driver"]
    return {
        "ref": each["ref"], "commit_sha": each["commit"], "analysis_key": "(default)", "environment": "{}",
        "category": run.get("automationDetails", {}).get("id", ""), "error": "", "warning": "",
        "created_at": each["created"], "results_count": len(run.get("results") or []),
        "rules_count": len(driver.get("rules") or []), "id": each["number"], "url": f"{own}/{each['number']}",
        "sarif_id": each["id"], "deletable": True,
        "tool": {"name": driver["name"], "guid": None, "version": driver.get("version")},
    }  # fmt: skip
