"""Flags that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nova.proof.allowed import Allowed

LEAST = ("proven", "tested", "unproven")
"""The proofs that can be asked for, the strongest first."""


def positive(text: str) -> int:
    """A whole number of 1 or more."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of 1 or more")
    return number


def add_target(parser: argparse.ArgumentParser) -> None:
    """``--target`` and ``--db``."""
    parser.add_argument("--target", metavar="NAME", help="a target by name, as nova targets lists them")
    parser.add_argument("--db", metavar="FILE", type=Path, help="another memory than the user's own")


def add_allowed(parser: argparse.ArgumentParser) -> None:
    """``--make-env`` and ``--unsandboxed``: what a person may allow for the rungs that run a target's tests."""
    parser.add_argument(
        "--make-env", action="store_true",
        help="where a trusted target has no environment for its tests, make one and keep it for next time; "
        "this runs the target's build code outside of the sandbox and with network",
    )  # fmt: skip
    parser.add_argument(
        "--unsandboxed", action="store_true",
        help="run a trusted target's tests, and mutants of its code, without the sandbox: they can then reach the "
        "network and change or delete any file that you can",
    )  # fmt: skip


def allowed(given: argparse.Namespace, *, whole: bool = False) -> Allowed:
    """What the flags of ``add_allowed`` allow; what is done is said on standard error before."""
    import sys

    from nova.proof.allowed import Allowed

    def say(text: str) -> None:
        if sys.stderr is not None:
            print(text, file=sys.stderr)

    return Allowed(given.make_env, given.unsandboxed, whole, say)


def add_format(parser: argparse.ArgumentParser) -> None:
    """``--format text|json``, for a command that prints data."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to say it (default: text)")


def command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str, brief: str, says: str, example: str
) -> argparse.ArgumentParser:
    """A command's parser: a brief line for the list, what it does, and one example."""
    return subparsers.add_parser(
        name,
        help=brief,
        description=says,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
