"""Writes docs/cli.md from the command line's own parser.

The page is made from the parser's actions, not from the text of ``--help``: argparse lays that text out differently
from one Python to the next.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from nova.cli import parser as nova_parser
from scripts.pages import ROOT, cell, fenced, main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = ROOT / "docs" / "cli.md"
Action = argparse.Action


def pages() -> dict[Path, str]:
    """The one page, by its path."""
    return {PAGE: page(nova_parser())}


def commands() -> tuple[str, ...]:
    """The names of all commands."""
    return tuple(name for name, _, _ in _commands(nova_parser()))


def page(parser: argparse.ArgumentParser) -> str:
    """What the command and each of its commands say of themselves."""
    parts = [f"# {parser.prog}\n", _about(parser)]
    commands = _commands(parser)
    if commands:
        parts.append(
            "| command | what it does |\n|---|---|\n" + "".join(_row(name, text) for name, text, _ in commands)
        )
    parts += [f"## {command.prog}\n\n{_about(command)}" for _, _, command in _all_commands(parser)]
    parts.append("This page is made from the parser itself (`make docs`).\n")
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _row(name: str, text: str) -> str:
    return f"| [`{name}`](#nova-{name}) | {cell(text)} |\n"


def _about(parser: argparse.ArgumentParser) -> str:
    parts = [(parser.description or "").strip()]
    words = [a for a in parser._actions if not a.option_strings and not isinstance(a, argparse._SubParsersAction)]
    options = [a for a in parser._actions if a.option_strings and a.help != argparse.SUPPRESS]
    if parser.epilog:
        parts.append(fenced(parser.epilog.strip("\n"), "text").strip())
    for title, actions in (("argument", words), ("option", options)):
        shown = [a for a in actions if a.help != argparse.SUPPRESS]
        if shown:
            rows = "".join(f"| `{cell(_invocation(a))}` | {cell(_meaning(a, parser.prog))} |\n" for a in shown)
            parts.append(f"| {title} | meaning |\n|---|---|\n{rows}".rstrip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _invocation(action: Action) -> str:
    """How an action is typed: ``-t NAME, --target NAME`` is shortened to ``-t, --target NAME``."""
    if not action.option_strings:
        return _value(action)
    return ", ".join(action.option_strings) + (f" {_value(action)}" if action.nargs != 0 else "")


def _value(action: Action) -> str:
    if action.metavar is not None:
        name = action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)
    elif action.choices is not None:
        name = "|".join(str(choice) for choice in action.choices)
    else:
        name = action.dest.upper()
    if action.nargs == "?":
        return f"[{name}]"
    return {"*": f"[{name} ...]", "+": f"{name} [...]"}.get(str(action.nargs), name)


def _meaning(action: Action, prog: str) -> str:
    values: dict[str, Any] = vars(action) | {"prog": prog}
    if action.choices is not None:
        values["choices"] = ", ".join(str(choice) for choice in action.choices)
    return (action.help or "") % values


def _commands(parser: argparse.ArgumentParser) -> list[tuple[str, str, argparse.ArgumentParser]]:
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            found += [(name, told[name], command) for name, command in action.choices.items() if name in told]
    return found


def _all_commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Every command and its own commands, in the order in which they were declared."""
    for name, text, command in _commands(parser):
        yield name, text, command
        yield from _all_commands(command)


if __name__ == "__main__":
    sys.exit(main("Write the page of the command line.", pages))
