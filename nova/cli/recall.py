"""``nova recall``: what memory has for what a person, or an agent, is about to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.cli.flags import add_format, add_target, command, positive

if TYPE_CHECKING:
    import argparse

    from memory import Query
    from nova.projects import Project

MOST = 12
MOST_DECISIONS = 5
"""Decisions about no single thing, the newest, that stand for an agent and where a project is named."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "recall", "what memory has for what you are about to do",
        "Show what memory has for what you are about to do: standing instructions, what names the very thing, and what "
        "is found; nothing where nothing is sure enough.",
        'nova recall "move staging to the new host" --why',
    )  # fmt: skip
    parser.add_argument("query", metavar="TEXT", help="what you are about to do, or want to know")
    parser.add_argument(
        "--for", dest="reader", metavar="AGENT", default="",
        help="what this agent is shown; it is noted that it was",
    )  # fmt: skip
    parser.add_argument("--project", metavar="NAME", help="what belongs to this project, or to none")
    parser.add_argument(
        "--file", metavar="FILE", action="append", default=[],
        help="a file that is about to be changed (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--budget", metavar="TOKENS", type=positive, help="at most so much, at four characters a token")
    parser.add_argument("--why", action="store_true", help="say of each why it is here")
    parser.add_argument("--as-of", metavar="DATE", default="", help="as it was on that day")
    parser.add_argument("--past", action="store_true", help="what no longer holds too")
    parser.add_argument("--kind", metavar="KIND", action="append", default=[], help="only this kind (may be repeated)")
    parser.add_argument("--most", metavar="N", type=positive, default=MOST, help=f"at most so many (default: {MOST})")
    add_target(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Ask memory, and print what it shows."""
    from nova import embed, projects
    from nova.cli import output
    from nova.cli.here import memory_of, put, width
    from nova.report import memories

    kinds = _kinds(given)
    with memory_of(given) as (memory, _):
        query = _query(given, projects.projects(projects.kept(memory)), kinds)
        found = memory.recall(query, embed.embedder(once=True))
    text = memories.recalled(found, why=given.why, color=output.colour(), width=width())
    put(given, memories.recalled_data(found, given.query), text)
    return 0


def _kinds(given: argparse.Namespace) -> list[str] | None:
    """The kinds that are asked for; None for all. Raises ``NovaError`` for a kind or an agent that is none."""
    from memory import Kind
    from nova.errors import UsageError

    for kind in given.kind:
        if kind not in tuple(Kind):
            raise UsageError(f"{kind} is no kind of memory", next_step=f"one of: {', '.join(Kind)}")
    if not given.reader:
        return list(given.kind) or None
    from nova import roster
    from nova.config import places

    own = roster.load(places().config / "agents").named(given.reader).memory
    told = [*own, Kind.INSTRUCTION, Kind.GOAL, Kind.VALUE]
    return [kind for kind in dict.fromkeys(map(str, told)) if not given.kind or kind in given.kind]


def _query(given: argparse.Namespace, known: tuple[Project, ...], kinds: list[str] | None) -> Query:
    from memory import Query
    from memory.query import TOKENS
    from memory.questions import is_question
    from nova import moments, projects
    from nova.cli.here import here
    from nova.errors import UsageError

    if not given.query.strip() and not given.file:
        raise UsageError("say what you are about to do", next_step='nova recall "move staging to the new host"')
    place = here(given, known, "nova recall")
    name = projects.named(known, given.project).name if given.project else place.project
    return Query(
        given.query,
        targets=("", place.key) if place.key else ("",),
        projects=("", name) if name else None,
        kinds=kinds,
        files=tuple(given.file),
        now=place.present,
        as_of=moments.at(given.as_of, place.today) if given.as_of else None,
        past=given.past,
        sparing=not given.reader and is_question(given.query),
        budget=given.budget or TOKENS,
        most=given.most,
        decisions=MOST_DECISIONS if given.reader or given.project else 0,
        reader=given.reader,
    )
