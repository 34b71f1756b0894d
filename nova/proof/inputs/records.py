"""What the catching plugin left, read with care: it came from the hands of the code that ran."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003
from dataclasses import dataclass, field
from typing import Any

from nova.proof.child.sources import Written

_LINES = 4000
_TEXT = 1 << 24
TEXTS = ("gave", "stdout", "stderr", "then", "raised")
TABLES = ("changed", "changed at return", "names")
LISTS = ("log", "warnings", "slept", "asked", "left", "lines", "callees")
FLAGS = ("wrong type", "fired", "reached")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input gave, in words: texts, tables of texts, and lists of them, by name."""

    texts: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[str, ...]]
    flags: Mapping[str, bool]
    call: Written | None = None
    """The arguments as source text, where that was asked for and can be had."""


@dataclass(frozen=True, slots=True)
class Run:
    """One input that was run. ``outcome`` is None where it did not end in time."""

    key: str
    kept: bool
    outcome: Outcome | None
    pair: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One call that was caught, with all the inputs made from it; ``""`` is the call as it was."""

    name: str
    function: str
    module: str
    given: tuple[str, ...]
    callees: tuple[str, ...]
    runs: Mapping[str, Run]
    batches: tuple[tuple[str, ...], ...] = ()
    """The keys of the inputs that were run in one process each."""
    cut: bool = False
    """Not all of its inputs were run."""
    not_generated: str = ""
    """Why none could be made up from annotations; empty where some were, or it was not the place to try."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that one run of the tests left."""

    records: Mapping[str, Record] = field(default_factory=dict)
    spaces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    broke: tuple[str, ...] = ()
    ended: bool = False


class Torn(ValueError):
    """What was left is not what the plugin writes."""


def read(data: bytes, nonce: str) -> Told:
    """Read what was left. ``Torn`` where a line is not one of ours, or a call is told twice."""
    if len(data) > _TEXT:
        raise Torn("it is too long")
    records: dict[str, Record] = {}
    spaces: dict[str, Mapping[str, str]] = {}
    broke: list[str] = []
    ended = False
    for line in data.decode("utf-8", "replace").splitlines()[:_LINES]:
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Torn("a line is no JSON") from error
        if not isinstance(told, dict) or told.get("nonce") != nonce or ended:
            raise Torn("a line is not ours")
        if "broke" in told:
            broke.append(f"{told.get('function', '')}: {told['broke']}"[:300])
        elif "space" in told:
            spaces[str(told.get("path"))] = _table(told["space"]) if isinstance(told["space"], dict) else {}
        elif "end" in told:
            ended = True
        else:
            record = _record(told)
            if record.name in records:
                raise Torn("a call is told twice")
            records[record.name] = record
    return Told(records, spaces, tuple(broke), ended)


def _record(told: Mapping[str, Any]) -> Record:
    try:
        runs = {
            str(key): Run(str(key), run["kept"] is True, _outcome(run["outcome"]), _list(run.get("pair", [])))
            for key, run in told["runs"].items()
        }
        return Record(
            str(told["record"]),
            str(told["function"]),
            str(told["module"]),
            _list(told["given"]),
            _list(told["callees"]),
            runs,
            tuple(map(_list, told["batches"])),
            told["cut"] is True,
            str(told.get("not generated", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Torn("a call is not told in our way") from error


def _outcome(told: Mapping[str, Any] | None) -> Outcome | None:
    if told is None:
        return None
    return Outcome(
        {name: str(told[name]) for name in TEXTS if name in told}, {name: _table(told[name]) for name in TABLES},
        {name: _list(told[name]) for name in LISTS}, {name: told[name] is True for name in FLAGS},
        _call(told.get("call")),
    )  # fmt: skip


def _call(told: Any) -> Written | None:
    if told is None:
        return None
    args, kwargs, imports = told
    pairs = tuple((str(name), str(value)) for name, value in kwargs)
    return Written(_list(args), pairs, _list(imports))


def _table(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in told.items()}


def _list(told: list[Any]) -> tuple[str, ...]:
    if not isinstance(told, list):
        raise TypeError(told)
    return tuple(map(str, told))
