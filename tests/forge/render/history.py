"""The history of a pull request as payloads: its events, and the timeline with what stands between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forge import pulls
from tests.forge.render import comments, people
from tests.forge.render.commits import UNSIGNED
from tests.forge.state import Event, Label, PullRequest, User
from tests.forge.urls import Urls, node_id

if TYPE_CHECKING:
    from tests.forge.wire import Json


def event(each: Event, pull: PullRequest, urls: Urls) -> Json:
    """One event; what only its kind has stands beside."""
    commit = f"{urls.repo(pull.repository)}/commits/{each.commit}" if each.commit else None
    payload: Json = {
        "id": each.id,
        "node_id": node_id("Event", each.id),
        "url": f"{urls.repo(pull.repository)}/issues/events/{each.id}",
        "actor": people.user(each.actor, urls),
        "event": each.kind,
        "commit_id": each.commit,
        "commit_url": commit,
        "created_at": each.created,
        "performed_via_github_app": None,
    }
    if each.kind == "closed":
        payload["state_reason"] = None
    for name, value in each.also.items():
        if isinstance(value, User):
            payload[name] = people.user(value, urls)
            if name == "requested_reviewer":
                payload["review_requester"] = people.user(each.actor, urls)
        elif isinstance(value, Label):
            payload[name] = {"name": value.name, "color": value.color}
        else:
            payload[name] = value
    return payload


def timeline(pull: PullRequest, urls: Urls) -> list[Json]:
    """Commits, then by their dates events, comments and reviews."""
    git, repo, html = pull.repository.git, urls.repo(pull.repository), urls.html_repo(pull.repository)
    commits = [
        {
            "event": "committed",
            "sha": each.sha,
            "node_id": f"C_{each.sha}",
            "url": f"{repo}/git/commits/{each.sha}",
            "html_url": f"{html}/commit/{each.sha}",
            "author": dict(zip(("name", "email", "date"), each.author, strict=True)),
            "committer": dict(zip(("name", "email", "date"), each.committer, strict=True)),
            "message": each.message,
            "tree": {"sha": each.tree, "url": f"{repo}/git/trees/{each.tree}"},
            "parents": [
                {"sha": one, "url": f"{repo}/git/commits/{one}", "html_url": f"{html}/commit/{one}"}
                for one in each.parents
            ],
            "verification": UNSIGNED,
        }
        for each in git.commits("--reverse", f"{pulls.base_of(pull)}..{pull.head_sha}", "--")
    ]  # fmt: skip
    dated = [(each.created, each.id, event(each, pull, urls)) for each in pull.events]
    for said in pull.comments:
        shown = comments.issue_comment(said, pull, urls) | {"event": "commented", "actor": people.user(said.user, urls)}
        dated.append((said.created, said.id, shown))
    for review in pull.reviews:
        if review.submitted:
            shown = comments.review(review, pull, urls) | {"event": "reviewed", "state": review.state.lower()}
            dated.append((review.submitted, review.id, shown))
    return [*commits, *(shown for _, _, shown in sorted(dated, key=lambda entry: entry[:2]))]
