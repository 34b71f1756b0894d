"""Proposals in memory: each stage of each is a fact among the typed memories, and the newest stage is what stands.

So a stage is in the journal before anything is made of it, survives a rebuilding, goes with an export, and is forgotten
as any other memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import Item, Kind
from nova.proposing.past import Proposal, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from memory import Memory

SOURCE = "proposal"
"""What such an item says of where it is from; by this it is known."""
_FIELDS = 3
"""What stands before the findings among what an item is about: rule, branch, base."""


def item_of(proposal: Proposal, who: str) -> Item:
    """The memory of a proposal at its stage."""
    number = proposal.number
    named = f"pull request #{number} ({proposal.branch})" if number else f"branch {proposal.branch}"
    value = f"The proposal for {proposal.rule}, {named}: {proposal.stage.value}."
    about = (proposal.rule, proposal.branch, proposal.base, *proposal.findings)
    return Item(
        "", Kind.FACT, proposal.rule, "", value, proposal.stage.value, who, SOURCE, proposal.at, proposal.at,
        about=about, session=proposal.id, position=number or 0,
    )  # fmt: skip


def proposal_of(item: Item) -> Proposal | None:
    """The proposal that an item tells of; None where it is another memory, or a person forgot or closed it."""
    if item.source != SOURCE or item.forgotten or not item.holds or len(item.about) < _FIELDS:
        return None
    try:
        stage = Stage(item.because)
    except ValueError:
        return None
    rule, branch, base, *findings = item.about
    return Proposal(
        item.session, rule, branch, base, tuple(findings), stage, item.valid_from, item.position or None
    )  # fmt: skip


def newest(told: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Each proposal once, at its newest stage; ``told`` is in the order of recording, which decides between equals.

    A pull request is one proposal, also where it was made anew on another base, and the branch that it began as is no
    other.
    A branch that is made after its pull request came to an end is another: what people closed is not forgotten for it.
    """
    found: dict[object, Proposal] = {}
    for one in sorted(told, key=lambda one: one.at):
        if one.number is not None:
            found.pop(one.id, None)
        found[one.number or one.id] = one
    return tuple(found.values())


def load(memory: Memory, target: str) -> tuple[Proposal, ...]:
    """The proposals that were made for a target, each at its newest stage."""
    told = map(proposal_of, memory.items(target, {Kind.FACT}))
    return newest(one for one in told if one is not None)


def note(memory: Memory, target: str, proposal: Proposal, who: str) -> bool:
    """Remember that a proposal came to a stage; False where memory says so already, whenever it came to it."""
    from dataclasses import replace

    if any(replace(one, at=proposal.at) == proposal for one in load(memory, target)):
        return False
    key = f"proposal {proposal.id} {proposal.stage.value} {proposal.number or ''} {proposal.base} {proposal.at}"
    memory.remember(item_of(proposal, who), target, key)
    return True
