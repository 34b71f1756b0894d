"""``nova doctor``: what Nova finds on this machine, what is missing, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_target, command

if TYPE_CHECKING:
    import argparse


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "doctor", "check what Nova needs", "Check what Nova needs: git, ruff, Pythons, memory, targets, the repository one stands in.",
        "nova doctor",
    )  # fmt: skip
    add_target(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print one line a check; 2 where something that a review needs is missing."""
    from nova.checkup import checks
    from nova.cli import output

    rows = checks(given.db)
    mark = {"good": "ok", "less": "--", "bad": "!!"}
    output.put("\n".join(f"{mark[row.state]}  {row.what}" + (f"\n      {row.next_step}" if row.next_step else "") for row in rows))
    return 2 if any(row.state == "bad" for row in rows) else 0
