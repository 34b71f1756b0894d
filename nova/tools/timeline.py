"""``timeline``: logs, commits and Nova's runs in one order, around a time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nova.errors import UsageError
from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from nova.tools import World
    from nova.tools._logs import Event

MOST_BYTES = 500_000_000
MOST = 200
"""Events that are told one by one."""
TELLING = frozenset({"warning", "error", "critical"})


def work(
    _key: str, world: World, /, *, logs: Sequence[str] = (), start: str = "", end: str = "", zone: str = "UTC"
) -> dict[str, Any]:
    """What happened between two moments (ISO 8601; by default all that the logs cover), in order of time.

    Of a log, warnings and worse are told; lines that differ in numbers alone are told once, with how often. Times
    without a zone are taken as ``zone``. Commits lie around the window: a day before it counts.
    """
    from nova.tools import _logs

    try:
        assumed = _logs.zone(zone)
    except ValueError as error:
        raise UsageError(str(error), next_step="such as UTC, +02:00 or Europe/Berlin") from error
    first, last = _moment(start, assumed), _moment(end, assumed)
    told: list[dict[str, Any]] = []
    sources = []
    spans: list[datetime] = []
    for name in logs:
        place = _file(world, name)
        rows, source = _log(name, place, assumed, (first, last))
        told += rows
        sources.append(source)
        spans += [datetime.fromisoformat(source[k]) for k in ("first", "last") if source[k]]
    first = first or (min(spans) if spans else None)
    last = last or (max(spans) if spans else None)
    if first is None or last is None:
        raise UsageError(
            "no window of time is known", next_step="name a log with times in it, or say since and until when"
        )
    told += _commits(world, first - timedelta(days=1), last)
    told += _runs(world, first, last)
    told.sort(key=lambda row: (row["time"], row["kind"], row["source"], row.get("line", 0)))
    return {
        "start": _said(first),
        "end": _said(last),
        "zone": zone or "UTC",
        "events": _kept(told),
        "of": len(told),
        "logs": sources,
    }


def _file(world: World, name: str) -> Path:
    given = Path(name).expanduser()
    from nova.tools._ground import root_of

    for candidate in (world.folder / given, root_of(world) / given):
        if candidate.is_file():
            return candidate
    raise UsageError(f"there is no log {name}", next_step="name it from where you stand, or whole")


def _log(
    name: str, place: Path, assumed: tzinfo, window: tuple[datetime | None, datetime | None]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    from nova.tools._logs import alike, events

    state = place.stat()
    year = datetime.fromtimestamp(state.st_mtime, UTC).year
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    levels: Counter[str] = Counter()
    first = last = None
    unzoned = 0
    for event in events(_lines(place), assumed, year):
        first = min(first or event.time, event.time)
        last = max(last or event.time, event.time)
        if not _within(event, window):
            continue
        levels[event.level] += 1
        unzoned += not event.zoned
        if event.level in TELLING:
            key = event.level, alike(event.text + event.detail)
            if key in rows:
                rows[key]["count"] += 1
                rows[key]["until"] = _said(event.time)
            else:
                rows[key] = {
                    "time": _said(event.time), "kind": "log", "source": name, "line": event.line, "level": event.level,
                    "text": event.text[:300], "detail": event.detail, "count": 1, "until": _said(event.time),
                }  # fmt: skip
    source = {
        "path": name, "first": _said(first) if first else "", "last": _said(last) if last else "",
        "levels": dict(sorted(levels.items())), "unzoned": unzoned, "cut": state.st_size > MOST_BYTES,
    }  # fmt: skip
    return list(rows.values()), source


def _within(event: Event, window: tuple[datetime | None, datetime | None]) -> bool:
    first, last = window
    return (first is None or event.time >= first) and (last is None or event.time <= last)


def _lines(place: Path) -> Iterator[str]:
    """The lines of a log, packed by gzip or not, the first 500 MB of it."""
    import gzip
    from itertools import takewhile

    with place.open("rb") as plain, gzip.open(plain) if place.suffix == ".gz" else plain as file:
        read = 0

        def room(line: bytes) -> bool:
            nonlocal read
            read += len(line)
            return read <= MOST_BYTES

        for line in takewhile(room, file):
            yield line.decode("utf-8", "replace")


def _commits(world: World, first: datetime, last: datetime) -> list[dict[str, Any]]:
    from nova.git import Git
    from nova.tools.activity import parsed

    git = Git.at(world.folder)
    if git is None or git.head() is None:
        return []
    said = git.text(
        "log", "HEAD", "--max-count=500", f"--since=@{int(first.timestamp())}", f"--until=@{int(last.timestamp())}",
        "--no-ext-diff", "--numstat", "--no-renames", "-z", "--format=%x01%H%x00%ct%x00%an%x00%s", "--",
    )  # fmt: skip
    return [
        {"time": c["when"], "kind": "commit", "source": c["commit"], "text": c["subject"], "author": c["author"],
         "paths": c["paths"][:20], "level": "info", "count": 1}
        for c in parsed(said)
    ]  # fmt: skip


def _runs(world: World, first: datetime, last: datetime) -> list[dict[str, Any]]:
    from nova.tools.runs import work as runs

    try:
        known = runs("", world, most=200)["runs"]
    except UsageError:
        return []  # memory that cannot be had has nothing to add to a timeline
    return [
        {"time": run["at"], "kind": "run", "source": "nova review", "level": "info", "count": 1,
         "text": f"reviewed {run['scope']}: {run['findings']} findings"}
        for run in known if _said(first) <= run["at"] <= _said(last)
    ]  # fmt: skip


def _kept(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most 200 of the rows, in their order: what is worst stays, then what is first."""
    if len(rows) <= MOST:
        return rows
    weight = {"critical": 0, "error": 1, "info": 2, "warning": 3}
    chosen = sorted(range(len(rows)), key=lambda n: (weight.get(rows[n]["level"], 4), n))[:MOST]
    return [rows[n] for n in sorted(chosen)]


def _moment(text: str, assumed: tzinfo) -> datetime | None:
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text} is no time in ISO 8601", next_step="such as 2026-03-01T09:00") from error
    return (when if when.tzinfo else when.replace(tzinfo=assumed)).astimezone(UTC)


def _said(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


TOOL = Tool("timeline", "Logs, commits and Nova's runs merged in order of time, around a window.", work)
