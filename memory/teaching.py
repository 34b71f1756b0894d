"""What verdicts teach: how likely people are to accept a finding, rule by rule and place by place. Pure.

A place is a path: a file, a folder, or, with the empty one, the whole repository. A vote is a standing ``accept`` or
``dismiss``; ``later`` is neither, and an undo takes the vote away.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from memory.beta import Beta
from memory.verdict import Answer, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from memory.verdict import Verdict

STRENGTH = 4.0
"""How many votes the place around counts for against those of a place itself; a choice."""
OUTSIDE = 0.5
"""What a vote counts for that was given in another file; a choice."""
OF_A_FILE = 3
"""So many votes of a kind does one file have, at most, in what its folder and its repository say."""
OF_A_REPOSITORY = 3
"""And so many one repository in what all others say."""
EVERYWHERE = ""
"""The path that stands for the whole repository."""


class Count(NamedTuple):
    """Votes."""

    accepted: int
    dismissed: int

    def __add__(self, other: object) -> Count:
        """Both together."""
        return Count(self.accepted + other.accepted, self.dismissed + other.dismissed)  # type: ignore[attr-defined]

    def less(self, other: Count) -> Count:
        """Without those of a part."""
        return Count(self.accepted - other.accepted, self.dismissed - other.dismissed)

    def capped(self, most: int) -> Count:
        """At most so many of each kind."""
        return Count(min(self.accepted, most), min(self.dismissed, most))

    @property
    def total(self) -> int:
        """All of them."""
        return self.accepted + self.dismissed


NONE = Count(0, 0)


@dataclass(frozen=True, slots=True)
class Vote:
    """One standing answer to one finding, where its file is now."""

    rule: str
    path: str
    symbol: str | None
    fingerprint: str
    accepted: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is expected of one finding. ``place`` is the smallest with votes in it, and ``count`` the votes there.

    ``place`` is ``finding``, ``symbol``, ``elsewhere`` (other repositories), or ``path`` with the ``path``.
    """

    posterior: Beta
    place: str
    path: str
    count: Count


def votes(standing: Iterable[Verdict], path_of: Callable[[Verdict], str]) -> list[Vote]:
    """The votes among standing answers: of what was said of one finding under several paths the latest counts."""
    latest: dict[tuple[str, str], Verdict] = {}
    for verdict in sorted(standing, key=lambda v: moment(v.at)):
        latest[verdict.fingerprint, verdict.id] = verdict
    return [
        Vote(v.rule, path_of(v), v.symbol, v.fingerprint, v.answer is Answer.ACCEPT, moment(v.at))
        for v in latest.values() if v.answer in {Answer.ACCEPT, Answer.DISMISS}
    ]  # fmt: skip


def above(path: str) -> list[str]:
    """The places that hold a path, the largest first, itself last: ``a/b.py`` is held by all, by ``a``, by itself."""
    if not path:
        return [EVERYWHERE]
    parts = path.split("/")
    return [EVERYWHERE, *("/".join(parts[: n + 1]) for n in range(len(parts)))]


def count(some: Iterable[Vote]) -> Count:
    """The votes of one file.

    One symbol has one vote of each kind at most, however many findings of the rule it holds: who answers one has
    the others before the eyes. Outside of symbols each finding counts.
    """
    seen = {(v.accepted, v.symbol or v.fingerprint, v.symbol is None) for v in some}
    accepted = sum(key[0] for key in seen)
    return Count(accepted, len(seen) - accepted)


class Lessons:
    """All votes on a repository, and what was learnt ``elsewhere``: votes by rule in the person's other repositories.

    ``wakings`` are the ``WAKE`` answers: at and below their path the votes on their rule before them count no more.
    """

    def __init__(
        self, cast: Iterable[Vote], wakings: Iterable[Verdict] = (), elsewhere: Mapping[str, Count] | None = None
    ) -> None:
        self.elsewhere = elsewhere or {}
        self._woken: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
        for one in wakings:
            self._woken[one.rule].append((one.path, moment(one.at)))
        self._votes: dict[str, dict[str, list[Vote]]] = {}
        for vote in cast:
            if self._counts(vote):
                self._votes.setdefault(vote.rule, {}).setdefault(vote.path, []).append(vote)
        self._places: dict[str, set[str]] = defaultdict(set)
        for rule, files in self._votes.items():
            self._places[rule] = {place for file in files for place in above(file)}
        self._counted: dict[tuple[str, datetime | None], dict[str, Count]] = {}
        self._at: dict[tuple[str, str, datetime | None], Count] = {}
        self._expected: dict[Any, Learnt | None] = {}
        self.silences: dict[Any, Any] = {}
        """What ``memory.silence`` found out before."""

    @property
    def rules(self) -> list[str]:
        """The rules that were voted on here."""
        return sorted(self._votes)

    def files(self, rule: str) -> list[str]:
        """The files in which a rule was voted on."""
        return sorted(self._votes.get(rule, ()))

    def has(self, rule: str) -> bool:
        """Whether anything was learnt of a rule."""
        return rule in self._votes or rule in self.elsewhere

    def woken(self, rule: str, path: str) -> datetime | None:
        """When a rule was woken last at a path or above it."""
        return max((at for place, at in self._woken.get(rule, ()) if place in above(path)), default=None)

    def cast(self, rule: str, place: str, path: str | None = None) -> dict[str, list[Vote]]:
        """The votes on a rule at and below a place, by file; those that count for ``path``, by default the place."""
        since = self.woken(rule, place if path is None else path)
        below = place + "/"
        found = {}
        for file, some in self._votes.get(rule, {}).items():
            if not place or file == place or file.startswith(below):
                kept = [v for v in some if since is None or v.at > since]
                if kept:
                    found[file] = kept
        return found

    def count(self, rule: str, place: str, path: str | None = None) -> Count:
        """The votes at and below a place; of a folder each file counts with three of a kind at most."""
        since = self.woken(rule, place if path is None else path)
        key = rule, place, since
        if key not in self._at:
            counted, below = self._files(rule, since), place + "/"
            self._at[key] = counted.get(place) or sum(
                (one.capped(OF_A_FILE) for file, one in counted.items() if not place or file.startswith(below)), NONE
            )
        return self._at[key]

    def expect(self, rule: str, path: str, symbol: str | None, fingerprint: str, prior: float) -> Learnt | None:
        """What is expected of a finding, None where nobody voted on its rule.

        Rings around the finding, each without what lies inside of it: other repositories, this one, each folder down
        to the file, the file, the symbol, the finding itself. The estimate of a ring is the prior of the next, with
        the strength of ``STRENGTH`` votes:

            p <- (STRENGTH p + w accepted) / (STRENGTH + w accepted + w dismissed)

        beginning with ``prior``, the share that the rule is known for; w is 1 within the file and ``OUTSIDE`` beyond.
        So each vote counts once, and the nearer the more: shrinkage towards the place around (Efron and Morris, JASA
        70, 1975), where what was seen in other places is discounted as by a power prior (Ibrahim and Chen, Statistical
        Science 15, 2000).
        """
        if not self.has(rule):
            return None
        near = self.near(rule, path)
        since = self.woken(rule, path)
        in_file = [v for v in self._votes.get(rule, {}).get(path, ()) if since is None or v.at > since]
        own = count(v for v in in_file if v.fingerprint == fingerprint)
        around = count(v for v in in_file if v.symbol == symbol) if symbol is not None else own
        key = rule, near[-1], since, own, around, prior
        if key not in self._expected:
            inside = [self.count(rule, place, path) for place in near]
            rings = _rings(inside, inside[-1].capped(OF_A_FILE) if near[-1] == path else inside[-1])
            rings[-1] = inside[-1].less(around)
            afar = self.elsewhere.get(rule, NONE)
            inner = (rings.pop(), around.less(own), own) if near[-1] == path else ()
            posterior = rung(prior, [afar, *rings], inner)
            named = [("elsewhere", "", afar), *(("path", p, c) for p, c in zip(near, inside, strict=True))]
            named += [("symbol", path, around if symbol is not None else NONE), ("finding", path, own)]
            voted = [one for one in named if one[2].total]
            self._expected[key] = Learnt(posterior, *voted[-1]) if voted else None
        return self._expected[key]

    def near(self, rule: str, path: str) -> list[str]:
        """The places above a path, and itself, as far down as there are votes; the repository always."""
        return [place for place in above(path) if place in self._places[rule] or not place]

    def at(self, rule: str, place: str, prior: float, path: str | None = None) -> Beta:
        """What is expected of the rule's findings at and below a place; see ``expect``."""
        inside = [self.count(rule, one, path if path is not None else place) for one in above(place)]
        is_file = place in self._votes.get(rule, {})
        rings = _rings(inside, inside[-1].capped(OF_A_FILE) if is_file else inside[-1])
        return rung(prior, [self.elsewhere.get(rule, NONE), *rings[:-1]], rings[-1:])

    def _counts(self, vote: Vote) -> bool:
        since = self.woken(vote.rule, vote.path)
        return since is None or vote.at > since

    def _files(self, rule: str, since: datetime | None) -> dict[str, Count]:
        key = rule, since
        if key not in self._counted:
            kept = {
                file: count(v for v in some if since is None or v.at > since)
                for file, some in self._votes.get(rule, {}).items()
            }
            self._counted[key] = {file: one for file, one in kept.items() if one.total}
        return self._counted[key]


def _rings(inside: list[Count], last: Count) -> list[Count]:
    """The votes of each place without those of the next one in it; ``last`` is what the innermost gives to others."""
    inner = [*inside[1:-1], last, NONE] if len(inside) > 1 else [NONE]
    return [place.less(part) for place, part in zip(inside, inner, strict=True)]


def rung(prior: float, outside: Iterable[Count], inside: Iterable[Count]) -> Beta:
    """The posterior of the last ring, each one's estimate being the prior of the next; see ``Lessons.expect``."""
    share = min(max(prior, 0.005), 0.995)
    posterior = Beta(STRENGTH * share, STRENGTH * (1 - share))
    for weight, one in (*((OUTSIDE, one) for one in outside), *((1.0, one) for one in inside)):
        posterior = Beta(STRENGTH * share + weight * one.accepted, STRENGTH * (1 - share) + weight * one.dismissed)
        share = posterior.mean
    return posterior


def tally(some: Iterable[Vote]) -> dict[str, Count]:
    """What one repository tells all others of each rule."""
    by_file: dict[tuple[str, str], list[Vote]] = defaultdict(list)
    for vote in some:
        by_file[vote.rule, vote.path].append(vote)
    found: dict[str, Count] = {}
    for (rule, _), these in by_file.items():
        found[rule] = found.get(rule, NONE) + count(these).capped(OF_A_FILE)
    return {rule: one.capped(OF_A_REPOSITORY) for rule, one in sorted(found.items())}
