"""Pages, unchanged answers, and the limits of how much may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forge.asking import PROJECT, ask, graphql, open_pull
from tests.forge.forge import Forge
from tests.forge.limits import Sizes

if TYPE_CHECKING:
    from pathlib import Path

COMMENTS = f"{PROJECT}/issues/1/comments"


def test_pages_are_linked_and_hold_at_most_a_hundred(forge: Forge) -> None:
    open_pull(forge)
    forge.app.limits.sizes.secondary = False
    for number in range(130):
        ask(forge, "POST", COMMENTS, {"body": str(number)})
    assert len(ask(forge, "GET", COMMENTS).payload) == 30
    first = ask(forge, "GET", f"{COMMENTS}?per_page=100")
    assert len(first.payload) == 100
    web = forge.server.web
    assert first.headers["link"] == (
        f'<{web}{COMMENTS}?per_page=100&page=2>; rel="next", <{web}{COMMENTS}?per_page=100&page=2>; rel="last"'
    )
    second = ask(forge, "GET", f"{COMMENTS}?per_page=100&page=2")
    assert [each["body"] for each in second.payload] == [str(number) for number in range(100, 130)]
    assert 'rel="prev"' in second.headers["link"]
    assert 'rel="next"' not in second.headers["link"]


def test_more_than_a_hundred_a_page_are_not_given(forge: Forge) -> None:
    open_pull(forge)
    forge.commit("feature", {f"f{number}.py": "1\n" for number in range(120)})
    assert len(ask(forge, "GET", f"{PROJECT}/pulls/1/files?per_page=500").payload) == 100


def test_an_unchanged_answer_is_304_and_costs_nothing(forge: Forge) -> None:
    open_pull(forge)
    first = ask(forge, "GET", COMMENTS)
    unchanged = {"if-none-match": first.headers["etag"]}
    again = ask(forge, "GET", COMMENTS, headers=unchanged)
    assert (again.status, again.payload) == (304, None)
    assert again.headers["x-ratelimit-remaining"] == first.headers["x-ratelimit-remaining"]
    ask(forge, "POST", COMMENTS, {"body": "x"})
    assert ask(forge, "GET", COMMENTS, headers=unchanged).status == 200


def test_what_remains_is_told_and_a_used_up_limit_refuses_until_it_starts_again(forge: Forge) -> None:
    open_pull(forge)
    forge.app.limits.leave(forge.world.tokens["owner-token"], 1)
    last = ask(forge, "GET", COMMENTS)
    assert (last.status, last.headers["x-ratelimit-remaining"], last.headers["x-ratelimit-limit"]) == (200, "0", "5000")
    refused = ask(forge, "GET", COMMENTS)
    assert (refused.status, refused.headers["x-ratelimit-remaining"]) == (403, "0")
    assert "API rate limit exceeded" in refused.said
    assert ask(forge, "GET", "/rate_limit").payload["resources"]["core"]["remaining"] == 0
    assert ask(forge, "GET", COMMENTS, token="writer-token").status == 200
    forge.world.clock.advance(int(refused.headers["x-ratelimit-reset"]) - forge.world.clock.now() + 1)
    assert ask(forge, "GET", COMMENTS).status == 200


def test_each_kind_of_token_has_its_limit(forge: Forge) -> None:
    open_pull(forge)
    told = {
        token: ask(forge, "GET", COMMENTS, token=token).headers["x-ratelimit-limit"]
        for token in ("owner-token", "workflow-token", None)
    }
    assert told == {"owner-token": "5000", "workflow-token": "1000", None: "60"}
    assert ask(forge, "GET", "/search/issues?q=is:pr").headers["x-ratelimit-limit"] == "30"


def test_too_much_content_in_a_minute_meets_a_secondary_limit(forge: Forge) -> None:
    open_pull(forge)
    statuses = [ask(forge, "POST", COMMENTS, {"body": str(number)}) for number in range(80)]
    assert [each.status for each in statuses[-2:]] == [201, 403]
    refused = statuses[-1]
    assert "secondary rate limit" in refused.said
    assert int(refused.headers["retry-after"]) <= 61
    assert ask(forge, "GET", COMMENTS).status == 200
    forge.world.clock.advance(int(refused.headers["retry-after"]))
    assert ask(forge, "POST", COMMENTS, {"body": "x"}).status == 201


def test_too_many_points_in_a_minute_meet_a_secondary_limit(tmp_path: Path) -> None:
    sizes = Sizes(points={"core": 20, "search": 20, "graphql": 20})
    with Forge(tmp_path, sizes=sizes) as forge:
        open_pull(forge)
        answers = [ask(forge, "GET", COMMENTS) for _ in range(16)]
        assert [each.status for each in answers[-2:]] == [200, 403]
        assert "retry-after" in answers[-1].headers
        assert graphql(forge, "{ viewer { login } }").status == 200


def test_graphql_tells_a_used_up_limit_with_status_200(forge: Forge) -> None:
    forge.app.limits.leave(forge.world.tokens["owner-token"], 0, "graphql")
    answer = graphql(forge, "{ viewer { login } }")
    assert (answer.status, answer.headers["x-ratelimit-remaining"]) == (200, "0")
    assert answer.payload["errors"][0]["type"] == "RATE_LIMITED"
