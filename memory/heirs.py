"""Whether a dismissal outlives an edit of the code it was said of. Pure.

A finding is known by what is flagged, so an edit of that very code makes another finding. What people said of the one
before is asked for again only where their reason may no longer hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.verdict import Answer, Because, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from memory.life import Life
    from memory.verdict import Key, Verdict

    Group = tuple[str, str | None, str]
    """Rule, symbol and path."""

_OF_THE_CODE = re.compile(
    r"\b(wrong|false (positive|alarm)|not (true|right|the case)|incorrect|mistaken|until|till|for now|for the moment"
    r"|temporar\w*|not yet|soon|later|todo|fixme|as long as|after|v?\d+\.\d+|\d{4}-\d\d|(19|20)\d\d)\b|#\d+",
    re.IGNORECASE,
)
"""Words of a reason that speak of this very code, or of a time that ends."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A finding as far as its line of descent asks. ``grave``: its rule's consequence is high."""

    fingerprint: str
    path: str
    rule: str
    symbol: str | None
    line: int
    message: str
    grave: bool = False

    @property
    def group(self) -> Group:
        """What a finding shares with its successors."""
        return self.rule, self.symbol, self.path


@dataclass(frozen=True, slots=True)
class Noted:
    """What was seen when a verdict was given: the finding, the shape of its code, and those beside it.

    ``beside`` holds the fingerprints of the other findings of the same rule and symbol that were shown with it.
    """

    was: Trace
    shape: str
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """A dismissal that a finding may inherit. ``was`` is what it was said of, None where only the verdict is known."""

    verdict: Verdict
    was: Trace | None


def is_of_the_code(because: str) -> bool:
    """Whether a reason speaks of the very code; all others speak of what its symbol is for.

    ``wrong`` does, and so do own words that call the finding untrue or name a time, a version or a number of an issue.
    """
    reason = because.strip().casefold()
    if reason in {Because.BY_DESIGN, Because.NOT_WORTH_IT}:
        return False
    return _OF_THE_CODE.search(reason) is not None


def holds(claim: Claim, now: Trace, same_shape: Callable[[], bool]) -> bool:
    """Whether the reason of a dismissal still holds for the finding that its code was edited into.

    A reason that speaks of the code holds while the flagged code is the same but for the names of its variables
    (``same_shape``). One that speaks of the symbol's purpose holds while the rule speaks of that symbol. Outside of
    symbols, and where the consequence is high, the finding must say the same words besides.
    """
    if (now.symbol is None or now.grave) and (claim.was is None or claim.was.message != now.message):
        return False
    return not is_of_the_code(claim.verdict.because) or same_shape()


def successors(gone: Sequence[Trace], born: Sequence[Trace]) -> dict[int, int]:
    """Which of the findings that appeared goes on from which of those that went away in the same step, by index.

    All are of one rule, symbol and path. Each has one partner at most: those that say the same words first, then the
    nearest, so that one dismissal never covers two findings.
    """
    near = sorted(
        (born[n].message != gone[g].message, abs(born[n].line - gone[g].line), g, n)
        for g in range(len(gone)) for n in range(len(born))
    )  # fmt: skip
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, n in near:
        if g not in taken and n not in pairs:
            pairs[n] = g
            taken.add(g)
    return pairs


def between(
    before: Mapping[Key, Claim | None], traces: Mapping[Key, Trace], born: Collection[Trace]
) -> dict[Key, Claim]:
    """What findings that a change brought in may inherit from those that it took away (``before``, with their claims).

    ``traces`` holds what went away at the paths of now.
    """
    gone: dict[Group, list[Key]] = defaultdict(list)
    for key in before:
        gone[traces[key].group].append(key)
    new: dict[Group, list[Trace]] = defaultdict(list)
    for trace in born:
        if trace.group in gone:
            new[trace.group].append(trace)
    found: dict[Key, Claim] = {}
    for group, these in new.items():
        keys = gone[group]
        for n, g in successors([traces[key] for key in keys], these).items():
            claim = before[keys[g]]
            if claim is not None:
                found[these[n].fingerprint, these[n].path] = claim
    return found


class Descent:
    """The lives of a target, and which of them went on from which: in one step one was gone and the other was there.

    ``standing`` are the answers that count, and ``spoken`` all that were ever given: a finding that was spoken of
    itself inherits nothing.
    """

    def __init__(self, lives: Iterable[Life], standing: Mapping[Key, Verdict], spoken: Iterable[Verdict]) -> None:
        self._standing = {(v.fingerprint, v.id): v for v in sorted(standing.values(), key=lambda v: moment(v.at))}
        self._by_key = standing
        given = list(spoken)
        self._spoken = {(v.fingerprint, v.id) for v in given} | {(v.fingerprint, v.path) for v in given}
        lives = list(lives)
        groups = {_group(life) for life in lives if self._dismissal(life) is not None}
        self._parents: dict[str, Life] = {}
        self._lives: dict[Key, Life] = {}
        if groups:
            self._follow([life for life in lives if _group(life) in groups])

    def claim(self, key: Key) -> Claim | None:
        """What a finding (fingerprint and path) may inherit from those that its code was before."""
        life = self._lives.get(key)
        if life is None or self._was_spoken_of(life):
            return None
        seen = {life.id}
        before = self._parents.get(life.id)
        while before is not None and before.id not in seen:
            seen.add(before.id)
            verdict = self._dismissal(before)
            if verdict is not None:
                return Claim(verdict, trace_of(before))
            if self._was_spoken_of(before):
                return None
            before = self._parents.get(before.id)
        return None

    def own(self, key: Key) -> Claim | None:
        """The dismissal of a finding itself, or the one that it may inherit."""
        life = self._lives.get(key)
        verdict = self._dismissal(life) if life is not None else None
        return Claim(verdict, trace_of(life)) if verdict is not None and life is not None else self.claim(key)

    def _dismissal(self, life: Life) -> Verdict | None:
        verdict = self._standing.get((life.fingerprint, life.id)) or self._by_key.get((life.fingerprint, life.path))
        return verdict if verdict is not None and verdict.answer is Answer.DISMISS else None

    def _was_spoken_of(self, life: Life) -> bool:
        return (life.fingerprint, life.id) in self._spoken or (life.fingerprint, life.path) in self._spoken

    def _follow(self, lives: list[Life]) -> None:
        gone: dict[tuple[Group, str], list[Life]] = defaultdict(list)
        born: dict[tuple[Group, str], list[Life]] = defaultdict(list)
        for life in lives:
            self._lives[life.fingerprint, life.path] = life
            if life.state == "fixed" and life.fixed_snapshot is not None:
                gone[_group(life), life.fixed_snapshot].append(life)
            for snapshot in {life.first_snapshot, life.regressed_snapshot} - {None}:
                born[_group(life), str(snapshot)].append(life)
        for step, old in gone.items():
            new = [life for life in born.get(step, ()) if life not in old]
            for n, g in successors([trace_of(o) for o in old], [trace_of(o) for o in new]).items():
                self._parents[new[n].id] = old[g]


def trace_of(life: Life) -> Trace:
    """A life as its line of descent sees it."""
    return Trace(
        life.fingerprint, life.path, life.rule, life.symbol, life.line, life.message, grave=life.severity == "high"
    )


def unseen(
    dismissals: Iterable[tuple[Verdict, str]],
    present: Iterable[Trace],
    free: Callable[[Trace], bool],
    since: Callable[[Trace], str | None],
    noted: Callable[[str], Noted | None],
) -> dict[Key, Claim]:
    """What findings may inherit from dismissals of findings that memory never followed, with their paths of now.

    Such answers come from teammates, or were given on a change. Only the verdict tells of the finding, and perhaps
    what was noted with it. So none is inherited where more findings could have it than dismissals are left, nor by one
    that was there ``since`` before the answer, nor by one that stood beside it.
    """
    left: dict[Group, list[Verdict]] = defaultdict(list)
    for verdict, path in dismissals:
        left[verdict.rule, verdict.symbol, path].append(verdict)
    if not left:
        return {}
    heirs: dict[Group, list[Trace]] = defaultdict(list)
    for trace in present:
        if trace.group in left and free(trace):
            heirs[trace.group].append(trace)
    found: dict[Key, Claim] = {}
    for group, these in heirs.items():
        verdicts = sorted(left[group], key=lambda v: (moment(v.at), v.fingerprint), reverse=True)
        known = {v.fingerprint: noted(v.fingerprint) for v in verdicts}
        beside = {mark for one in known.values() if one is not None for mark in one.beside}
        fitting = [t for t in these if t.fingerprint not in beside]
        if len(fitting) > len(verdicts):
            continue
        for trace, verdict in zip(sorted(fitting, key=lambda t: t.line), verdicts, strict=False):
            note, first = known[verdict.fingerprint], since(trace)
            if note is not None or first is None or moment(first) >= moment(verdict.at):
                found[trace.fingerprint, trace.path] = Claim(verdict, note.was if note is not None else None)
    return found


def _group(life: Life) -> Group:
    return life.rule, life.symbol, life.path
