"""``source``: the lines of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from nova.tools import World

MOST = 400


def work(_key: str, world: World, /, *, path: str, line: int = 1, end_line: int = 0) -> dict[str, Any]:
    """Lines ``line`` to ``end_line`` (by default to the end), at most 400 of them."""
    from nova.tools._ground import place_of, text_of

    root, below = place_of(world, path)
    lines = text_of(root, below).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    first = max(line, 1)
    last = min(end_line or len(lines), len(lines), first + MOST - 1)
    return {
        "path": below,
        "of": len(lines),
        "lines": [{"line": n, "text": lines[n - 1]} for n in range(first, last + 1)],
    }


TOOL = Tool("source", "The lines of a file in the repository.", work)
