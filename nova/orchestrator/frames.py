"""Who is at work: an agent with its task, the one that waits for its answer, and those that gave it the floor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nova.orchestrator.budget import Account, least
from nova.orchestrator.guards import MOST_BACK
from nova.orchestrator.handoff import Budget

if TYPE_CHECKING:
    from nova.orchestrator.lines import Plain


@dataclass(slots=True, eq=False)
class Frame:
    """An agent with one task, from the handoff that gave it until its answer."""

    visit: int
    agent: str
    task: Plain
    account: Account
    """What it may use with all that it hands on."""
    own: Account
    """What its page allows for its own work."""
    caller: Frame | None = None
    """The one that delegated to it."""
    back: tuple[Frame, ...] = ()
    """Those that gave the floor away before it, the last one last."""
    came: Frame | None = None
    """The one whose handoff began it."""
    handed: Plain | None = None
    """What it handed on last."""
    asks: int = 0
    refused: int = 0
    known: dict[tuple[str, str], list[Known]] = field(default_factory=dict)
    """What its calls gave so far, by tool and arguments."""

    def left(self) -> Budget:
        """What it may still use."""
        return least(self.account.left(), self.own.left())


@dataclass(frozen=True, slots=True)
class Known:
    """What a call gave: the line of its result, in which step, and how much had been written in the turn by then."""

    line: Plain
    ask: int
    writes: int


def way_back(frame: Frame) -> tuple[Frame, ...]:
    """The way back for the one that a frame gives the floor to; what lies deeper is forgotten."""
    return (*frame.back, frame)[-MOST_BACK:]


def to_plain(frame: Frame) -> list[Plain]:
    """A frame and all that it leads to, itself last."""
    order: list[Frame] = []

    def add(one: Frame | None) -> None:
        if one is None or one in order:
            return
        for other in (one.came, one.caller, *one.back):
            add(other)
        order.append(one)

    add(frame)
    place = {id(one): number for number, one in enumerate(order)}

    def at(one: Frame | None) -> int | None:
        return None if one is None else place[id(one)]

    return [
        {
            "agent": one.agent,
            "task": one.task,
            "limit": _amounts(one.account.limit),
            "caller": at(one.caller),
            "came": at(one.came),
            "back": [at(other) for other in one.back],
            "handed": one.handed,
            "refused": one.refused,
            "written": [_bare(known[-1].line) for known in one.known.values() if known[-1].line["writes"]],
        }
        for one in order
    ]


def from_plain(found: list[Plain], total: Account, own: Any) -> Frame:
    """The last of the frames, with all that it leads to, on a new budget; ``own`` gives an agent's own account."""
    made: list[Frame] = []

    def at(place: int | None) -> Frame | None:
        return None if place is None else made[place]

    for number, one in enumerate(found):
        caller = at(one["caller"])
        frame = Frame(
            number,
            one["agent"],
            one["task"],
            Account(Budget(**one["limit"]), caller.account if caller else total),
            own(one["agent"]),
            caller,
            tuple(made[place] for place in one["back"]),
            at(one["came"]),
            one["handed"],
            refused=one["refused"],
            known={(line["tool"], line["mark"]): [Known(line, 0, 0)] for line in one["written"]},
        )
        made.append(frame)
    return made[-1]


def _bare(line: Plain) -> Plain:
    """A result without when and where it was recorded."""
    return {name: line[name] for name in ("call", "tool", "mark", "writes", "ok", "data")}


def _amounts(budget: Budget) -> Plain:
    return {
        "seconds": budget.seconds, "calls": budget.calls, "tokens": budget.tokens, "money": budget.money
    }  # fmt: skip
