"""``reverts``: commits that take others back, and the findings whose fix went with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.tools import World

_REVERTED = re.compile(r"This reverts commit ([0-9a-f]{7,40})")
MOST = 200


def work(_key: str, world: World, /, *, since: str = "") -> dict[str, Any]:
    """The reverts in the history of the present commit, the latest first, and which fixed findings they may concern.

    A finding is concerned where it was seen fixed at the very commit that was taken back.
    """
    from nova.tools._ground import git_of, memory_of, subject_of

    git = git_of(world)
    if git.head() is None:
        return {"reverts": [], "more": False}
    span = [f"--since={since}"] if since else []
    said = git.text(
        "log", "HEAD", "--no-merges", "-i", "--grep=^revert", f"--max-count={MOST + 1}", *span,
        "--format=%H%x00%cI%x00%an%x00%B%x01", "--",
    )  # fmt: skip
    found = subject_of(world)
    with memory_of(world) as memory:
        fixed: dict[str, list[str]] = {}
        for life in memory.lives(found.key):
            if life.fixed_commit:
                fixed.setdefault(life.fixed_commit, []).append(life.id)
    rows = parsed(said, fixed)
    return {"reverts": rows[:MOST], "more": len(rows) > MOST}


def parsed(text: str, fixed: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """The reverts in what git says; ``fixed`` leads from a commit to the findings seen fixed at it. Pure."""
    found = []
    for record in text.split("\x01"):
        commit, when, author, message = (record.strip("\n") + "\0\0\0").split("\0")[:4]
        subject = message.strip().partition("\n")[0]
        if not re.match(r"(?i)revert\b", subject):
            continue
        undone = _REVERTED.findall(message)
        ids = [name for full, names in fixed.items() if any(full.startswith(u) for u in undone) for name in names]
        found.append({
            "commit": commit, "when": when, "author": author, "subject": subject, "undone": undone, "findings": ids,
        })  # fmt: skip
    return found


TOOL = Tool("reverts", "Commits that take others back, and the findings whose fix went with them.", work)
