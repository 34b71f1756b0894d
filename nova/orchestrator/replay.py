"""Plays a turn again from its record: the agents work anew, the world answers as it did, and nothing is done."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from nova.orchestrator.call import words_of
from nova.orchestrator.plain import Unrecordable, from_step, plain, text, to_task
from nova.orchestrator.record import MemoryRecord
from nova.orchestrator.tape import Tape
from nova.orchestrator.tool import Queued, Refused, ToolFailed

if TYPE_CHECKING:
    from nova.orchestrator.frames import Frame
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.world import World

PATIENCE = 60.0
"""Seconds that a step may take when it is played again."""


@dataclass(frozen=True, slots=True)
class Played:
    """A step that was played again. ``now`` is what the agent gives now, None where it gives what was recorded."""

    visit: int
    agent: str
    step: int
    recorded: Plain
    now: Plain | None


class Over(Exception):
    """The record ends here."""


class Replay(Tape):
    """A record that is gone along and never written to; each step in it is played again."""

    def __init__(self, world: World, lines: list[Plain]) -> None:
        super().__init__(MemoryRecord(list(lines)), world.clock, lambda _line: None)
        self._world = world
        self._results: dict[int, Plain] = {}
        self.played: list[Played] = []

    def write(self, kind: str, *, lasting: bool = True, **data: Any) -> NoReturn:
        """Nothing is written: where a line is missing, the record is over."""
        raise Over

    def inside(self) -> tuple[list[Plain], Plain | None]:
        """The lines of a step. Raises ``Over`` for one that never ended."""
        found, closing = super().inside()
        if closing is None:
            raise Over
        return found, closing

    def heed(self, frame: Frame, past: list[Plain], closing: Plain) -> None:
        """Play a step again and hold it against what was recorded. What was cut off is not tried again."""
        self._results |= {line["call"]: line for line in past if line["kind"] == "result"}
        if not closing.get("ran"):
            return
        now = self._again(frame, Recorded(past, self._results))
        recorded = closing["outcome"]
        played = Played(frame.visit, frame.agent, frame.asks, recorded, None if now == recorded else now)
        self.played.append(played)

    def _again(self, frame: Frame, tools: Recorded) -> Plain:
        def work() -> str:
            try:
                handler = self._world.handlers(self._world.roster[frame.agent])
                if handler is None:
                    return text({"step": "failed", "why": f"{frame.agent} has nobody who could do its work"})
                return text(from_step(handler(to_task(frame.task), tools)))
            except Unrecordable as error:
                return text({"step": "failed", "why": f"what it gave back cannot be used: {error}"})
            except BaseException as error:  # noqa: BLE001 - as when it was recorded
                return text({"step": "failed", "why": words_of(error)})

        began = self._world.clock.tick()
        given = self._world.runner.run(work, lambda: PATIENCE - (self._world.clock.tick() - began), lambda: None)
        found: Plain = json.loads(given) if given else {"step": "failed", "why": "it was too slow this time"}
        return found


class Recorded:
    """The tools of a step that is played again: each call has the answer that it had."""

    def __init__(self, past: list[Plain], results: dict[int, Plain]) -> None:
        self._results = results
        self._ends: defaultdict[tuple[str, str], deque[Plain]] = defaultdict(deque)
        for line in past:
            if line["kind"] in {"result", "refused", "again"}:
                self._ends[line["tool"], line["mark"]].append(line)

    def call(self, name: str, /, **arguments: Any) -> Any:
        """What the record has for this call. Raises ``Refused`` where it has nothing."""
        try:
            mark = text(arguments)
        except Unrecordable:
            mark = ""
        ends = self._ends[str(name), mark]
        if not ends:
            raise Refused("the record has no such call")
        line = ends.popleft()
        if line["kind"] == "refused":
            raise (Queued if line["waits"] else Refused)(line["why"])
        if line["kind"] == "again":
            line = self._results[line["of"]]
        if not line["ok"]:
            raise ToolFailed(line["why"])
        return plain(line["data"])

    def say(self, text: str) -> None:
        """Nobody listens."""

    def used(self, *, tokens: int = 0, money: float = 0.0) -> None:
        """Nothing is used."""
