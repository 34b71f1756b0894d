"""What came of the packages: as plain values that can be kept, and as a table."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from benchmarks.proof import KINDS, Row, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS = (
    "offered", "rung 0", "and rung 1", "and rung 2: proven", "refuted", "seconds, median", "95 %", "applied at once",
    "tests passed before", "after", "regressions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one package; ``unfit`` tells why it could not be measured.

    ``applied`` counts fixes by their kind, those of later rounds among them; ``before`` and ``after`` count the tests
    that passed. ``cpu`` is in seconds, of all processes that judged and joined; ``load`` is the machine's at the end.
    """

    package: str
    repository: str
    commit: str
    left_out: str = ""
    rows: Sequence[Row] = ()
    applied: Mapping[str, int] = field(default_factory=dict)
    before: int = 0
    after: int = 0
    regressions: Sequence[str] = ()
    because: str = ""
    unfit: str = ""
    pythons: Sequence[str] = ()
    seconds: float = 0.0
    cpu: float = 0.0
    load: float = 0.0


def keep(found: Sequence[Measured], place: Path) -> None:
    """Write what was found."""
    place.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", "utf-8")


def kept(place: Path) -> list[Measured]:
    """What was measured before; what could not be measured is not among it."""
    if not place.is_file():
        return []
    told = json.loads(place.read_text("utf-8"))
    return [Measured(**{**one, "rows": [Row(**row) for row in one["rows"]]}) for one in told if not one["unfit"]]


def line(one: Measured) -> str:
    """What came of one package, for a person who waits."""
    if one.unfit:
        return f"{one.package}: not measured, {one.unfit}"
    proven = sum(r.verdict == "proven" for r in one.rows)
    return (
        f"{one.package}: {len(one.rows)} offered, {proven} proven, {sum(one.applied.values())} applied, "
        f"{len(one.regressions)} regressions {one.because} ({one.seconds:.0f} s)"
    )


def table(found: Sequence[Measured]) -> str:
    """One line a package, then of all, then by kind of fix."""
    lines = [f"| package | {' | '.join(COLUMNS)} |", "|---" * (1 + len(COLUMNS)) + "|"]
    whole = [m for m in found if not m.unfit]
    for one in whole:
        rungs = counted(one.rows) if one.rows else ("0",) * 7
        lines.append(f"| {one.repository} `{one.commit[:8]}` | {' | '.join((*rungs, *_after([one])))} |")
    rows = [row for one in whole for row in one.rows]
    if rows:
        lines.append(f"| all {len(whole)} | {' | '.join((*counted(rows), *_after(whole)))} |")
    for kind in KINDS:
        some = [row for row in rows if row.kind == kind]
        if some:
            applied = sum(one.applied.get(kind, 0) for one in whole)
            lines.append(f"| of these {kind} | {' | '.join((*counted(some), str(applied)))} | | | |")
    cpu = sum(one.cpu for one in whole) / max(len(rows), 1)
    loads = [one.load for one in whole] or [0.0]
    lines += [
        "",
        f"- CPU of all processes: {cpu:.3f} s a fix; load of the machine {min(loads):.0f} to {max(loads):.0f}",
    ]
    lines += [f"- {m.package}: {m.left_out}" for m in whole if m.left_out]
    lines += [f"- {m.package} was not measured: {m.unfit}" for m in found if m.unfit]
    lines += [f"- {m.package} regressed by {m.because}: {what}" for m in whole for what in m.regressions[:5]]
    lines += [f"- refuted: {r.folder}, {r.rule} in {r.path}:{r.line}, {r.why}" for r in rows if r.verdict == "refuted"]
    return "\n".join(lines)


def _after(some: Sequence[Measured]) -> tuple[str, ...]:
    applied = sum(sum(one.applied.values()) for one in some)
    tests = (sum(one.before for one in some), sum(one.after for one in some))
    return (str(applied), *map(str, tests), str(sum(len(one.regressions) for one in some)))
