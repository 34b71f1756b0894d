"""refactor-scout: what to mend first, and why just that: hotspots, clones, cycles and dead code in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nova.agents import words
from nova.agents.answers import Asked, quoted, returned
from nova.orchestrator.handoff import Artifact, Done, Evidence, Handoff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

MOST, BY_NIGHT = 10, 5
SMITH = "patch-smith"
PROPOSE = "have what can be proved proposed"
"""The goal of the last part of a night: to let the patch-smith look for fixes."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "hotspots": ("hotspot*", "complex*", "mess*", "worst", "too long", "longest", "churn*", "changes most", "god class",
                 "tangled", "hard to read"),
    "cycles": ("cycl*", "circular*", "import each other"),
    "clones": ("clone*", "duplicat*", "copy*", "copied", "copies", "repeated code", "same code"),
    "dead_code": ("dead", "unused", "never called", "never used", "nobody uses", "delete", "can go", "not used"),
}  # fmt: skip
"""The kinds, by their tool, and the words that ask for each."""


class Item(NamedTuple):
    """One thing to mend. ``worth`` orders things of different kinds."""

    worth: float
    kind: str
    path: str
    line: int
    text: str
    step: str
    data: Mapping[str, Any]


def work(task: Task, tools: Tools) -> Step:
    """Look for what was asked for, or for everything, and put it in one order; in a night, then have fixes proposed."""
    if task.goal == PROPOSE:
        return _proposed(task)
    wanted = [kind for kind, stems in KINDS.items() if words.any_of(task.goal, *stems)] or list(KINDS)
    named = words.places(task.goal)
    path = {"path": named[0].path} if named else {}
    asked = Asked(tools)
    items: list[Item] = []
    notes: list[str] = []
    for kind in wanted:
        tools.say(f"looking for {kind.replace('_', ' ')}")
        data = asked.call(kind, **path)
        if data is not None:
            found = _READ[kind](data)
            items += found
            notes += [f"No {_NAMES[kind]} found."] * (not found) + [f"Note: {n}." for n in data.get("notices", ())]
    if len(asked.failed) == len(wanted):
        return Done("\n".join(asked.said()), complete=False)
    items.sort(key=lambda i: (-i.worth, i.path, i.line))
    shown = _shown(items, BY_NIGHT if task.options.get("night") else MOST)
    return Done(
        _told(shown, len(items), [*notes, *asked.said()], wanted),
        {
            "items": [{**i.data, "kind": i.kind, "worth": round(i.worth, 3), "step": i.step} for i in shown],
            "of": len(items),
        },
        tuple(Evidence(i.kind, i.path, i.line) for i in shown),
        (Artifact("places", "places", [f"{i.path}:{i.line}" for i in shown]),),
        complete=not asked.failed,
    )  # fmt: skip


def _proposed(task: Task) -> Step:
    back = returned(task, SMITH)
    if back is None:
        why = "what is to be mended was told, and some of it has fixes that can be proved"
        return Handoff(SMITH, why, PROPOSE, evidence=task.evidence)
    answer = back.answer
    if answer is None:
        return Done(quoted(back), complete=False)
    return Done(answer.text, answer.data, answer.evidence, complete=answer.complete)


def _shown(items: list[Item], most: int) -> list[Item]:
    """Those that stand first, and of each kind that is not among them its best."""
    shown = items[:most]
    kinds = {i.kind for i in shown}
    for item in items[most:]:
        if item.kind not in kinds:
            kinds.add(item.kind)
            shown.append(item)
    return shown


def _told(shown: list[Item], of: int, notes: list[str], wanted: list[str]) -> str:
    lines = []
    if shown:
        more = f"the first {len(shown)} of {of}" if of > len(shown) else words.counted(of, "thing")
        lines.append(f"What to mend first, {more}:")
        for n, i in enumerate(shown, 1):
            lines.append(f"{n}. {i.path}:{i.line} {i.text} First step: {i.step}.")
    else:
        lines.append("Nothing to mend was found.")
    if len(wanted) > 1 and shown:
        lines.append(
            "Order: hotspots by the odds that a fault is mended in them within a year; the others by their size, and "
            "dead code by how sure it is."
        )
    return "\n".join([*lines, *dict.fromkeys(notes)])


def _hotspots(data: Mapping[str, Any]) -> list[Item]:
    return [
        Item(p["score"], "hotspots", p["path"], p["line"], f"{p['symbol']}: {'; '.join(p['reasons'][:2])}.",
             p["step"] or "write down in tests what it does today, then split it by what it does", p)
        for p in data["places"]
    ]  # fmt: skip


def _cycles(data: Mapping[str, Any]) -> list[Item]:
    items = []
    for cycle in data["cycles"]:
        cut, size = cycle["cut"], len(cycle["modules"])
        ring = " -> ".join([*(e["from"] for e in cycle["ring"]), cycle["ring"][0]["from"]])
        taken = words.listed(cut["names"]) if cut["names"] else "the module"
        rest = "that unties all of it" if not cut["left"] else f"that leaves {cut['left']} of {size} in a knot"
        where = f"{cut['path']}:{cut['line']}"
        step = (
            f"in {where}, import {taken} from where it is defined and not from the package {cut['to']}: {rest}"
            if cut["upwards"] and cut["names"]
            else f"let {cut['from']} not import {taken} from {cut['to']} ({where}): {rest}"
        )
        text = f"{words.counted(size, 'module')} import each other while they load; the shortest ring is {ring}."
        items.append(Item(0.5 * size / (size + 6), "cycles", cut["path"], cut["line"], text, step, cycle))
    return items


def _clones(data: Mapping[str, Any]) -> list[Item]:
    items = []
    for group in data["groups"]:
        first, *others = group["places"]
        places = words.listed((f"{p['path']}:{p['line']} {p['symbol']}" for p in others), 3)
        same = (
            "word for word"
            if group["exact"]
            else f"but for {words.counted(group['different'], 'name or literal', 'names or literals')}"
        )
        text = f"{first['symbol']}: the same {group['statements']} statements as {places}, {same}."
        values = words.listed((" / ".join(pair) for pair in group["differences"]), 3)
        step = (
            f"keep {first['symbol']} and let the {'other call' if len(others) == 1 else 'others call'} it"
            if group["exact"]
            else f"make one function of them that is given what differs ({values})"
        )
        spare = group["spare_lines"]
        items.append(Item(0.5 * spare / (spare + 60), "clones", first["path"], first["line"], text, step, group))
    return items  # fmt: skip


def _dead(data: Mapping[str, Any]) -> list[Item]:
    items = []
    for row in data["dead"]:
        sure = "very sure" if row["sure"] >= 0.9 else "fairly sure" if row["sure"] >= 0.7 else "look twice"
        text = (
            f"{row['symbol']}: a private {row['kind']} of {words.counted(row['lines'], 'line')} that nothing in the "
            f"repository mentions, tests and texts included ({sure}: {row['sure']:.0%})."
        )
        step = (
            "delete it and run the tests"
            if row["sure"] >= 0.7
            else "search for names that are put together, then delete it"
        )
        worth = row["sure"] * 0.4 * row["lines"] / (row["lines"] + 40)
        items.append(Item(worth, "dead_code", row["path"], row["line"], text, step, row))
    return items  # fmt: skip


_READ: Mapping[str, Callable[[Mapping[str, Any]], list[Item]]] = {
    "hotspots": _hotspots,
    "cycles": _cycles,
    "clones": _clones,
    "dead_code": _dead,
}
_NAMES = {
    "hotspots": "hotspots",
    "cycles": "import cycles",
    "clones": "clones of six statements or more",
    "dead_code": "dead private code",
}
