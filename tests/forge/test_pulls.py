"""Pull requests behave as GitHub's do: what is refused, what a push does, how a merge is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.forge.asking import PROJECT, ask, numbered, open_pull

if TYPE_CHECKING:
    from tests.forge.forge import Forge

PULL = f"{PROJECT}/pulls/1"


def make(forge: Forge, head: str, base: str = "main", **more: Any) -> Any:
    return ask(forge, "POST", f"{PROJECT}/pulls", {"title": "T", "head": head, "base": base} | more)


def test_a_second_pull_request_for_one_head_is_refused(forge: Forge) -> None:
    open_pull(forge)
    answer = make(forge, "feature")
    assert answer.status == 422
    assert answer.payload["errors"][0]["message"] == "A pull request already exists for owner:feature."


def test_after_the_first_is_closed_a_second_one_is_taken(forge: Forge) -> None:
    open_pull(forge)
    ask(forge, "PATCH", PULL, {"state": "closed"})
    assert make(forge, "feature").status == 201


def test_a_head_branch_that_is_not_there_is_refused(forge: Forge) -> None:
    open_pull(forge)
    answer = make(forge, "nowhere")
    assert (answer.status, answer.payload["errors"]) == (
        422,
        [{"resource": "PullRequest", "code": "invalid", "field": "head"}],
    )


def test_a_base_branch_that_is_not_there_is_refused(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("other", {"b.py": "1\n"})
    assert make(forge, "other", "nowhere").payload["errors"][0]["field"] == "base"


def test_no_commits_between_is_refused(forge: Forge) -> None:
    open_pull(forge)
    tip = forge.repository.git.resolve("main")
    forge.repository.git.point("refs/heads/same", tip)
    answer = make(forge, "same")
    assert (answer.status, answer.payload["errors"][0]["message"]) == (422, "No commits between main and same")


def test_a_body_that_is_too_long_is_refused(forge: Forge) -> None:
    open_pull(forge)
    assert ask(forge, "PATCH", PULL, {"body": "x" * 65_537}).status == 422
    assert ask(forge, "PATCH", PULL, {"body": "x" * 65_536}).status == 200


def test_mergeable_is_unknown_at_the_first_look_after_a_push(forge: Forge) -> None:
    open_pull(forge)
    assert [ask(forge, "GET", PULL).payload["mergeable"] for _ in range(2)] == [True, True]
    forge.commit("feature", {"b.py": "1\n"})
    assert [ask(forge, "GET", PULL).payload["mergeable"] for _ in range(2)] == [None, True]


def test_a_conflict_is_found_by_a_merge_of_the_trees(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("main", {"a.py": numbered(60, l10="other")})
    seen = [ask(forge, "GET", PULL).payload for _ in range(2)]
    assert (seen[0]["mergeable"], seen[0]["mergeable_state"]) == (None, "unknown")
    assert (seen[1]["mergeable"], seen[1]["mergeable_state"]) == (False, "dirty")
    assert ask(forge, "PUT", f"{PULL}/merge", {}).status == 405


def test_refs_of_the_head_and_of_a_test_merge_are_kept(forge: Forge) -> None:
    open_pull(forge)
    ask(forge, "GET", PULL)
    git = forge.repository.git
    assert git.resolve("refs/pull/1/head") == git.resolve("feature")
    merge = git.commit(git.resolve("refs/pull/1/merge") or "")
    assert merge.parents == (git.resolve("main"), git.resolve("feature"))


@pytest.mark.parametrize(("method", "parents"), [("merge", 2), ("squash", 1), ("rebase", 1)])
def test_a_merge_moves_the_base(forge: Forge, method: str, parents: int) -> None:
    open_pull(forge)
    answer = ask(forge, "PUT", f"{PULL}/merge", {"merge_method": method})
    git = forge.repository.git
    assert answer.payload["sha"] == git.resolve("main")
    assert len(git.commit(answer.payload["sha"]).parents) == parents
    assert git.run("show", "main:a.py").decode() == numbered(60, l10="ten", l40="forty")
    merged = ask(forge, "GET", PULL).payload
    assert (merged["state"], merged["merged"], merged["merged_by"]["login"]) == ("closed", True, "owner")
    assert merged["changed_files"] == 1


def test_a_merge_of_another_head_than_named_is_refused(forge: Forge) -> None:
    open_pull(forge)
    assert ask(forge, "PUT", f"{PULL}/merge", {"sha": "0" * 40}).status == 409


def test_a_draft_is_not_merged(forge: Forge) -> None:
    open_pull(forge, draft=True)
    assert ask(forge, "PUT", f"{PULL}/merge", {}).status == 405


def test_its_commits_pushed_to_the_base_merge_it(forge: Forge) -> None:
    open_pull(forge)
    forge.repository.git.point("refs/heads/main", forge.repository.git.resolve("feature"))
    assert ask(forge, "GET", PULL).payload["merged"] is True


def test_its_head_branch_deleted_closes_it(forge: Forge) -> None:
    open_pull(forge)
    assert ask(forge, "DELETE", f"{PROJECT}/git/refs/heads/feature").status == 204
    assert ask(forge, "GET", PULL).payload["state"] == "closed"
    events = ask(forge, "GET", f"{PROJECT}/issues/1/events").payload
    assert [each["event"] for each in events] == ["head_ref_deleted", "closed"]


def test_a_force_push_stands_in_the_timeline_and_in_the_activity(forge: Forge) -> None:
    open_pull(forge)
    ask(forge, "GET", PULL)
    forge.commit("feature", {"a.py": numbered(60, l20="twenty")}, force=True)
    timeline = ask(forge, "GET", f"{PROJECT}/issues/1/timeline").payload
    assert "head_ref_force_pushed" in [each["event"] for each in timeline]
    kinds = ask(forge, "GET", f"{PROJECT}/activity?ref=feature").payload
    assert [each["activity_type"] for each in kinds] == ["force_push", "branch_creation"]


def test_a_force_push_while_closed_bars_reopening(forge: Forge) -> None:
    open_pull(forge)
    ask(forge, "PATCH", PULL, {"state": "closed"})
    forge.commit("feature", {"a.py": numbered(60, l20="twenty")}, force=True)
    answer = ask(forge, "PATCH", PULL, {"state": "open"})
    assert answer.status == 422
    assert "force-pushed or recreated" in answer.said


def test_a_push_while_closed_does_not_bar_reopening(forge: Forge) -> None:
    open_pull(forge)
    ask(forge, "PATCH", PULL, {"state": "closed"})
    tip = forge.commit("feature", {"b.py": "1\n"})
    answer = ask(forge, "PATCH", PULL, {"state": "open"})
    assert (answer.payload["state"], answer.payload["head"]["sha"]) == ("open", tip)


def test_a_fork_brings_its_commits(forge: Forge) -> None:
    open_pull(forge)
    fork = forge.fork()
    tip = forge.commit("theirs", {"new.py": "1\n"}, repository=fork)
    answer = ask(
        forge,
        "POST",
        f"{PROJECT}/pulls",
        {"title": "T", "head": "stranger:theirs", "base": "main"},
        token="stranger-token",
    )
    assert answer.payload["head"]["repo"]["full_name"] == "stranger/project"
    assert forge.repository.git.resolve("refs/pull/2/head") == tip
    tip = forge.commit("theirs", {"new.py": "2\n"}, repository=fork)
    assert ask(forge, "GET", f"{PROJECT}/pulls/2").payload["head"]["sha"] == tip


def test_head_counts_in_a_list_only_with_its_owner(forge: Forge) -> None:
    open_pull(forge)
    found = {
        head: len(ask(forge, "GET", f"{PROJECT}/pulls?head={head}").payload)
        for head in ("owner:feature", "owner:other", "other")
    }
    assert found == {"owner:feature": 1, "owner:other": 0, "other": 1}


def test_its_author_cannot_be_asked_for_a_review_and_strangers_neither(forge: Forge) -> None:
    open_pull(forge)
    path = f"{PULL}/requested_reviewers"
    refused = ask(forge, "POST", path, {"reviewers": ["owner"]})
    assert (refused.status, refused.payload["message"]) == (
        422,
        "Review cannot be requested from pull request author.",
    )
    assert ask(forge, "POST", path, {"reviewers": ["stranger"]}).status == 422
    asked = ask(forge, "POST", path, {"reviewers": ["writer"]})
    assert [each["login"] for each in asked.payload["requested_reviewers"]] == ["writer"]


def test_a_label_that_is_not_there_is_made(forge: Forge) -> None:
    open_pull(forge)
    assert ask(forge, "POST", f"{PROJECT}/issues/1/labels", {"labels": ["nova"]}).status == 200
    assert ask(forge, "GET", f"{PROJECT}/labels/nova").status == 200
    assert ask(forge, "DELETE", f"{PROJECT}/issues/1/labels/nova").payload == []
    assert ask(forge, "DELETE", f"{PROJECT}/issues/1/labels/nova").status == 404


def test_a_search_finds_by_head_state_and_label(forge: Forge) -> None:
    open_pull(forge)

    def found(query: str) -> int:
        count: int = ask(forge, "GET", f"/search/issues?q={query.replace(' ', '+')}").payload["total_count"]
        return count

    assert found("repo:owner/project is:pr is:open head:feature") == 1
    assert found("repo:owner/project is:pr head:other") == 0
    assert found("is:pr is:closed") == 0
    assert found("is:pr label:nova") == 0
    assert found("-author:owner is:pr") == 0
