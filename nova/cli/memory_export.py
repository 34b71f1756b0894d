"""``nova memory export``: memory as a file, for people or for another memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from memory import Memory
    from memory.markdown import Kept

    Action = Callable[[str, str, str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add(action: Action) -> None:
    """Add the action."""
    one = action(
        "export", "write memory into a file",
        "Write all that memory holds as JSON Lines, or its items as Markdown for people; both can be taken in again, "
        "and nothing is lost on the way.",
        "nova memory export --format markdown --to memory.md", export,
    )  # fmt: skip
    forms(one, ("jsonl", "markdown"), "jsonl")
    one.add_argument("--to", metavar="FILE", type=Path, help="the file to write (default: the standard output)")
    one.add_argument("--project", metavar="NAME", action="append", help="only of this project (may be repeated)")
    one.add_argument("--kind", metavar="KIND", action="append", help="only of this kind (may be repeated)")


def forms(parser: argparse.ArgumentParser, choices: tuple[str, ...], default: str) -> None:
    """Let ``--format`` say the form of the file: that is what these two are about."""
    flag = next(a for a in parser._actions if a.dest == "format")
    flag.choices, flag.default = choices, default
    flag.help = f"the form of the file (default: {default})"


def export(given: argparse.Namespace) -> int:
    """Write memory out."""
    from nova.cli import output
    from nova.cli.here import memory_of, say

    with memory_of(given) as (memory, progress):
        progress("reading memory")
        text, count = _text(memory, given)
    if given.to is None:
        output.put(text)
        return 0
    _write(given.to, text)
    say(f"{count} {'lines' if given.format == 'jsonl' else 'memories'} written to {output._plain(str(given.to))}")
    return 0


def _text(memory: Memory, given: argparse.Namespace) -> tuple[str, int]:
    from memory import markdown
    from nova import projects

    known = projects.projects(projects.kept(memory))
    names = [projects.named(known, name).name for name in given.project] if given.project else None
    kinds = [_kind(kind) for kind in given.kind] if given.kind else None
    if given.format == "jsonl":
        lines = list(memory.exported(names, kinds))
        return "\n".join(lines) + "\n", len(lines) - 1
    kept = _kept(memory, names, kinds)
    return markdown.printed(kept), len(kept)


def _kind(kind: str) -> str:
    from memory.item import KEPT
    from nova.errors import UsageError

    if kind not in KEPT:
        raise UsageError(f"{kind} is no kind of memory", next_step=f"one of: {', '.join(KEPT)}")
    return kind


def _kept(memory: Memory, projects: Sequence[str] | None, kinds: Sequence[str] | None) -> list[Kept]:
    from memory.markdown import Kept

    return [
        Kept(target, item, place)
        for target in dict.fromkeys(("", *memory.targets()))
        for place, item in enumerate(memory.items(target))
        if (projects is None or item.project in projects) and (kinds is None or item.kind in kinds)
    ]


def _write(place: Path, text: str) -> None:
    """Put a file in place at once, for its owner alone. Raises ``UsageError``."""
    from nova.errors import UsageError

    fresh = place.with_name(f".{place.name}.new")
    try:
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "wb") as new:
            new.write(text.encode("utf-8", "backslashreplace"))
        fresh.replace(place)
    except OSError as error:
        raise UsageError(f"{place} cannot be written", why=error.strerror or str(error)) from error
