"""``nova doctor``: what Nova finds on this machine, what is missing, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nova.cli.flags import add_format, command

if TYPE_CHECKING:
    import argparse

MARKS = {"good": "ok", "less": "--", "bad": "!!"}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "doctor", "check what Nova needs",
        "Check what Nova needs: git, ruff, Pythons, the sandbox and what else proofs use, memory, targets, the "
        "repository one stands in with the environment of its tests, and what the token may do on GitHub, which is "
        "asked one question there; nothing is written.",
        "nova doctor",
    )  # fmt: skip
    parser.add_argument("--db", metavar="FILE", type=Path, help="another memory than the user's own")
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one line a check; 2 where something that a review needs is missing."""
    import json
    from dataclasses import asdict

    from nova.checkup import checks
    from nova.cli import output

    rows = checks(given.db)
    if given.format == "json":
        output.put(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
    else:
        lines = []
        for row in rows:
            lines.append(f"{MARKS[row.state]}  {row.what}")
            lines += [f"      {row.next_step}"] if row.next_step else []
        output.put("\n".join(lines))
    return 2 if any(row.state == "bad" for row in rows) else 0
