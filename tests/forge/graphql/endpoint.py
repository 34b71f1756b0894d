"""A GraphQL request answered: always 200, with errors in GitHub's shape beside the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, GraphQLSyntaxError, execute_sync, parse, validate

from tests.forge.graphql import comments, mutations, objects, schema
from tests.forge.graphql.context import Context
from tests.forge.wire import Json, Refused, Response

if TYPE_CHECKING:
    from tests.forge.limits import Limits
    from tests.forge.state import Token
    from tests.forge.urls import Urls
    from tests.forge.world import World

__all__ = ["answer", "comments", "is_mutation", "mutations", "objects"]


def answer(world: World, token: Token, body: Any, urls: Urls, limits: Limits) -> Response:
    """Carry out one query or mutation; 400 only where there is no query at all.

    Page "Forming calls with GraphQL"; the errors' shape as recorded in github/docs issue 11071: ``type`` stands beside
    the message, and errors against the schema carry ``extensions``.
    """
    if not isinstance(body, dict) or not isinstance(body.get("query"), str):
        raise Refused(400, "A query attribute must be specified and must be a string.")
    try:
        document = parse(body["query"])
    except GraphQLSyntaxError as error:
        return Response(200, {"errors": [_told(error)]})
    described = schema.load()
    if errors := validate(described, document):
        return Response(200, {"errors": [_told(error) for error in errors]})
    result = execute_sync(
        described,
        document,
        context_value=Context(world, token, urls, limits),
        variable_values=body.get("variables") or {},
        operation_name=body.get("operationName"),
        field_resolver=schema.field,
        type_resolver=schema.kind_of,
    )
    payload: Json = {} if result.data is None and result.errors and not _ran(result.errors) else {"data": result.data}
    if result.errors:
        for each in result.errors:
            if isinstance(each.original_error, Exception) and not isinstance(each.original_error, GraphQLError):
                raise each.original_error
        payload["errors"] = [_told(error) for error in result.errors]
    return Response(200, payload)


def is_mutation(body: Any) -> bool:
    """Whether a request wants to change something; what cannot be read does not."""
    try:
        document = parse(body["query"])
    except (GraphQLSyntaxError, KeyError, TypeError):
        return False
    return any(getattr(each, "operation", None) and each.operation.value == "mutation" for each in document.definitions)  # type: ignore[attr-defined]


def _ran(errors: list[GraphQLError]) -> bool:
    return any(error.path for error in errors)


def _told(error: GraphQLError) -> Json:
    told: Json = {"message": error.message}
    kind = (error.extensions or {}).get("type")
    if kind:
        told["type"] = kind
    if error.path:
        told["path"] = error.path
    elif not kind:
        told["extensions"] = {"code": "invalid"}
    if error.locations:
        told["locations"] = [{"line": each.line, "column": each.column} for each in error.locations]
    return told
