"""The road of ``nova propose --post``: what is open on GitHub -> proposals on its newest commit -> draft pull requests.

Every step looks at what is there before it writes, and is remembered after, so that a run that was killed anywhere is
finished by the next, and nothing is done twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ParamSpec

from nova import app, branches, proposals, pulls
from nova.errors import GitError, NovaError, UsageError
from nova.github.errors import GitHubError
from nova.github.hearing import Hearing
from nova.github.proposing import ProposalForge
from nova.github.pushing import Remote
from nova.living.port import Refused, Uncertain
from nova.proposing import following
from nova.proposing.past import Proposal, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nova.git import Git, Head
    from nova.github.proposing import Seen
    from nova.ports import Progress
    from nova.proposals import Asked, Made, Proposed
    from nova.pulls import Place
    from nova.request import Request
    from nova.subject import Subject

    Make = Callable[[Request, Asked, Progress], Proposed]

P = ParamSpec("P")
LABELS = ("nova",)
_WORDS = {Stage.MERGED: "merged", Stage.CHANGED: "merged"}


@dataclass(frozen=True, slots=True)
class Offered:
    """What came of it: the proposals as they were made, the pull request of each branch, sentences for the person."""

    proposed: Proposed
    numbers: dict[str, int]
    lines: tuple[str, ...]
    is_whole: bool = True
    """Whether all that was to be posted was."""


def offer(
    request: Request, asked: Asked, progress: Progress, place: Place | None = None, make: Make = proposals.propose
) -> Offered:
    """Make proposals, by ``make``, and bring their pull requests up to date. Raises ``NovaError``."""
    here = app.find_subject(request)
    if here.git is None:
        raise UsageError(f"{here.root} is in no git repository", why="a proposal is a branch")
    where = place or pulls.place_of(request, progress)
    if where.git is None:
        raise UsageError(
            f"{here.root} is no clone of {where.address.repository}", next_step="run it inside a clone of it"
        )
    if where.token is None:
        raise GitHubError("there is no token to post with", next_step="set GITHUB_TOKEN (docs/github.md)")
    with app.remembered(request, progress):
        pass  # without memory nobody would know what people closed
    progress("looking at the open proposals")
    forge = ProposalForge(where.forge.calls, where.address.repository)
    hearing = Hearing(where.forge.calls, where.address.repository)
    home = forge.home()
    branch = here.target.branch or home.branch
    remote = Remote(here.git, home.clone_url, where.address, where.token)
    base = remote.fetched(f"refs/heads/{branch}")
    desk = _Desk(request, here, here.git, forge, hearing, remote, branch, base, asked.now, progress)
    return desk.work(asked, make)


@dataclass
class _Desk:
    """One run: what is open, what each branch there leads to, and what is to be told."""

    request: Request
    here: Subject
    git: Git
    forge: ProposalForge
    hearing: Hearing
    remote: Remote
    target_branch: str
    base: Head
    now: str
    progress: Progress
    tips: dict[str, str] = field(default_factory=dict)
    seen: dict[int, Seen] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    is_whole: bool = True

    def work(self, asked: Asked, make: Make) -> Offered:
        """All of it."""
        self.tips = self.remote.tips(branches.PREFIX)
        opened = self.forge.opened()
        self.seen = {one.number: one for one in opened if one.branch.startswith(branches.PREFIX)}
        self._settle()
        old = {p.rule: p for p in self._open() if p.base != self.base.commit and self._may_change(p)}
        wanted = replace(asked, write=True, base=self.base, renew=tuple(old.values()))
        done = make(self.request, wanted, self.progress)
        self.progress("posting")
        for made in done.made:
            known = old.get(made.rule)
            if known is None:
                self._try(made.rule, self._begin, made)
            else:
                self._try(made.rule, self._renew, made, known)
        renewed = {made.rule for made in done.made}
        for rule, known in old.items():
            if known.id in done.gone:
                self._try(rule, self._close, known)
            elif rule not in renewed:
                why = done.left.get(rule, "its fix is not proved on the new one")
                self.lines.append(f"#{known.number} stays on its older base: {why}")
        return Offered(done, dict(self.numbers), tuple(self.lines), self.is_whole)

    def _open(self) -> list[Proposal]:
        known = proposals.earlier(self.request, self.here.key, self.git, self.progress)
        return [p for p in known if p.stage is Stage.OPEN and p.number in self.seen]

    def _keep(self, proposal: Proposal) -> None:
        proposals.remember(self.request, self.here, proposal, self.progress)

    def _try(self, rule: str, work: Callable[P, None], *given: P.args, **more: P.kwargs) -> None:
        """Do what belongs to one proposal; what goes wrong with it is told and stops no other."""
        try:
            work(*given, **more)
        except (Refused, Uncertain, GitError) as error:
            said = error.what if isinstance(error, GitError) else str(error)
            self.is_whole = False
            self.lines.append(f"{rule}: {said}; run it again to go on")

    def _settle(self) -> None:
        """Bring memory and GitHub together: what a killed run opened, and what people closed or merged since."""
        known = {p.number: p for p in proposals.earlier(self.request, self.here.key, self.git, self.progress)}
        for number, seen in self.seen.items():
            held = known.get(number)
            if held is None:
                self._finish(number)
            if held is None or held.stage is not Stage.OPEN:
                self._keep(_told(seen, Stage.OPEN, self.now))
            if seen.is_stale:
                self._try(seen.rule, self._revive, seen)
        rest = [held for held in known.values() if held.number not in self.seen]
        try:
            told, notes = following.news(rest, self.hearing, self.hearing.repository, self.target_branch, self.now)
        except Refused as refusal:
            raise GitHubError("what became of proposals could not be read", why=refusal.why) from None
        for fresh in told:
            self._keep(fresh)
        self.lines += [f"{note}; it counts as open" for note in notes]

    def _revive(self, seen: Seen) -> None:
        self.seen[seen.number] = self.forge.revive(seen)

    def _followed(self, held: Proposal) -> Proposal | None:
        """The stage that a proposal came to since it was looked at, as ``nova sync`` tells it; it is kept."""
        fresh = following.followed(held, self.hearing)
        if fresh is not None:
            self._keep(fresh)
        return fresh

    def _is_over(self, held: Proposal) -> bool:
        """Whether somebody ended a proposal while its successor was made: then it is left as it is, and that told."""
        fresh = self._followed(held)
        if fresh is not None:
            self.lines.append(f"#{held.number} was {_WORDS.get(fresh.stage, 'closed')} meanwhile, and is left as it is")
        return fresh is not None

    def _may_change(self, proposal: Proposal) -> bool:
        """Whether the branch of an open proposal is still wholly Nova's; where it is not, that is told."""
        tip = self.tips.get(proposal.branch, "")
        if tip and self._is_own(proposal.branch, tip):
            return True
        why = "somebody pushed to its branch" if tip else "its branch is gone"
        self.lines.append(f"#{proposal.number} is left as it is: {why}")
        return False

    def _is_own(self, branch: str, tip: str) -> bool:
        """Whether a branch there is one commit of Nova's upon the target's branch, and nothing else."""
        try:
            self.remote.fetched(f"refs/heads/{branch}")
            parents = self.git.text("rev-parse", f"{tip}^@").split()
            return (
                branches.is_own(self.git, tip)
                and len(parents) == 1
                and self.git.is_ancestor(parents[0], self.base.commit)
            )
        except NovaError:
            return False

    def _push(self, branch: str, commit: str) -> None:
        """Let a branch there lead to a commit. Raises ``Refused`` where it holds what is not Nova's."""
        tip = self.tips.get(branch, "")
        if tip == commit:
            return
        if tip and not self._is_own(branch, tip):
            raise Refused(branch, "it holds a commit there that is not Nova's")
        self.remote.push(branch, commit, tip)
        self.tips[branch] = commit

    def _begin(self, made: Made) -> None:
        """Push a new proposal and open its pull request, unless people closed it and this memory did not know."""
        words = made.words
        before = self.forge.of_branch(words.branch)
        known = {p.number for p in proposals.earlier(self.request, self.here.key, self.git, self.progress)}
        ended = next((s for s in before if not s.is_open and not s.is_stale and s.number not in known), None)
        if ended is not None:
            self._followed(_told(ended, Stage.OPEN, self.now))  # it counts from when it is known
            if not ended.is_merged:
                self.lines.append(f"{made.rule}: #{ended.number} was closed; it is not proposed again now")
                return
        self._push(words.branch, made.commit)
        number = self.forge.create(words.branch, self.target_branch, words.title, words.body)
        self._finish(number)
        self._keep(proposals.proposal_of(made, self.base, Stage.OPEN, self.now, number))
        self.numbers[words.branch] = number

    def _finish(self, number: int) -> None:
        """Labels and the owner as reviewer; where the token may not, or the owner is its author, that is told."""
        steps: Iterable[tuple[str, Callable[[], None]]] = (
            ("its labels were not set", lambda: self.forge.label(number, LABELS)),
            (f"{self.forge.owner} was not asked to review", lambda: self.forge.ask(number, self.forge.owner)),
        )
        for failed, step in steps:
            try:
                step()
            except (Refused, Uncertain) as error:
                self.lines.append(f"#{number}: {failed}: {error}")

    def _renew(self, made: Made, known: Proposal) -> None:
        """Let an open proposal stand on the new base: the commit first, then the words."""
        assert known.number is not None
        if self._is_over(known):
            return
        self._push(known.branch, made.commit)
        self.forge.edit(known.number, made.words.title, made.words.body)
        fresh = proposals.proposal_of(made, self.base, Stage.OPEN, self.now, known.number)
        self._keep(replace(fresh, branch=known.branch))
        self.numbers[known.branch] = known.number
        self.lines.append(f"#{known.number} was made anew on {self.base.commit[:10]}")

    def _close(self, known: Proposal) -> None:
        """Close what is no longer true."""
        assert known.number is not None
        if self._is_over(known):
            return
        why = f"nothing of what this mends is there any more in {self.base.commit[:10]}."
        self.forge.close(self.seen[known.number], why)
        self._keep(replace(known, stage=Stage.STALE, at=self.now))
        self.lines.append(f"#{known.number} was closed: nothing of what it mends is there any more")


def _told(seen: Seen, stage: Stage, at: str) -> Proposal:
    """What the marker of a pull request tells, where memory does not know it."""
    return Proposal(seen.id, seen.rule, seen.branch, seen.base, seen.findings, stage, at, seen.number)
