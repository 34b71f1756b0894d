"""``verdicts``: what people said of findings, and how each rule has fared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.orchestrator.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from memory import Life, Verdict
    from nova.tools import World


def work(_key: str, world: World, /, *, all_targets: bool = False) -> dict[str, Any]:
    """The record of each rule in this repository, or in all that memory knows: seen, open, fixed, and the verdicts."""
    from memory import read_lines, standing
    from nova import kept
    from nova.tools._ground import memory_of, subject_of

    found = subject_of(world)
    shared, _ = read_lines(kept.verdict_lines(found))
    with memory_of(world) as memory:
        targets = memory.targets() if all_targets else [found.key]
        lives = [life for target in targets for life in memory.lives(target)]
        said = [v for target in targets for v in standing([
            *(shared if target == found.key else ()), *memory.verdicts(target)]).values()]  # fmt: skip
        runs = sum(len(memory.runs(target, 100_000)) for target in targets)
    return {"rules": record(lives, said), "runs": runs, "targets": len(targets), "verdicts": len(said)}


def record(lives: Iterable[Life], verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """How each rule has fared, those with the most verdicts first; pure.

    ``precision`` is the share of judged findings that people did not call wrong, None where nobody judged: a finding
    counts as judged when it was accepted or dismissed.
    """
    rows: dict[str, dict[str, Any]] = {}

    def row(rule: str) -> dict[str, Any]:
        return rows.setdefault(rule, {
            "rule": rule, "seen": 0, "open": 0, "fixed": 0, "regressed": 0, "accepted": 0, "dismissed": 0, "wrong": 0,
            "later": 0, "because": {},
        })  # fmt: skip

    for life in lives:
        one = row(life.rule)
        one["seen"] += 1
        one[life.state] += 1
        one["regressed"] += life.regressed_snapshot is not None
    for verdict in verdicts:
        one = row(verdict.rule)
        name = {"accept": "accepted", "dismiss": "dismissed", "later": "later"}[verdict.answer.value]
        one[name] += 1
        if name == "dismissed":
            because = verdict.because or "no reason given"
            one["wrong"] += because == "wrong"
            one["because"][because] = one["because"].get(because, 0) + 1
    for one in rows.values():
        one["precision"] = _precision(one)
    return sorted(rows.values(), key=lambda r: (-(r["accepted"] + r["dismissed"]), -r["seen"], r["rule"]))


def _precision(row: Mapping[str, Any]) -> float | None:
    judged = row["accepted"] + row["dismissed"]
    return round(1 - row["wrong"] / judged, 2) if judged else None


TOOL = Tool("verdicts", "How each rule has fared: seen, fixed, accepted, dismissed and why.", work)
