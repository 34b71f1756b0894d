"""What must hold for every finished turn: its bounds, its budget, and a trace with nothing missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nova.orchestrator.guards import DOOR, MOST_HOPS, MOST_SAME_CALL, MOST_SAME_EDGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.roster_cases import Case, Machine
    from nova.orchestrator.lines import Plain


def complaints(found: Case, lines: list[Plain], machine: Machine) -> list[str]:
    """What is wrong with a finished turn; empty for one that kept its bounds and whose trace is whole."""
    said = list(machine.faults)
    if not lines or lines[-1]["kind"] != "ended":
        return [*said, "the turn did not end"]
    said += [f"line {place} is numbered {line['n']}" for place, line in enumerate(lines) if line["n"] != place]
    agents = {line["visit"]: line["agent"] for line in lines if line["kind"] == "start"}
    said += _handoffs(found, lines)
    said += _spending(found, lines, machine, agents)
    said += _whole(lines)
    said += _calls(found, lines, agents)
    return said


def _handoffs(found: Case, lines: list[Plain]) -> Iterable[str]:
    made = [line for line in lines if line["kind"] == "handoff" and line["ok"]]
    agents = {line["visit"]: line["agent"] for line in lines if line["kind"] == "start"}
    edges = Counter((agents[line["visit"]], line["to"]) for line in made)
    if len(made) > MOST_HOPS:
        yield f"{len(made)} hops"
    for (source, target), times in edges.items():
        if times > MOST_SAME_EDGE:
            yield f"{source} handed off to {target} {times} times"
        if source == target or (target != DOOR and target not in found.pages[source].handoffs):
            yield f"{source} handed off to {target}, which its page does not allow"
    starts = [line for line in lines if line["kind"] == "start"]
    fresh = [line for line in starts if line["by"] != "waited"]
    if len(fresh) + bool(found.stack) != len(made) + 1:
        yield f"{len(made)} handoffs and {len(starts)} beginnings"


def _spending(found: Case, lines: list[Plain], machine: Machine, agents: Mapping[int, str]) -> Iterable[str]:
    used, limit = lines[-1]["used"], found.budget
    for kind in ("seconds", "calls", "tokens", "money"):
        most = getattr(limit, kind)
        if most is not None and used[kind] > most:
            yield f"{used[kind]} {kind} of {most}"
    if used["calls"] != sum(line["kind"] == "call" for line in lines):
        yield "the calls that were counted are not those that were made"
    resumed = any(line["kind"] == "resumed" for line in lines)
    if not resumed and limit.seconds is not None and machine.time - machine.asked > limit.seconds:
        yield f"{machine.time - machine.asked} seconds went by of {limit.seconds}"
    above = {line["visit"]: line["parent"] for line in lines if line["kind"] == "start"}
    share = {line["visit"]: line["share"] for line in lines if line["kind"] == "start"}
    own: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line["kind"] == "call":
            own[line["visit"]]["calls"] += 1
        elif line["kind"] in {"step", "cut"}:
            own[line["visit"]].update({kind: line[kind] for kind in ("seconds", "tokens", "money")})
    for visit, spent in own.items():
        for kind, amount in spent.items():
            if share[visit][kind] is not None and amount > share[visit][kind]:
                yield f"{agents[visit]} used {amount} {kind} of {share[visit][kind]}"
        if above[visit] is not None and above[visit] >= visit:
            yield "a visit began before the one that it came from"


def _whole(lines: list[Plain]) -> Iterable[str]:
    open_ask: Plain | None = None
    pending: dict[int, str] = {}
    for line in lines:
        kind = line["kind"]
        if kind == "ask":
            if open_ask is not None:
                yield "an agent was asked while another was at work"
            open_ask = line
        elif kind in {"step", "cut"}:
            if open_ask is None or open_ask["visit"] != line["visit"]:
                yield "a step ended that did not begin"
            if kind == "step" and pending:
                yield f"calls without a result: {pending}"
            open_ask, pending = None, {}
        elif kind in {"asked", "call"}:
            pending[line["call"]] = kind
        elif kind in {"result", "refused"}:
            pending.pop(line["call"], None)
    if open_ask is not None:
        yield "a step has no end"
    begun = [line["visit"] for line in lines if line["kind"] == "start"]
    asked = {line["visit"] for line in lines if line["kind"] == "ask"}
    waited = {line["visit"] for line in lines if line["kind"] == "start" and line["by"] == "waited"}
    if set(begun) - waited != asked - waited or not asked <= set(begun):
        yield "an agent was begun and never asked, or asked and never begun"


def _calls(found: Case, lines: list[Plain], agents: Mapping[int, str]) -> Iterable[str]:
    same: Counter[tuple[str, str, str]] = Counter()
    given = {line["call"] for line in lines if line["kind"] == "answered" and line["answer"] == "given"}
    for line in lines:
        if line["kind"] != "call":
            continue
        page = found.pages[agents[line["visit"]]]
        same[page.name, line["tool"], line["mark"]] += 1
        if line["tool"] not in page.tools:
            yield f"{page.name} called {line['tool']}, which it does not have"
        if line["writes"] and not page.writes:
            yield f"{page.name} wrote, and may not"
        if line["writes"] and page.approval == "ask" and line["call"] not in given:
            yield f"{page.name} wrote without being allowed to"
    for (agent, tool, _), times in same.items():
        if times > MOST_SAME_CALL:
            yield f"{agent} made the same call of {tool} {times} times"
