"""What an agent is shown beside its task: what stands, what is named, and what is found, within a budget of tokens.

``pack`` is pure; ``context_for`` reads a memory; ``Shower`` is what the orchestrator asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from memory import Kind
from nova import projects
from nova.anchors import Anchor, anchors_in
from nova.orchestrator.handoff import Recalled
from nova.recall import hits, is_echo, near, told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from memory import Item, Memory
    from nova.orchestrator.ports import Scope
    from nova.projects import Project
    from nova.targets import Target

__all__ = ["Known", "Need", "Shower", "context_for", "cost", "is_echo", "pack"]

CHARACTERS = 4
"""Characters that are taken for one token."""
TOKENS = 1500
"""What an agent is shown at most, in tokens, and a quarter of its own budget where it has one."""
STANDING = 0.6
"""The share of the budget that what always stands may take before what this very message needs has had its turn."""
MOST_DECISIONS = 5
"""Decisions about everything that are shown unasked, the newest."""
ALWAYS = (Kind.INSTRUCTION, Kind.PROJECT, Kind.GOAL, Kind.VALUE)


@dataclass(frozen=True, slots=True)
class Known:
    """An item, and whether it holds for this target alone or for all that the person works on."""

    item: Item
    here: bool


@dataclass(frozen=True, slots=True)
class Need:
    """Whom something is shown to, and for what."""

    message: str
    kinds: Collection[str] = ()
    """The kinds of memory that the agent's page names; instructions and the active project are shown to all."""
    target: Target | None = None
    anchors: tuple[Anchor, ...] = ()


def pack(items: Sequence[Known], need: Need, budget_tokens: int) -> tuple[Recalled, ...]:
    """What fits the budget: standing instructions, project, target and decisions, then what the message needs.

    What was superseded or forgotten is left out, what repeats something shown before it too.
    """
    present = _in_force(items)
    project = projects.active(projects.projects([k.item for k in items if not k.here]), _name(need.target))
    standing = [
        *_instructions(present, need), *_project(project), *_target(need.target, need.kinds),
        *_decisions(present, need, project),
    ]  # fmt: skip
    packed = _Packed(budget_tokens * CHARACTERS)
    late = [one for one in standing if not packed.take(one, STANDING)]
    for one in _needed(present, need, project):
        packed.take(one)
    for one in late:
        packed.take(one)
    order = {one: at for at, one in enumerate(standing)}
    return tuple(sorted(packed.taken, key=lambda one: order.get(one, len(order))))


def cost(one: Recalled) -> int:
    """The characters that one thing shown takes, with its kind, reason, source and date."""
    return sum(map(len, (one.text, one.kind, one.why, one.source, one.date)))


class _Packed:
    """What was taken so far."""

    def __init__(self, room: int) -> None:
        self.taken: list[Recalled] = []
        self._room = room
        self._used = 0

    def take(self, one: Recalled, share: float = 1.0) -> bool:
        """Take something, where it is no copy and there is room in a share of the whole."""
        if any(near(one.text, other.text) for other in self.taken):
            return True
        if self._used + cost(one) > self._room * share:
            return False
        self._used += cost(one)
        self.taken.append(one)
        return True


def _in_force(items: Iterable[Known]) -> list[Known]:
    """What holds. Where the target has its own value for a predicate, the one that holds everywhere gives way."""
    present = [k for k in items if k.item.holds and not k.item.forgotten and k.item.value]
    own = {(k.item.kind, k.item.subject, k.item.predicate) for k in present if k.here and k.item.predicate}
    closed = {p.name for p in projects.projects([k.item for k in items if not k.here]) if p.archived}
    return [
        k for k in present
        if (k.here or (k.item.kind, k.item.subject, k.item.predicate) not in own)
        and not (k.item.kind in {Kind.GOAL, Kind.VALUE} and not k.here and k.item.subject in closed)
    ]  # fmt: skip


def _instructions(present: Iterable[Known], need: Need) -> list[Recalled]:
    found = [k for k in present if k.item.kind == Kind.INSTRUCTION]
    better = {hit.item.id: hit.score for hit in hits(need.message, [k.item for k in found], need.anchors)}
    ordered = sorted(_newest(found), key=lambda k: -better.get(k.item.id, 0.0))
    return [_shown(k.item, f"a standing instruction for {_scope(k, need.target)}") for k in ordered]


def _project(project: Project | None) -> list[Recalled]:
    if project is None:
        return []
    why = "the project that is worked on" if project.active else "the project of this target"
    shown = [Recalled(project.name, Kind.PROJECT, why, "nova project", project.since[:10])]
    for kind, aims in ((Kind.GOAL, project.goals), (Kind.VALUE, project.values)):
        shown += [
            Recalled(aim.text, kind, f"a {kind.value} of {project.name}, {why}", aim.source, aim.since[:10])
            for aim in aims
        ]
    return shown


def _target(target: Target | None, kinds: Collection[str]) -> list[Recalled]:
    if target is None:
        return []
    told_of = [("goal", target.goals), ("value", target.values)]
    if "constraint" in kinds:
        told_of.insert(0, ("constraint", target.constraints))
    source = target.source or "its settings"
    why = {kind: f"a {kind} of the target {target.name}" for kind, _ in told_of}
    return [Recalled(text, kind, why[kind], source) for kind, texts in told_of for text in texts]


def _decisions(present: Iterable[Known], need: Need, project: Project | None) -> list[Recalled]:
    """The newest decisions that are about no single thing, or about the project or target itself."""
    if Kind.DECISION not in need.kinds:
        return []
    whole = {"", _name(need.target).casefold(), project.name.casefold() if project else ""}
    found = [k for k in present if k.item.kind == Kind.DECISION and k.item.subject.casefold() in whole]
    return [
        _shown(k.item, f"a decision in force for {_scope(k, need.target)}") for k in _newest(found)[:MOST_DECISIONS]
    ]


def _needed(present: Iterable[Known], need: Need, project: Project | None) -> list[Recalled]:
    """What names what is named, then what is found by its words; what stands anyway is not looked for again."""
    kinds = {*need.kinds, *ALWAYS} - {Kind.INSTRUCTION}
    stands = {aim.id for aim in (*project.goals, *project.values)} if project else set()
    items = [k.item for k in present if k.item.kind in kinds and k.item.id not in stands]
    return [_shown(hit.item, hit.why) for hit in hits(need.message, items, need.anchors)]


def _shown(item: Item, why: str) -> Recalled:
    source = ", ".join(part for part in (item.source, item.who) if part)
    return Recalled(told(item), item.kind, why, source, item.valid_from[:10])


def _newest(found: Iterable[Known]) -> list[Known]:
    return sorted(found, key=lambda k: (k.item.valid_from, k.item.recorded_at), reverse=True)


def _scope(known: Known, target: Target | None) -> str:
    return (_name(target) or "this target") if known.here else "all work"


def _name(target: Target | None) -> str:
    return target.name if target else ""


def context_for(
    memory: Memory,
    target: Target | None,
    agent_kinds: Collection[str],
    message: str,
    anchors: Iterable[Anchor] = (),
    budget_tokens: int = TOKENS,
    *,
    key: str = "",
) -> tuple[Recalled, ...]:
    """What an agent is shown from a memory; ``key`` is the target's name there, empty where there is none."""
    known = [Known(item, here=False) for item in memory.items(projects.EVERYWHERE)]
    if key:
        known += [Known(item, here=True) for item in memory.items(key)]
    names = (*anchors, *anchors_in(message))
    return pack(known, Need(message, agent_kinds, target, tuple(dict.fromkeys(names))), budget_tokens)


@dataclass(frozen=True, slots=True)
class Shower:
    """Shows agents what they should know, for a person who stands in a folder."""

    folder: Path
    named: str | None = None
    database: Path | None = None

    def __call__(self, scope: Scope, message: str, goal: str, _options: Mapping[str, Any]) -> tuple[Recalled, ...]:
        """What the agent is shown. Where memory cannot be had: the target's own part, and that it is so."""
        from memory import MemoryUnavailable
        from memory.store import Memory
        from nova.config import places
        from nova.subject import whereabouts

        key, target = whereabouts(self.folder, self.named, places())
        text = message if goal in message else f"{goal}\n{message}"
        most = min(TOKENS, scope.budget.tokens // 4) if scope.budget.tokens else TOKENS
        try:
            with Memory.open(self.database or places().database) as memory:
                return context_for(memory, target, scope.memory, text, (), most, key=key)
        except MemoryUnavailable as error:
            why = "; ".join(part for part in (error.what, error.why, error.next_step) if part)
            lost = Recalled("memory could not be read", "notice", why)
            return (lost, *pack((), Need(text, scope.memory, target), most))
