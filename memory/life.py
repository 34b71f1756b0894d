"""The life of a finding: opened, seen again, moved with its file, fixed, and perhaps back again. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Key = tuple[str, str]
    """The fingerprint of a finding and the path of its file."""
    Pairs = dict[Key, "Life"]

State = Literal["open", "fixed"]


@dataclass(frozen=True, slots=True)
class Run:
    """One review that was carried out. ``commit_at`` and ``started_at`` are ISO 8601 in UTC."""

    id: str
    target: str
    snapshot: str
    commit: str | None
    commit_at: str | None
    scope: str
    started_at: str
    nova: str
    totals: Mapping[str, int | float]


@dataclass(frozen=True, slots=True)
class Step:
    """A state of the target that was looked at; ``at`` is the time of the commit, ISO 8601 in UTC."""

    snapshot: str
    commit: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A finding as a reviewer saw it in one snapshot."""

    id: str
    fingerprint: str
    path: str
    rule: str
    symbol: str | None
    line: int
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Life:
    """A finding through time. ``fixed_*`` tell the last fix and stay when the finding comes back."""

    id: str
    fingerprint: str
    path: str
    rule: str
    symbol: str | None
    severity: str
    message: str
    state: State
    first_snapshot: str
    first_commit: str | None
    first_at: str
    last_snapshot: str
    last_commit: str | None
    last_at: str
    fixed_snapshot: str | None
    fixed_commit: str | None
    regressed_snapshot: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step did to the lives it looked at, each as it is now.

    ``moved`` holds what went along with its file; a life that was not seen (it is fixed, or its rule did not run)
    goes along too, so that it is known again there.
    """

    opened: tuple[Life, ...]
    regressed: tuple[Life, ...]
    fixed: tuple[Life, ...]
    moved: tuple[Life, ...]
    kept: tuple[Life, ...]
    step: Step

    def all(self) -> tuple[Life, ...]:
        """Every life that the step looked at."""
        return self.opened + self.regressed + self.fixed + self.moved + self.kept

    def present(self) -> dict[Key, Life]:
        """The lives that were seen, by fingerprint and path: this is where a finding's id stands."""
        return {(life.fingerprint, life.path): life for life in self.all() if self.saw(life)}

    def saw(self, life: Life) -> bool:
        """Whether the step saw the finding, and did not only look at its place."""
        return life.state == "open" and life.last_snapshot == self.step.snapshot


def advance(
    lives: Iterable[Life],
    sightings: Iterable[Sighting],
    *,
    step: Step,
    rules: frozenset[str],
    paths: frozenset[str] | None,
    gone: frozenset[str],
    renames: Mapping[str, str],
) -> Changes:
    """What the sightings of one snapshot mean for the lives known so far; doing it twice changes nothing.

    ``rules`` ran on ``paths`` (None: on all there are); ``gone`` files exist no more, and ``renames`` leads from a
    path to the one it had before. Only what was looked at can be fixed: its rule ran, and its file was read or is gone.
    """
    before = {(life.fingerprint, life.path): life for life in sorted(lives, key=lambda life: life.state == "open")}
    seen = {(sighting.fingerprint, sighting.path): sighting for sighting in sightings}
    gone = gone.difference(renames)
    pairs = _pairs(before, list(seen), gone, renames)
    groups: dict[str, list[Life]] = {"opened": [], "regressed": [], "fixed": [], "moved": [], "kept": []}
    taken = {life.id for life in before.values()}
    for key, sighting in seen.items():
        if key in pairs:
            group, life = _again(pairs[key], sighting, step)
        else:
            group, life = "opened", _born(sighting, step, taken)
            taken.add(life.id)
        groups[group].append(life)
    matched = {life.id for life in pairs.values()}
    held = seen.keys() | {key for key, life in before.items() if life.id not in matched}
    renamed = {old: new for new, old in renames.items()}
    for life in before.values():
        if life.id not in matched:
            path = renamed.get(life.path, life.path)
            read = paths is None or path in paths or (path == life.path and path in gone)
            if path != life.path and (life.fingerprint, path) in held:
                path = life.path
            if read and life.state == "open" and life.rule in rules:
                fixed = replace(life, path=path, state="fixed", fixed_snapshot=step.snapshot, fixed_commit=step.commit)
                groups["fixed"].append(fixed)
            elif read and path != life.path:
                groups["moved"].append(replace(life, path=path))
    return Changes(**{name: tuple(group) for name, group in groups.items()}, step=step)


def _pairs(before: Mapping[Key, Life], seen: Sequence[Key], gone: frozenset[str], renames: Mapping[str, str]) -> Pairs:
    """The life that each sighting goes on with: in place, under the file's old name, or from a file that is gone."""
    pairs = {key: before[key] for key in seen if key in before}
    for mark, path in seen:
        old = (mark, renames[path]) if path in renames else None
        if old is not None and old not in pairs and old in before and (mark, path) not in pairs:
            pairs[mark, path] = before[old]
    known = {path for _, path in before} | renames.keys()
    fresh: dict[str, list[Key]] = {}
    for mark, path in seen:
        if (mark, path) not in pairs and path not in known:
            fresh.setdefault(mark, []).append((mark, path))
    if fresh and gone:
        matched = {life.id for life in pairs.values()}
        left = gone.difference(renames.values())
        lost = [life for life in before.values() if life.state == "open" and life.path in left]
        for life in sorted(lost, key=lambda life: (life.first_at, life.id)):
            keys = fresh.get(life.fingerprint, ())
            if len(keys) == 1 and life.id not in matched and keys[0] not in pairs:
                pairs[keys[0]] = life
    return pairs


def _again(life: Life, sighting: Sighting, step: Step) -> tuple[str, Life]:
    """A known finding, seen in this step, and the group it belongs to."""
    state, regressed = life.state, life.regressed_snapshot
    fixed_snapshot, fixed_commit = life.fixed_snapshot, life.fixed_commit
    group = "kept" if life.path == sighting.path else "moved"
    if state == "fixed":
        state = "open"
        if fixed_snapshot == step.snapshot:
            fixed_snapshot = fixed_commit = None
        else:
            group, regressed = "regressed", step.snapshot
    last = (step.snapshot, step.commit, step.at)
    if life.last_snapshot == step.snapshot:
        last = (life.last_snapshot, life.last_commit, life.last_at)
    return group, Life(
        life.id,
        life.fingerprint,
        sighting.path,
        life.rule,
        sighting.symbol,
        sighting.severity,
        sighting.message,
        state,
        life.first_snapshot,
        life.first_commit,
        life.first_at,
        *last,
        fixed_snapshot,
        fixed_commit,
        regressed,
        sighting.line,
    )


def _born(sighting: Sighting, step: Step, taken: set[str]) -> Life:
    """A new life. Where its id already names another, it is told apart by its path."""
    name, number = sighting.id, 0
    while name in taken:
        order = (str(number),) if number else ()
        parts = "\0".join((sighting.fingerprint, sighting.path, *order))
        name = blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        number += 1
    return Life(
        id=name,
        fingerprint=sighting.fingerprint,
        path=sighting.path,
        rule=sighting.rule,
        symbol=sighting.symbol,
        severity=sighting.severity,
        message=sighting.message,
        state="open",
        first_snapshot=step.snapshot,
        first_commit=step.commit,
        first_at=step.at,
        last_snapshot=step.snapshot,
        last_commit=step.commit,
        last_at=step.at,
        fixed_snapshot=None,
        fixed_commit=None,
        regressed_snapshot=None,
        line=sighting.line,
    )
