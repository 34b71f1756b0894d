"""Values to plain data and back: what a record holds, and what a handler is given after it was recorded."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from nova.orchestrator.handoff import (
    Artifact,
    Budget,
    Done,
    Evidence,
    Handoff,
    Kind,
    Question,
    Recalled,
    Returned,
    Task,
)
from nova.orchestrator.lines import MOST_CHARACTERS, copied, dump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.handoff import Step
    from nova.orchestrator.lines import Plain


class Unrecordable(Exception):
    """A value that is no plain data, or too much of it."""


def text(value: Any) -> str:
    """A value as one line of JSON. Raises ``Unrecordable``."""
    try:
        line = dump(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise Unrecordable(f"no plain data: {error}") from None
    if len(line) > MOST_CHARACTERS:
        raise Unrecordable(f"{len(line)} characters, and {MOST_CHARACTERS} are the most")
    return line


def plain(value: Any) -> Any:
    """A value as a record will give it back: a copy of its own. Raises ``Unrecordable``."""
    return json.loads(text(value))


def from_step(step: object) -> Plain:
    """What a handler gave back, as plain data. Raises ``Unrecordable`` for what is no step."""
    match step:
        case Done():
            found = {"step": "done", **asdict(step)}
            _demand(step.text, str, "text")
            _demand(step.complete, bool, "complete")
            _sources(step)
        case Question():
            found = {"step": "question", **asdict(step)}
            _demand(step.text, str, "text")
            _texts(step.options, "options")
        case Handoff():
            found = {"step": "handoff", **asdict(step)}
            found["kind"] = Kind(step.kind).value
            for name in ("to", "reason", "goal", "brief"):
                _demand(getattr(step, name), str, name)
            _texts(step.constraints, "constraints")
            _texts(step.open_questions, "open_questions")
            _sources(step)
            _demand(step.budget, Budget, "budget")
            _amounts(step.budget)
        case _:
            raise Unrecordable(f"{type(step).__name__} is no step")
    made: Plain = plain(found)
    return made


def to_step(found: Plain) -> Step:
    """A recorded step."""
    rest = {name: value for name, value in found.items() if name != "step"}
    if found["step"] == "question":
        return Question(rest["text"], tuple(rest["options"]))
    rest["evidence"] = _evidence(rest["evidence"])
    rest["artifacts"] = _artifacts(rest["artifacts"])
    if found["step"] == "done":
        return Done(**rest)
    rest["kind"] = Kind(rest["kind"])
    rest["constraints"] = tuple(rest["constraints"])
    rest["open_questions"] = tuple(rest["open_questions"])
    rest["budget"] = Budget(**rest["budget"])
    return Handoff(**rest)


def to_task(found: Plain) -> Task:
    """The task that a handler is given, made anew each time: nothing that it does to it lasts."""
    own = copied(found)
    for name in ("constraints", "answers"):
        own[name] = tuple(own[name])
    own["evidence"] = _evidence(own["evidence"])
    own["artifacts"] = _artifacts(own["artifacts"])
    own["context"] = tuple(Recalled(**one) for one in own["context"])
    own["returned"] = tuple(_returned(one) for one in own["returned"])
    own["options"] = MappingProxyType(own["options"])
    return Task(**own)


def from_recalled(items: object) -> list[Plain]:
    """What an agent is shown, as plain data. Raises ``Unrecordable``."""
    if not isinstance(items, tuple | list) or not all(isinstance(one, Recalled) for one in items):
        raise Unrecordable("what is shown must be a tuple of Recalled")
    made: list[Plain] = plain([asdict(one) for one in items])
    return made


def _returned(found: Mapping[str, Any]) -> Returned:
    answer = found["answer"]
    done = to_step(answer) if answer else None
    assert done is None or isinstance(done, Done)
    return Returned(found["agent"], found["goal"], done, found["failure"])


def _evidence(found: list[Plain]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**one) for one in found)


def _artifacts(found: list[Plain]) -> tuple[Artifact, ...]:
    return tuple(Artifact(**one) for one in found)


def _demand(value: object, kind: type, name: str) -> None:
    if not isinstance(value, kind):
        raise Unrecordable(f"its {name} is {type(value).__name__}, not {kind.__name__}")


def _texts(values: object, name: str) -> None:
    if not isinstance(values, tuple | list) or not all(isinstance(one, str) for one in values):
        raise Unrecordable(f"its {name} is no tuple of texts")


def _sources(step: Done | Handoff) -> None:
    for name, kind in (("evidence", Evidence), ("artifacts", Artifact)):
        values: object = getattr(step, name)
        if not isinstance(values, tuple | list) or not all(isinstance(one, kind) for one in values):
            raise Unrecordable(f"its {name} is no tuple of {kind.__name__}")


def _amounts(budget: Budget) -> None:
    for name in ("seconds", "calls", "tokens", "money"):
        amount: object = getattr(budget, name)
        if amount is None:
            continue
        if isinstance(amount, bool) or not isinstance(amount, int | float) or math.isnan(amount) or amount < 0:
            raise Unrecordable(f"its budget asks for {name} = {amount!r}")
