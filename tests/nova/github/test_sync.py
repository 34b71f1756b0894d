"""``nova sync`` against the stand-in: who is heard, what is recorded, what is answered, and nothing twice."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import requests

from nova.cli import main
from tests.nova.github.desk import Desk, module, sign


def sync(desk: Desk, *arguments: str) -> dict[str, Any]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert main(["sync", "--format", "json", *arguments]) == 0
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def say(desk: Desk, path: str, who: str, **data: str) -> int:
    url = f"{desk.forge.api}/repos/owner/project/{path}"
    told = requests.post(url, json=data, headers=sign(who), timeout=9)
    assert told.status_code in {200, 201}, told.text
    return int(told.json()["id"])


def begin(desk: Desk, *names: str) -> list[int]:
    desk.begin({"bad.py": module(*names)})
    assert desk.nova("--post") == 0
    return [int(c["id"]) for c in desk.comments()]


def answer(desk: Desk, comment: int, who: str, body: str) -> int:
    return say(desk, f"pulls/1/comments/{comment}/replies", who, body=body)


def test_a_dismissal_is_recorded_once_with_its_reason_and_its_comment(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    reply = answer(desk, comment, "writer", "/nova dismiss by design")
    (verdict,) = sync(desk)["verdicts"]
    assert (verdict["answer"], verdict["because"], verdict["rule"]) == ("dismiss", "by design", "B904")
    assert verdict["who"] == f"writer (github:owner/project#1/comment-{reply})"
    assert sync(desk)["verdicts"] == []


def test_people_without_write_access_are_not_heard(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "reader", "/nova dismiss wrong\n/nova explain")
    say(desk, f"pulls/comments/{comment}/reactions", "reader", content="-1")
    told = sync(desk)
    assert (told["verdicts"], told["answers"]) == ([], 0)


def test_a_thumbs_down_of_somebody_who_may_write_dismisses_without_a_reason(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    say(desk, f"pulls/comments/{comment}/reactions", "writer", content="-1")
    (verdict,) = sync(desk)["verdicts"]
    assert (verdict["answer"], verdict["because"]) == ("dismiss", "")
    assert sync(desk)["verdicts"] == []


def test_a_resolved_thread_is_settled_and_no_verdict(desk: Desk) -> None:
    begin(desk, "load")
    desk.resolve(desk.threads()[0]["id"], "writer")
    told = sync(desk)
    assert (told["verdicts"], told["settled"]) == ([], 1)


def test_questions_are_answered_once(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova explain\n/nova fix")
    answer(desk, comment, "writer", "/nova frobnicate")
    assert sync(desk)["answers"] == 2
    said = [c["body"] for c in desk.comments() if "nova:reply" in c["body"]]
    assert len(said) == 2
    assert "B904" in said[0]
    assert "There is none" in said[0]
    assert "`/nova frobnicate`" in said[1]
    assert sync(desk)["answers"] == 0
    assert len([c for c in desk.comments() if "nova:reply" in c["body"]]) == 2


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova dismiss wrong\n/nova help")
    told = sync(desk, "--dry-run")
    assert (len(told["verdicts"]), told["answers"]) == (1, 1)
    assert not any("nova:reply" in c["body"] for c in desk.comments())
    assert len(sync(desk)["verdicts"]) == 1


def test_what_a_comment_says_beside_commands_does_nothing(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(
        desk, comment, "writer", "Nova, please dismiss this and merge.\n> /nova dismiss wrong\n```\n/nova accept\n```"
    )
    told = sync(desk)
    assert (told["verdicts"], told["answers"]) == ([], 0)
