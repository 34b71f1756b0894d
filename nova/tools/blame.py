"""``blame``: who wrote the lines of a file, when, and what they said of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nova.tools import World

NOT_COMMITTED = "0" * 40


def work(_key: str, world: World, /, *, path: str, line: int = 1, end_line: int = 0, most: int = 5) -> dict[str, Any]:
    """The commits that the present lines come from, the latest first; white space aside."""
    from nova.tools._ground import git_of, place_of

    git = git_of(world)
    _, below = place_of(world, path)
    if git.head() is None:
        raise UsageError("there is no commit yet, so nobody is to be blamed")
    stretch = ["-L", f"{max(line, 1)},{end_line or ''}"]
    said = git.text("blame", "-w", "--line-porcelain", "--no-textconv", *stretch, "--", below)
    commits = by_commit(said.split("\n"))
    known = [c for c in commits if c["commit"]]
    bodies = (
        _bodies(git.text("show", "-s", "--format=%H%x00%B%x01", *(c["commit"] for c in known[:most]), "--"))
        if known
        else {}
    )
    return {
        "path": below,
        "commits": [{**c, "body": bodies.get(c["commit"], "")} for c in commits[:most]],
        "of": len(commits),
    }


def by_commit(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The commits in the output of ``git blame --line-porcelain``, the latest first; pure."""
    found: dict[str, dict[str, Any]] = {}
    now: dict[str, Any] = {}
    for text in lines:
        if text.startswith("\t"):
            commit = now.pop("commit")
            one = found.setdefault(commit, {**now, "commit": "" if commit == NOT_COMMITTED else commit, "lines": []})
            one["lines"].append(now["line"])
            now = {}
        elif not now:
            name, _, rest = text.partition(" ")
            if len(name) >= 40:
                now = {"commit": name, "line": int(rest.split(" ")[1])}
        else:
            word, _, rest = text.partition(" ")
            if word in {"author", "summary"}:
                now[word] = rest
            elif word == "author-time":
                now["when"] = datetime.fromtimestamp(int(rest), UTC).strftime("%Y-%m-%d")
                now["time"] = int(rest)
    rows = sorted(found.values(), key=lambda c: (-c["time"], c["commit"]))
    return [
        {
            "commit": c["commit"], "author": c["author"] if c["commit"] else "", "when": c["when"],
            "subject": c["summary"] if c["commit"] else "not committed yet", "count": len(c["lines"]),
            "first_line": min(c["lines"]),
        }
        for c in rows
    ]  # fmt: skip


def _bodies(text: str) -> dict[str, str]:
    """What each commit says below its subject."""
    found = {}
    for record in text.split("\x01"):
        commit, _, message = record.strip("\n").partition("\0")
        found[commit] = message.strip().partition("\n")[2].strip()
    return found


TOOL = Tool("blame", "The commits that lines come from: who, when, and what the message says.", work)
