"""``nova sync`` against the stand-in: who is heard, what is recorded, what is answered, and nothing twice."""

from __future__ import annotations

import contextlib
import io
import json
from typing import TYPE_CHECKING, Any

import requests

from nova import app
from nova.cli import main
from nova.config import places
from nova.ports import silent
from nova.proposing import remembered
from nova.proposing.past import Proposal, Stage
from nova.request import Request
from tests.nova.github.desk import Desk, module, sign

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def sync(desk: Desk, *arguments: str, code: int = 0) -> dict[str, Any]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        assert main(["sync", "--format", "json", *arguments]) == code
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
    assert "There is no fix" in said[0]
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


def test_nothing_is_recorded_twice_where_the_remembered_moment_is_lost(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova dismiss wrong\n/nova help")
    assert len(sync(desk)["verdicts"]) == 1
    request = Request(path=clone())
    with app.remembered(request, silent) as memory:
        key = app.find_subject(request).key
        assert memory.page(key, "github:synced") is not None
        memory.keep_page(key, "github:synced", "1", b"{}")
    told = sync(desk)
    assert (told["verdicts"], told["answers"]) == ([], 0)


def test_a_thumbs_down_that_is_gone_is_taken_back(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    reaction = say(desk, f"pulls/comments/{comment}/reactions", "writer", content="-1")
    sync(desk)
    url = f"{desk.forge.api}/repos/owner/project/pulls/comments/{comment}/reactions/{reaction}"
    assert requests.delete(url, headers=sign("writer"), timeout=9).status_code == 204
    (verdict,) = sync(desk)["verdicts"]
    assert verdict["answer"] == "undo"
    assert sync(desk)["verdicts"] == []


def test_a_token_that_may_only_read_records_and_says_that_nothing_was_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova dismiss wrong\n/nova help")
    rights = {"pull_requests": "read", "metadata": "read", "contents": "read"}
    desk.forge.world.add_token("reading", "owner", kind="fine-grained", permissions=rights)
    monkeypatch.setenv("GITHUB_TOKEN", "reading")
    told = sync(desk)
    assert (len(told["verdicts"]), told["answers"]) == (1, 0)
    assert any("answers were not written" in note for note in told["notices"])


def test_another_account_takes_nothing_for_novas_and_moves_nothing_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova dismiss wrong")
    monkeypatch.setenv("GITHUB_TOKEN", "reader-token")
    assert sync(desk)["verdicts"] == []
    monkeypatch.setenv("GITHUB_TOKEN", "owner-token")
    requests.patch(
        f"{desk.forge.api}/repos/owner/project/pulls/1", json={"state": "closed"}, headers=sign("owner"), timeout=9
    )
    assert len(sync(desk)["verdicts"]) == 1


def test_a_proposal_that_a_person_closed_is_told_once(desk: Desk) -> None:
    begin(desk, "load")
    propose()
    assert sync(desk)["proposals"] == []
    url = f"{desk.forge.api}/repos/owner/project/pulls/1"
    assert requests.patch(url, json={"state": "closed"}, headers=sign("owner"), timeout=9).status_code == 200
    (one,) = sync(desk)["proposals"]
    assert (one["stage"], one["number"]) == ("closed", 1)
    assert sync(desk)["proposals"] == []


def test_a_proposal_that_was_changed_merged_and_reverted_is_told(desk: Desk) -> None:
    begin(desk, "load")
    propose()
    told = requests.put(
        f"{desk.forge.api}/repos/owner/project/pulls/1/merge", json={}, headers=sign("owner"), timeout=9
    )
    assert told.status_code == 200, told.text
    (one,) = sync(desk)["proposals"]
    assert one["stage"] == "changed"
    desk.forge.commit("main", {"bad.py": None}, f"Revert it\n\nThis reverts commit {told.json()['sha']}.")
    (one,) = sync(desk)["proposals"]
    assert one["stage"] == "reverted"
    assert sync(desk)["proposals"] == []


def test_a_sync_takes_few_calls(desk: Desk) -> None:
    comments = begin(desk, "load", "save", "read")
    for comment in comments:
        answer(desk, comment, "writer", "/nova dismiss wrong")
    assert sync(desk)["calls"] <= 4


def clone() -> Path:
    """The repository that Nova keeps of its own."""
    (found,) = (places().data / "clones").glob("*/owner/project.git")
    return found


def propose() -> None:
    """Let memory hold that the first pull request is a proposal of Nova's."""
    request = Request(path=clone())
    key = app.find_subject(request).key
    one = Proposal("p1", "B904", "feature", "a" * 40, ("f1",), Stage.OPEN, "2020-01-01T00:00:00Z", 1)
    with app.remembered(request, silent) as memory:
        assert remembered.note(memory, key, one, "nova")
