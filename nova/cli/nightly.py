"""``nova nightly``: a review by night, what to mend first, and Nova's own record; quiet when nothing changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.flags import add_format, add_target, command, positive

if TYPE_CHECKING:
    import argparse

    from nova.nightly import Night


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "nightly", "review by night, quiet when nothing changed",
        "Review the repository, say what to mend first and how Nova itself has done, in bounded time. One that was "
        "stopped is gone on with; where nothing changed since the last night, one line says so.",
        "nova nightly --minutes 20",
    )  # fmt: skip
    parser.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a repository (default: the one that one stands in)"
    )
    parser.add_argument(
        "--minutes", metavar="N", type=positive, default=30, help="how long it may take at most (default: 30)"
    )
    parser.add_argument("--again", action="store_true", help="even where nothing changed since the last night")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Carry out the night and print what came of it."""
    from dataclasses import replace

    from nova import swarming
    from nova.cli import output
    from nova.nightly import night

    where = swarming.here(given.target, given.db.absolute() if given.db else None, None, scheduled=True)
    folder = given.path.absolute() if given.path else _folder(given.target) or where.folder
    done = night(replace(where, folder=folder), given.minutes, again=given.again)
    output.put(_data(done) if given.format == "json" else _text(done))
    return 0 if done.outcome is None or done.outcome.complete else 2


def _folder(target: str | None) -> Path | None:
    """Where a named target's repository is."""
    if target is None:
        return None
    from nova import targets
    from nova.config import places

    return targets.folder_of(targets.named(target, places().targets))


def _text(done: Night) -> str:
    from nova.report.characters import visible

    outcome = done.outcome
    if outcome is None:
        return f"nothing changed since the last night ({done.last}); nova trace {done.last}  shows it"
    lines = [*outcome.text.split("\n"), *(f"note: {note}" for note in outcome.notes)]
    seconds = outcome.used.get("seconds") or 0
    begun = "gone on with" if done.resumed else "done"
    lines.append(f"({begun} in {seconds:.0f} s; nova trace {outcome.turn}  shows how)")
    return "\n".join(visible(line) for line in lines)


def _data(done: Night) -> str:
    from nova.report.as_json import dumped

    outcome = done.outcome
    if outcome is None:
        return dumped({"changed": False, "last": done.last})
    return dumped({
        "changed": True, "turn": outcome.turn, "status": outcome.status, "complete": outcome.complete,
        "resumed": done.resumed, "text": outcome.text, "data": outcome.data, "notes": list(outcome.notes),
        "seconds": round(float(outcome.used.get("seconds") or 0), 3),
    })  # fmt: skip
