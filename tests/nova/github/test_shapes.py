"""Answers in the shapes that GitHub really gives: what was deleted is null, numbers are large, errors come in kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nova.github import queries
from nova.github.forge import GitHubForge
from nova.github.hearing import Hearing
from nova.github.proposing import ProposalForge
from nova.github.reading import pull_of, thread_of
from nova.living.port import Refused
from tests.nova.github.desk import module
from tests.nova.github.test_calls import calls_of

if TYPE_CHECKING:
    from tests.nova.github.desk import Desk

HTML = "<html><head><title>Unicorn! &middot; GitHub</title></head><body>502 Bad Gateway</body></html>"
SHA = "6dcb09b5b57875f334f61aebed695e2e4193db5e"
SIDE = {"label": "octocat:fix", "ref": "fix", "sha": SHA, "user": None, "repo": None}
BASE = {
    "ref": "main",
    "sha": SHA,
    "repo": {"full_name": "octo/hello", "clone_url": "https://github.com/octo/hello.git"},
}
PULL: dict[str, Any] = {
    "number": 1347, "title": "Amend", "state": "open", "user": None, "body": None, "head": SIDE, "base": BASE,
    "html_url": "https://github.com/octo/hello/pull/1347", "draft": False, "mergeable": None, "changed_files": 2,
    "maintainer_can_modify": True, "merged_at": None, "closed_at": None,
}  # fmt: skip


class _Told:
    """Calls that answer what they were given, by the end of the path."""

    def __init__(self, **told: Any) -> None:
        self._told = told

    def get(self, path: str, parameters: object = None) -> Any:
        found = self._told[path.rpartition("/")[2]]
        if isinstance(found, Exception):
            raise found
        return found

    def pages(self, path: str, parameters: object = None, key: str = "") -> Any:
        yield from self.get(path)

    def graphql(self, query: str, variables: object) -> Any:
        return self._told["graphql"]


def test_a_pull_request_of_a_deleted_fork_and_author_counts_as_from_a_fork() -> None:
    for head in (SIDE, {name: SIDE[name] for name in ("ref", "sha")}):
        pull = pull_of({**PULL, "head": head})
        assert pull.is_from_fork
        assert (pull.author, pull.mergeable, pull.head.repository) == ("", None, "")


def test_a_pull_request_of_a_deleted_fork_is_no_proposal_whatever_its_body_says() -> None:
    body = f"<!-- nova-proposal id=ab rule=F541 base={SHA} findings=ab -->\n"
    home = {**SIDE, "repo": {"full_name": "Octo/hello"}}
    told = [{**PULL, "body": body}, {**PULL, "number": 9, "body": body, "head": home}, PULL]
    calls: Any = _Told(pulls=told)
    assert [seen.number for seen in ProposalForge(calls, "octo/hello").opened()] == [9]


def _comment(number: int, **more: Any) -> dict[str, Any]:
    return {
        "fullDatabaseId": str(number), "body": "x", "createdAt": "2026-01-01T00:00:00Z", "lastEditedAt": None,
        "viewerDidAuthor": False, "author": None, **more,
    }  # fmt: skip


def test_a_thread_whose_people_and_lines_are_gone_is_read() -> None:
    node = {
        "id": "PRRT_1", "path": "a.py", "line": None, "startLine": None, "isResolved": True, "resolvedBy": None,
        "comments": {"nodes": [None, _comment(2_891_442_105)], "pageInfo": {"hasNextPage": False}},
    }  # fmt: skip
    thread = thread_of(node, "nova")
    assert thread is not None
    assert (thread.first.id, thread.first.author, thread.lines, thread.resolved_by) == (2_891_442_105, "", None, "")
    assert not thread.is_resolved_by_own
    assert thread_of({**node, "comments": {"nodes": []}}, "nova") is None


def test_numbers_of_comments_beyond_32_bits_are_read_and_edited(desk: Desk) -> None:
    desk.begin({"bad.py": module("load")})
    assert desk.nova("--post") == 0, desk.err
    assert desk.comments()[0]["id"] > 2**31
    desk.push({"bad.py": module("load", "save")})
    assert desk.nova("--post") == 0, desk.err
    assert len(desk.summaries()) == 1


def test_a_server_too_old_for_large_numbers_is_asked_for_the_small_ones() -> None:
    asked = []
    calls = calls_of("http://127.0.0.1:9")

    def answer(verb: str, path: str, parameters: object, data: Any, **more: object) -> Any:
        asked.append(data["query"])
        if queries.ID in data["query"]:
            raise Refused("", "Field 'fullDatabaseId' doesn't exist on type 'IssueComment'")
        return type("Answer", (), {"data": {"data": {"viewer": {"login": "nova"}}}})

    calls._call = answer  # type: ignore[method-assign]
    assert calls.graphql(queries.HEARD, {}) == {"viewer": {"login": "nova"}}
    assert calls.graphql(queries.CONVERSATION, {}) == {"viewer": {"login": "nova"}}
    assert [queries.ID in query for query in asked] == [True, False, False]


def test_commits_without_a_committer_are_no_one_s() -> None:
    one: dict[str, Any] = {
        "sha": SHA,
        "parents": [{}],
        "author": None,
        "committer": None,
        "commit": {"message": "M", "committer": None},
    }
    calls: Any = _Told(commits=[one])
    hearing = Hearing(calls, "octo/hello")
    assert hearing.commits(3) == [("", "M")]
    assert hearing.branch("main", "2026-01-01T00:00:00Z") == []
    many = {**one, "commit": {"message": "Apply suggestion from @a", "committer": None, "verification": None}}
    calls = _Told(commits=[many])
    assert Hearing(calls, "octo/hello").applied(pull_of(PULL), "2026-01-01") == []


def test_files_without_a_patch_hold_no_lines() -> None:
    told = [{"filename": "renamed.py", "status": "renamed"}, {"filename": "large.py", "patch": None}]
    calls: Any = _Told(files=told)
    assert GitHubForge(calls, "octo/hello", None).held(1) == {"renamed.py": (), "large.py": ()}


@pytest.mark.parametrize(("why", "may"), [("Not Found (404)", False), ("Must have push access (403)", None)])
def test_somebody_who_is_gone_may_not_write_and_what_is_hidden_is_unknown(why: str, may: bool | None) -> None:
    calls: Any = _Told(permission=Refused("", why))
    assert GitHubForge(calls, "octo/hello", None).may_write("ghost") is may
    assert Hearing(calls, "octo/hello").may_write("ghost") is may


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        (["Line must be part of the diff", "Path is invalid"], "Line must be part of the diff; Path is invalid (422)"),
        ("Could not resolve to a node", "Could not resolve to a node (422)"),
        ([{"resource": "Issue", "code": "missing_field", "field": "title"}], "missing_field (422)"),
        (None, "Validation Failed (422)"),
    ],
)
def test_a_refusal_is_told_in_githubs_words_whatever_their_shape(desk: Desk, errors: Any, said: str) -> None:
    desk.begin({"a.py": "X = 1\n"})
    desk.forge.fault(path="/pulls/1$", status=422, message="Validation Failed", errors=errors)
    with pytest.raises(Refused) as refused:
        calls_of(desk.forge.api).get("/repos/owner/project/pulls/1")
    assert refused.value.why.endswith(said)
    assert refused.value.is_invalid


def test_a_page_of_a_proxy_is_a_failure_that_passes(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    desk.forge.fault(path="/pulls/1$", status=502, text=HTML)
    assert calls_of(desk.forge.api).get("/repos/owner/project/pulls/1")["number"] == 1


def test_a_secondary_limit_without_a_time_is_waited_for_a_minute(desk: Desk) -> None:
    desk.begin({"a.py": "X = 1\n"})
    told: list[str] = []
    words = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    desk.forge.fault(path="/pulls/1$", status=403, message=words, headers={"x-ratelimit-remaining": "4711"})
    assert calls_of(desk.forge.api, told.append).get("/repos/owner/project/pulls/1")["number"] == 1
    assert told == ["GitHub asks to wait 60 seconds"]
