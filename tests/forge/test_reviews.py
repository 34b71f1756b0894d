"""Reviews and comments on lines: where they may stand, what is refused, and where they are after later pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.forge.asking import PROJECT, Answer, ask, numbered, open_pull

if TYPE_CHECKING:
    from tests.forge.forge import Forge

PULL = f"{PROJECT}/pulls/1"
OTHER = "writer-token"


def comment(forge: Forge, **more: Any) -> Answer:
    head = forge.repository.git.resolve("feature")
    asked = {"body": "Look", "commit_id": head, "path": "a.py", "line": 10, "side": "RIGHT"} | more
    return ask(forge, "POST", f"{PULL}/comments", {name: each for name, each in asked.items() if each is not None})


def review(forge: Forge, token: str = OTHER, **more: Any) -> Answer:
    return ask(forge, "POST", f"{PULL}/reviews", {"event": "COMMENT", "body": "All"} | more, token=token)


def only(forge: Forge) -> Any:
    (found,) = ask(forge, "GET", f"{PULL}/comments").payload
    return found


@pytest.mark.parametrize(("line", "side"), [(7, "RIGHT"), (10, "RIGHT"), (10, "LEFT"), (13, "LEFT"), (43, "RIGHT")])
def test_a_line_that_the_diff_shows_takes_a_comment(forge: Forge, line: int, side: str) -> None:
    open_pull(forge)
    assert comment(forge, line=line, side=side).status == 201


@pytest.mark.parametrize("line", [6, 14, 25, 36, 44, 61])
def test_a_line_outside_of_the_diff_is_refused(forge: Forge, line: int) -> None:
    open_pull(forge)
    answer = comment(forge, line=line)
    assert answer.status == 422
    assert answer.payload["message"] == "Validation Failed"
    assert answer.payload["errors"][0]["field"] == "pull_request_review_thread.line"
    assert answer.payload["errors"][0]["message"].endswith("must be part of the diff")


def test_a_file_outside_of_the_diff_is_refused(forge: Forge) -> None:
    open_pull(forge)
    assert comment(forge, path="kept.py", line=1).payload["errors"][0]["field"] == "pull_request_review_thread.path"


def test_a_commit_of_another_branch_is_refused(forge: Forge) -> None:
    open_pull(forge)
    other = forge.commit("other", {"a.py": "other\n"})
    assert "commit_id is not part of the pull request" in comment(forge, commit_id=other).said


def test_a_range_stays_within_one_hunk_and_begins_before_its_end(forge: Forge) -> None:
    open_pull(forge)
    assert comment(forge, start_line=8, line=11).payload["start_line"] == 8
    assert comment(forge, start_line=10, line=40).status == 422
    assert comment(forge, start_line=10, line=10).status == 422
    assert comment(forge, start_line=11, line=10).status == 422


def test_a_position_counts_lines_below_the_first_hunk_header_later_headers_included(forge: Forge) -> None:
    open_pull(forge)
    assert comment(forge, line=None, side=None, position=5).payload["line"] == 10
    assert comment(forge, line=40).payload["position"] == 14
    assert comment(forge, line=None, side=None, position=9).status == 422


def test_a_hunk_is_shown_up_to_its_line(forge: Forge) -> None:
    open_pull(forge)
    shown = comment(forge, line=10).payload["diff_hunk"]
    assert shown == "@@ -7,7 +7,7 @@ line 6\n line 7\n line 8\n line 9\n-line 10\n+ten"


def test_a_comment_on_a_file_needs_no_line(forge: Forge) -> None:
    open_pull(forge)
    answer = comment(forge, line=None, side=None, subject_type="file")
    assert (answer.payload["subject_type"], answer.payload["line"]) == ("file", None)


def test_one_bad_comment_refuses_the_whole_review(forge: Forge) -> None:
    open_pull(forge)
    good, bad = {"path": "a.py", "line": 10, "body": "1"}, {"path": "a.py", "line": 25, "body": "2"}
    answer = review(forge, comments=[good, bad])
    assert (answer.status, answer.payload["errors"]) == (422, ["Line could not be resolved"])
    assert ask(forge, "GET", f"{PULL}/comments").payload == []
    assert ask(forge, "GET", f"{PULL}/reviews").payload == []


def test_a_single_comment_and_a_reply_make_reviews_of_their_own(forge: Forge) -> None:
    open_pull(forge)
    made = comment(forge).payload
    reply = ask(forge, "POST", f"{PULL}/comments/{made['id']}/replies", {"body": "So?"}, token=OTHER).payload
    assert (reply["in_reply_to_id"], reply["line"]) == (made["id"], 10)
    reviews = ask(forge, "GET", f"{PULL}/reviews").payload
    assert [(each["state"], each["body"]) for each in reviews] == [("COMMENTED", ""), ("COMMENTED", "")]
    assert made["pull_request_review_id"] == reviews[0]["id"]


def test_a_reply_to_a_reply_is_refused(forge: Forge) -> None:
    open_pull(forge)
    made = comment(forge).payload
    reply = comment(forge, in_reply_to=made["id"]).payload
    assert ask(forge, "POST", f"{PULL}/comments/{reply['id']}/replies", {"body": "So?"}).status == 404


@pytest.mark.parametrize("event", ["APPROVE", "REQUEST_CHANGES"])
def test_a_verdict_on_ones_own_is_refused(forge: Forge, event: str) -> None:
    open_pull(forge)
    answer = review(forge, "owner-token", event=event)
    assert answer.status == 422
    assert "your own pull request" in answer.said
    assert review(forge, event=event).status == 200


def test_a_request_for_changes_needs_words(forge: Forge) -> None:
    open_pull(forge)
    assert review(forge, event="REQUEST_CHANGES", body="").status == 422
    assert review(forge, event="COMMENT", body="").status == 422
    assert review(forge, event="APPROVE", body="").status == 200


def test_a_pending_review_is_its_authors_alone_and_only_one(forge: Forge) -> None:
    open_pull(forge)
    asked = {"body": "Later", "comments": [{"path": "a.py", "line": 10, "body": "1"}]}
    made = ask(forge, "POST", f"{PULL}/reviews", asked, token=OTHER).payload
    assert made["state"] == "PENDING"
    assert ask(forge, "POST", f"{PULL}/reviews", asked, token=OTHER).status == 422
    assert ask(forge, "GET", f"{PULL}/reviews").payload == []
    assert len(ask(forge, "GET", f"{PULL}/reviews", token=OTHER).payload) == 1
    assert ask(forge, "GET", f"{PULL}/comments").payload == []
    handed = ask(forge, "POST", f"{PULL}/reviews/{made['id']}/events", {"event": "COMMENT"}, token=OTHER)
    assert handed.payload["state"] == "COMMENTED"
    assert len(ask(forge, "GET", f"{PULL}/comments").payload) == 1


@pytest.mark.parametrize("body", ["", " \n", "x" * 65_537])
def test_a_blank_or_too_long_text_is_refused_everywhere(forge: Forge, body: str) -> None:
    open_pull(forge)
    assert comment(forge, body=body).status == 422
    assert ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": body}).status == 422
    assert review(forge, comments=[{"path": "a.py", "line": 10, "body": body}]).status == 422


def test_a_comment_moves_with_its_line(forge: Forge) -> None:
    open_pull(forge)
    made = comment(forge, start_line=9, line=11).payload
    tip = forge.commit("feature", {"a.py": "one\ntwo\n" + numbered(60, l10="ten", l40="forty")})
    now = only(forge)
    assert (now["start_line"], now["line"], now["original_start_line"], now["original_line"]) == (11, 13, 9, 11)
    assert (now["commit_id"], now["original_commit_id"]) == (tip, made["commit_id"])
    assert (now["position"], now["original_position"]) != (None, None)


def test_a_comment_whose_line_changed_is_outdated(forge: Forge) -> None:
    open_pull(forge)
    made = comment(forge).payload
    forge.commit("feature", {"a.py": numbered(60, l10="TEN", l40="forty")})
    now = only(forge)
    assert (now["line"], now["position"], now["original_line"]) == (None, None, 10)
    assert now["commit_id"] == made["commit_id"]


def test_a_comment_whose_line_left_the_diff_is_outdated(forge: Forge) -> None:
    open_pull(forge)
    comment(forge, line=12)
    forge.commit("feature", {"a.py": numbered(60, l40="forty")})
    assert only(forge)["line"] is None


def test_a_comment_whose_line_comes_back_is_there_again(forge: Forge) -> None:
    open_pull(forge)
    comment(forge)
    forge.commit("feature", {"a.py": numbered(60, l10="TEN", l40="forty")})
    assert only(forge)["line"] is None
    forge.commit("feature", {"a.py": numbered(60, l10="ten", l40="forty")})
    assert only(forge)["line"] == 10


def test_a_comment_survives_a_rebase(forge: Forge) -> None:
    open_pull(forge)
    comment(forge)
    comment(forge, side="LEFT")
    forge.commit("main", {"a.py": "zero\n" + numbered(60)})
    forge.commit("feature", {"a.py": "zero\n" + numbered(60, l10="ten", l40="forty")}, start="main", force=True)
    found = ask(forge, "GET", f"{PULL}/comments").payload
    assert [(each["side"], each["line"]) for each in found] == [("RIGHT", 11), ("LEFT", 11)]


def test_a_comment_in_a_file_that_was_renamed_afterwards_is_outdated(forge: Forge) -> None:
    open_pull(forge)
    comment(forge)
    forge.commit("feature", {"a.py": None, "b.py": numbered(60, l10="ten", l40="forty")})
    now = only(forge)
    assert (now["path"], now["line"], now["position"]) == ("a.py", None, None)


def test_the_left_side_of_a_renamed_file_is_found(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("feature", {"a.py": None, "b.py": numbered(60, l10="ten", l40="forty")})
    assert comment(forge, path="b.py", side="LEFT").status == 201
    forge.commit("main", {"kept.py": "other\n"})
    assert only(forge)["line"] == 10


def test_eight_reactions_there_are_and_one_of_each_a_person(forge: Forge) -> None:
    open_pull(forge)
    path = f"{PROJECT}/pulls/comments/{comment(forge).payload['id']}/reactions"
    assert ask(forge, "POST", path, {"content": "+1"}).status == 201
    assert ask(forge, "POST", path, {"content": "+1"}).status == 200
    assert ask(forge, "POST", path, {"content": "+1"}, token=OTHER).status == 201
    assert only(forge)["reactions"]["+1"] == 2
    assert ask(forge, "POST", path, {"content": "thumbsup"}).status == 422
    provoked = forge.log.allow(lambda each: "thumbsup" in each.complaint)
    assert [each.operation for each in provoked] == ["reactions/create-for-pull-request-review-comment"]


def test_a_thread_goes_with_its_last_comment(forge: Forge) -> None:
    open_pull(forge)
    made = comment(forge).payload["id"]
    assert ask(forge, "DELETE", f"{PROJECT}/pulls/comments/{made}").status == 204
    assert forge.pull().threads == []
