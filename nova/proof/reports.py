"""Reads what a run of tests left: each line is checked against the key, and none of it is believed without. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from nova.proof.kit import LINES, REPORT
from nova.proof.running import End
from nova.proof.testing import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.proof.running import Ran

_ENDS = {2: "it was interrupted", 3: "pytest broke down", 4: "pytest refused its options"}
_OUTPUT = 4000


@dataclass(frozen=True, slots=True)
class Told:
    """A report that was read. ``why`` tells what keeps it from being a whole one; then it supports nothing.

    ``lines`` is what was recorded of lines, as bytes of JSON; ``tools`` are the versions that it names.
    """

    outcomes: Mapping[str, Seen] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    says: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    lines: bytes = b""
    why: str = ""


def read(ran: Ran, key: bytes) -> Told:
    """The report of a run."""
    rows, torn = _signed(ran.kept.get(REPORT, b""), key)
    outcomes: dict[str, Seen] = {}
    seconds: dict[str, float] = {}
    says: dict[str, str] = {}
    tools: dict[str, str] = {}
    end: dict[str, Any] | None = None
    for row in rows:
        if end is not None:
            torn = "its report goes on after its end"
        elif "test" in row:
            name, seen = row["test"], Seen(row["seen"])
            outcomes[name] = _worse(outcomes.get(name), seen)
            seconds[name] = seconds.get(name, 0.0) + row["seconds"]
            if row["says"]:
                says[name] = row["says"]
        elif "end" in row:
            end = row
        else:
            tools |= row
    why = _why(ran, torn, end, whole=bool(rows))
    lines = b""
    if end is not None and LINES in end["files"]:
        lines = ran.kept.get(LINES, b"")
        if blake2b(lines, digest_size=16).hexdigest() != end["files"][LINES]:
            why, lines = why or "what it recorded of lines was changed or is too large", b""
    return Told(outcomes, seconds, says, tools, lines, why)


def output(ran: Ran) -> str:
    """The end of what a run printed, for a person."""
    text = ran.stdout.decode("utf-8", "replace") + ran.stderr.decode("utf-8", "replace")
    return text[-_OUTPUT:].strip()


def _signed(report: bytes, key: bytes) -> tuple[list[dict[str, Any]], str]:
    """The rows that follow upon one another in the chain, and what ends it before the file does."""
    rows: list[dict[str, Any]] = []
    last = b""
    for line in report.split(b"\n")[:-1]:
        mark, _, body = line.partition(b" ")
        last = blake2b(last + body, key=key, digest_size=16).hexdigest().encode()
        if mark != last:
            return rows, "its report was tampered with or is torn"
        rows.append(json.loads(body))
    return rows, "" if not report or report.endswith(b"\n") else "its report is torn"


def _why(ran: Ran, torn: str, end: dict[str, Any] | None, *, whole: bool) -> str:
    if ran.end is End.TIMED_OUT:
        return f"it did not end in time ({ran.why})"
    if ran.end is not End.EXITED:
        return f"it was {ran.end.value}" + (f": {ran.why}" if ran.why else f" ({ran.status})")
    if torn:
        return torn
    if end is None:
        last = output(ran).splitlines()[-1:]
        what = "it ended in the middle" if whole else "it left no report"
        return what + (f": {last[0][:300]}" if last else "")
    return _ENDS.get(end["end"], "")


_WEIGHT = (Seen.PASSED, Seen.XPASSED, Seen.XFAILED, Seen.SKIPPED, Seen.FAILED, Seen.ERROR)


def _worse(one: Seen | None, other: Seen) -> Seen:
    return other if one is None else max(one, other, key=_WEIGHT.index)
