"""Faults on demand: what should go wrong, for which request, and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.forge.wire import Json, Request

Drop = Literal["before", "after"]


@dataclass(slots=True)
class Fault:
    """What goes wrong, and when.

    It is for the requests whose method and path match (a path is a pattern, searched for), from the ``nth`` of them on,
    ``times`` times. Requests of git itself are only meant where ``path`` names them (``git-receive-pack``). ``status``
    answers with an error instead of doing anything (with the very bytes of ``text`` where that is given, as a proxy in
    front of GitHub does, or with ``errors`` beside the message), ``delay`` waits first, ``drop`` cuts the connection:
    ``before`` nothing was done, ``after`` all was done and only the answer is lost.
    """

    method: str = ".*"
    path: str = ""
    nth: int = 1
    times: int = 1
    status: int | None = None
    message: str = "Server Error"
    text: str = ""
    errors: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: Drop | None = None
    seen: int = 0

    def __post_init__(self) -> None:
        re.compile(self.method), re.compile(self.path)
        if self.drop not in {None, "before", "after"}:
            raise ValueError(f"a connection is dropped before or after, not {self.drop!r}")

    def strikes(self, request: Request, *, is_git: bool = False) -> bool:
        """Count the request, where it is one of those meant; whether it goes wrong."""
        if not re.fullmatch(self.method, request.method) or not re.search(self.path, request.path):
            return False
        if is_git and "git-" not in self.path:
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times

    def as_json(self) -> Json:
        """All that was asked, and how many requests matched so far."""
        return {name: getattr(self, name) for name in self.__slots__}
