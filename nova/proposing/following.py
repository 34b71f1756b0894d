"""What became of proposals on GitHub: asked for there, judged by ``outcomes``. Nobody else tells how one ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from memory.verdict import moment
from nova.living.port import Refused
from nova.proposing.outcomes import Seen, became, reverted
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nova.proposing.past import Proposal

WATCHED = timedelta(days=90)
"""How long a merged proposal is watched for being reverted, and a closed one for being opened again."""
MOST = 30
"""Proposals that are over and are asked for again: the newest."""
MERGED = frozenset({Stage.MERGED, Stage.CHANGED})
SHUT = frozenset({Stage.CLOSED, Stage.STALE})


class Ending(Protocol):
    """Where a pull request is; see ``nova.github.hearing.Ending``."""

    @property
    def is_open(self) -> bool: ...  # noqa: D102
    @property
    def is_merged(self) -> bool: ...  # noqa: D102
    @property
    def at(self) -> str: ...  # noqa: D102
    @property
    def is_stale(self) -> bool: ...  # noqa: D102


class Forge(Protocol):
    """What is asked of a forge. Each may raise ``Refused``."""

    def ending(self, number: int) -> Ending:
        """Where a pull request is."""
        ...

    def commits(self, number: int) -> list[tuple[str, str]]:
        """Who committed each commit of a pull request that merges nothing, and its message."""
        ...

    def branch(self, name: str, since: str) -> list[tuple[str, str, str]]:
        """The commits of a branch since a moment, the oldest first; without a name of the default one."""
        ...


def followed(proposal: Proposal, forge: Forge) -> Proposal | None:
    """The proposal at the stage that its pull request is at now; None where that is the one that is known.

    Raises ``Refused``.
    """
    if proposal.number is None:
        return None
    end = forge.ending(proposal.number)
    commits = tuple(forge.commits(proposal.number)) if end.is_merged else ()
    return became(proposal, Seen(end.is_open, end.is_merged, end.at, end.is_stale, commits))


def news(
    past: Sequence[Proposal], forge: Forge, repository: str, branch: str, now: str
) -> tuple[list[Proposal], list[str]]:
    """The proposals that came to another stage, and what is to be told of others. Raises ``Refused``."""
    oldest = moment((datetime.fromisoformat(now) - WATCHED).isoformat())
    shut = sorted((p for p in past if p.stage in SHUT and moment(p.at) >= oldest), key=lambda p: moment(p.at))
    told, notes = [], []
    for one in [*(p for p in past if p.stage is Stage.OPEN), *shut[-MOST:]]:
        try:
            fresh = followed(one, forge)
        except Refused as refusal:
            if "(404)" not in refusal.why:
                raise
            if one.stage is Stage.OPEN:
                notes.append(f"#{one.number}, the proposal for {one.rule}, cannot be found any more")
            continue
        if fresh is not None:
            told.append(fresh)
    changed = {one.id for one in told}
    merged = [p for p in (*(p for p in past if p.id not in changed), *told) if p.stage in MERGED]
    merged = [p for p in merged if moment(p.at) >= oldest]
    back = reverted(merged, _commits(forge, branch, min(p.at for p in merged)), repository) if merged else []
    gone = {p.id for p in back}
    return [*(p for p in told if p.id not in gone), *back], notes


def _commits(forge: Forge, branch: str, since: str) -> list[tuple[str, str, str]]:
    """The commits of the branch that proposals are for; of the default one where that name is not known there."""
    day = f"{since[:10]}T00:00:00Z"
    try:
        return forge.branch(branch, day)
    except Refused as refusal:
        if not branch or "(404)" not in refusal.why:
            raise
        return forge.branch("", day)
