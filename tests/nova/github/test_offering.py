"""Proposals against the stand-in: opened once, found again, made anew, left to people, closed, killed at every call."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import requests

from nova import app, branches, proposals, pulls, syncing
from nova.cli import main
from nova.config import places
from nova.git import Git
from nova.github.forge import GitHubForge
from nova.offering import Offered, offer
from nova.ports import silent
from nova.proposals import Asked, Made, Proposed, marker_of
from nova.proposing import past, text
from nova.proposing.past import Stage
from nova.request import Request
from reviewers.digests import digest
from tests.nova.github.desk import CLEAN, SETTINGS, Killed, Mortal, sign

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nova.ports import Progress
    from tests.nova.github.desk import Desk

FIRST, SECOND, THIRD = (f"2026-11-0{day}T10:00:00+00:00" for day in (1, 2, 3))
RULES = ("B001", "B002", "B003", "B004", "B005")
MOST_CALLS = 30


@dataclass
class Shop:
    """A clone of the stand-in's repository. Each rule of ``rules`` has one finding and a fix that takes no proof."""

    desk: Desk
    path: Path
    rules: list[str] = field(default_factory=lambda: [RULES[0]])
    gone: bool = False

    @property
    def git(self) -> Git:
        found = Git.at(self.path)
        assert found is not None
        return found

    def make(self, request: Request, asked: Asked, progress: Progress) -> Proposed:
        """As ``proposals.propose`` does, for findings that need no looking for."""
        here = app.find_subject(request)
        assert asked.base is not None
        room = past.room(proposals.earlier(request, here.key, self.git, progress), asked.now)
        renewed = {p.rule for p in asked.renew}
        fresh = [r for r in self.rules if r not in room.resting][: room.most]
        wanted = [r for r in self.rules if r in renewed or r in fresh]
        made = tuple(self._made(rule, asked) for rule in wanted)
        gone = tuple(p.id for p in asked.renew) if self.gone else ()
        return Proposed(asked.base.commit, "main", len(made), len(made), made, room.resting, (), gone)

    def _made(self, rule: str, asked: Asked) -> Made:
        assert asked.base is not None
        base, findings = asked.base.commit, (digest(rule)[:16],)
        name = digest(rule, base)[:12]
        branch = f"nova/{rule.lower()}-{digest(rule)[:8]}"
        body = f"What and why.\n{marker_of(name, rule, base, findings)}\n"
        words = text.Written(name, branch, f"Mend {rule}", f"Mend {rule}\n\nNova-Proposal: {name}\n", body)
        data = f"MENDED = {rule!r}\n".encode()
        commit = branches.committed(
            self.git, base, {"app.py": data}, words.message, proposals.AUTHOR, asked.base.time
        )  # fmt: skip
        branches.point(self.git, branch, commit)
        return Made(rule, findings, words, (), text.Measured((1, 0), (1, 1), (1, 1)), commit)

    def run(self, now: str = FIRST, end: int = 0, *, is_after: bool = False) -> tuple[Offered, int]:
        """Offer as the command does, and how many calls it took; the process may end at one of them."""
        request = Request(path=self.path, jobs=1, history=False)
        place = pulls.place_of(request, silent)
        calls = Mortal(place.address, place.token, silent)
        calls.end, calls.is_after = end, is_after
        forge = GitHubForge(calls, place.address.repository, place.token)
        place = pulls.Place(place.address, place.token, forge, place.git)
        return offer(request, Asked(5, now, write=True), silent, place, self.make), calls.made

    def pulls(self) -> list[dict[str, Any]]:
        """All pull requests, the oldest first."""
        found: list[dict[str, Any]] = self.desk.rest("pulls?state=all&sort=created&direction=asc")
        return found

    def known(self) -> list[tuple[str, Stage, int | None]]:
        """What memory holds, by rule."""
        request = Request(path=self.path)
        told = proposals.earlier(request, app.find_subject(request).key, self.git, silent)
        return sorted((p.rule, p.stage, p.number) for p in told)

    def state(self) -> object:
        """All that a person sees."""
        return [
            (p["head"]["ref"], p["head"]["sha"], p["draft"], p["state"], p["body"], [x["name"] for x in p["labels"]],
             [r["login"] for r in p["requested_reviewers"]])
            for p in self.pulls()
        ], self.known()  # fmt: skip

    def close(self, number: int) -> None:
        """Close a pull request as a person."""
        self._patch(number, {"state": "closed"})

    def open(self, number: int) -> None:
        """Open a closed one again."""
        self._patch(number, {"state": "open"})

    def merge(self, number: int) -> None:
        """Merge it as a person."""
        pull = self.desk.forge.pull(number)
        pull.draft = False
        url = f"{self.desk.forge.api}/repos/owner/project/pulls/{number}/merge"
        told = requests.put(url, json={}, headers=sign("owner"), timeout=9)
        assert told.status_code == 200, told.text

    def update(self, number: int) -> None:
        """Merge the base into its branch, as GitHub's button does."""
        place = self.desk.home / "update"
        head = self.desk.forge.pull(number).head_ref
        for words in (
            ("clone", "--quiet", "--branch", head, self.desk.forge.clone_url(token="owner-token"), str(place)),
            ("-C", str(place), "-c", "user.name=GitHub", "-c", "user.email=g@localhost", "merge", "--quiet", "--no-ff",
             "-m", "Merge branch 'main'", "origin/main"),
            ("-C", str(place), "push", "--quiet", "origin", head),
        ):  # fmt: skip
            subprocess.run(["git", *words], check=True)

    def _patch(self, number: int, data: dict[str, str]) -> None:
        url = f"{self.desk.forge.api}/repos/owner/project/pulls/{number}"
        assert requests.patch(url, json=data, headers=sign("owner"), timeout=9).status_code == 200


@pytest.fixture
def shop(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A clone, and the token of somebody else than the owner: nobody is asked to review what is their own."""
    monkeypatch.setenv("GITHUB_TOKEN", "writer-token")
    desk.forge.commit("main", {**CLEAN, "pyproject.toml": SETTINGS}, "Begin")
    path = desk.home / "shop"
    subprocess.run(["git", "clone", "--quiet", desk.forge.clone_url(), str(path)], check=True)
    return Shop(desk, path)


def _posts(desk: Desk) -> list[str]:
    return [e.path for e in desk.forge.log.exchanges if e.method in {"POST", "PATCH"} and "/pulls" in e.path]


def test_a_proposal_is_a_draft_with_its_label_and_the_owner_is_asked(shop: Shop) -> None:
    done, _ = shop.run()
    (pull,) = shop.pulls()
    assert pull["draft"]
    assert pull["base"]["ref"] == "main"
    assert pull["body"].rstrip().endswith("-->")
    assert [label["name"] for label in pull["labels"]] == ["nova"]
    assert [one["login"] for one in pull["requested_reviewers"]] == ["owner"]
    assert list(done.numbers.values()) == [pull["number"]]
    assert shop.known() == [(RULES[0], Stage.OPEN, pull["number"])]


def test_again_nothing_is_written(shop: Shop) -> None:
    shop.run()
    before, posts = shop.state(), _posts(shop.desk)
    shop.run(SECOND)
    assert shop.state() == before
    assert _posts(shop.desk) == posts


def test_at_most_three_are_open_and_one_a_rule(shop: Shop) -> None:
    shop.rules = list(RULES)
    shop.run()
    shop.run(SECOND)
    assert len(shop.pulls()) == 3
    assert len({p["head"]["ref"] for p in shop.pulls()}) == 3


def test_when_the_base_moves_it_is_made_anew_on_the_same_branch(shop: Shop) -> None:
    shop.run()
    (before,) = shop.pulls()
    base = shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    shop.run(SECOND)
    (after,) = shop.pulls()
    assert (after["number"], after["head"]["ref"]) == (before["number"], before["head"]["ref"])
    assert after["head"]["sha"] != before["head"]["sha"]
    assert f"base={base} " in after["body"]
    assert shop.known()[-1] == (RULES[0], Stage.OPEN, after["number"])


def test_what_a_person_pushed_to_is_left_alone(shop: Shop) -> None:
    shop.run()
    (before,) = shop.pulls()
    mine = shop.desk.forge.commit(before["head"]["ref"], {"mine.py": "X = 1\n"})
    shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    done, _ = shop.run(SECOND)
    (after,) = shop.pulls()
    assert after["head"]["sha"] == mine
    assert after["body"] == before["body"]
    assert any("somebody pushed to its branch" in line for line in done.lines)


def test_what_is_no_longer_true_is_closed_with_a_sentence(shop: Shop) -> None:
    shop.run()
    shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    shop.rules, shop.gone = [], True
    shop.run(SECOND)
    (pull,) = shop.pulls()
    assert pull["state"] == "closed"
    assert pull["body"].startswith("**Closed by Nova: nothing of what this mends is there any more")
    assert shop.known() == [(RULES[0], Stage.STALE, pull["number"])]


def test_one_that_nova_closed_and_a_person_opened_and_closed_again_was_closed_by_that_person(shop: Shop) -> None:
    shop.run()
    shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    (before,) = shop.pulls()
    shop.rules, shop.gone = [], True
    shop.run(SECOND)
    shop.open(1)
    shop.rules, shop.gone = [RULES[0]], False
    shop.run(THIRD)
    (pull,) = shop.pulls()
    assert pull["state"] == "open"
    assert pull["body"].partition("<!--")[0] == before["body"].partition("<!--")[0]
    assert shop.known() == [(RULES[0], Stage.OPEN, 1)]
    shop.close(1)
    assert _synced(shop) == [(RULES[0], Stage.CLOSED, 1)]


def test_the_sentence_goes_from_one_that_was_opened_again_though_nothing_else_is_to_do(shop: Shop) -> None:
    shop.run()
    (before,) = shop.pulls()
    shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    shop.rules, shop.gone = [], True
    shop.run(SECOND)
    shop.open(1)
    shop.gone = False
    shop.run(THIRD)
    assert shop.pulls()[0]["body"].rstrip() == before["body"].rstrip()


@pytest.mark.parametrize("is_merged", [False, True])
def test_one_that_a_person_ended_while_its_successor_was_made_is_left_as_it_is(shop: Shop, *, is_merged: bool) -> None:
    shop.run()
    shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    (before,) = shop.pulls()
    make = shop.make

    def meanwhile(request: Request, asked: Asked, progress: Progress) -> Proposed:
        made = make(request, asked, progress)
        if is_merged:
            shop.merge(1)
        else:
            shop.close(1)
        return made

    shop.make = meanwhile  # type: ignore[method-assign]
    done, _ = shop.run(SECOND)
    (after,) = shop.pulls()
    assert (after["head"]["sha"], after["body"]) == (before["head"]["sha"], before["body"])
    assert any("meanwhile, and is left as it is" in line for line in done.lines)
    assert (RULES[0], Stage.MERGED if is_merged else Stage.CLOSED, 1) in shop.known()


ENDS = ("close", "merge", "merge with the base in it", "merge with a commit of a person", "closed, opened, merged")


@pytest.mark.parametrize("first", ["sync", "offer"])
@pytest.mark.parametrize("end", ENDS)
def test_sync_and_propose_tell_the_same_end(shop: Shop, end: str, first: str) -> None:
    shop.run()
    branch = shop.pulls()[0]["head"]["ref"]
    if end == "close":
        shop.close(1)
    elif end == "merge with the base in it":
        shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
        shop.update(1)
    elif end == "merge with a commit of a person":
        shop.desk.forge.commit(branch, {"mine.py": "X = 1\n"})
    elif end == "closed, opened, merged":
        shop.close(1)
        assert _synced(shop) == [(RULES[0], Stage.CLOSED, 1)]
        shop.open(1)
    if end != "close":
        shop.merge(1)
    wanted = {"close": Stage.CLOSED, ENDS[3]: Stage.CHANGED}.get(end, Stage.MERGED)
    shop.rules = []
    if first == "offer":
        shop.run(SECOND)
    else:
        _synced(shop)
    told = [(RULES[0], wanted, 1)]
    assert shop.known() == told
    assert _synced(shop) == told
    shop.run(SECOND)
    assert shop.known() == told


def _synced(shop: Shop) -> object:
    syncing.sync(Request(path=shop.path), silent)
    return shop.known()


@pytest.mark.parametrize("forgets", [False, True])
def test_what_people_closed_is_not_proposed_again(shop: Shop, *, forgets: bool) -> None:
    shop.run()
    shop.close(1)
    if forgets:
        database = places().database
        for file in (database, database.with_suffix(".jsonl")):
            file.unlink()
    shop.run(SECOND)
    assert [p["state"] for p in shop.pulls()] == ["closed"]
    assert (RULES[0], Stage.CLOSED, 1) in shop.known()


def test_a_person_who_is_the_author_is_not_asked_and_that_is_told(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "owner-token")
    done, _ = shop.run()
    assert any("owner was not asked to review" in line for line in done.lines)
    assert len(shop.pulls()) == 1


def test_the_token_stands_in_no_word_that_git_or_a_person_sees(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "reader-token")
    seen: list[tuple[str, ...]] = []
    write = Git.write

    def told(self: Git, *words: str, **more: Any) -> str:
        seen.append(words)
        return write(self, *words, **more)

    monkeypatch.setattr(Git, "write", told)
    done, _ = shop.run()
    assert any("push" in words for words in seen)
    assert shop.pulls() == []
    assert "reader-token" not in f"{seen} {done.lines}"
    assert done.lines
    assert not done.is_whole


def test_a_write_whose_answer_is_lost_is_not_done_twice(shop: Shop) -> None:
    shop.desk.forge.fault(method="POST", path="/pulls$", drop="after")
    shop.run()
    shop.run(SECOND)
    assert len(shop.pulls()) == 1
    assert shop.known() == [(RULES[0], Stage.OPEN, 1)]


@pytest.mark.parametrize("is_after", [False, True])
def test_killed_at_any_call_and_run_again_it_comes_to_the_same(shop: Shop, *, is_after: bool) -> None:
    """Each run is killed one call later than the one before, so that every state between is begun from."""
    _kill_through(shop, FIRST, is_after=is_after)
    (pull,) = shop.pulls()
    assert (pull["draft"], pull["state"]) == (True, "open")
    assert [label["name"] for label in pull["labels"]] == ["nova"]
    assert [one["login"] for one in pull["requested_reviewers"]] == ["owner"]
    assert shop.known() == [(RULES[0], Stage.OPEN, pull["number"])]
    base = shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    _kill_through(shop, SECOND, is_after=is_after)
    (pull,) = shop.pulls()
    assert f"base={base} " in pull["body"]
    assert shop.git.commit(pull["head"]["ref"]).commit == pull["head"]["sha"]
    assert shop.known()[-1] == (RULES[0], Stage.OPEN, pull["number"])


def _kill_through(shop: Shop, now: str, *, is_after: bool) -> None:
    for end in _numbers():
        try:
            shop.run(now, end, is_after=is_after)
        except Killed:
            continue
        return
    pytest.fail("it never came to its end")


def _numbers() -> Iterable[int]:
    return range(1, MOST_CALLS)


@pytest.mark.slow
def test_the_command_opens_a_proved_fix_and_makes_it_anew(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole road: real findings, real proofs, a real push."""
    greeting = 'def greet(name):\n    text = f"hello"\n    return text + name\n'
    shop.desk.forge.commit("main", {"greet.py": greeting})
    monkeypatch.chdir(shop.path)
    assert main(["propose", "--post", "--top", "1"]) == 0
    (first,) = shop.pulls()
    assert first["title"].endswith("in greet.py (F541)")
    assert "**proven**" in first["body"]
    shop.desk.forge.commit("main", {"more.py": "X = 1\n"})
    assert main(["propose", "--post", "--top", "1"]) == 0
    (second,) = shop.pulls()
    assert second["head"]["sha"] != first["head"]["sha"]
    shop.desk.forge.commit("main", {"greet.py": greeting.replace('f"', '"')})
    assert main(["propose", "--post", "--top", "1"]) == 0
    (third,) = shop.pulls()
    assert third["state"] == "closed"
    assert shop.known() == [("F541", Stage.STALE, 1)]
