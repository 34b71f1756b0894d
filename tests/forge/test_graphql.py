"""The GraphQL interface: threads, what may be resolved by whom, drafts, minimised comments, and GitHub's errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from graphql import GraphQLObjectType

from tests.forge.asking import PROJECT, Answer, ask, graphql, numbered, open_pull
from tests.forge.graphql import schema
from tests.forge.urls import node_id

if TYPE_CHECKING:
    from tests.forge.forge import Forge

PULL = f"{PROJECT}/pulls/1"
THREADS = """query($first: Int, $after: String) {
  repository(owner: "owner", name: "project") { pullRequest(number: 1) {
    id reviewThreads(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { id isResolved isOutdated line originalLine path viewerCanResolve subjectType resolvedBy { login }
              comments(first: 5) { nodes { id fullDatabaseId body outdated author { __typename login } } } } } } } }"""


def comments(forge: Forge, *lines: int, token: str = "owner-token") -> list[Any]:
    asked = {"event": "COMMENT", "comments": [{"path": "a.py", "line": line, "body": f"at {line}"} for line in lines]}
    assert ask(forge, "POST", f"{PULL}/reviews", asked, token=token).status == 200
    found: list[Any] = ask(forge, "GET", f"{PULL}/comments").payload
    return found


def threads(forge: Forge, token: str = "owner-token", **given: Any) -> Any:
    answer = graphql(forge, THREADS, token=token, **({"first": 50} | given))
    assert "errors" not in answer.payload, answer.said
    return answer.payload["data"]["repository"]["pullRequest"]["reviewThreads"]


def mutate(forge: Forge, name: str, given: dict[str, Any], wanted: str, token: str = "owner-token") -> Answer:
    kind = name[0].upper() + name[1:]
    query = f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {wanted} }} }}"
    return graphql(forge, query, token=token, input=given)


def resolve(forge: Forge, number: str, token: str, name: str = "resolveReviewThread") -> Answer:
    return mutate(forge, name, {"threadId": number}, "thread { isResolved }", token)


def test_ids_are_those_of_rest(forge: Forge) -> None:
    open_pull(forge)
    made = comments(forge, 10)[0]
    (thread,) = threads(forge)["nodes"]
    (comment,) = thread["comments"]["nodes"]
    assert (comment["id"], comment["fullDatabaseId"]) == (made["node_id"], str(made["id"]))
    query = "query($id: ID!) { node(id: $id) { __typename ... on PullRequestReviewComment { body } } }"
    found = graphql(forge, query, id=made["node_id"]).payload["data"]["node"]
    assert found == {"__typename": "PullRequestReviewComment", "body": "at 10"}


def test_a_thread_tells_its_place_as_rest_does(forge: Forge) -> None:
    open_pull(forge)
    comments(forge, 10, 40)
    forge.commit("feature", {"a.py": "one\n" + numbered(60, l10="TEN", l40="forty")})
    found = [(each["line"], each["originalLine"], each["isOutdated"]) for each in threads(forge)["nodes"]]
    assert found == [(None, 10, True), (41, 40, False)]
    assert [each["line"] for each in ask(forge, "GET", f"{PULL}/comments").payload] == [None, 41]


def test_threads_come_in_pages(forge: Forge) -> None:
    open_pull(forge)
    comments(forge, 9, 10, 11)
    first = threads(forge, first=2)
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"], len(first["nodes"])) == (3, True, 2)
    rest = threads(forge, first=2, after=first["pageInfo"]["endCursor"])
    assert (rest["pageInfo"]["hasNextPage"], [each["line"] for each in rest["nodes"]]) == (False, [11])


@pytest.mark.parametrize(
    ("token", "may"), [("owner-token", True), ("writer-token", True), ("reader-token", False), ("fork-token", False)]
)
def test_a_thread_is_resolved_by_who_may_write(forge: Forge, token: str, may: bool) -> None:
    open_pull(forge)
    comments(forge, 10, token="reader-token")
    thread = threads(forge, token)["nodes"][0]
    assert thread["viewerCanResolve"] is may
    answer = resolve(forge, thread["id"], token)
    assert threads(forge)["nodes"][0]["isResolved"] is may
    assert answer.status == 200
    if not may:
        assert answer.payload["data"] == {"resolveReviewThread": None}
        assert answer.payload["errors"][0]["type"] == "FORBIDDEN"
    else:
        resolve(forge, thread["id"], token, "unresolveReviewThread")
        assert threads(forge)["nodes"][0]["isResolved"] is False


def test_the_author_of_a_pull_request_resolves_its_threads(forge: Forge) -> None:
    open_pull(forge)
    fork = forge.fork()
    forge.commit("theirs", {"a.py": numbered(60, l10="other")}, repository=fork)
    asked = {"title": "T", "head": "stranger:theirs", "base": "main"}
    assert ask(forge, "POST", f"{PROJECT}/pulls", asked, token="stranger-token").status == 201
    review = {"event": "COMMENT", "comments": [{"path": "a.py", "line": 10, "body": "x"}]}
    ask(forge, "POST", f"{PROJECT}/pulls/2/reviews", review)
    thread = forge.pull(2).threads[0]
    number = node_id("Thread", thread.id)
    assert resolve(forge, number, "reader-token").payload["data"]["resolveReviewThread"] is None
    assert resolve(forge, number, "stranger-token").payload["data"]["resolveReviewThread"]["thread"]["isResolved"]


@pytest.mark.parametrize(("contents", "may"), [("read", False), ("write", True)])
def test_a_workflow_resolves_only_with_contents_to_write(forge: Forge, contents: str, may: bool) -> None:
    open_pull(forge)
    comments(forge, 10)
    forge.world.add_workflow_token("narrow", contents=contents, pull_requests="write")
    resolve(forge, threads(forge)["nodes"][0]["id"], "narrow")
    assert threads(forge)["nodes"][0]["isResolved"] is may


def test_a_pull_request_becomes_a_draft_and_ready_again(forge: Forge) -> None:
    open_pull(forge)
    number = ask(forge, "GET", PULL).payload["node_id"]
    for name, draft in (("convertPullRequestToDraft", True), ("markPullRequestReadyForReview", False)):
        assert (
            "errors"
            in mutate(forge, name, {"pullRequestId": number}, "pullRequest { isDraft }", "reader-token").payload
        )
        mutate(forge, name, {"pullRequestId": number}, "pullRequest { isDraft }")
        assert ask(forge, "GET", PULL).payload["draft"] is draft
    events = [each["event"] for each in ask(forge, "GET", f"{PROJECT}/issues/1/events").payload]
    assert events == ["convert_to_draft", "ready_for_review"]


def test_a_comment_is_minimised_with_its_reason_in_small_letters(forge: Forge) -> None:
    open_pull(forge)
    made = ask(forge, "POST", f"{PROJECT}/issues/1/comments", {"body": "x"}).payload
    given = {"subjectId": made["node_id"], "classifier": "OFF_TOPIC"}
    wanted = "minimizedComment { isMinimized minimizedReason }"
    assert "errors" in mutate(forge, "minimizeComment", given, wanted, "reader-token").payload
    answer = mutate(forge, "minimizeComment", given, wanted).payload["data"]["minimizeComment"]["minimizedComment"]
    assert answer == {"isMinimized": True, "minimizedReason": "off-topic"}


def test_a_bots_name_has_no_mark_here(forge: Forge) -> None:
    open_pull(forge)
    made = comments(forge, 10, token="workflow-token")[0]
    assert made["user"]["login"] == "github-actions[bot]"
    author = threads(forge)["nodes"][0]["comments"]["nodes"][0]["author"]
    assert author == {"__typename": "Bot", "login": "github-actions"}


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ('{ node(id: "PR_none") { id } }', "NOT_FOUND"),
        ('{ repository(owner: "owner", name: "none") { id } }', "NOT_FOUND"),
        ('{ repository(owner: "owner", name: "project") { pullRequest(number: 9) { id } } }', "NOT_FOUND"),
        (
            '{ repository(owner: "owner", name: "project") { pullRequests { totalCount } } }',
            "MISSING_PAGINATION_BOUNDARIES",
        ),
        (
            '{ repository(owner: "owner", name: "project") { pullRequests(first: 101) { totalCount } } }',
            "EXCESSIVE_PAGINATION",
        ),
    ],
)
def test_an_error_has_its_type_beside_the_message(forge: Forge, query: str, kind: str) -> None:
    answer = graphql(forge, query)
    assert (answer.status, answer.payload["errors"][0]["type"]) == (200, kind)
    assert answer.payload["errors"][0]["path"]


@pytest.mark.parametrize("query", ["{ viewer { nope } }", "{ viewer {", "query($id: ID!) { node(id: $id) { id } }"])
def test_what_does_not_fit_the_schema_is_an_error_without_data(forge: Forge, query: str) -> None:
    answer = graphql(forge, query)
    assert answer.status == 200
    assert "data" not in answer.payload
    assert answer.payload["errors"]


def test_nobody_is_refused(forge: Forge) -> None:
    assert ask(forge, "POST", "/graphql", {"query": "{ viewer { login } }"}, token=None).status == 401


def test_every_field_of_the_schema_is_given() -> None:
    described = schema.load()
    made_on_the_way = ("Payload", "Connection", "Edge", "PageInfo", "RateLimit", "ReactionGroup", "Commit", "Ref")
    missing = [
        f"{name}.{field}"
        for name, kind in described.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__") and not name.endswith(made_on_the_way)
        for field in kind.fields
        if (name, field) not in schema.RESOLVERS
    ]
    assert missing == []
