"""Who is asked before a write, and the writes that wait for an answer."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.orchestrator import guards
from nova.orchestrator.call import key_of, words_of
from nova.orchestrator.plain import Unrecordable, plain
from nova.orchestrator.tape import Tape

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Records
    from nova.orchestrator.world import World

WAITS = '"waits":true'
"""What every record with a waiting write has somewhere."""
MOST_TURNS = 500
"""How many turns back a waiting write is looked for."""


class Always:
    """One word for every write: yes, no, or that it has to wait."""

    def __init__(self, word: bool | None) -> None:
        self._word = word

    def ask(self, agent: str, tool: str, effect: str) -> bool | None:
        """The word."""
        return self._word


class Terminal:
    """A person at a terminal, asked with the effect before their eyes."""

    def __init__(self, show: Callable[[str], None], answer: Callable[[], str]) -> None:
        self._show = show
        self._answer = answer

    def ask(self, agent: str, tool: str, effect: str) -> bool | None:
        """Yes or no; where nobody answers, the write waits."""
        self._show(f"{agent} wants to use {tool}:\n{effect}\nMay it? [y/N] ")
        try:
            word = self._answer()
        except (EOFError, OSError):
            return None
        if not word:  # the end of the input, not an empty line
            return None
        return word.strip().lower() in {"y", "yes"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A write that was not made yet, for want of a person's word."""

    id: str
    turn: str
    call: int
    agent: str
    tool: str
    arguments: Plain
    effect: str
    at: str
    allowed: bool = False
    """Whether a person said yes already, and the write was not finished."""


def waiting(records: Records, turns: list[str] | None = None) -> list[Waiting]:
    """All writes that wait, the oldest first."""
    found: list[Waiting] = []
    for turn in (records.turns() if turns is None else turns)[:MOST_TURNS]:
        if records.mentions(turn, WAITS):
            with suppress(KeyError, TypeError):  # a record that somebody edited
                found += reversed(_of(turn, records.read(turn)))
    return found[::-1]


def named(records: Records, word: str) -> Waiting:
    """The waiting write whose id begins with a word. Raises ``UsageError``."""
    every = waiting(records)
    fits = [one for one in every if word and one.id.startswith(word)]
    if len(fits) == 1:
        return fits[0]
    said = f"{word} could be {' or '.join(one.id for one in fits)}" if fits else f"no write with the id {word} waits"
    raise UsageError(said, next_step="nova ask --waiting  lists them")


def settle(world: World, records: Records, one: Waiting, *, allowed: bool) -> tuple[bool, str, Any]:
    """Give a person's answer to a waiting write; where it is yes, make it: whether it was made, why not, its answer."""
    record = records.open(one.turn)
    try:
        now = next((w for w in _of(one.turn, record.lines()) if w.call == one.call), None)
        if now is None:
            raise UsageError(f"the write {one.id} does not wait any more")
        tape = Tape(record, world.clock, lambda _line: None)
        if allowed:
            _check(world, now)
        if not now.allowed:
            tape.write("settled", call=one.call, answer="given" if allowed else "denied")
        if not allowed:
            return False, "", None
        return _make(world, tape, record.lines(), now)
    finally:
        record.close()


def _make(world: World, tape: Tape, lines: list[Plain], one: Waiting) -> tuple[bool, str, Any]:
    mark = next(line["mark"] for line in lines if line["kind"] == "asked" and line["call"] == one.call)
    began = world.clock.tick()
    data, why = None, ""
    try:
        tool = world.tools([one.tool])[one.tool]
        data = plain(tool.work(key_of(one.turn, one.agent, one.tool, mark), **plain(one.arguments)))
    except Unrecordable as error:
        why = str(error)
    except Exception as error:  # noqa: BLE001 - told to the person, and recorded
        why = words_of(error)
    tape.write("late", call=one.call, ok=not why, why=why, data=data, seconds=world.clock.tick() - began)
    return not why, why, data


def _check(world: World, one: Waiting) -> None:
    """What an agent may do is what its page says now, not what it said then."""
    scope = world.roster.get(one.agent)
    why = f"there is no agent {one.agent} any more" if scope is None else guards.may_use(scope, one.tool)
    if scope is not None and not why and not scope.writes:
        why = f"{one.agent} may change nothing any more"
    if why:
        raise UsageError(f"the write {one.id} cannot be made", why=why, next_step="nova ask --decline ID  drops it")


def _of(turn: str, lines: list[Plain]) -> list[Waiting]:
    agents = {line["visit"]: line["agent"] for line in lines if line["kind"] == "start"}
    asked = {line["call"]: line for line in lines if line["kind"] == "asked"}
    settled = {line["call"]: line["answer"] for line in lines if line["kind"] == "settled"}
    late = {line["call"] for line in lines if line["kind"] == "late"}
    return [
        Waiting(
            hashlib.sha256(f"{turn} {line['call']}".encode()).hexdigest()[:8], turn, line["call"],
            agents[line["visit"]], line["tool"], asked[line["call"]]["arguments"], asked[line["call"]]["effect"],
            line["at"], line["call"] in settled,
        )
        for line in lines
        if line["kind"] == "refused" and line["waits"] and line["call"] not in late
        and settled.get(line["call"]) != "denied"
    ]  # fmt: skip
