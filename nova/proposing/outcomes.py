"""What became of a proposal on the forge: merged, changed, closed, reverted. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from memory.verdict import moment
from nova.proposing.past import Proposal, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    Commit = tuple[str, str, str]
    """Hash, message, and when it was committed (ISO 8601 in UTC)."""

NAME = "Nova"
"""Who commits a proposal: a person who amends it becomes its committer."""
TRAILER = "Nova-Proposal:"
_SHUT = frozenset({Stage.CLOSED, Stage.STALE})
_LASTING = frozenset({Stage.LOCAL, Stage.MERGED, Stage.CHANGED, Stage.REVERTED})
_REVERTS = re.compile(r"^This reverts commit ([0-9a-f]{7,64})", re.MULTILINE)
_NUMBER = re.compile(r"^Merge pull request #([0-9]+) |\(#([0-9]+)\)$")
_REVERTS_PULL = re.compile(r"^Reverts (?:([\w.-]+/[\w.-]+))?#([0-9]+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Seen:
    """The pull request of a proposal as it stands.

    ``is_stale``: Nova closed it itself, and its marker says so. ``commits`` are those that merge nothing: who committed
    it, and its message.
    """

    is_open: bool
    is_merged: bool
    at: str
    is_stale: bool = False
    commits: tuple[tuple[str, str], ...] = ()


def became(proposal: Proposal, seen: Seen) -> Proposal | None:
    """The proposal at the stage that its pull request is at; None where it was known to be there.

    Merged with a commit that is not Nova's is ``changed``; a merge of the base into it changes nothing of it. What was
    closed may be opened again, and then be merged; what was merged stays so, and is over where it was reverted.
    """
    if proposal.number is None or proposal.stage in _LASTING:
        return None
    stage = _stage(seen)
    if stage is proposal.stage or (proposal.stage in _SHUT and stage in _SHUT):
        return None
    at = max(proposal.at, seen.at or proposal.at, key=moment)  # two clocks told these: what came later is later
    return replace(proposal, stage=stage, at=at)


def _stage(seen: Seen) -> Stage:
    if seen.is_open:
        return Stage.OPEN
    if not seen.is_merged:
        return Stage.STALE if seen.is_stale else Stage.CLOSED
    is_own = bool(seen.commits) and all(name == NAME and f"\n{TRAILER}" in message for name, message in seen.commits)
    return Stage.MERGED if is_own else Stage.CHANGED


def reverted(past: Sequence[Proposal], commits: Sequence[Commit], repository: str) -> list[Proposal]:
    """The merged proposals that a commit of the base took back, and no later one brought again.

    ``commits`` are those of the base since, the oldest first. A proposal's commits are known by their trailer, or by
    the number of its pull request as GitHub writes it into merges and squashes.
    """
    found = []
    for proposal in past:
        if proposal.stage not in {Stage.MERGED, Stage.CHANGED}:
            continue
        own = {sha for sha, message, _ in commits if _is_of(message, proposal)}
        undone: dict[str, str] = {}
        taking: set[str] = set()  # the numbers of the pull requests that took it back
        for sha, message, at in commits:
            targets = _REVERTS.findall(message)
            numbers = {number for _, number in _REVERTS_PULL.findall(message)}
            if any(_named(target, undone) for target in targets) or numbers & taking:
                undone, taking = {}, set()
            elif any(_named(target, own) for target in targets) or _takes_back(message, proposal, repository):
                undone[sha] = at
                taking |= {one or other for one, other in _NUMBER.findall(message.partition("\n")[0])}
        if undone:
            found.append(replace(proposal, stage=Stage.REVERTED, at=max(proposal.at, min(undone.values()), key=moment)))
    return found


def _is_of(message: str, proposal: Proposal) -> bool:
    if _REVERTS.search(message):
        return False
    head = message.partition("\n")[0]
    by_number = proposal.number is not None and (
        head.startswith(f"Merge pull request #{proposal.number} ") or head.endswith(f"(#{proposal.number})")
    )
    return by_number or f"\n{TRAILER} {proposal.id}" in message


def _takes_back(message: str, proposal: Proposal, repository: str) -> bool:
    told = _REVERTS_PULL.findall(message)
    return any(
        number == str(proposal.number) and (not where or where.casefold() == repository.casefold())
        for where, number in told
    )


def _named(short: str, hashes: set[str] | dict[str, str]) -> bool:
    return any(sha.startswith(short) for sha in hashes)
