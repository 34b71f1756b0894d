"""Puts the swarm together for one person in one folder: the real roster, tools, handlers, records and clock."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.config import places, traces_endpoint
from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from nova.orchestrator.approvals import Waiting
    from nova.orchestrator.conversation import State
    from nova.orchestrator.handoff import Budget
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Approver, Scope
    from nova.orchestrator.record import FileRecords
    from nova.orchestrator.replay import Played
    from nova.orchestrator.swarm import Swarm
    from nova.orchestrator.tool import Handler, Tool
    from nova.orchestrator.turn import Start
    from nova.orchestrator.world import World
    from nova.roster import Roster


LONGEST = 100_000
"""Characters of a message."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands and what they named: a resumed turn stands where it began."""

    folder: Path
    target: str | None = None
    database: Path | None = None
    roster: Path | None = None
    scheduled: bool = False

    def options(self) -> Plain:
        """As a record holds it."""
        named = {"target": self.target, "database": self.database, "roster": self.roster}
        rest = {name: str(value) for name, value in named.items() if value is not None}
        return {"folder": str(self.folder), "scheduled": self.scheduled, **rest}


def standing(options: Mapping[str, Any]) -> Standing:
    """Where the person of a record stood."""
    paths = {name: Path(options[name]) for name in ("database", "roster") if options.get(name)}
    return Standing(
        Path(options["folder"]), options.get("target"), paths.get("database"), paths.get("roster"),
        bool(options.get("scheduled")),
    )  # fmt: skip


def records() -> FileRecords:
    """The turns of the present user."""
    from nova.orchestrator.record import FileRecords

    return FileRecords(places().data / "turns")


def roster_of(where: Standing) -> Roster:
    """The agents: Nova's and the person's own, or those of a folder."""
    from nova import roster

    return roster.load(None if where.roster else places().config / "agents", where.roster)


def world(where: Standing, approver: Approver) -> World:
    """What the agents are and can do, for a person who stands there."""
    from nova import llm, tools
    from nova.context import Shower
    from nova.orchestrator.runner import SystemClock, ThreadRunner
    from nova.orchestrator.world import World

    known = roster_of(where)
    inside = tools.World(where.folder, where.database, where.target, {"roster": known})

    def bound(names: Sequence[str]) -> Mapping[str, Tool]:
        return tools.bound(names, inside)

    return World(
        known, handler_of, bound, SystemClock(), ThreadRunner(), approver,
        Shower(where.folder, where.target, where.database), model=llm.configured() is not None,
    )  # fmt: skip


def handler_of(scope: Scope) -> Handler | None:
    """The function that an agent's page names."""
    from importlib import import_module

    named = getattr(scope, "handler", None)
    if not named:
        return None
    module, _, function = named.partition(":")
    found: Handler = getattr(import_module(module), function)
    return found


def swarm(where: Standing, approver: Approver, listen: Callable[[Plain], None]) -> Swarm:
    """The swarm for a person who stands there."""
    from nova.orchestrator.swarm import Swarm

    return Swarm(world(where, approver), records(), listen=listen)


def conversation_of(where: Standing) -> str:
    """The usual conversation: one for each repository, or folder that is in none."""
    from nova.git import Git

    found = Git.at(where.folder)
    return str(found.folder) if found is not None else os.path.realpath(where.folder)


def stand_of(conversation: str) -> State:
    """Where a conversation stands."""
    from nova.orchestrator.conversation import state

    return state(records(), conversation)


def start(
    where: Standing,
    message: str,
    *,
    agent: str | None,
    conversation: str | None,
    budget: Budget | None = None,
    stands: State | None = None,
) -> Start:
    """A person's message on its way to the agent that the router chooses. Raises ``UsageError``."""
    from nova.orchestrator.handoff import Budget
    from nova.orchestrator.record import new_turn
    from nova.orchestrator.runner import SystemClock
    from nova.orchestrator.turn import Start

    if not message.strip():
        raise UsageError("there is nothing to ask", next_step='nova ask "review my changes"')
    if len(message) > LONGEST:
        raise UsageError(
            f"the message has {len(message)} characters, and {LONGEST} are the most",
            next_step="name a file, and ask about that",
        )
    from memory.redaction import redacted

    message = redacted(message).text  # the record of a turn is a plain file
    known = roster_of(where)
    talk = conversation or conversation_of(where)
    stands = stands or stand_of(talk)
    if agent is not None:
        known.named(agent)
        route: Plain = {"agent": agent, "step": "explicit", "scores": [], "why": "named with --agent"}
    else:
        route = routed(message, stands, known)
    answers = bool(stands.pending) and route["agent"] == stands.pending and route["step"] == "pending"
    turn = new_turn(SystemClock().now(), os.urandom(2).hex())
    return Start(
        turn, talk, message, route["agent"], route, {**where.options(), "route": route}, _pinned(where),
        budget or Budget(),
        stands.stack if answers else (),
        goal_of(message) if route["step"] == "explicit" and message.lstrip().startswith("@") else "",
    )  # fmt: skip


def _pinned(where: Standing) -> tuple[str, ...]:
    """The constraints of the target, which everybody who works on a turn is given verbatim."""
    from nova.subject import whereabouts

    _, target = whereabouts(where.folder, where.target, places())
    return tuple(target.constraints) if target is not None else ()


def routed(message: str, stands: State, known: Roster) -> Plain:
    """Who is to answer, as the router says. Where it asks, the door does: it has the best three."""
    from nova import embed, routing
    from nova.roster import DOOR

    router = routing.router(known, places().data, embed.embedder("auto"), routing.say_at_terminal)
    found = router.route(message, stands)
    chosen = found.agent or (DOOR if DOOR in known else None)
    if chosen is None:
        near = ", ".join(name for name, _ in found.scores)
        raise UsageError("no agent stands out", why=f"the nearest are {near}", next_step="name one with --agent")
    return {**found.as_data(), "agent": chosen}


def goal_of(message: str) -> str:
    """A message without the name of the agent that it begins with."""
    rest = message.strip().partition(" ")[2].strip()
    return rest or message


def here(target: str | None, database: Path | None, folder: Path | None, *, scheduled: bool = False) -> Standing:
    """Where the person stands now. Raises ``UsageError`` where that folder is gone."""
    try:
        standing_in = Path.cwd()
    except FileNotFoundError as error:
        raise UsageError("the folder that one stands in is gone", next_step="cd to another") from error
    return Standing(standing_in, target, database, folder, scheduled)


def standing_of(kept: FileRecords, turn: str) -> Standing:
    """Where the person of a turn stood. Raises ``UsageError`` for a record in which nothing is told yet."""
    lines = kept.read(turn)
    if not lines or lines[0]["kind"] != "request" or "folder" not in lines[0].get("options", {}):
        raise UsageError(f"turn {turn} was stopped before it began", next_step="ask anew: nothing is lost")
    return standing(lines[0]["options"])


def turn_named(word: str | None) -> str:
    """The turn that a word is the beginning of, or the last one. Raises ``UsageError``."""
    turns = records().turns()
    if not turns:
        raise UsageError("there are no turns yet", next_step='nova ask "..."  begins one')
    if not word:
        return turns[0]
    fits = [turn for turn in turns if turn == word] or [turn for turn in turns if turn.startswith(word)]
    if len(fits) > 1:
        raise UsageError(f"{word} is the beginning of {len(fits)} turns", next_step="nova trace --list  shows them")
    if not fits:
        from nova.orchestrator.record import unknown

        raise unknown(word)
    return fits[0]


def unfinished(word: str, conversation: str) -> str:
    """The turn to go on with: the named one, or the last of a conversation that did not end. Raises ``UsageError``."""
    if word:
        return turn_named(word)
    found = stand_of(conversation).interrupted
    if not found:
        raise UsageError("no turn was stopped here", next_step="nova trace --list  shows the turns; name one to see it")
    return found


def was_command(turn: str) -> bool:
    """Whether a turn is the record of a command that called its agent's work directly."""
    head = records().head(turn)
    return head is not None and dict(head.get("route") or {}).get("step") == "command"


def replay(turn: str) -> list[Played]:
    """Play a turn again where it was begun; nothing is done."""
    from nova.orchestrator.approvals import Always

    where = standing_of(records(), turn)
    return swarm(where, Always(False), lambda _line: None).replay(turn)


def settle(word: str, *, allowed: bool) -> tuple[Waiting, bool, str]:
    """Answer a waiting write, where its turn was begun: which it was, whether it was made, and why not."""
    from nova.orchestrator import approvals

    kept = records()
    one = approvals.named(kept, word)
    inside = world(standing_of(kept, one.turn), approvals.Always(False))
    made, why, _ = approvals.settle(inside, kept, one, allowed=allowed)
    return one, made, why


def send_spans(turn: str) -> str:
    """Send a turn's spans where the person has set an endpoint for them; says why that failed, if it did."""
    endpoint = traces_endpoint()
    if not endpoint:
        return ""
    from nova.orchestrator import telemetry
    from nova.orchestrator.trace import tree

    try:
        return telemetry.send(tree(records().read(turn)), endpoint)
    except Exception as error:  # noqa: BLE001 - the turn is done, whether anybody watches or not
        return f"spans were not sent: {error}"


def learn(turn: str) -> str:
    """Let memory learn from a finished turn; says why that failed, if it did."""
    from memory import MemoryUnavailable
    from memory.store import Memory
    from nova.git import Git
    from nova.learning import learn as learn_from
    from nova.subject import whereabouts

    try:
        where = standing_of(records(), turn)
        key, _ = whereabouts(where.folder, where.target, places())
        git = Git.at(where.folder)
        with Memory.open(where.database or places().database) as memory:
            learn_from(memory, records().read(turn), key, git.user() if git else "")
    except MemoryUnavailable as error:
        return f"nothing was learnt from this turn: {error.what}"
    return ""
