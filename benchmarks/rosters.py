"""Runs random rosters, kills their turns at any line and resumes them, and says what did not hold."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from benchmarks.roster_bounds import complaints
from benchmarks.roster_cases import TURN, Machine, Process, case
from nova.errors import UsageError
from nova.orchestrator.record import MemoryRecord, MemoryRecords

if TYPE_CHECKING:
    from benchmarks.roster_cases import Case
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.turn import Outcome


LONGEST_TALK = 3
"""Turns of one conversation."""


class Killed(BaseException):
    """The process ends here."""


class MortalRecords(MemoryRecords):
    """Records whose process ends at a line: before it is written, or right after."""

    def __init__(self, kept: dict[str, list[Plain]], at: int, *, after: bool) -> None:
        super().__init__(kept)
        self.at = at
        self.after = after

    def create(self, turn: str) -> MemoryRecord:
        """A record that ends."""
        return _Mortal(self.kept.setdefault(turn, []), self)

    def open(self, turn: str) -> MemoryRecord:
        """The same for one that is there."""
        self.read(turn)
        return _Mortal(self.kept[turn], self)


class _Mortal(MemoryRecord):
    def __init__(self, lines: list[Plain], end: MortalRecords) -> None:
        super().__init__(lines)
        self._end = end
        self._dead = False

    def append(self, line: Plain, *, lasting: bool = True) -> None:
        """Add a line, unless this is the end."""
        if self._dead:
            raise Killed
        self._dead = len(self.lines()) >= self._end.at
        if not self._dead or self._end.after:
            super().append(line, lasting=lasting)
        if self._dead:
            raise Killed


Whole = tuple["Outcome", "list[Plain]", Machine]


@dataclass(slots=True)
class Tally:
    """What many cases came to."""

    cases: int = 0
    lines: int = 0
    kills: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def whole(found: Case) -> Whole:
    """The turn of a case that nobody kills."""
    machine, records = Machine(), MemoryRecords()
    process = Process(found, machine)
    result = process.swarm(records).run(process.start())
    return result, records.kept[TURN], machine


def killed(
    found: Case, at: int, *, after: bool, again: int | None = None
) -> tuple[Outcome | None, list[Plain], Machine]:
    """The turn killed at a line and resumed, twice over; killed ``again`` so many lines behind, where that is given."""
    machine = Machine()
    kept: dict[str, list[Plain]] = {}
    process = Process(found, machine)
    try:
        process.swarm(MortalRecords(kept, at, after=after)).run(process.start())
    except Killed:
        pass
    else:
        machine.faults.append("a killed process went on")
    if again is not None and kept[TURN]:
        end = len(kept[TURN]) + again
        with suppress(Killed):
            Process(found, machine).swarm(MortalRecords(kept, end, after=after)).resume(TURN)
    outcomes = []
    before = 0
    for _ in range(2):
        before = machine.tool_runs
        try:
            outcomes.append(Process(found, machine).swarm(MemoryRecords(kept)).resume(TURN))
        except UsageError:
            return None, kept[TURN], machine
    if outcomes[0] != outcomes[1] or machine.tool_runs != before:
        machine.faults.append("resumed a second time, it did something or said something else")
    return outcomes[0], kept[TURN], machine


def compare(found: Case, at: int, *, after: bool, again: int | None = None, unharmed: Whole | None = None) -> list[str]:
    """What is wrong with a killed and resumed turn, held against the one that nobody killed."""
    expected, _, calm = unharmed or whole(found)
    outcome, lines, machine = killed(found, at, after=after, again=again)
    if outcome is None:
        fine = not lines and not machine.effects
        return [] if fine else ["a killed turn cannot be resumed"]
    said = complaints(found, lines, machine)
    if machine.effects != calm.effects:
        said.append(f"effects {machine.effects} instead of {calm.effects}")
    kills = 1 if again is None else 2
    if machine.tool_runs > calm.tool_runs + kills:
        said.append(f"{machine.tool_runs} calls were made instead of {calm.tool_runs}")
    if outcome != expected:
        names = [name for name in type(outcome).__slots__ if getattr(outcome, name) != getattr(expected, name)]
        said += [f"{name}: {getattr(outcome, name)} instead of {getattr(expected, name)}" for name in names]
    return said


def followed(found: Case) -> tuple[Case, ...]:
    """A case, and the ones in which the person answers what its agents ask."""
    cases = [found]
    while len(cases) < LONGEST_TALK:
        result, _, _ = whole(cases[-1])
        if result.status != "question":
            break
        cases.append(replace(found, first=result.agent, stack=result.stack))
    return tuple(cases)


def many(count: int, seed: int = 1, *, kills: int = 3, every: int = 50, patient: bool = True) -> Tally:
    """Run so many cases; kill each at a few lines, and every so-manieth at all of them.

    Whoever is not ``patient`` stops at the first case that is wrong.
    """
    tally = Tally()
    for number in range(count):
        dice = random.Random(seed * 1_000_003 + number)  # noqa: S311 - dice, not secrets
        found = dice.choice(followed(case(dice)))
        result, lines, machine = whole(found)
        tally.cases += 1
        tally.lines += len(lines)
        tally.ended[result.status] += 1
        wrong = complaints(found, lines, machine)
        places = (
            range(len(lines)) if number % every == 0 else sorted(dice.sample(range(len(lines)), min(kills, len(lines))))
        )
        for place in places:
            tally.kills += 1
            again = dice.choice([None, None, 1, 4])
            wrong += compare(found, place, after=dice.random() < 0.5, again=again, unharmed=(result, lines, machine))
        tally.wrong += [f"case {number}: {one}" for one in wrong]
        if wrong and not patient:
            break
    return tally
