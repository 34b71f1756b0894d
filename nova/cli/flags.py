"""Flags that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

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
