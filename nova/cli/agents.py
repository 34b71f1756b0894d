"""``nova agents``: who works here, what each may do, and whether their pages are right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_format, command

if TYPE_CHECKING:
    import argparse

    from nova.errors import RosterError
    from nova.roster import Agent, Roster

    Rows = list[tuple[Path, Agent | RosterError]]

ACTIONS = ("show", "graph", "lint")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands,
        "agents",
        "the agents that do the work",
        "List the agents, show one, draw who hands off to whom, or check their pages.",
        "nova agents show code-reviewer",
    )
    parser.add_argument(
        "action", nargs="?", metavar="ACTION",
        help="show NAME: its page; graph: who hands off to whom, as Mermaid; lint: what is wrong with the pages",
    )  # fmt: skip
    parser.add_argument("name", nargs="?", metavar="NAME", help="the agent to show")
    parser.add_argument("--roster", metavar="FOLDER", type=Path, help="these agents in place of Nova's and your own")
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the list, an agent, the graph, or what is wrong."""
    from nova import roster
    from nova.cli import output
    from nova.config import places
    from nova.roster import text

    _check(given.action, given.name)
    own = None if given.roster else places().config / "agents"
    json = given.format == "json"
    if given.action in {None, "lint"}:
        rows = list(roster.every(own, given.roster))
        return _lint(rows, json) if given.action else _list(rows, json, own)
    known = roster.load(own, given.roster)
    if given.action == "graph":
        _put(text.edges(known) if json else text.graph(known))
    else:
        agent = known.named(given.name)
        _put(_plain(agent) if json else text.page(agent, output.width()))
    return 0


def _check(action: str | None, name: str | None) -> None:
    from nova.errors import UsageError
    from nova.roster.page import nearest

    if action is not None and action not in ACTIONS:
        raise UsageError(
            f"nova agents knows no {action}", next_step=f"{nearest(action, ACTIONS)}  (an agent: nova agents show NAME)"
        )
    if action == "show" and name is None:
        raise UsageError("nova agents show needs the name of an agent", next_step="nova agents  lists them")
    if action != "show" and name is not None:
        raise UsageError(f"nova agents {action} takes no name", next_step=f"leave {name} out")


def _put(what: object) -> None:
    import json

    from nova.cli import output

    output.put(what if isinstance(what, str) else json.dumps(what, indent=2, ensure_ascii=False))


def _plain(agent: Agent) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(agent)


def _split(rows: Rows) -> tuple[Roster, list[tuple[Path, RosterError]]]:
    from nova import roster

    wrong = [(path, error) for path, error in rows if isinstance(error, roster.RosterError)]
    return roster.make(agent for _, agent in rows if not isinstance(agent, roster.RosterError)), wrong


def _list(rows: Rows, json: bool, own: Path | None) -> int:
    from nova.cli import output
    from nova.roster import text

    known, wrong = _split(rows)
    if json:
        listed = [
            {
                "name": a.name, "group": a.group, "description": a.description, "llm": a.llm, "tools": a.tools,
                "writes": a.writes, "approval": a.approval, "handoffs": list(a.handoffs), "source": a.source,
            }
            for a in known.values()
        ]  # fmt: skip
        _put([*listed, *({"file": str(path), "error": str(error)} for path, error in wrong)])
    else:
        lines = [text.table(known, output.width())]
        for path, error in wrong:
            lines += [f"\n{path.stem}  WRONG", *(f"  {line}" for line in str(error).split("\n"))]
        told = f"{len(known)} agents" if own is None else f"{text.count(known)}. Your own agents go to {own}"
        _put("\n".join([*lines, "", told]))
    return 2 if wrong else 0


def _lint(rows: Rows, json: bool) -> int:
    from dataclasses import asdict

    from nova import tools
    from nova.orchestrator.classifier import fit
    from nova.roster import text
    from nova.roster.lint import Problem, lint
    from nova.roster.page import Unreadable

    known, wrong = _split(rows)
    problems = [
        Problem("page", path.stem, "; ".join(filter(None, (error.what, error.why))), str(path), error.next_step)
        for path, error in wrong
    ]
    problems += lint(known, set(tools.names()), fit)
    if json:
        _put({"agents": len(known), "problems": [asdict(problem) for problem in problems]})
    else:
        _put(text.faults(problems) or f"{len(known)} agents, nothing wrong")
    if any(isinstance(error, Unreadable) for _, error in wrong):
        return 2
    return 1 if problems else 0
