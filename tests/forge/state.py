"""What the stand-in holds beside git: people, tokens, repositories, pull requests and what was said on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.forge.git import Git

Role = Literal["none", "read", "triage", "write", "maintain", "admin"]
ROLES: tuple[Role, ...] = ("none", "read", "triage", "write", "maintain", "admin")


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot."""

    id: int
    login: str
    kind: str = "User"


@dataclass(slots=True, eq=False)
class Token:
    """What a request is signed with.

    A ``personal`` token does what its user may do, where its ``scopes`` reach (``repo``, ``public_repo``). A
    ``fine-grained``, ``workflow`` or ``app`` token does what ``permissions`` says (``{"contents": "read"}``) in the
    ``repositories`` named (all, where none is), and a fine-grained one never more than its user.
    """

    value: str
    user: User
    kind: Literal["personal", "fine-grained", "workflow", "app"] = "personal"
    permissions: dict[str, str] = field(default_factory=dict)
    repositories: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset({"repo"})

    @property
    def is_app(self) -> bool:
        """Whether it belongs to an installation of an app; the workflow's own token does."""
        return self.kind in {"workflow", "app"}


@dataclass(slots=True, eq=False)
class Reaction:
    """One emoji that one person left."""

    id: int
    user: User
    content: str
    created: str


@dataclass(slots=True, eq=False)
class Label:
    """A label of a repository."""

    id: int
    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(slots=True, eq=False)
class Event:
    """One entry of an issue's history; ``also`` holds what only its kind has."""

    id: int
    kind: str
    actor: User
    created: str
    commit: str | None = None
    also: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class IssueComment:
    """A comment in a pull request's conversation."""

    id: int
    user: User
    body: str
    created: str
    updated: str
    app: bool = False
    reactions: list[Reaction] = field(default_factory=list)
    minimized: str | None = None


@dataclass(slots=True, eq=False)
class ReviewComment:
    """A comment on a line or a file, in a thread."""

    id: int
    user: User
    body: str
    created: str
    updated: str
    review: Review
    thread: Thread
    reactions: list[Reaction] = field(default_factory=list)
    minimized: str | None = None


@dataclass(slots=True, eq=False)
class Thread:
    """Comments on one place of the diff; the place is kept as it was when the thread began.

    ``line`` and ``start_line`` are ``None`` for a comment on a file. ``base`` is the merge base of that time.
    """

    id: int
    path: str
    commit: str
    base: str
    side: str
    line: int | None
    start_side: str | None
    start_line: int | None
    position: int | None
    hunk: str
    comments: list[ReviewComment] = field(default_factory=list)
    resolved_by: User | None = None
    last_commit: str = ""


@dataclass(slots=True, eq=False)
class Review:
    """A review; ``state`` is one of PENDING, COMMENTED, APPROVED, CHANGES_REQUESTED and DISMISSED."""

    id: int
    user: User
    body: str
    state: str
    commit: str
    submitted: str | None
    comments: list[ReviewComment] = field(default_factory=list)
    minimized: str | None = None


@dataclass(slots=True, eq=False)
class PullRequest:
    """A pull request, which is an issue too."""

    id: int
    number: int
    repository: Repository
    user: User
    title: str
    body: str | None
    base_ref: str
    base_sha: str
    head_repository: Repository | None
    head_ref: str
    head_sha: str
    draft: bool
    created: str
    updated: str
    state: str = "open"
    closed: str | None = None
    closed_by: User | None = None
    merged: str | None = None
    merged_by: User | None = None
    merge_commit: str | None = None
    maintainer_can_modify: bool = False
    labels: list[Label] = field(default_factory=list)
    reviewers: list[User] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    comments: list[IssueComment] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    checked: tuple[str, str] | None = None
    mergeable: bool | None = None

    def review_comments(self) -> list[ReviewComment]:
        """All comments on lines and files, the pending ones included, in the order of their making."""
        return sorted((each for thread in self.threads for each in thread.comments), key=lambda each: each.id)


@dataclass(slots=True, eq=False)
class CheckRun:
    """A check run; ``fields`` holds what was sent, ``annotations`` all that were added."""

    id: int
    head_sha: str
    app: User
    fields: dict[str, Any]
    annotations: list[dict[str, Any]]
    started: str


@dataclass(slots=True, eq=False)
class Activity:
    """A push, force push, or the making or deleting of a branch."""

    id: int
    kind: str
    ref: str
    before: str
    after: str
    actor: User
    when: str


@dataclass(slots=True, eq=False)
class Repository:
    """A repository over a bare one on disk.

    ``actions_may_propose`` is the setting "Allow GitHub Actions to create and approve pull requests", which GitHub has
    off until somebody turns it on.
    """

    id: int
    owner: User
    name: str
    git: Git
    private: bool
    default_branch: str
    created: str
    parent: Repository | None = None
    roles: dict[str, Role] = field(default_factory=dict)
    actions_may_propose: bool = True
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)
    check_runs: list[CheckRun] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    sarifs: list[dict[str, Any]] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        """``owner/name``."""
        return f"{self.owner.login}/{self.name}"
