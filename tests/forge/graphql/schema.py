"""The committed part of GitHub's GraphQL schema, and the functions that resolve its fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLResolveInfo, GraphQLSchema, build_schema

from tests.forge.state import IssueComment, PullRequest, Reaction, Repository, Review, ReviewComment, Thread, User

SDL = Path(__file__).resolve().parent.parent / "openapi" / "schema.graphql"
NAMES: dict[type, str] = {
    PullRequest: "PullRequest",
    IssueComment: "IssueComment",
    Review: "PullRequestReview",
    Thread: "PullRequestReviewThread",
    ReviewComment: "PullRequestReviewComment",
    Repository: "Repository",
    Reaction: "Reaction",
}
Resolver = Callable[..., Any]
RESOLVERS: dict[tuple[str, str], Resolver] = {}


def resolves(kind: str, *fields: str) -> Callable[[Resolver], Resolver]:
    """Let a function give fields of a type: it gets the object, the context, and the field's arguments by name."""

    def register(resolver: Resolver) -> Resolver:
        for field in fields:
            assert (kind, field) not in RESOLVERS, (kind, field)
            RESOLVERS[kind, field] = resolver
        return resolver

    return register


@cache
def load() -> GraphQLSchema:
    """The schema, read once a process; a field that no function gives is an error here, not in a test's answer."""
    schema = build_schema(SDL.read_text(encoding="utf-8"))
    for kind, field in RESOLVERS:
        assert field in schema.type_map[kind].fields, (kind, field)  # type: ignore[attr-defined]
    return schema


def field(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """Resolve one field."""
    resolver = RESOLVERS.get((info.parent_type.name, info.field_name))
    if resolver is not None:
        return resolver(source, info.context, **arguments)
    if isinstance(source, dict):
        return source.get(info.field_name)
    raise NotImplementedError(f"{info.parent_type.name}.{info.field_name} has no resolver")


def kind_of(value: Any, info: GraphQLResolveInfo[Any], kind: Any) -> str:
    """The type of an object behind an interface or union."""
    return value.kind if isinstance(value, User) else NAMES[type(value)]
