"""``nova trace``: what a turn did, from its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.cli.flags import add_format, command

if TYPE_CHECKING:
    import argparse

    from nova.orchestrator.lines import Plain
    from nova.orchestrator.replay import Played

SHOWN = 20


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command(
        commands, "trace", "what a turn of the agents did",
        "Show what a turn did: who was chosen and why, what each agent was shown, called, handed on and gave back.",
        "nova trace --list",
    )  # fmt: skip
    parser.add_argument("turn", nargs="?", metavar="TURN", help="a turn or the beginning of one (default: the last)")
    parser.add_argument(
        "--replay", action="store_true", help="let the agents work again on what was recorded, and say what differs"
    )
    parser.add_argument("--list", action="store_true", dest="listed", help=f"list the last {SHOWN} turns")
    add_format(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the trace, the list, or what a replay gave."""
    from nova import swarming
    from nova.errors import UsageError
    from nova.orchestrator.trace import tree

    if given.listed and (given.turn or given.replay):
        raise UsageError("--list takes nothing else", next_step="nova trace --list")
    kept = swarming.records()
    if given.listed:
        rows = [tree(kept.read(turn)) | {"turn": turn} for turn in kept.turns()[:SHOWN]]
        _put(given, [_brief(row) for row in rows], "\n".join(map(_row, rows)) or "No turns yet.  nova ask  begins one.")
        return 0
    turn = swarming.turn_named(given.turn)
    if given.replay:
        return _replay(given, turn)
    trace = tree(kept.read(turn)) | {"turn": turn}
    _put(given, trace, _page(trace))
    return 0


def _replay(given: argparse.Namespace, turn: str) -> int:
    from dataclasses import asdict

    from nova import swarming
    from nova.errors import UsageError

    if swarming.was_command(turn):
        raise UsageError(
            f"{turn} was a command, carried out without steps that could be played again",
            next_step="run the command again: its answer is the same for the same commit, settings and memory",
        )
    played = swarming.replay(turn)
    rows = "\n".join(map(_step, played)) or "Nothing was finished in this turn, so nothing was played again."
    _put(given, [asdict(one) | {"same": one.now is None} for one in played], rows)
    return 0 if all(one.now is None for one in played) else 1


def _step(one: Played) -> str:
    head = f"{one.agent}, step {one.step}: "
    if one.now is None:
        return f"{head}the same {one.recorded['step']}"
    return f"{head}DIFFERS\n  then: {_told(one.recorded)}\n  now:  {_told(one.now)}"


def _told(step: Plain) -> str:
    from nova.report.characters import sentence

    words = step.get("text") or step.get("why") or f"to {step.get('to')}: {step.get('goal')}"
    return f"{step['step']}: {sentence(str(words))[:160]}"


def _page(trace: Plain) -> str:
    from nova.orchestrator.trace_text import render
    from nova.report.characters import sentence

    return render(trace, sentence)


def _brief(trace: Plain) -> Plain:
    names = ("turn", "at", "conversation", "message", "status", "seconds", "calls", "handoffs")
    return {name: trace[name] for name in names} | {"agent": (trace["route"] or {}).get("agent")}


def _row(trace: Plain) -> str:
    from nova.report.characters import sentence

    agent = (trace["route"] or {}).get("agent", "-")
    return f"{trace['turn']}  {trace['status']:<10}  {agent:<16}  {sentence(trace['message'])[:80]}".rstrip()


def _put(given: argparse.Namespace, data: Any, text: str) -> None:
    import json

    from nova.cli import output

    output.put(json.dumps(data, indent=2, ensure_ascii=False) if given.format == "json" else text)
