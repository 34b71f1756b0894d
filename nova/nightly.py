"""A night: meta-reviewer -> code-reviewer -> refactor-scout over one repository, and nothing where nothing changed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nova.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from memory import Memory
    from nova.orchestrator.lines import Plain
    from nova.orchestrator.turn import Outcome
    from nova.swarming import Standing

FIRST = "meta-reviewer"
MESSAGE = "review this repository for the night"
OPTION = "night"
PAGE = "nightly"
"""The page of memory that tells at which state of the repository the last whole night was."""


@dataclass(frozen=True, slots=True)
class Night:
    """How a night ended. ``outcome`` is None where nothing had changed since the last one."""

    outcome: Outcome | None
    last: str = ""
    """The turn of the last whole night, where nothing changed since."""
    resumed: bool = False


def night(
    where: Standing, minutes: float, *, again: bool = False, listen: Callable[[Plain], None] = lambda _line: None
) -> Night:
    """Carry out a night, or go on with one that was stopped at this very state of the repository.

    ``again`` asks for one though nothing changed. Raises ``UsageError`` where there is nothing to review.
    """
    from nova import swarming
    from nova.orchestrator.approvals import Always
    from nova.orchestrator.conversation import state
    from nova.orchestrator.handoff import Budget

    where = replace(where, scheduled=True)
    stands = _stands(where)
    last = "" if again else _last(where, stands)
    if last:
        return Night(None, last)
    talk = f"{OPTION}:{swarming.conversation_of(where)}"
    swarm = swarming.swarm(where, Always(None), listen)
    stopped = state(swarming.records(), talk).interrupted
    if stopped and _begun_at(stopped) == stands:
        outcome = swarm.resume(stopped)
    else:
        begun = swarming.start(
            where, MESSAGE, agent=FIRST, conversation=talk, budget=Budget(seconds=minutes * 60)
        )  # fmt: skip
        begun = replace(begun, options={**begun.options, OPTION: stands})
        outcome, stopped = swarm.run(begun), ""
    if outcome.complete:
        _keep(where, stands, outcome.turn)
    return Night(outcome, resumed=bool(stopped))


def _stands(where: Standing) -> str:
    """Everything that a night's answer depends on, as a short text: files, settings, verdicts and Nova itself."""
    from nova import app, kept
    from nova.tools import World
    from nova.tools._ground import memory_of, request_of
    from reviewers.digests import digest

    if not where.folder.is_dir():
        raise UsageError(f"there is no folder {where.folder}", next_step="nova nightly PATH")
    world = World(where.folder, where.database, where.target)
    found = app.find_subject(request_of(world))
    with memory_of(world) as memory:
        said = repr(memory.verdicts(found.key))
    return digest(found.key, found.tree.snapshot.key, repr(found.target), kept.verdict_lines(found), said, app.code())


def _last(where: Standing, stands: str) -> str:
    """The turn of the last whole night, where it was at this very state; else empty."""
    with _page(where) as (memory, key):
        page = memory.page(key, PAGE)
    return page[1].decode("ascii", "replace") if page is not None and page[0] == stands else ""


def _keep(where: Standing, stands: str, turn: str) -> None:
    with _page(where) as (memory, key):
        memory.keep_page(key, PAGE, stands, turn.encode("ascii"))


@contextmanager
def _page(where: Standing) -> Iterator[tuple[Memory, str]]:
    from nova.tools import World
    from nova.tools._ground import memory_of, subject_of

    world = World(where.folder, where.database, where.target)
    key = subject_of(world).key
    with memory_of(world) as memory:
        yield memory, key


def _begun_at(turn: str) -> str:
    """The state of the repository at which a night was begun."""
    from nova import swarming

    lines = swarming.records().read(turn)
    return str(lines[0].get("options", {}).get(OPTION, "")) if lines else ""
