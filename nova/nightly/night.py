"""One night over one repository: meta-reviewer -> code-reviewer, refactor-scout -> patch-smith -> pr-scribe."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.nightly import state
from nova.proposing.past import MOST_OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nova.nightly.plan import Plan, Way
    from nova.nightly.state import Seen
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.swarm import Swarm
    from nova.orchestrator.turn import Outcome
    from nova.ports import Progress
    from nova.swarming import Standing
    from nova.tools import World as Inside

FIRST = "meta-reviewer"
MESSAGE = "review this repository for the night"
OPTION = "night"
WRITING = ("propose", "post_proposals")
"""The tools that make proposals."""
MARGIN, MOST_MARGIN = 0.1, 60.0
"""The share of its time, and the most seconds, before whose end a long piece of work stops: it has to be told of."""
LATE = 20.0
"""Seconds that a piece of work which was cut off has to end in good order."""


@dataclass(frozen=True, slots=True)
class Night:
    """How a night ended. ``outcome`` is None where nothing had changed since the last one."""

    outcome: Outcome | None
    last: str = ""
    """The turn of the last whole night, where nothing changed since."""
    has_trace: bool = False
    """Whether the record of that turn is on this machine; memory may have come from another."""
    resumed: bool = False
    text: str = ""
    """What it says; where it was cut off, what it came to, and what was not done."""
    left: bool = False
    """Whether more could be proposed than this night might write: the next one goes on, though nothing else changes."""


@dataclass(frozen=True, slots=True)
class _Granted:
    """Says yes to the writes that the command line allowed; every other one waits for a person."""

    tools: frozenset[str]

    def ask(self, agent: str, tool: str, effect: str) -> bool | None:
        """The word."""
        return True if tool in self.tools else None


def night(
    where: Standing,
    plan: Plan,
    *,
    heard: str = "",
    turns: Sequence[str] = (),
    begin: Callable[[str], None] = lambda _turn: None,
    listen: Callable[[Plain], None] = lambda _line: None,
    progress: Progress | None = None,
) -> Night:
    """Carry out a night, or go on with one that was stopped at this very state of the repository.

    ``turns`` are those of the same night so far, which may be over and not be told yet; ``begin`` is told of a new one
    before it does anything. ``heard`` is what was taken in from GitHub before, in words. Raises ``NovaError`` where
    there is nothing to review.
    """
    from nova import swarming
    from nova.nightly import journal
    from nova.orchestrator.conversation import state as stand_of
    from nova.tools import World as Inside
    from nova.tools._pace import Pace

    where = replace(where, scheduled=True)
    seen = state.look(where, plan.way)
    last = "" if plan.again else state.last_whole(where, seen, plan.way)
    if last:
        return Night(None, last, has_trace=bool(journal.talk_of(last)))
    talk = f"{OPTION}:{swarming.conversation_of(where)}"
    records = swarming.records()
    stopped = next((t for t in reversed(turns) if journal.talk_of(t) == talk and not journal.fell_short(t)), "")
    stopped = stopped or stand_of(records, talk).interrupted
    if stopped and journal.option(stopped, OPTION) != seen.stands:
        stopped = ""
    seconds = plan.minutes * 60
    pace = Pace(time.monotonic() + seconds - min(seconds * MARGIN, MOST_MARGIN))
    if progress is not None:
        pace.show = progress
    known = swarming.roster_of(where)
    inside = Inside(where.folder, where.database, where.target, {"roster": known}, pace)
    swarm = _swarm(where, inside, plan.way, listen)
    try:
        gone_on = _resumed(swarm, stopped) if stopped else None
        outcome = gone_on or _begun(where, plan, seen, talk, heard, swarm, begin)
    finally:
        pace.stop()
        _settle()
    left = _left(outcome)
    if outcome.complete and not left:
        state.keep(where, seen, plan.way, outcome.turn)
    return Night(outcome, resumed=gone_on is not None, text=_text(outcome), left=left)


def _resumed(swarm: Swarm, turn: str) -> Outcome | None:
    """What a stopped turn came to; None where its record does not hold or agents have changed: it is begun anew."""
    try:
        return swarm.resume(turn)
    except UsageError:
        return None


def _text(outcome: Outcome) -> str:
    from nova.nightly import journal
    from nova.orchestrator.turn import FAILED

    if outcome.status != FAILED:
        return outcome.text
    done, missing = journal.parts(outcome.turn)
    return "\n\n".join([*done, f"{outcome.text}\nNot done: {'; '.join(missing)}."])


def _begun(
    where: Standing, plan: Plan, seen: Seen, talk: str, heard: str, swarm: Swarm, begin: Callable[[str], None]
) -> Outcome:
    """A new turn; what earlier nights left waiting for a word is of another state, and is dropped."""
    from nova import swarming
    from nova.orchestrator.handoff import Budget

    _drop(where, talk)
    start = swarming.start(where, MESSAGE, agent=FIRST, conversation=talk, budget=Budget(seconds=plan.minutes * 60))
    options = {OPTION: seen.stands, "proposals": plan.way.value, "top": plan.top(0), "heard": heard}
    start = replace(start, options={**start.options, **options})
    begin(start.turn)
    return swarm.run(start)


def _swarm(where: Standing, inside: Inside, way: Way, listen: Callable[[Plain], None]) -> Swarm:
    """The swarm of ``nova ask``, but that its tools stop when the time is up."""
    from nova import swarming, tools
    from nova.orchestrator.swarm import Swarm

    world = swarming.world(where, _Granted(way.grants))
    return Swarm(replace(world, tools=lambda names: tools.bound(names, inside)), swarming.records(), listen=listen)


def _drop(where: Standing, talk: str) -> None:
    from nova import swarming
    from nova.nightly import journal
    from nova.orchestrator import approvals

    records = swarming.records()
    for one in approvals.waiting(records):
        if journal.talk_of(one.turn) == talk:
            approvals.settle(swarming.world(where, approvals.Always(False)), records, one, allowed=False)


def _settle() -> None:
    """Wait a little for work that was cut off, so that it puts away what it made for itself."""
    until = time.monotonic() + LATE
    for thread in threading.enumerate():
        if thread.name == "nova-agent" and thread is not threading.current_thread():
            thread.join(max(0.0, until - time.monotonic()))


def _left(outcome: Outcome) -> bool:
    """Whether a proved fix was left only for want of writes."""
    from nova.nightly import journal

    top = int(journal.option(outcome.turn, "top") or 0)
    if not top:
        return True
    told: list[Any] = [line["data"] for line in journal.results(outcome.turn, ("proved_fixes",))]
    asked = f"{top} were asked for"
    return top < MOST_OPEN and any(why == asked for data in told for why in data["left"].values())
