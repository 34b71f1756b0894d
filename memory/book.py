"""The journal folded into rows: pure, and the same for one new event as for all of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from memory.event import RESTORED
from memory.item import FORGOTTEN
from memory.life import Life
from memory.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from memory.event import Event
    from memory.life import Changes, Run

    Row = list[Any]
    """The columns of a table in their order, the target left out."""

LIFE = tuple(item.name for item in fields(Life))
RUN = ("id", "snapshot", "commit", "commit_at", "scope", "started_at", "nova", "totals", "seq")
VERDICT = (*(item.name for item in fields(Verdict)), "seq")
PAST = ("id", "what", "snapshot", "commit", "at", "seq")

PATH, STATE, FIRST, LAST, FIXED, REGRESSED = map(
    LIFE.index, ("path", "state", "first_snapshot", "last_snapshot", "fixed_snapshot", "regressed_snapshot")
)
SEEN = ("symbol", "severity", "message", "line")
"""What may change in a life from one sighting to the next."""
SEEN_AT = tuple(LIFE.index(name) for name in SEEN)
BORN = ("id", "fingerprint", "path", "rule", "symbol", "severity", "message", "line")
BORN_AT = tuple(LIFE.index(name) for name in BORN)


@dataclass(slots=True)
class Shelf:
    """The rows of one target, and which of them changed since they were read."""

    lives: dict[str, Row] = field(default_factory=dict)
    runs: dict[tuple[str, int], Row] = field(default_factory=dict)
    verdicts: dict[tuple[Any, ...], Row] = field(default_factory=dict)
    past: list[Row] = field(default_factory=list)
    items: dict[str, Row] = field(default_factory=dict)
    uses: dict[str, Row] = field(default_factory=dict)
    values: dict[tuple[Any, ...], list[str]] | None = None
    """The ids of the items that hold of each value; None until somebody asks."""
    changed_items: set[str] = field(default_factory=set)
    changed_uses: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    """Lives of which anything may have changed."""
    touched: set[str] = field(default_factory=set)
    """Lives that were only seen again."""
    new_runs: list[Row] = field(default_factory=list)
    new_verdicts: list[Row] = field(default_factory=list)
    new_past: list[Row] = field(default_factory=list)


def fold(shelves: dict[str, Shelf], events: Iterable[Event], complaints: list[str]) -> None:
    """Apply events in their order. An event that was applied before changes nothing; a strange one is complained of."""
    kinds: dict[str, Callable[[Shelf, Event], None]] = {
        "run": _apply_run,
        "verdict": _apply_verdict,
        RESTORED: _apply_restored,
    }
    for event in events:
        if event.kind not in kinds:
            from memory import keeping

            kinds |= keeping.KINDS
        if event.kind not in kinds:
            complaints.append(f"event {event.seq} is of a kind that this Nova does not know: {event.kind}")
            continue
        try:
            kinds[event.kind](shelves.setdefault(event.target, Shelf()), event)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            complaints.append(f"event {event.seq} ({event.kind}) does not make sense: {error!r}")


def delta(run: Run, changes: Changes, lives: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """What a run's event tells: only what differs from the lives as they stand."""
    step = changes.step
    born, moved, edited, seen = [], [], [], set()
    turns: dict[str, list[str]] = {"fixed": [], "regressed": [], "reopened": []}
    for life in changes.all():
        values = tuple(getattr(life, name) for name in SEEN)
        row = lives.get(life.id)
        if row is None:
            born.append([getattr(life, name) for name in BORN])
            continue
        if changes.saw(life):
            seen.add(life.id)
        if row[PATH] != life.path:
            moved.append([life.id, life.path])
        if tuple(row[at] for at in SEEN_AT) != values:
            edited.append([life.id, *values])
        if row[STATE] != life.state:
            back = "reopened" if life.fixed_snapshot is None else "regressed"
            turns["fixed" if life.state == "fixed" else back].append(life.id)
    gone = set(turns["fixed"])
    unseen = [name for name, row in lives.items() if row[STATE] == "open" and name not in seen and name not in gone]
    told = {
        "run": {name: getattr(run, name) for name in RUN[:-2]} | {"totals": dict(run.totals)},
        "step": [step.snapshot, step.commit, step.at],
        **{name: value for name, value in {"opened": born, "moved": moved, "edited": edited, **turns}.items() if value},
    }
    return told | ({"unseen": unseen} if len(unseen) <= len(seen) else {"seen": sorted(seen)})


def _apply_run(shelf: Shelf, event: Event) -> None:
    data = event.data
    run, step = data["run"], list(data["step"])
    key = (run["id"], event.seq)
    if key in shelf.runs:
        return
    totals = json.dumps(run["totals"], sort_keys=True)
    shelf.runs[key] = row = [*(run[name] for name in RUN[:-2]), totals, event.seq]
    shelf.new_runs.append(row)
    for name, path in data.get("moved", ()):
        if name in shelf.lives:
            _tell(shelf, event, name, f"moved from {shelf.lives[name][PATH]}")
            shelf.lives[name][PATH] = path
    for name, *values in data.get("edited", ()):
        if name in shelf.lives:
            _fill(shelf.lives[name], SEEN_AT, values)
            shelf.changed.add(name)
    for what in ("fixed", "regressed", "reopened"):
        for name in data.get(what, ()):
            if name in shelf.lives:
                _tell(shelf, event, name, what)
                _turn(shelf.lives[name], what, step)
    _see(shelf, step, data)
    for values in data.get("opened", ()):
        if values[0] not in shelf.lives:
            shelf.lives[values[0]] = _born(values, step)
            shelf.changed.add(values[0])


def _tell(shelf: Shelf, event: Event, name: str, what: str) -> None:
    told = [name, what, *event.data["step"], event.seq]
    shelf.changed.add(name)
    shelf.past.append(told)
    shelf.new_past.append(told)


def _turn(row: Row, what: str, step: Row) -> None:
    row[STATE] = "fixed" if what == "fixed" else "open"
    if what == "regressed":
        row[REGRESSED] = step[0]
    else:
        row[FIXED : FIXED + 2] = step[:2] if what == "fixed" else (None, None)


def _born(values: Row, step: Row) -> Row:
    row: Row = [None] * len(LIFE)
    _fill(row, BORN_AT, values)
    row[STATE] = "open"
    row[FIRST : FIRST + 3] = row[LAST : LAST + 3] = step
    return row


def _fill(row: Row, places: tuple[int, ...], values: Row) -> None:
    for place, value in zip(places, values, strict=True):
        row[place] = value


def _see(shelf: Shelf, step: Row, data: Mapping[str, Any]) -> None:
    """Note on the open lives that they were seen: those listed, or all but those listed."""
    if "seen" in data:
        rows = [(name, shelf.lives[name]) for name in data["seen"] if name in shelf.lives]
    else:
        unseen = set(data["unseen"])
        rows = [(name, row) for name, row in shelf.lives.items() if name not in unseen]
    snapshot = step[0]
    for name, row in rows:
        if row[STATE] == "open" and row[LAST] != snapshot:
            row[LAST : LAST + 3] = step
            shelf.touched.add(name)


def _apply_verdict(shelf: Shelf, event: Event) -> None:
    key = tuple(event.data[name] for name in VERDICT[:-1])
    if key not in shelf.verdicts:
        shelf.verdicts[key] = row = [*key, event.seq]
        shelf.new_verdicts.append(row)


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """What a verdict's event tells."""
    return asdict(verdict)


def _apply_restored(shelf: Shelf, event: Event) -> None:
    for row in event.data["lives"]:
        shelf.lives[row[0]] = list(row)
        shelf.changed.add(row[0])
    for row in event.data["runs"]:
        if (row[0], row[-1]) not in shelf.runs:
            shelf.runs[row[0], row[-1]] = list(row)
            shelf.new_runs.append(list(row))
    for row in event.data["verdicts"]:
        if tuple(row[:-1]) not in shelf.verdicts:
            shelf.verdicts[tuple(row[:-1])] = list(row)
            shelf.new_verdicts.append(list(row))
    for row in event.data.get("items", ()):
        from memory import keeping

        shelf.items[row[0]] = keeping.restored(row)
        shelf.values = None
        shelf.changed_items.add(row[0])
    for row in event.data.get("uses", ()):
        shelf.uses[row[0]] = list(row)
        shelf.changed_uses.add(row[0])
    told = {tuple(row) for row in shelf.past}
    for row in event.data["past"]:
        if tuple(row) not in told:
            shelf.past.append(list(row))
            shelf.new_past.append(list(row))


def lost(there: Shelf, told: Shelf) -> dict[str, Any] | None:
    """What the database has of a target and the journal does not tell; None where the journal tells it all.

    A life that both know stays as the journal tells it, unless the journal only lacks what the database has.
    """
    from memory.keeping import without_whys

    runs = [row for key, row in there.runs.items() if key not in told.runs]
    verdicts = [row for key, row in there.verdicts.items() if key not in told.verdicts]
    items = [row for name, row in there.items.items() if name not in told.items]
    gone = {name for name, row in told.items.items() if row[FORGOTTEN]}
    if not runs and not verdicts and not items:
        return None
    newer = told.runs.keys() <= there.runs.keys()
    lives = [
        row for name, row in there.lives.items() if told.lives.get(name) != row and (newer or name not in told.lives)
    ]
    past = {tuple(row) for row in told.past}
    return {
        "lives": lives if runs else [],
        "runs": runs,
        "verdicts": verdicts,
        "past": [row for row in there.past if tuple(row) not in past] if runs else [],
        "items": [without_whys(row, gone) for row in items],
        "uses": [row for name, row in there.uses.items() if name not in told.uses and name not in gone],
    }


def counted(shelves: Iterable[Shelf]) -> str:
    """How much there is, in words."""
    all_of = list(shelves)
    runs, verdicts = sum(len(shelf.runs) for shelf in all_of), sum(len(shelf.verdicts) for shelf in all_of)
    items = sum(len(shelf.items) for shelf in all_of)
    told = f"{runs} run{'s' * (runs != 1)}, {verdicts} verdict{'s' * (verdicts != 1)}"
    return f"{told}, {items} item{'s' * (items != 1)}" if items else told
