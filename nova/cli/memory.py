"""``nova memory``: how much there is, whether it holds, and the ways in and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.cli.flags import command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from memory import Item, Memory

    Parsers = argparse._SubParsersAction[argparse.ArgumentParser]

ENOUGH = 100
"""Memories from which on the room of one says something: an empty database takes some too."""


def add(commands: Parsers) -> None:
    """Add the command."""
    parser = command(
        commands, "memory", "what memory holds, and the ways in and out",
        "Say how much memory holds and whether it all fits together; write it anew; take it out, and take notes in.",
        "nova memory stats",
    )  # fmt: skip
    parser.set_defaults(run=stats, format="text", db=None, target=None)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    _action(
        actions, "stats", "how much there is", "Count memories by kind and project, and say how much room they take.",
        "nova memory stats", stats,
    )  # fmt: skip
    _action(
        actions, "check", "whether it all fits together",
        "Read all of the journal and the database, and say in sentences what is wrong; exit code 2 then.",
        "nova memory check", check,
    )  # fmt: skip
    _action(actions, "compact", "write the database anew, smaller", "Write the database anew, smaller and quicker.",
            "nova memory compact", compact)  # fmt: skip
    _action(
        actions, "rebuild", "derive the database from the journal", "Derive the database anew from the journal.",
        "nova memory rebuild", rebuild,
    )  # fmt: skip
    from nova.cli import memory_export, memory_import

    memory_export.add(lambda *words: _action(actions, *words))
    memory_import.add(lambda *words: _action(actions, *words))


def _action(
    actions: Parsers, name: str, brief: str, says: str, example: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    from pathlib import Path

    parser = command(actions, name, brief, says, example)
    parser.add_argument("--db", metavar="FILE", type=Path, help="another memory than the user's own")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to say it (default: text)")
    parser.set_defaults(run=run)
    return parser


def stats(given: argparse.Namespace) -> int:
    """Print how much there is."""
    from nova.cli.here import memory_of, put

    with memory_of(given) as (memory, _):
        numbers = memory.stats()
        items = [item for target in dict.fromkeys(("", *memory.targets())) for item in memory.items(target)]
    data = _figures(numbers, items)
    put(given, data, _page(data))
    return 0


def _figures(numbers: dict[str, int | str], items: list[Item]) -> dict[str, Any]:
    from collections import Counter

    from memory import Kind

    present = [item for item in items if not item.forgotten and item.kind != Kind.PROJECT]
    held = [item for item in present if item.holds]
    room = sum(int(numbers[name]) for name in ("database_bytes", "journal_bytes"))
    room -= sum(int(numbers.get(name, 0)) for name in ("cached_bytes", "page_bytes"))
    return {
        **numbers,
        "hold": len(held), "replaced_or_ended": len(present) - len(held),
        "forgotten": sum(item.forgotten for item in items),
        "kinds": dict(Counter(str(item.kind) for item in held).most_common()),
        "projects": dict(Counter(item.project for item in held).most_common()),
        "bytes_a_memory": round(max(room, 0) / len(items)) if items else 0,
    }  # fmt: skip


def _page(data: dict[str, Any]) -> str:
    from nova.report.characters import sentence

    def listed(counts: dict[str, int]) -> str:
        return ", ".join(f"{n} {sentence(name) or 'of no project'}" for name, n in counts.items())

    over = f"{data['replaced_or_ended']} were replaced or ended, {data['forgotten']} are forgotten"
    lines = [f"{data['hold']} memories hold, {over}."]
    if data["hold"]:
        lines += [f"  by kind: {listed(data['kinds'])}", f"  by project: {listed(data['projects'])}"]
    findings = f"{data['lives']} findings ({data['open']} open)"
    lines.append(f"{data['runs']} reviews, {findings}, {data['verdicts']} verdicts.")
    size = f"{_size(int(data['database_bytes']))} of database, {_size(int(data['journal_bytes']))} of journal"
    each = f", {data['bytes_a_memory']:,} bytes a memory with caches left out" if data["items"] >= ENOUGH else ""
    lines.append(f"{size}{each}.")
    return "\n".join([*lines, *(f"  {sentence(str(data[name]))}" for name in ("database", "journal"))])


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} kB"


def check(given: argparse.Namespace) -> int:
    """Say what is wrong, where anything is."""
    from nova.cli.here import memory_of, put
    from nova.report.characters import sentence

    with memory_of(given) as (memory, _):
        found = [*memory.notices, *memory.check()]
    text = "\n".join(map(sentence, found)) if found else "Everything fits together."
    put(given, {"problems": found}, text)
    return 2 if found else 0


def compact(given: argparse.Namespace) -> int:
    """Write the database anew, and say how much room that made."""
    from nova.cli.here import memory_of, put

    with memory_of(given) as (memory, progress):
        progress("writing the database anew")
        before, after = memory.compact()
    put(given, {"before": before, "after": after}, f"The database took {_size(before)} and takes {_size(after)} now.")
    return 0


def rebuild(given: argparse.Namespace) -> int:
    """Derive the database anew, and say what it holds."""
    from nova.cli.here import memory_of, put

    with memory_of(given) as (memory, progress):
        progress("reading the journal")
        memory.rebuild()
        data = _counts(memory)
    told = ", ".join(f"{n} {name}" for name, n in data.items())
    put(given, data, f"The database was derived anew from the journal: {told}.")
    return 0


def _counts(memory: Memory) -> dict[str, int]:
    numbers = memory.stats()
    return {name: int(numbers[name]) for name in ("events", "items", "runs", "verdicts")}
