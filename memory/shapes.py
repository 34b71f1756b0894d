"""Whether an event that comes from elsewhere has the shape of one of ours: what is recorded must always be readable.

The journal is the truth, so an event that the tables could not take in would stand in the way for ever. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from memory import keeping
from memory.book import BORN, PAST, RUN, SEEN, VERDICT, fold
from memory.event import RESTORED
from memory.item import COLUMNS, EXTRA, TOLD
from memory.life import Life
from memory.verdict import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from memory.event import Event

MOST = 2**31 - 1
"""The greatest number of an integer column."""
MAY_LACK = frozenset(
    ("symbol", "commit", "commit_at", "first_commit", "last_commit", "fixed_snapshot", "fixed_commit",
     "regressed_snapshot", "closed_at", "superseded_by")
)  # fmt: skip
"""Columns that may hold nothing."""
NUMBERS = frozenset(("line", "position", "seen", "shown", "used", "contradicted", "seq"))
LIFE = tuple(Life.__dataclass_fields__)


class Strange(ValueError):
    """An event has another shape; the text says what is wrong."""


def checked(event: Event) -> Event:
    """The event, where it can be recorded. Raises ``Strange``."""
    data = event.data
    if event.kind in _CHECKS:
        try:
            _CHECKS[event.kind](data)
        except KeyError as error:
            raise Strange(f"an event of the kind {event.kind} tells no {error.args[0]}") from None
    complaints: list[str] = []
    fold({}, [event], complaints)
    if complaints:
        raise Strange(complaints[0])
    return event


def _item(data: dict[str, Any]) -> None:
    _texts(data, ("id", *TOLD))
    _texts({name: data.get(name, "") for name in EXTRA if name not in {"about", "position"}})
    _number(data.get("position", 0), "position")
    _names(data.get("about", []), "about")
    if data.get("replaces") is not None:
        _texts(data, ("replaces",))
    _whys(data)


def _again(data: dict[str, Any]) -> None:
    _texts(data, ("id",))


def _erased(data: dict[str, Any]) -> None:
    _texts(data, ("id",))
    times = ("kind", "valid_from", "recorded_at", "closed", "by")
    _texts({name: data[name] for name in times if data.get(name) is not None})
    _whys(data)


def _uses(data: dict[str, Any]) -> None:
    _names(data["ids"], "ids")


def _verdict(data: dict[str, Any]) -> None:
    _row([data[name] for name in VERDICT[:-1]], VERDICT[:-1])
    if data["answer"] not in tuple(Answer):
        raise Strange(f"{str(data['answer'])[:40]} is no answer to a finding")


def _run(data: dict[str, Any]) -> None:
    run = data["run"]
    if not isinstance(run, dict) or not isinstance(run.get("totals"), dict):
        raise Strange("a run needs its figures")
    _row([run[name] for name in RUN[:-2]], RUN[:-2])
    _row(data["step"], ("snapshot", "commit", "at"))
    for name, columns in (("opened", BORN), ("moved", ("id", "path")), ("edited", ("id", *SEEN))):
        for row in data.get(name, ()):
            _row(row, columns)
    for name in ("fixed", "regressed", "reopened", "seen", "unseen"):
        _names(data.get(name, []), name)


def _restored(data: dict[str, Any]) -> None:
    tables = {"lives": LIFE, "runs": RUN, "verdicts": VERDICT, "past": PAST, "uses": keeping.USE}
    for name, columns in tables.items():
        for row in data.get(name, ()) if name == "uses" else data[name]:
            _row(row, columns)
    for row in data.get("items", ()):
        whole = keeping.restored(row)
        _row([value for value in whole if not isinstance(value, bool)], [c for c in COLUMNS if c != "forgotten"])


_CHECKS = {
    keeping.ITEM: _item, keeping.AGAIN: _again, keeping.FORGOTTEN_KIND: _again, keeping.ERASED: _erased,
    keeping.RECALLED: _uses, keeping.USED: _uses, "verdict": _verdict, "run": _run, RESTORED: _restored,
}  # fmt: skip


def _texts(data: dict[str, Any], names: Iterable[str] | None = None) -> None:
    for name in data if names is None else names:
        if not isinstance(data[name], str):
            raise Strange(f"{name} is {str(data[name])[:40]!r}, which is no text")


def _number(value: object, name: str) -> None:
    most = 2**62 if name == "seq" else MOST
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise Strange(f"{name} is {str(value)[:40]!r}, which is no number that it can be")


def _names(value: object, name: str) -> None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Strange(f"{name} is no list of texts")


def _whys(data: dict[str, Any]) -> None:
    for name in ("closes", "closed_by", "rivals"):
        told = data.get(name, {})
        if not isinstance(told, dict) or not all(isinstance(why, str) for why in told.values()):
            raise Strange(f"{name} does not tell ids with a reason each")


def _row(row: object, columns: Sequence[str]) -> None:
    if not isinstance(row, list) or len(row) != len(columns):
        raise Strange(f"a row has not the {len(columns)} values that it needs")
    for value, name in zip(row, columns, strict=True):
        if name in NUMBERS:
            _number(value, name)
        elif not isinstance(value, str) and not (value is None and name in MAY_LACK):
            raise Strange(f"{name} is {str(value)[:40]!r}, which is no text")
