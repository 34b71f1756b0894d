"""The gate between a handler and the world: a call is checked, asked for, counted and recorded before it is made."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from nova.orchestrator import guards
from nova.orchestrator.budget import amount_of, at_most
from nova.orchestrator.call import Call, answer_of, effect_of, key_of, plainly, words_of
from nova.orchestrator.lines import copied
from nova.orchestrator.past import Past
from nova.orchestrator.plain import Unrecordable, plain
from nova.orchestrator.tool import Queued, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.frames import Frame
    from nova.orchestrator.handoff import Budget
    from nova.orchestrator.ledger import Ledger
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.tape import Tape
    from nova.orchestrator.tool import Tool
    from nova.orchestrator.world import World

GONE = "it was cut off"


class Gate:
    """The tools of one agent for one step. Once shut, nothing passes."""

    def __init__(
        self,
        world: World,
        turn: str,
        tape: Tape,
        ledger: Ledger,
        frame: Frame,
        tools: Mapping[str, Tool],
        past: list[Plain],
    ) -> None:
        self._world = world
        self._clock = world.clock
        self._scope = world.roster[frame.agent]
        self._turn = turn
        self._tape = tape
        self._ledger = ledger
        self._frame = frame
        self._tools = tools
        self._lock = threading.RLock()
        self._asking = threading.Lock()
        self._past = Past(past)
        self._repeated: Counter[tuple[str, str]] = Counter()
        self._began = self._clock.tick()
        self._paused: float | None = None
        self._credit = 0.0
        self._most = frame.left().seconds
        self._refusals = 0
        self._says = 0
        self._shut = ""
        self.at_work: str = ""
        """The tool that is doing something right now."""
        self.stopped = ""
        """Why the agent is cut off by a guard."""
        self.broken: BaseException | None = None
        """Why nothing can be recorded any more."""
        self.told_use = False

    def call(self, name: str, /, **arguments: Any) -> Any:
        """A tool's answer. Raises ``Refused`` or ``ToolFailed``."""
        name, mark, why = plainly(name, arguments)  # not under the lock: what an agent made may take its time
        with self._lock:
            call = self._begin(name, mark, why)
        if call.known is not None:
            return copied(call.known["data"])
        if self._must_ask(call):
            with self._asking:
                self._ask(call)
        with self._lock:
            self._enter(call)
        return self._work(call)

    def say(self, text: str) -> None:
        """Tell the person what is being done."""
        words = str(text)[: guards.MOST_SAID_CHARACTERS]
        with self._lock:
            if self._shut or self._says >= guards.MOST_SAID:
                return
            self._says += 1
            if self._past.next("said") is not None:
                return
            self._write("said", lasting=False, text=words)

    def used(self, *, tokens: int = 0, money: float = 0.0) -> None:
        """Tell what a model's answer took. What is never told, or no amount, counts as the whole share."""
        some, price = amount_of(tokens), amount_of(money)
        with self._lock:
            self._open()
            self.told_use = True
            left = self._frame.left()
            line = self._past.next("used") or self._write(
                "used", tokens=int(at_most(some, left.tokens)), money=at_most(price, left.money)
            )
            self._ledger.note(self._frame, line)
            if (left.tokens is not None and some > left.tokens) or (left.money is not None and price > left.money):
                self._stop("it used more than its share")
                raise Refused(self.stopped)

    def shown(self, find: Any) -> list[Plain]:
        """What the agent is shown beside its task: as recorded, or found and recorded now."""
        with self._lock:
            if self._past.shown is not None:
                return self._past.shown
        found, why = find()
        with self._lock:
            self._open()
            self._write("shown", items=found, **({"why": why} if why else {}))
        made: list[Plain] = plain(found)
        return made

    def left(self) -> float:
        """Seconds until the agent is cut off. Stands still while a person is asked."""
        return float("inf") if self._most is None else self._most - self.seconds()

    def seconds(self) -> float:
        """How long the step has worked: without the time of a person's answers, with that of recorded calls."""
        with self._lock:
            end = self._clock.tick() if self._paused is None else self._paused
            return end - self._began + self._credit

    def shut(self, why: str = GONE) -> None:
        """Let nothing pass from now on."""
        with self._lock:
            self._shut = self._shut or why

    # The way of a call, in order.

    def _begin(self, name: str, mark: str, why: str) -> Call:
        self._open()
        if not why:
            why = guards.may_use(self._scope, name) or ("" if name in self._tools else f"there is no tool {name[:60]}")
        number, past = self._past.call(name, mark) or (self._ledger.calls, {})
        self._ledger.calls = max(self._ledger.calls, number + 1)
        call = Call(number, name, mark, json.loads(mark) if mark else {}, past)
        if "refused" in past and not {"asked", "call"} & set(past):
            self._refuse(call, "")
        if why:
            self._refuse(call, why)
        call.tool = self._tools[name]
        if "call" not in past and "asked" not in past:
            self._repeat(call)
            if call.known is None:
                self._check(call)
        return call

    def _repeat(self, call: Call) -> None:
        """Asked again, an agent gets the answers that it has had already."""
        used = self._repeated[call.name, call.mark]
        known = self._ledger.remembered(self._frame, call.name, call.mark, used)
        if known is not None:
            self._repeated[call.name, call.mark] += 1
            self._line(call, "again", tool=call.name, mark=call.mark, of=known["call"])
            call.known = known

    def _check(self, call: Call) -> None:
        assert call.tool is not None
        if call.tool.writes and not self._scope.writes:
            self._refuse(call, f"{self._scope.name} may change nothing")
        why = guards.may_call(self._left())
        if why:
            self._refuse(call, why)
        made = self._ledger.same[self._frame.agent, call.name, call.mark]
        stops = guards.same_call(made, call.name)
        if stops:
            self._refuse(call, stops, stops=True)

    def _must_ask(self, call: Call) -> bool:
        assert call.tool is not None
        return call.tool.writes and self._scope.approval == "ask" and "call" not in call.past

    def _ask(self, call: Call) -> None:
        assert call.tool is not None
        effect = effect_of(call.tool, call.arguments)
        with self._lock:
            self._open()
            asked = self._line(call, "asked", tool=call.name, mark=call.mark, arguments=call.arguments, effect=effect)
            self._paused = self._clock.tick()
        word: bool | None = None
        try:
            if "answered" not in call.past:
                word = self._world.approver.ask(self._frame.agent, call.name, asked["effect"])
        except Exception:  # noqa: BLE001 - nobody who could be asked: the write waits
            word = None
        finally:
            with self._lock:
                self._began += self._clock.tick() - self._paused
                self._paused = None
        with self._lock:
            self._open()
            answer = {True: "given", False: "denied", None: "waits"}[word]
            line = self._line(call, "answered", answer=answer)
            if line["answer"] == "denied":
                self._refuse(call, "the person said no")
            if line["answer"] == "waits":
                self._refuse(call, "it waits for a person's approval", waits=True)

    def _enter(self, call: Call) -> None:
        """Count and record the call, before it is made."""
        self._open()
        if "refused" in call.past:
            self._refuse(call, "")
        if "call" not in call.past:
            self._check(call)
        self._line(
            call, "call", tool=call.name, mark=call.mark, arguments=call.arguments, writes=self._writes(call),
            key=key_of(self._turn, self._frame.agent, call.name, call.mark),
        )  # fmt: skip
        self.at_work = call.name

    def _work(self, call: Call) -> Any:
        assert call.tool is not None
        if "result" in call.past:
            with self._lock:
                line = self._line(call, "result")
                self._credit += line["seconds"]
                self.at_work = ""
            return answer_of(line)
        began = self._clock.tick()
        data, why = None, ""
        try:
            key = key_of(self._turn, self._frame.agent, call.name, call.mark)
            data = plain(call.tool.work(key, **plain(call.arguments)))
        except Unrecordable as error:
            why = f"{call.name} gave what no record can hold: {error}"
        except BaseException as error:  # noqa: BLE001 - a tool that ends the process must not: it failed, and is told so
            why = words_of(error)
        seconds = self._clock.tick() - began
        with self._lock:
            self._open()
            self.at_work = ""
            line = self._line(
                call, "result", tool=call.name, mark=call.mark, writes=self._writes(call), ok=not why, data=data,
                seconds=seconds, **({"why": why} if why else {}),
            )  # fmt: skip
        return answer_of(line)

    def _refuse(self, call: Call, why: str, *, waits: bool = False, stops: bool = False) -> NoReturn:
        self._refusals += 1
        flood = guards.refusals(self._refusals)
        line = self._line(
            call, "refused", tool=call.name, mark=call.mark, why=why, waits=waits, stops=stops or bool(flood)
        )
        if line["stops"]:
            self._stop(flood or line["why"])
        raise (Queued if line["waits"] else Refused)(line["why"])

    def _stop(self, why: str) -> None:
        self.stopped = self.stopped or why
        self._shut = self._shut or why

    def _open(self) -> None:
        if self._shut:
            raise Refused(self._shut)

    def _left(self) -> Budget:
        left = self._frame.left()
        return left if self._most is None else replace(left, seconds=self.left())

    def _writes(self, call: Call) -> bool:
        return call.tool is not None and call.tool.writes

    def _line(self, call: Call, kind: str, **data: Any) -> Plain:
        """The recorded line of this kind, or one that is recorded now; counted either way."""
        line = call.past.pop(kind, None)
        if line is None:
            line = self._write(kind, call=call.number, **data)
        self._ledger.note(self._frame, line)
        return line

    def _write(self, kind: str, *, lasting: bool = True, **data: Any) -> Plain:
        try:
            return self._tape.write(kind, lasting=lasting, visit=self._frame.visit, **data)
        except BaseException as error:
            self.broken = error
            self._shut = self._shut or "nothing can be recorded"
            raise
