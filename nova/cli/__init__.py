"""The command line: one small file a command. Everything heavy is imported when a command runs."""

from __future__ import annotations

import argparse
import gc
import sys
from typing import TYPE_CHECKING

from nova import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.errors import UsageError

COMMANDS = (
    "review",
    "show",
    "explain",
    "verdict",
    "fix",
    "prove",
    "ask",
    "route",
    "trace",
    "nightly",
    "propose",
    "sync",
    "improve",
    "agents",
    "project",
    "remember",
    "recall",
    "forget",
    "memory",
    "targets",
    "doctor",
    "completion",
)


def parser(*only: str) -> argparse.ArgumentParser:
    """The whole command line, or that of some commands alone: each of them costs its import."""
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
    for name in only or COMMANDS:
        import_module(f"nova.cli.{name}").add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0: nothing at or above the threshold. 1: findings at or above it. 2: could not run, or the review is incomplete.
    """
    from nova.cli import output

    if arguments is None:
        gc.disable()  # a command is over before the collector would find anything worth its time
        output.leave(output.guarded(lambda: _run(sys.argv[1:])))
    return output.guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int:
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        raise _unknown(arguments[0])
    top = parser(*(word for word in arguments[:1] if word in COMMANDS))
    given = top.parse_args(arguments)
    if given.command is None:
        from nova.cli import output

        output.put(top.format_help())
        return 0
    given.words = list(arguments[1:])
    return int(given.run(given))


def _unknown(word: str) -> UsageError:
    import difflib

    from nova.errors import UsageError

    near = difflib.get_close_matches(word, COMMANDS, n=1, cutoff=0.5)
    return UsageError(
        f"there is no command {word}",
        next_step=f"did you mean nova {near[0]}?" if near else f"one of: {', '.join(COMMANDS)}",
    )


if __name__ == "__main__":
    sys.exit(main())
