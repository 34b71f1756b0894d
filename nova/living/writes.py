"""The writes that keep a living review up to date: each is one call, and each can be told to have been done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from nova.living.values import Anchor


@dataclass(frozen=True, slots=True)
class Inline:
    """A comment to be made on lines."""

    anchor: Anchor
    body: str


@dataclass(frozen=True, slots=True)
class PostReview:
    """All new comments in one review of a commit."""

    head: str
    body: str
    comments: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class EditComment:
    """Another text for a comment on lines."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """Close a thread."""

    thread: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """Open a thread again."""

    thread: str


@dataclass(frozen=True, slots=True)
class PostSummary:
    """The one comment that sums up."""

    body: str


@dataclass(frozen=True, slots=True)
class EditSummary:
    """Another text for the comment that sums up."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class DropSummary:
    """Delete a summary that stands there a second time."""

    id: int


Conclusion = Literal["success", "neutral", "failure"]


@dataclass(frozen=True, slots=True)
class Report:
    """The light beside a commit: a check run or a status."""

    head: str
    conclusion: Conclusion
    title: str
    text: str


Write = PostReview | EditComment | Resolve | Reopen | PostSummary | EditSummary | DropSummary
