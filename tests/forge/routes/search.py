"""The search of pull requests: qualifiers and words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from tests.forge import access
from tests.forge.call import Call, answers
from tests.forge.render import pulls as render
from tests.forge.wire import Response, invalid

if TYPE_CHECKING:
    from tests.forge.state import PullRequest

MOST_QUERY = 256
MOST_RESULTS = 1_000


@answers("search/issues-and-pull-requests")
def search(call: Call) -> Response:
    """Pull requests that a query finds (page "Searching issues and pull requests").

    Knows ``repo:``, ``is:``, ``type:``, ``state:``, ``head:``, ``base:``, ``author:``, ``label:``, ``draft:`` and words
    of title and text; a leading ``-`` turns a qualifier round. Another qualifier is refused rather than passed over.
    """
    query = call.request.query.get("q", "")
    if not query.strip():
        raise invalid("Search", "missing", "q")
    if len(query) > MOST_QUERY:
        raise invalid("Search", "invalid", "q", "The search is longer than 256 characters.")
    try:
        words = shlex.split(query)
    except ValueError:
        raise invalid("Search", "invalid", "q") from None
    found = [
        pull
        for pull in call.world.pull_requests()
        if access.sees(call.token, pull.repository) and all(_fits(pull, word) for word in words)
    ]
    found.sort(key=lambda each: each.created, reverse=call.request.query.get("order", "desc") == "desc")
    envelope = {"total_count": len(found), "incomplete_results": False, "search_type": "lexical"}
    return call.page(found[:MOST_RESULTS], lambda each: render.issue(each, call.urls, found=True), envelope)


def _fits(pull: PullRequest, word: str) -> bool:
    if word.startswith("-") and ":" in word:
        return not _fits(pull, word[1:])
    name, colon, value = word.partition(":")
    if not colon:
        return word.lower() in f"{pull.title} {pull.body or ''}".lower()
    match name:
        case "repo":
            return pull.repository.full_name.lower() == value.lower()
        case "is" | "type" | "state":
            facts = {"pr": True, "pull-request": True, "issue": False, "draft": pull.draft}
            facts |= {"open": pull.state == "open", "closed": pull.state == "closed"}
            facts |= {"merged": pull.merged is not None, "unmerged": pull.merged is None}
            if value in facts:
                return facts[value]
        case "head":
            # A branch name is searched for by its beginning.
            return pull.head_ref.startswith(value)
        case "base":
            return pull.base_ref.startswith(value)
        case "author":
            return pull.user.login.lower() == value.lower()
        case "label":
            return value.lower() in {each.name.lower() for each in pull.labels}
        case "draft":
            return pull.draft == (value == "true")
        case "in":
            return True
    raise invalid("Search", "invalid", "q", f"{word} is no qualifier that this search knows")
