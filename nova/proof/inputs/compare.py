"""Old outcomes against new ones: what differs, and what of that counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nova.proof.child.variation import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nova.proof.inputs.records import Outcome, Record, Told

_TOKENS = re.compile(r"\w+|\W")
_HARD = ("gave", "then", "stdout", "stderr")
_LISTS = ("log", "warnings", "slept", "left")


@dataclass(frozen=True, slots=True)
class Difference:
    """One input on which old and new part ways. ``aspect``: in what. ``firm``: on an input that the code must know."""

    record: str
    key: str
    aspect: str
    old: str
    new: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """All differences, and how many inputs were compared and how many could not be."""

    differences: tuple[Difference, ...]
    inputs: int
    passed_over: int


def compared(old: Told, new: Told, gone: frozenset[str] = frozenset()) -> Compared:
    """Every input that both sides ran, compared. Of the functions that are ``gone`` no call is missed."""
    found: list[Difference] = []
    inputs = passed_over = 0
    known = {name for space in old.spaces.values() for name in space}
    for name, record in old.records.items():
        other = new.records.get(name)
        if other is None and record.function in gone:
            continue
        if other is None:
            found.append(Difference(name, "", "calls", "it is called", "it is not called", firm=False))
            continue
        for key, run in record.runs.items():
            there = other.runs.get(key)
            if (
                there is None or run.outcome is None or not _comparable(run.outcome, there.outcome, key)
                or (key.startswith(PREFIX) and _exhausted(run.outcome, there.outcome))
            ):  # fmt: skip
                passed_over += 1
                continue
            inputs += 1
            if there.outcome is None:
                found.append(Difference(name, key, "time", "it ends", "it does not end in time", run.kept))
                continue
            found.extend(
                Difference(name, key, aspect, left, right, run.kept and aspect != "asked")
                for aspect, left, right in _parted(run.outcome, there.outcome, known, kept=run.kept)
            )
    found.extend(_spaces(old, new))
    return Compared(tuple(found), inputs, passed_over)


def _comparable(old: Outcome, new: Outcome | None, key: str) -> bool:
    """A value of a wrong type may fail in any way; a call that is made to raise must be made on both sides."""
    if old.flags["wrong type"] and key and not key.startswith("call "):
        return False
    injected = key.startswith(("call ", "every call", "the generator is asked"))
    return not (injected and not (old.flags["fired"] and new is not None and new.flags["fired"]))


def _exhausted(old: Outcome, new: Outcome | None) -> bool:
    """Whether a generated input is too large for a side: how much it needs is no part of what it gives."""
    gave = [side.texts.get("gave", "") for side in (old, new) if side is not None]
    return new is None or any(f"raises {name}" in one for one in gave for name in ("MemoryError", "RecursionError"))


def _parted(old: Outcome, new: Outcome, known: Iterable[str], *, kept: bool) -> list[tuple[str, str, str]]:
    found = [
        (name, old.texts.get(name, ""), new.texts.get(name, ""))
        for name in _HARD
        if old.texts.get(name, "") != new.texts.get(name, "")
    ]
    alike = old.texts.get("raised", "") == new.texts.get("raised", "") != ""
    if alike and (not kept or old.flags["wrong type"]):
        found = [one for one in found if one[0] != "gave"]
    for table in ("changed", "changed at return", "names"):
        left, right = old.tables[table], new.tables[table]
        for path in sorted({*left, *right}):
            if left.get(path) != right.get(path) and (path in left or _was_there(path, known, table)):
                found.append((f"{table} {path}", left.get(path, "as before"), right.get(path, "as before")))
    for name in (*_LISTS, "asked"):
        if old.lists[name] != new.lists[name]:
            found.append((name, "; ".join(old.lists[name]), "; ".join(new.lists[name])))
    return found


def _was_there(path: str, known: Iterable[str], table: str) -> bool:
    """Whether the old module has what the new one changes: a cache that came with the change is its own business."""
    if table == "names":
        return path in known
    if not path.startswith("global "):
        return True
    name = re.split(r"[\[<]", path[len("global ") :])[0]
    return any(name == one or name.startswith(f"{one}.") for one in known)


def _spaces(old: Told, new: Told) -> list[Difference]:
    found = []
    for path, space in old.spaces.items():
        other = new.spaces.get(path, {})
        for name, held in space.items():
            last = name.rpartition(".")[2].rpartition(" ")[2]
            if other.get(name) != held and not (last.startswith("_") and not last.startswith("__")):
                found.append(Difference(path, "", name, held, other.get(name, "it is not there"), firm=False))
    return found


def unstable(one: Told, other: Told) -> dict[tuple[str, str, str], tuple[str, str]]:
    """What differs between two runs of the same files, by record, input and aspect."""
    return {(d.record, d.key, d.aspect): (d.old, d.new) for d in compared(one, other).differences}


def stands(difference: Difference, wavering: Mapping[tuple[str, str, str], tuple[str, str]]) -> bool:
    """Whether a difference is more than what differs between two runs of the old files."""
    same = wavering.get((difference.record, difference.key, difference.aspect))
    if same is None:
        return True
    one, other, old, new = (_TOKENS.findall(text) for text in (*same, difference.old, difference.new))
    if not len(one) == len(other) == len(old):
        return False  # the old code itself gives now this, now that
    steady = [n for n, word in enumerate(one) if word == other[n]]
    return len(new) != len(old) or any(old[n] != new[n] for n in steady)


def spoken(record: Record, key: str) -> str:
    """A call in words."""
    if key.startswith(PREFIX):
        return f"{record.function}({key.partition(': ')[2]}), {key.partition(':')[0]}"
    made = f"{record.function}({', '.join(record.given)})"
    return f"{made}, {key}" if key else made


def generated(told: Told) -> int:
    """How many inputs were made up from annotations."""
    return sum(key.startswith(PREFIX) for record in told.records.values() for key in record.runs)


def not_generated(told: Told) -> str:
    """Why none were for the first function that had none, to be added to a sentence; empty where there were some."""
    whys = [f" (none was generated: {r.function}: {r.not_generated})" for r in told.records.values() if r.not_generated]
    return whys[0] if whys and not generated(told) else ""
