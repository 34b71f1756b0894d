"""Lists cut into pages by cursors.

Page "Rate limits and query limits for the GraphQL API", "Node limit": ``first`` or ``last`` must be given on any
connection, and must be within 1 and 100.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tests.forge.graphql.context import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 100


def connection(items: Sequence[Any], field: str, **given: Any) -> dict[str, Any]:
    """One page of ``items``: nodes, pageInfo and totalCount."""
    first, last = given.get("first"), given.get("last")
    if first is None and last is None:
        message = f"You must provide a `first` or `last` value to properly paginate the `{field}` connection."
        raise Problem("MISSING_PAGINATION_BOUNDARIES", message)
    for name, size in (("first", first), ("last", last)):
        if size is not None and size > MOST:
            message = (
                f"Requesting {size} records on the `{field}` connection exceeds the `{name}` limit of {MOST} records."
            )
            raise Problem("EXCESSIVE_PAGINATION", message)
        if size is not None and size < 1:
            raise Problem("INVALID_CURSOR_ARGUMENTS", f"`{name}` on the `{field}` connection cannot be less than 1.")
    start = _index(given.get("after"), field) + 1 if given.get("after") else 0
    end = _index(given.get("before"), field) if given.get("before") else len(items)
    if first is not None:
        end = min(end, start + first)
    if last is not None:
        start = max(start, end - last)
    shown = list(items[start:end])
    info = {
        "startCursor": _cursor(start) if shown else None,
        "endCursor": _cursor(end - 1) if shown else None,
        "hasNextPage": end < len(items),
        "hasPreviousPage": start > 0,
    }
    return {"nodes": shown, "pageInfo": info, "totalCount": len(items)}


def _cursor(index: int) -> str:
    return base64.b64encode(f"cursor:v2:{index}".encode()).decode()


def _index(cursor: str | None, field: str) -> int:
    try:
        return int(base64.b64decode(cursor or "").decode().removeprefix("cursor:v2:"))
    except ValueError:
        raise Problem("INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor.") from None
