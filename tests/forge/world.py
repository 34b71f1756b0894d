"""Everything that the stand-in knows, and how a repository's branches become pushes that pull requests feel."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.forge.clock import Clock
from tests.forge.git import ZERO, Git
from tests.forge.state import Activity, Label, PullRequest, Repository, Role, Token, User

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_LABELS = (("bug", "d73a4a"), ("enhancement", "a2eeef"), ("documentation", "0075ca"))
BOT = "github-actions[bot]"
FIRST = 3_400_000_001
"""The first id: those of comments no longer fit into 32 bits, which GraphQL's ``databaseId`` has."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event that workflows could start on, and whether GitHub would let it start any.

    Events made with the workflow's own token start none, but for ``workflow_dispatch`` and ``repository_dispatch``
    (page "GITHUB_TOKEN", section "When GITHUB_TOKEN triggers workflow runs").
    """

    event: str
    action: str | None
    repository: str
    number: int | None
    actor: str
    starts_workflows: bool


class World:
    """The people, tokens and repositories; not safe for threads by itself, the server holds a lock."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.repositories: dict[str, Repository] = {}
        self.triggers: list[Trigger] = []
        self.signed_by: Token | None = None
        self._numbers = itertools.count(FIRST)
        self._reactions = itertools.count(400_000_001)
        self.add_user(BOT, kind="Bot")
        self.add_user("ghost")

    def number(self) -> int:
        """An id that was never given before; later things have higher ones."""
        return next(self._numbers)

    def reaction_number(self) -> int:
        """The id of a reaction: those have a count of their own, and GraphQL gives them as ``Int`` alone."""
        return next(self._reactions)

    def add_user(self, login: str, kind: str = "User") -> User:
        """The user of this name, made where it is new."""
        if login.lower() not in self.users:
            self.users[login.lower()] = User(self.number(), login, kind)
        return self.users[login.lower()]

    def add_token(self, value: str, login: str, **more: Any) -> Token:
        """Let a text sign for a user; see ``Token`` for the kinds."""
        self.tokens[value] = Token(value, self.add_user(login), **more)
        return self.tokens[value]

    def add_workflow_token(self, value: str, *, read_only: bool = False, **permissions: str) -> Token:
        """The token of a workflow run; ``read_only`` is what a pull request from a fork gets.

        Page "Events that trigger workflows", section "Workflows in forked repositories": with the exception of
        ``GITHUB_TOKEN``, no secrets, and that token has read-only permissions.
        """
        areas = ("contents", "pull_requests", "issues", "checks", "statuses", "security_events", "metadata")
        granted = dict.fromkeys(areas, "read" if read_only else "write")
        if permissions and not read_only:
            granted = {"metadata": "read", **permissions}
        return self.add_token(value, BOT, kind="workflow", permissions=granted)

    def add_repository(
        self,
        full_name: str,
        path: Path,
        *,
        private: bool = False,
        parent: Repository | None = None,
        roles: dict[str, Role] | None = None,
    ) -> Repository:
        """Serve the bare repository at ``path``; its owner is its administrator."""
        owner, name = full_name.split("/")
        git = Git(path)
        head = git.text("symbolic-ref", "--short", "HEAD")
        made = self.clock.stamp()
        repository = Repository(self.number(), self.add_user(owner), name, git, private, head, made, parent)
        repository.roles = {owner.lower(): "admin"}
        for login, role in (roles or {}).items():
            self.add_user(login)
            repository.roles[login.lower()] = role
        for label, color in DEFAULT_LABELS:
            repository.labels[label] = Label(self.number(), label, color)
        repository.refs = git.refs()
        self.repositories[full_name.lower()] = repository
        return repository

    def fork(self, repository: Repository, login: str, path: Path) -> Repository:
        """Make a user's fork as a second bare repository at ``path``."""
        repository.git.run("clone", "--quiet", "--bare", "--no-hardlinks", str(repository.git.path), str(path))
        return self.add_repository(f"{login}/{repository.name}", path, private=repository.private, parent=repository)

    def find(self, full_name: str) -> Repository | None:
        """The repository of this name, in any case of letters."""
        return self.repositories.get(full_name.lower())

    def pull_requests(self) -> list[PullRequest]:
        """All pull requests of all repositories."""
        return [pull for repository in self.repositories.values() for pull in repository.pulls.values()]

    def trigger(self, event: str, action: str | None, repository: Repository, number: int | None, actor: User) -> None:
        """Note an event that workflows could start on."""
        by_workflow = self.signed_by is not None and self.signed_by.kind == "workflow"
        self.triggers.append(Trigger(event, action, repository.full_name, number, actor.login, not by_workflow))

    def catch_up(self, repository: Repository, actor: User | None = None) -> list[Activity]:
        """Note what was pushed since the last look, whichever way it came; returns the changes of branches."""
        before, after = repository.refs, repository.git.refs()
        repository.refs = after
        made: list[Activity] = []
        for ref in sorted(before.keys() | after.keys()):
            old, new = before.get(ref, ZERO), after.get(ref, ZERO)
            if old == new or not ref.startswith("refs/heads/"):
                continue
            kind = "branch_creation" if old == ZERO else "branch_deletion" if new == ZERO else "push"
            if kind == "push" and not repository.git.is_ancestor(old, new):
                kind = "force_push"
            who = actor or repository.owner
            made.append(Activity(self.number(), kind, ref, old, new, who, self.clock.stamp()))
            self.trigger("push", None, repository, None, who)
        repository.activities.extend(made)
        return made
