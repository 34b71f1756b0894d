"""What a resolver knows: the world, who asks, and which object an id names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from tests.forge import access
from tests.forge.state import (
    IssueComment,
    PullRequest,
    Reaction,
    Repository,
    Review,
    ReviewComment,
    Thread,
    Token,
    User,
)
from tests.forge.urls import Urls, node_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.forge.limits import Limits
    from tests.forge.world import World

Subject = PullRequest | IssueComment | Review | ReviewComment | Thread | Repository | User


class Problem(GraphQLError):
    """An error with GitHub's ``type`` beside the message, such as NOT_FOUND or FORBIDDEN."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message, extensions={"type": kind})


@dataclass(frozen=True, slots=True)
class Context:
    """One request's."""

    world: World
    token: Token
    urls: Urls
    limits: Limits

    def find(self, number: str) -> Any:
        """The object of a node id; NOT_FOUND for one that is not there or that the token may not see."""
        for each, _ in self._all():
            if node_id(type(each).__name__, each.id) == number:
                return each
        for user in self.world.users.values():
            if node_id(user.kind, user.id) == number:
                return user
        raise Problem("NOT_FOUND", f"Could not resolve to a node with the global id of '{number}'.")

    def pull_of(self, subject: Any) -> PullRequest:
        """The pull request that something stands on."""
        if isinstance(subject, Reaction):
            return next(pull for each, pull in self._all() if pull and subject in getattr(each, "reactions", ()))
        return next(pull for each, pull in self._all() if each is subject and pull is not None)

    def may(self, pull: PullRequest, area: str, role: Any = "write") -> bool:
        """Whether the token may write in an area of the pull request's repository."""
        try:
            access.require(self.token, pull.repository, area, role)
        except Exception as refused:  # noqa: BLE001 - a refusal of either kind
            return bool(isinstance(refused, KeyError))
        return True

    def require(self, pull: PullRequest, area: str, *, author: User | None = None, what: str) -> None:
        """FORBIDDEN unless the token may write there, or, for a person, is the author."""
        own = author is not None and self.token.user is author
        if not self.may(pull, area, "read" if own else "write"):
            sentence = (
                access.INTEGRATION
                if self.token.is_app
                else f"{self.token.user.login} does not have permission to {what}"
            )
            raise Problem("FORBIDDEN", sentence)

    def _all(self) -> Iterator[tuple[Any, PullRequest | None]]:
        for repository in self.world.repositories.values():
            if not access.sees(self.token, repository):
                continue
            yield repository, None
            for pull in repository.pulls.values():
                yield pull, pull
                yield from ((each, pull) for each in pull.comments)
                yield from ((each, pull) for each in pull.reviews if self._shown(each))
                for thread in pull.threads:
                    if self._shown(thread.comments[0].review):
                        yield thread, pull
                        yield from ((each, pull) for each in thread.comments)

    def _shown(self, review: Review) -> bool:
        return review.state != "PENDING" or review.user is self.token.user
