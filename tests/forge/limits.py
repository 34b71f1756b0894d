"""GitHub's limits of how much may be asked: the primary one by the hour, and the secondary ones by the minute.

Pages "Rate limits for the REST API" and "Rate limits and query limits for the GraphQL API".
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.forge.wire import Refused

if TYPE_CHECKING:
    from tests.forge.clock import Clock
    from tests.forge.state import Token

HOUR, MINUTE = 3600, 60
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."


@dataclass(slots=True)
class Sizes:
    """How much may be asked, as GitHub documents it.

    A person 5,000 requests an hour, the workflow's token 1,000 for a repository, nobody 60; search 30 a minute. In a
    minute 900 points for REST (a GET is one, a write five), 2,000 for GraphQL, and 80 requests that make content; of
    those 500 an hour.
    """

    person: int = 5_000
    workflow: int = 1_000
    nobody: int = 60
    search: int = 30
    points: dict[str, int] = field(default_factory=lambda: {"core": 900, "search": 900, "graphql": 2_000})
    content_minute: int = 80
    content_hour: int = 500
    secondary: bool = True


class Limits:
    """Counts requests by user; ``spend`` refuses, ``headers`` tell."""

    def __init__(self, clock: Clock, sizes: Sizes | None = None) -> None:
        self.sizes = sizes or Sizes()
        self._clock = clock
        self._used: dict[tuple[str, str], int] = defaultdict(int)
        self._window: dict[tuple[str, str], float] = {}
        self._points: dict[tuple[str, str], deque[tuple[float, int]]] = defaultdict(deque)
        self._content: dict[str, deque[float]] = defaultdict(deque)

    def check(self, token: Token | None, resource: str, *, writes: bool, makes_content: bool) -> None:
        """Count one request against all limits.

        403 with ``x-ratelimit-remaining: 0`` when the primary one is used up; 403 with ``retry-after`` for a secondary
        one.
        """
        who, now = _who(token), self._clock.now()
        self._roll(who, resource)
        if self._used[who, resource] >= self.limit(token, resource):
            subject = f"user ID {token.user.id}" if token else "127.0.0.1"
            raise Refused(403, f"API rate limit exceeded for {subject}.")
        if self.sizes.secondary:
            points = _recent(self._points[who, resource], now)
            if sum(cost for _, cost in points) + (5 if writes else 1) > self.sizes.points[resource]:
                raise Refused(403, SECONDARY, headers={"retry-after": str(_wait(points[0][0], now, MINUTE))})
            points.append((now, 5 if writes else 1))
            if makes_content:
                self._make(who, now)
        self._used[who, resource] += 1

    def give_back(self, token: Token | None, resource: str) -> None:
        """Undo the primary cost of a request that was answered with 304."""
        self._used[_who(token), resource] -= 1

    def leave(self, token: Token | None, remaining: int, resource: str = "core") -> None:
        """Let just so many requests remain in this window."""
        self._roll(_who(token), resource)
        self._used[_who(token), resource] = self.limit(token, resource) - remaining

    def limit(self, token: Token | None, resource: str) -> int:
        """The primary limit of a token for a resource."""
        if resource == "search":
            return self.sizes.search
        if token is None:
            return self.sizes.nobody
        return self.sizes.workflow if token.kind == "workflow" else self.sizes.person

    def state(self, token: Token | None, resource: str) -> dict[str, int]:
        """The limit, what is used and remains of it, and when it starts again, in seconds since 1970."""
        who = _who(token)
        self._roll(who, resource)
        limit, used = self.limit(token, resource), self._used[who, resource]
        reset = int(self._window[who, resource] + (MINUTE if resource == "search" else HOUR))
        return {"limit": limit, "used": used, "remaining": max(0, limit - used), "reset": reset}

    def headers(self, token: Token | None, resource: str) -> dict[str, str]:
        """The headers of each response."""
        told = {f"x-ratelimit-{name}": str(value) for name, value in self.state(token, resource).items()}
        return told | {"x-ratelimit-resource": resource}

    def _make(self, who: str, now: float) -> None:
        made = self._content[who]
        while made and made[0] <= now - HOUR:
            made.popleft()
        lately = [each for each in made if each > now - MINUTE]
        if len(lately) >= self.sizes.content_minute:
            raise Refused(403, SECONDARY, headers={"retry-after": str(_wait(lately[0], now, MINUTE))})
        if len(made) >= self.sizes.content_hour:
            raise Refused(403, SECONDARY, headers={"retry-after": str(_wait(made[0], now, HOUR))})
        made.append(now)

    def _roll(self, who: str, resource: str) -> None:
        length = MINUTE if resource == "search" else HOUR
        if self._clock.now() >= self._window.get((who, resource), -HOUR) + length:
            self._window[who, resource], self._used[who, resource] = self._clock.now(), 0


def _who(token: Token | None) -> str:
    return f"{token.kind}:{token.user.login}" if token else ""


def _recent(points: deque[tuple[float, int]], now: float) -> deque[tuple[float, int]]:
    while points and points[0][0] <= now - MINUTE:
        points.popleft()
    return points


def _wait(first: float, now: float, window: int) -> int:
    return max(1, int(first + window - now) + 1)
