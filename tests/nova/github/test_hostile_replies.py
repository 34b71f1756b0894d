"""Who is heard and who is not, by the living review and by ``nova sync`` alike: against the stand-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from tests.nova.github.desk import Desk, sign
from tests.nova.github.test_sync import answer, begin, say, sync

if TYPE_CHECKING:
    from tests.forge.state import ReviewComment


def _reply(desk: Desk, number: int) -> ReviewComment:
    return next(c for c in desk.forge.pull().review_comments() if c.id == number)


def _heard(desk: Desk) -> tuple[int, bool]:
    """How many verdicts there are, and whether the review takes the finding for settled."""
    found = len(sync(desk)["verdicts"])
    desk.push({"notes.md": f"{len(desk.forge.log.exchanges)}"})
    assert desk.nova("--post", "--no-memory") == 0
    return found, "settled" in desk.err


def test_a_person_who_posts_with_an_own_token_is_heard_and_nova_is_not(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "owner", "/nova explain")
    assert sync(desk)["answers"] == 1
    assert _heard(desk) == (0, False)
    answer(desk, comment, "owner", "/nova dismiss by design")
    assert _heard(desk) == (1, True)
    assert desk.threads()[0]["isResolved"]


def test_a_thread_that_the_posting_person_resolves_by_hand_stays_resolved(desk: Desk) -> None:
    begin(desk, "load")
    desk.resolve(desk.threads()[0]["id"], "owner")
    assert sync(desk)["settled"] == 1
    assert _heard(desk) == (0, True)
    assert desk.threads()[0]["isResolved"]


@pytest.mark.parametrize("kind", ["a bot", "a deleted account", "somebody who may only read"])
def test_who_is_no_person_with_the_right_to_write_is_not_heard(desk: Desk, kind: str) -> None:
    (comment,) = begin(desk, "load")
    reply = _reply(desk, answer(desk, comment, "reader", "/nova dismiss wrong\n/nova help"))
    if kind == "a bot":  # of the very name of somebody who may write
        reply.user = desk.forge.world.add_user("writer-app", kind="Bot")
        reply.user.login = "writer[bot]"
    elif kind == "a deleted account":
        reply.user = desk.forge.world.add_user("ghost")
    assert _heard(desk) == (0, False)
    assert not any("nova:reply" in c["body"] for c in desk.comments())


def test_opposite_answers_of_two_people_end_with_the_last_in_the_thread_and_in_memory(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "/nova dismiss wrong")
    answer(desk, comment, "owner", "/nova accept")
    told = sync(desk)
    assert [v["answer"] for v in told["verdicts"]] == ["dismiss", "accept"]
    assert told["answers"] == 1
    (said,) = [c["body"] for c in desk.comments() if "nova:reply" in c["body"]]
    assert said.startswith("Before, `writer` said `dismiss (wrong)` here. The last answer counts")
    desk.push({"notes.md": "more"})
    assert desk.nova("--post") == 0
    assert [t["isResolved"] for t in desk.threads()] == [False]
    assert sync(desk)["answers"] == 0


def test_an_edited_answer_counts_as_it_reads_now(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    reply = answer(desk, comment, "writer", "/nova dismiss wrong")
    assert [v["answer"] for v in sync(desk)["verdicts"]] == ["dismiss"]
    desk.forge.world.clock.advance(5)
    url = f"{desk.forge.api}/repos/owner/project/pulls/comments/{reply}"
    told = requests.patch(url, json={"body": "Sorry:\n/nova accept"}, headers=sign("writer"), timeout=9)
    assert told.status_code == 200, told.text
    assert [v["answer"] for v in sync(desk)["verdicts"]] == ["accept"]
    assert _heard(desk) == (0, False)


def test_a_reply_in_a_thread_that_is_resolved_is_heard(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    desk.resolve(desk.threads()[0]["id"], "writer")
    answer(desk, comment, "writer", "/nova dismiss not worth it\n/nova explain")
    told = sync(desk)
    assert [v["because"] for v in told["verdicts"]] == ["not worth it"]
    assert told["answers"] == 1


def test_a_comment_as_long_as_github_takes_is_heard_for_its_command_alone(desk: Desk) -> None:
    (comment,) = begin(desk, "load")
    answer(desk, comment, "writer", "> /nova accept\r\n" * 3_000 + "/nova dismiss wrong \u2014 \U0001f642\r\n")
    (verdict,) = sync(desk)["verdicts"]
    assert (verdict["answer"], verdict["because"]) == ("dismiss", "wrong")


def test_a_command_in_the_conversation_is_told_where_it_belongs(desk: Desk) -> None:
    begin(desk, "load")
    say(desk, "issues/1/comments", "writer", body="/nova dismiss wrong")
    assert _heard(desk) == (0, False)
    assert any("answer in the thread" in body for body in desk.summaries())
