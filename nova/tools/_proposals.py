"""Proposals as agents make them, by the functions of ``nova propose``: first proved and worded, then written.

What was proved lies on the desk of the process until it is written. Where it is not there any more (the run was killed,
or a person said yes in the morning), or the repository moved on since, it is proved again: nothing is written on trust.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nova import app, branches, proposals
from nova.errors import UsageError
from nova.proposals import Asked
from nova.proposing import past
from nova.proposing.past import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nova.git import Git, Head
    from nova.ports import Progress
    from nova.proposals import Made, Proposed
    from nova.proposing.past import Proposal, Room
    from nova.request import Request
    from nova.tools import World

DESK = "proposals"
"""Where on the desk of a world what was prepared lies."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Proposals that are not written yet, what they would renew, and the room that they were chosen for."""

    proposed: Proposed
    renew: tuple[Proposal, ...]
    room: Room

    def fits(self, asked: Asked, room: Room, rules: Collection[str]) -> bool:
        """Whether preparing them now would come to the same."""
        made = {one.rule for one in self.proposed.made}
        base = asked.base.commit if asked.base is not None else self.proposed.base
        return base == self.proposed.base and set(asked.renew) <= set(self.renew) and room == self.room and (
            made >= set(rules)
        )  # fmt: skip


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


def prepare(world: World, request: Request, top: int, *, renew: bool) -> Proposed:
    """Choose and prove at most ``top`` new proposals, and put them on the desk.

    ``renew``: on the newest commit that GitHub has, and with the open ones that stand on another.
    """
    here = app.find_subject(request)
    git = _git(request)
    base = there(request, world.pace)[0] if renew else proposals.base_of(git, here.target.branch)
    known = proposals.earlier(request, here.key, git, world.pace)
    old = tuple(p for p in known if renew and p.stage is Stage.OPEN and p.base != base.commit)
    asked = Asked(top, now(), write=False, base=base, renew=old)
    done = proposals.propose(request, asked, world.pace)
    world.desk[DESK] = Prepared(done, old, past.room(known, asked.now))
    return done


def there(request: Request, progress: Progress) -> tuple[Head, dict[str, str]]:
    """The newest commit of the target's branch on GitHub, fetched, and where Nova's branches there lead.

    Raises ``NovaError`` where GitHub cannot be asked.
    """
    from nova import pulls
    from nova.github.proposing import ProposalForge
    from nova.github.pushing import Remote

    here, git = app.find_subject(request), _git(request)
    place = pulls.place_of(request, progress)
    home = ProposalForge(place.forge.calls, place.address.repository).home()
    remote = Remote(git, home.clone_url, place.address, place.token)
    tips = remote.tips(branches.PREFIX)
    return remote.fetched(f"refs/heads/{here.target.branch or home.branch}"), tips


def write(world: World, request: Request, asked: Asked, rules: Sequence[str], progress: Progress) -> Proposed:
    """Make branches of the proposals for some rules, and of those that are renewed; each is remembered.

    This is a ``Make`` of ``nova.offering``; without a base in ``asked`` the newest that the clone knows is taken.
    """
    here = app.find_subject(request)
    git = _git(request)
    base = asked.base or proposals.base_of(git, here.target.branch)
    asked = replace(asked, base=base, write=False, top=len(rules), rules=frozenset(rules))
    room = past.room(proposals.earlier(request, here.key, git, progress), asked.now)
    lies = world.desk.pop(DESK, None)
    fits = isinstance(lies, Prepared) and lies.fits(asked, room, rules)
    done: Proposed = lies.proposed if fits else proposals.propose(request, asked, progress)
    wanted = {*rules, *(p.rule for p in asked.renew)}
    made = tuple(one for one in done.made if one.rule in wanted)
    done = proposals.written_down(request, here, replace(done, made=made), base, asked.now, progress)
    left = dict(done.left)
    there = {one.rule for one in done.made}
    for rule in rules:
        if rule not in there:
            left.setdefault(rule, "its fix is not there any more, or not proved on the newest commit")
    renewed = {p.id for p in asked.renew}
    gone = tuple(name for name in done.gone if name in renewed)
    return replace(done, left=left, gone=gone)


def plain(done: Proposed, request: Request) -> dict[str, Any]:
    """What came of it, as data. ``there``: whether the branch holds exactly this proposal already."""
    git = _git(request)
    return {
        "base": done.base, "branch": done.branch, "offered": done.offered, "proved": done.proved,
        "proposals": [_row(one, git) for one in done.made], "left": dict(done.left), "notices": list(done.notices),
    }  # fmt: skip


def _row(one: Made, git: Git) -> dict[str, Any]:
    tip = branches.tip(git, one.words.branch)
    there = bool(tip) and branches.is_own(git, tip) and git.text("log", "-1", "--format=%B", tip).strip() == (
        one.words.message.strip()
    )  # fmt: skip
    return {
        "id": one.words.id, "rule": one.rule, "branch": one.words.branch, "title": one.words.title,
        "commit": one.commit, "there": there, "findings": list(one.findings),
        "files": [file.path for file in one.files],
        "proof": sorted({file.proof.verdict.value for file in one.files}),
        "measured": {"findings": list(one.measured.findings), "complexity": list(one.measured.complexity),
                     "lines": list(one.measured.lines)},
    }  # fmt: skip


def named(chosen: Sequence[Mapping[str, str]]) -> str:
    """The branches that a call would make, for the person who approves it."""
    return "\n".join(f"  {one['branch']}: {one['title']}" for one in chosen)


def _git(request: Request) -> Git:
    here = app.find_subject(request)
    if here.git is None:
        raise UsageError(f"{here.root} is in no git repository", why="a proposal is a branch")
    return here.git
