"""``nova completion``: a script that completes commands and flags in a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import command

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "tcsh")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "completion", "completion for your shell",
        "Print a script that completes nova's commands and flags in a shell.",
        "nova completion bash >> ~/.bash_completion",
    )  # fmt: skip
    parser.add_argument("shell", choices=SHELLS, help="your shell")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the script."""
    import shtab

    from nova import cli
    from nova.cli import output

    output.put(shtab.complete(cli.parser(), given.shell))
    return 0
