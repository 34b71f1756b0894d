"""A night against the stand-in: it listens, posts what is proved once, and is quiet when nothing changed there."""

from __future__ import annotations

import contextlib
import io
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import requests

from nova import swarming
from nova.cli import main
from nova.nightly import Plan, Way, night
from tests.nova.github.desk import CLEAN, SETTINGS, sign

if TYPE_CHECKING:
    from pathlib import Path

    from nova.orchestrator.lines import Plain
    from tests.nova.github.desk import Desk

GREETING = 'def greet(name):\n    text = f"hello"\n    return text + name\n'
"""One finding (F541) with a fix that leaves the code identical."""
pytestmark = pytest.mark.slow


@dataclass
class House:
    """A clone of the stand-in's repository, and Nova's night in it."""

    desk: Desk
    path: Path
    out: str = ""

    def nightly(self, *arguments: str) -> int:
        """The command, in this process; its exit code."""
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            code = main(["nightly", "--minutes", "5", *arguments])
        self.out = told.getvalue()
        return code

    def pulls(self) -> list[dict[str, Any]]:
        """All pull requests, the oldest first."""
        found: list[dict[str, Any]] = self.desk.rest("pulls?state=all&sort=created&direction=asc")
        return found

    def writes(self) -> list[str]:
        """Everything that was asked for that changes something there."""
        return [
            f"{e.method} {e.path}" for e in self.desk.forge.log.exchanges
            if e.method in {"POST", "PATCH", "PUT", "DELETE"} and "graphql" not in e.path and "git-upload" not in e.path
        ]  # fmt: skip


@pytest.fixture
def house(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> House:
    """A clone, and the token of somebody else than the owner."""
    monkeypatch.setenv("GITHUB_TOKEN", "writer-token")
    desk.forge.commit("main", {**CLEAN, "pyproject.toml": SETTINGS, "greet.py": GREETING}, "Begin")
    path = desk.home / "shop"
    subprocess.run(["git", "clone", "--quiet", desk.forge.clone_url(), str(path)], check=True)
    monkeypatch.chdir(path)
    return House(desk, path)


def test_a_night_posts_a_draft_once_and_the_next_is_one_line(house: House) -> None:
    assert house.nightly("--post") == 0, house.out
    (pull,) = house.pulls()
    assert pull["draft"]
    assert pull["title"].endswith("in greet.py (F541)")
    assert f"pull request #{pull['number']}" in house.out
    assert "listened to GitHub: 0 pull requests read, nothing new" in house.out
    writes = house.writes()
    assert house.nightly("--post") == 0
    assert house.out.startswith("nothing changed since the last night (")
    assert house.out.count("\n") == 1
    assert house.writes() == writes


def test_when_the_base_moves_the_draft_is_made_anew_and_no_second_one_is_opened(house: House) -> None:
    house.nightly("--post")
    (before,) = house.pulls()
    house.desk.forge.commit("main", {"more.py": "X = 1\n"})
    assert house.nightly("--post") == 0, house.out
    (after,) = house.pulls()
    assert after["head"]["sha"] != before["head"]["sha"]
    assert f"#{after['number']} was made anew on" in house.out
    assert house.nightly("--post") == 0
    assert house.out.startswith("nothing changed")


def test_what_a_person_closed_is_heard_and_not_proposed_again(house: House) -> None:
    house.nightly("--post")
    (pull,) = house.pulls()
    url = f"{house.desk.forge.api}/repos/owner/project/pulls/{pull['number']}"
    assert requests.patch(url, json={"state": "closed"}, headers=sign("owner"), timeout=9).status_code == 200
    assert house.nightly("--post") == 0, house.out
    assert "1 proposal that came to an end" in house.out
    assert f"F541, #{pull['number']} was closed; it rests until" in house.out
    assert [p["state"] for p in house.pulls()] == ["closed"]


def test_without_leave_nothing_is_written_there(house: House) -> None:
    assert house.nightly() == 0
    assert house.nightly("--propose", "--again") == 0
    assert house.pulls() == []
    assert house.writes() == []


def test_without_a_token_it_says_that_github_was_left_out_and_posts_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert house.nightly() == 0
    assert house.out.startswith("GitHub was left out: there is no token for 127.0.0.1")
    assert "What could be proposed on" in house.out
    assert house.nightly("--post") == 2
    assert "there is no token to post with" in house.out
    assert house.pulls() == []


def test_a_github_that_fails_is_told_and_the_night_goes_on_without(house: House) -> None:
    house.desk.forge.fault(method="GET", path="/pulls", status=502, times=100)
    assert house.nightly() == 2
    assert house.out.startswith("GitHub was left out: ")
    assert "What could be proposed on" in house.out


class _Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("kind", "tool"),
    [
        pytest.param("call", "post_proposals", marks=pytest.mark.long),
        ("result", "post_proposals"),
        pytest.param("ended", "", marks=pytest.mark.long),
    ],
)
def test_killed_where_it_posts_and_run_again_there_is_one_draft(house: House, kind: str, tool: str) -> None:
    def listen(line: Plain) -> None:
        if line["kind"] == kind and tool in {line.get("tool"), ""}:
            raise _Killed

    where = swarming.here(None, None, None)
    with pytest.raises(_Killed):
        night(where, Plan(5, Way.DRAFTS), listen=listen)
    assert house.nightly("--post") == 0, house.out
    (pull,) = house.pulls()
    assert [label["name"] for label in pull["labels"]] == ["nova"]
    assert house.nightly("--post") == 0
    assert house.out.startswith("nothing changed")


def test_an_answer_that_is_lost_on_the_way_makes_no_second_draft(house: House) -> None:
    house.desk.forge.fault(method="POST", path="/pulls$", drop="after")
    house.nightly("--post")
    assert house.nightly("--post") == 0, house.out
    assert len(house.pulls()) == 1
