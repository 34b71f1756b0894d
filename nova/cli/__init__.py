"""The command line: one small file a command. Everything heavy is imported when a command runs."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from nova import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("review", "show", "explain", "verdict", "targets", "doctor", "completion")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    from importlib import import_module

    top = argparse.ArgumentParser(
        prog="nova",
        description="Reviews a Python repository: says little, and puts first what people go on to change.",
        epilog="begin with:\n  nova review\n  nova show 1\n\nnova COMMAND --help tells more of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"nova {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name in COMMANDS:
        import_module(f"nova.cli.{name}").add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0: nothing at or above the threshold. 1: findings at or above it. 2: could not run, or the review is incomplete.
    """
    from nova.cli import output

    top = parser()
    given = top.parse_args(arguments)
    if given.command is None:
        top.print_help()
        return 0
    return output.guarded(lambda: int(given.run(given)))


if __name__ == "__main__":
    sys.exit(main())
