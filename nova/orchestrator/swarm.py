"""The loop: one agent has the floor, gives a step, and the floor moves. A killed turn goes on where its record ends."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.orchestrator import guards
from nova.orchestrator.asking import ask
from nova.orchestrator.budget import Account, bounded
from nova.orchestrator.call import words_of
from nova.orchestrator.frames import Frame, from_plain, to_plain, way_back
from nova.orchestrator.handoff import Budget
from nova.orchestrator.ledger import Ledger
from nova.orchestrator.lines import copied
from nova.orchestrator.plain import plain
from nova.orchestrator.replay import Over, Replay
from nova.orchestrator.tape import RESUMED, Tape
from nova.orchestrator.turn import ANSWERED, ASKED, FAILED, Outcome, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Records
    from nova.orchestrator.replay import Played
    from nova.orchestrator.turn import Start
    from nova.orchestrator.world import World

USUAL = Budget(seconds=1800.0, calls=200)
"""What a turn may use where nothing else is said."""
ENDED = "ended"
WAITED = "waited"
"""How an agent comes into a turn that answers a question: it asked it, or waits for the one who did."""


def _silent(_line: Plain) -> None:
    """Nobody listens."""


class Swarm:
    """Runs turns. ``listen`` hears every line as it is recorded."""

    def __init__(
        self,
        world: World,
        records: Records,
        *,
        usual: Budget = USUAL,
        listen: Callable[[Plain], None] = _silent,
    ) -> None:
        self._world = world
        self._records = records
        self._usual = usual
        self._listen = listen

    def run(self, start: Start) -> Outcome:
        """One turn, from a message to its outcome."""
        if start.agent not in self._world.roster:
            raise UsageError(f"there is no agent {start.agent}", next_step="nova agents  lists them")
        budget = bounded(start.budget, self._usual)
        request = {
            "turn": start.turn, "conversation": start.conversation, "message": start.message,
            "goal": start.goal or start.message,
            "options": plain(dict(start.options)), "constraints": list(start.constraints), "budget": asdict(budget),
            "stack": plain(list(start.stack)), "agent": start.agent, "route": plain(dict(start.route)),
        }  # fmt: skip
        record = self._records.create(start.turn)
        try:
            tape = Tape(record, self._world.clock, self._listen)
            return self._go(tape, tape.write("request", **request))
        finally:
            record.close()

    def resume(self, turn: str) -> Outcome:
        """Go on with a turn where its record ends; for one that has ended, just its outcome."""
        record = self._records.open(turn)
        try:
            lines = record.lines()
            ended = next((line for line in lines if line["kind"] == ENDED), None)
            if ended is not None:
                return outcome(turn, ended)
            tape = Tape(record, self._world.clock, self._listen)
            if tape.live:
                raise UsageError(f"turn {turn} was stopped before it began", next_step="ask anew: nothing is lost")
            tape.write(RESUMED)
            return self._go(tape, tape.put("request"))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise UsageError(
                f"the record of {turn} does not hold together, so the turn cannot be gone on with",
                why=words_of(error),
                next_step="nova trace  shows what it tells; ask anew",
            ) from error
        finally:
            record.close()

    def replay(self, turn: str) -> list[Played]:
        """Play a turn again from its record: each step that an agent gives now, held against the recorded one."""
        tape = Replay(self._world, self._records.read(turn))
        with suppress(Over):
            self._go(tape, tape.put("request"))
        return tape.played

    def _go(self, tape: Tape, request: Plain) -> Outcome:
        tape.put("route", **{**request["route"], "agent": request["agent"]})
        return _Turn(self._world, tape, request).go(request["agent"])


class _Turn:
    """One turn on its way."""

    def __init__(self, world: World, tape: Tape, request: Plain) -> None:
        self._world = world
        self._tape = tape
        self._turn: str = request["turn"]
        self._request = request
        self._total = Account(Budget(**request["budget"]))
        self._ledger = Ledger()

    def go(self, agent: str) -> Outcome:
        """Ask whoever has the floor until the turn ends."""
        step: Outcome | Frame = self._root(agent)
        while isinstance(step, Frame):
            given = ask(self._world, self._turn, self._tape, self._ledger, step)
            match given["step"]:
                case "done":
                    step = self._done(step, given)
                case "question":
                    step = self._end(ASKED, step, given["text"], options=given["options"], stack=to_plain(step))
                case "handoff":
                    step = self._handoff(step, given)
                case _:
                    step = self._failure(step, given["why"])
        return step

    def _root(self, agent: str) -> Frame:
        stack, message = self._request["stack"], self._request["message"]
        if stack:
            frame = from_plain(copied(stack), self._total, self._own)
            frame.task["answers"].append(message)
            self._ledger.visits = frame.visit + 1
            for one in sorted(_all(frame), key=lambda one: one.visit):
                offered = {name: value for name, value in one.task["options"].items() if name == "route"}
                options = {**self._request["options"], **offered}  # an answer is read with the choice that was offered
                one.task |= {"turn": self._turn, "message": message, "options": options}
                self._begin(one, WAITED)
            return frame
        task = self._task(agent, self._request["goal"], "", self._request["constraints"], [], [])
        frame = self._frame(agent, task, Budget())
        self._begin(frame, None)
        return frame

    def _task(
        self, agent: str, goal: str, brief: str, constraints: list[str], evidence: list[Plain], artifacts: list[Plain]
    ) -> Plain:
        made: Plain = copied({
            "turn": self._turn, "agent": agent, "message": self._request["message"], "goal": goal, "brief": brief,
            "constraints": constraints, "evidence": evidence, "artifacts": artifacts, "context": [], "returned": [],
            "answers": [], "options": self._request["options"],
        })  # fmt: skip
        return made

    def _frame(self, agent: str, task: Plain, limit: Budget, above: Account | None = None) -> Frame:
        frame = Frame(self._ledger.visits, agent, task, Account(limit, above or self._total), self._own(agent))
        self._ledger.visits += 1
        return frame

    def _own(self, agent: str) -> Account:
        return Account(self._world.roster[agent].budget if agent in self._world.roster else Budget())

    def _begin(self, frame: Frame, kind: str | None) -> None:
        self._tape.put(
            "start", visit=frame.visit, agent=frame.agent, parent=frame.came.visit if frame.came else None, by=kind,
            task={name: frame.task[name] for name in ("goal", "brief", "constraints", "evidence", "answers")},
            artifacts=[one["name"] for one in frame.task["artifacts"]], share=asdict(frame.left()),
        )  # fmt: skip

    def _done(self, frame: Frame, given: Plain) -> Outcome | Frame:
        caller = frame.caller
        if caller is None:
            return self._end(ANSWERED, frame, given["text"], given)
        return self._returned(frame, caller, given, "")

    def _returned(self, frame: Frame, to: Frame, answer: Plain | None, failure: str) -> Frame:
        self._tape.put("return", visit=frame.visit, agent=frame.agent, to=to.visit, ok=answer is not None, why=failure)
        told = {"agent": frame.agent, "goal": frame.task["goal"], "answer": answer, "failure": failure}
        to.task["returned"].append(copied(told))
        return to

    def _failure(self, frame: Frame, why: str) -> Outcome | Frame:
        """Go on without an agent: back to who handed it the work, else to the nearest that may help, else say so."""
        self._ledger.failed.add(frame.agent)
        to = frame.back[-1] if frame.back else frame.caller
        if to is not None:
            self._ledger.notes.append(f"{frame.agent} could not: {why}. {to.agent} went on without it.")
            return self._returned(frame, to, None, why)
        other = self._instead(frame)
        if other is None:
            return self._end(FAILED, frame, f"{frame.agent} could not do it: {why}. Nothing was done in its place.")
        self._ledger.notes.append(f"{frame.agent} could not: {why}. {other} was asked in its place.")
        handed = {
            "to": other, "kind": "transfer", "reason": f"{frame.agent} could not: {why}", "budget": asdict(Budget()),
            "open_questions": [], "return_to": "",
            **{name: frame.task[name] for name in ("goal", "brief", "constraints", "evidence", "artifacts")},
        }  # fmt: skip
        line = self._tape.put("handoff", visit=frame.visit, to=other, by="orchestrator", ok=True, **_why(handed))
        assert line["ok"]
        child = self._child(frame, handed)
        child.back = ()
        return child

    def _instead(self, frame: Frame) -> str | None:
        """The nearest agent that its page names, is there, needs no model, changes nothing and has not failed."""
        roster = self._world.roster
        if guards.hops(self._ledger.hops) or guards.may_begin(self._total.left()) or frame.agent not in roster:
            return None
        for name in roster[frame.agent].handoffs:
            barred = guards.declared(roster, frame.agent, name) or guards.same_edge(
                self._ledger.edges[frame.agent, name], frame.agent, name
            )
            if barred or name in self._ledger.failed or name == guards.DOOR:
                continue
            if roster[name].llm != "required" and not roster[name].writes:
                return name
        return None

    def _handoff(self, frame: Frame, given: Plain) -> Outcome | Frame:
        target, came = given["to"], frame.came
        waits = frame if given["kind"] == "delegate" else frame.caller
        given = {**given, "return_to": waits.agent if waits else ""}
        if came is not None and came.agent == target and came.handed is not None:
            allowed = not guards.declared(self._world.roster, frame.agent, target)
            if allowed and guards.nothing_new(came.task, came.handed, given):
                why = f"{target} and {frame.agent} hand each other the same work, and nothing new comes of it"
                self._tape.put("handoff", visit=frame.visit, to=target, by=frame.agent, ok=False, **_why(given, why))
                stack = to_plain(came)
                return self._end(ASKED, came, f"{why}. What should be done?", stack=stack)
        why = (
            guards.declared(self._world.roster, frame.agent, target)
            or guards.hops(self._ledger.hops)
            or guards.same_edge(self._ledger.edges[frame.agent, target], frame.agent, target)
            or guards.may_begin(frame.account.left())
        )
        line = self._tape.put("handoff", visit=frame.visit, to=target, by=frame.agent, ok=not why, **_why(given, why))
        if line["ok"]:
            return self._child(frame, given)
        frame.refused += 1
        told = {"agent": target, "goal": given["goal"], "answer": None, "failure": line["why"]}
        frame.task["returned"].append(copied(told))
        often = guards.refused_too_often(frame.refused)
        return self._failure(frame, often) if often else frame

    def _child(self, frame: Frame, given: Plain) -> Frame:
        self._ledger.hops += 1
        self._ledger.edges[frame.agent, given["to"]] += 1
        frame.handed = given
        constraints = list(dict.fromkeys([*frame.task["constraints"], *given["constraints"]]))
        questions = "".join(f"\nStill open: {one}" for one in given["open_questions"])
        task = self._task(
            given["to"], given["goal"], given["brief"] + questions, constraints, given["evidence"], given["artifacts"]
        )
        child = self._frame(given["to"], task, Budget(**given["budget"]), frame.account)
        child.came = frame
        if given["kind"] == "transfer":
            child.caller, child.back = frame.caller, way_back(frame)
        else:
            child.caller = frame
        self._begin(child, given["kind"])
        return child

    def _end(self, status: str, frame: Frame, text: str, given: Plain | None = None, **more: Any) -> Outcome:
        given = given or {}
        notes = list(self._ledger.notes)
        told = {
            "status": status, "agent": frame.agent, "text": text, "data": given.get("data"),
            "evidence": given.get("evidence", []), "artifacts": given.get("artifacts", []),
            "complete": status == ANSWERED and given.get("complete", True) and not notes,
            "options": [], "notes": notes, "waiting": self._ledger.waiting, "stack": [],
            "used": asdict(self._total.used), **more,
        }  # fmt: skip
        return outcome(self._turn, self._tape.put(ENDED, **told))


def _why(given: Plain, why: str = "") -> Plain:
    """What a record tells of a handoff beside who and whom."""
    return {
        "why": why, "reason": given["reason"], "goal": given["goal"], "brief": given["brief"], "way": given["kind"],
        "return_to": given["return_to"],
    }  # fmt: skip


def _all(frame: Frame) -> list[Frame]:
    """A frame and all that it leads to."""
    found: list[Frame] = []
    rest: list[Frame | None] = [frame]
    while rest:
        one = rest.pop()
        if one is not None and one not in found:
            found.append(one)
            rest += [one.came, one.caller, *one.back]
    return found
