"""One request on its way through a handler: who asks, for what, and how the answer is cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from tests.forge import access
from tests.forge.wire import Json, Refused, Request, Response, not_found

if TYPE_CHECKING:
    from tests.forge.limits import Limits
    from tests.forge.state import PullRequest, Repository, Token, User
    from tests.forge.urls import Urls
    from tests.forge.world import World

Item = TypeVar("Item")
MOST_PER_PAGE = 100


@dataclass(slots=True)
class Call:
    """A request with its operation's parameters, decoded body and token."""

    world: World
    token: Token | None
    request: Request
    params: dict[str, str]
    body: Any
    urls: Urls
    limits: Limits

    @property
    def repository(self) -> Repository:
        """The repository in the path; 404 where the token may not see it."""
        return access.see(self.token, self.world.find(f"{self.params['owner']}/{self.params['repo']}"))

    @property
    def pull(self) -> PullRequest:
        """The pull request in the path."""
        text = self.params.get("pull_number") or self.params["issue_number"]
        pull = self.repository.pulls.get(int(text)) if text.isdigit() else None
        if pull is None:
            raise not_found()
        return pull

    @property
    def user(self) -> User:
        """Who signs the request; 401 for nobody."""
        if self.token is None:
            raise Refused(401, "Requires authentication")
        return self.token.user

    def may(self, area: str, role: Any = "write", level: str = "write") -> Token:
        """The token, where it may do this in the repository in the path."""
        return access.require(self.token, self.repository, area, role, level)

    def given(self, name: str, default: Any = None) -> Any:
        """A property of the body."""
        return self.body.get(name, default) if isinstance(self.body, dict) else default

    def page(self, items: Sequence[Item], render: Callable[[Item], Any], envelope: Json | None = None,
             name: str = "items") -> Response:  # fmt: skip
        """One page of a list, with the links to the others.

        Page "Using pagination in the REST API": 30 a page where nothing is asked, 100 at most, and a ``Link`` header
        with next, last, first and prev. With ``envelope`` the list stands in it under ``name``.
        """
        size = min(MOST_PER_PAGE, max(1, self.number("per_page", 30)))
        page = max(1, self.number("page", 1))
        last = max(1, -(-len(items) // size))
        shown: Any = [render(each) for each in items[(page - 1) * size : page * size]]
        links: dict[str, int] = {}
        if page < last:
            links |= {"next": page + 1, "last": last}
        if page > 1:
            links |= {"first": 1, "prev": min(page - 1, last)}
        headers = (
            {"link": ", ".join(f'<{self._link(at)}>; rel="{name}"' for name, at in links.items())} if links else {}
        )
        return Response(200, shown if envelope is None else envelope | {name: shown}, headers)

    def number(self, name: str, default: int) -> int:
        """A number in the query; the default where it is none."""
        text = self.request.query.get(name, "")
        return int(text) if text.isdigit() else default

    def _link(self, page: int) -> str:
        query = self.request.query | {"page": str(page)}
        return f"{self.urls.web}{self.request.path}?{urlencode(query)}"


Handler = Callable[[Call], Response]
HANDLERS: dict[str, Handler] = {}


def answers(operation: str) -> Callable[[Handler], Handler]:
    """Let a function answer an operation of GitHub's description."""

    def register(handler: Handler) -> Handler:
        assert operation not in HANDLERS, operation
        HANDLERS[operation] = handler
        return handler

    return register
