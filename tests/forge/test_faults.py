"""Faults on demand, the log, and the control interface for other programs."""

from __future__ import annotations

import http.client
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.forge.asking import PROJECT, ask, open_pull
from tests.forge.git import environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.forge.forge import Forge

COMMENTS = f"{PROJECT}/issues/1/comments"
GONE = (http.client.RemoteDisconnected, ConnectionResetError)


def test_a_fault_strikes_the_nth_request_that_matches(forge: Forge) -> None:
    open_pull(forge)
    forge.fault(method="POST", path="/comments$", nth=2, times=2, status=502)
    statuses = [ask(forge, "POST", COMMENTS, {"body": str(number)}).status for number in range(4)]
    assert statuses == [201, 502, 502, 201]
    assert [each.body for each in forge.pull().comments] == ["0", "3"]


def test_a_connection_dropped_before_the_write_leaves_nothing(forge: Forge) -> None:
    open_pull(forge)
    forge.fault(method="POST", path="/comments$", drop="before")
    with pytest.raises(GONE):
        ask(forge, "POST", COMMENTS, {"body": "x"})
    assert forge.pull().comments == []


def test_a_connection_dropped_after_the_write_leaves_it(forge: Forge) -> None:
    open_pull(forge)
    forge.fault(method="POST", path="/comments$", drop="after")
    with pytest.raises(GONE):
        ask(forge, "POST", COMMENTS, {"body": "x"})
    assert [each.body for each in forge.pull().comments] == ["x"]
    assert forge.log.exchanges[-1].status == 0


def test_a_delay_waits(forge: Forge) -> None:
    open_pull(forge)
    forge.fault(path="/comments$", delay=0.3)
    began = time.monotonic()
    ask(forge, "GET", COMMENTS)
    assert time.monotonic() - began >= 0.3


def test_a_push_can_be_cut_off_after_it_was_taken(forge: Forge, tmp_path: Path) -> None:
    open_pull(forge)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", forge.clone_url(token="writer-token"), str(clone))
    forge.fault(path="git-receive-pack$", drop="after")
    done = subprocess.run(
        ["git", "push", "origin", "HEAD:refs/heads/pushed"],
        cwd=clone,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert forge.repository.git.resolve("pushed") == forge.repository.git.resolve("main")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, env=environment(), check=True, capture_output=True)


def test_every_call_is_in_the_log(forge: Forge) -> None:
    open_pull(forge)
    forge.log.clear()
    ask(forge, "POST", COMMENTS, {"body": "x"}, token="writer-token")
    ask(forge, "GET", COMMENTS)
    assert [(each.method, each.operation, each.user, each.status) for each in forge.log.exchanges] == [
        ("POST", "issues/create-comment", "writer", 201),
        ("GET", "issues/list-comments", "owner", 200),
    ]
    assert (forge.log.count(), forge.log.count("POST"), len(forge.log.writes())) == (2, 1, 1)


def test_other_programs_can_do_the_same_over_http(forge: Forge) -> None:
    open_pull(forge)
    assert ask(forge, "POST", "/_forge/faults", {"path": "/comments$", "status": 503}).payload["status"] == 503
    assert ask(forge, "GET", COMMENTS).status == 503
    assert ask(forge, "GET", "/_forge/faults").payload[0]["seen"] == 1
    assert ask(forge, "POST", "/_forge/faults", {"drop": "during"}).status == 400
    assert ask(forge, "POST", "/_forge/faults", {"wrong": 1}).status == 400
    assert ask(forge, "DELETE", "/_forge/faults").status == 200
    ask(forge, "POST", "/_forge/rate", {"token": "owner-token", "remaining": 0})
    assert ask(forge, "GET", COMMENTS).status == 403
    ask(forge, "POST", "/_forge/clock", {"advance": 3601})
    assert ask(forge, "GET", COMMENTS).status == 200
    assert [each["status"] for each in ask(forge, "GET", "/_forge/log").payload] == [201, 503, 403, 200]
    assert ask(forge, "GET", "/_forge/violations").payload == []
    assert ask(forge, "GET", "/_forge/triggers").payload[-1]["event"] == "pull_request"


def test_a_connection_is_kept_for_many_requests(forge: Forge) -> None:
    open_pull(forge)
    connection = http.client.HTTPConnection("127.0.0.1", forge.server.server_address[1], timeout=10)
    connection.connect()
    port = connection.sock.getsockname()[1]
    for _ in range(3):
        connection.request("GET", f"{PROJECT}/pulls/1")
        connection.getresponse().read()
        assert connection.sock.getsockname()[1] == port
    connection.close()
