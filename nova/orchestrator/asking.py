"""One step of one agent: its handler is asked, within its time, and what it gave is recorded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nova.orchestrator import guards
from nova.orchestrator.call import words_of
from nova.orchestrator.gate import Gate
from nova.orchestrator.plain import Unrecordable, from_recalled, from_step, text, to_task

if TYPE_CHECKING:
    from nova.orchestrator.frames import Frame
    from nova.orchestrator.ledger import Ledger
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.ports import Scope
    from nova.orchestrator.tape import Tape
    from nova.orchestrator.world import World

FAILED = "failed"


def ask(world: World, turn: str, tape: Tape, ledger: Ledger, frame: Frame) -> Plain:
    """What an agent gave back: a step as plain data, or ``failed`` and why."""
    frame.asks += 1
    tape.put("ask", visit=frame.visit, agent=frame.agent, step=frame.asks)
    past, closing = tape.inside()
    if closing is not None:
        for line in past:
            ledger.note(frame, line)
        tape.heed(frame, past, closing)
    else:
        closing = _ask(world, turn, tape, ledger, frame, past)
    for account in (frame.account, frame.own):
        account.spend(seconds=closing["seconds"], tokens=closing["tokens"], money=closing["money"])
    found: Plain = closing["outcome"]
    return found


def _ask(world: World, turn: str, tape: Tape, ledger: Ledger, frame: Frame, past: list[Plain]) -> Plain:
    why = _hindered(world, frame.agent) or guards.may_begin(frame.left())
    if why:
        return _close(tape, frame, {"step": FAILED, "why": why})
    scope = world.roster[frame.agent]
    try:
        tools = world.tools(scope.tools)
    except Exception as error:  # noqa: BLE001 - a tool that cannot be loaded is the agent's failure
        return _close(tape, frame, {"step": FAILED, "why": f"its tools cannot be loaded: {words_of(error)}"})
    gate = Gate(world, turn, tape, ledger, frame, tools, past)
    given = world.runner.run(lambda: _work(world, scope, frame, gate), gate.left, gate.shut)
    gate.shut()
    if gate.broken is not None:
        raise gate.broken
    most = frame.left().seconds
    seconds = gate.seconds() if most is None else min(gate.seconds(), most)
    spent = _untold(world, scope, frame, gate)
    if given is not None and not gate.stopped:
        return _close(tape, frame, json.loads(given), seconds, ran=True, doing=gate.at_work, **spent)
    why = gate.stopped or f"it was cut off after {seconds:.4g} seconds"
    doing = gate.at_work
    if doing:
        why += f" while {doing} was at work; whether that was done is not known"
    return tape.write(
        "cut", visit=frame.visit, step=frame.asks, outcome={"step": FAILED, "why": why}, doing=doing,
        seconds=seconds, **spent,
    )  # fmt: skip


def _close(tape: Tape, frame: Frame, outcome: Plain, seconds: float = 0.0, **more: Any) -> Plain:
    rest = {"ran": False, "doing": "", "tokens": 0, "money": 0.0, **more}
    return tape.write("step", visit=frame.visit, step=frame.asks, outcome=outcome, seconds=seconds, **rest)


def _work(world: World, scope: Scope, frame: Frame, gate: Gate) -> str:
    """The whole of a step as one text, so that nothing an agent made is looked at outside of its time."""
    try:
        if frame.asks == 1:
            frame.task["context"] = gate.shown(lambda: _recalled(world, scope, frame))
        handler = world.handlers(scope)
        if handler is None:
            return text({"step": FAILED, "why": f"{scope.name} has nobody who could do its work"})
        return text(from_step(handler(to_task(frame.task), gate)))
    except Unrecordable as error:
        return text({"step": FAILED, "why": f"what it gave back cannot be used: {error}"})
    except BaseException as error:  # noqa: BLE001 - whatever an agent does, the turn goes on without it
        return text({"step": FAILED, "why": words_of(error)})


def _recalled(world: World, scope: Scope, frame: Frame) -> tuple[list[Plain], str]:
    """What the agent is shown, and why that is nothing where it could not be found."""
    if world.context is None:
        return [], ""
    task = frame.task
    try:
        return from_recalled(world.context(scope, task["message"], task["goal"], task["options"])), ""
    except Exception as error:  # noqa: BLE001 - an agent works without memory rather than not at all
        return [], words_of(error)


def _hindered(world: World, agent: str) -> str:
    if agent not in world.roster:
        return "it is not in the roster any more"
    if world.roster[agent].llm == "required" and not world.model:
        return "it needs a model, and no model is configured"
    return ""


def _untold(world: World, scope: Scope, frame: Frame, gate: Gate) -> Plain:
    """Use that nobody told of: where there is a model, an agent that may use it is taken to have spent its share."""
    if not world.model or scope.llm == "none" or gate.told_use:
        return {"tokens": 0, "money": 0.0}
    left = frame.left()
    return {"tokens": left.tokens or 0, "money": left.money or 0.0}
