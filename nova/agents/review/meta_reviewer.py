"""meta-reviewer: Nova's own record, each figure with how many cases it rests on; and the beginning of a night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import Asked, quoted
from nova.agents.review.refactor_scout import PROPOSE
from nova.orchestrator.handoff import Done, Evidence, Handoff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Returned, Step, Task
    from nova.orchestrator.tool import Tools

ENOUGH = 5
"""Verdicts below which a precision says nothing."""
MOST = 8
SUGGESTIONS = 3
NIGHT = "night"
"""The option by which ``nova nightly`` asks."""
PARTS: Sequence[tuple[str, str, str]] = (
    ("code-reviewer", "how things stand now is for a review to say", "review this repository"),
    ("refactor-scout", "what to mend first is to be said of what was reviewed", "what should be mended first"),
    ("refactor-scout", "what has fixes that can be proved is to be proposed", PROPOSE),
)
"""Whom a night asks in turn, why, and for what; the record comes last."""


def work(task: Task, tools: Tools) -> Step:
    """The record; in a night, the review and what to mend first come before it."""
    asks = _asks(task)
    for agent, reason, goal in asks:
        if _back(task, goal) is None:
            return Handoff(agent, reason, goal, evidence=_reviewed(task))
    asked = Asked(tools)
    record = asked.call("verdicts")
    muted = asked.call("muted_rules")
    regressed = asked.call("findings", state="regressed")
    reverts = asked.call("reverts")
    routes = asked.call("routes")
    rules = record["rules"] if record else []
    wanted = [r for r in rules if any(r["rule"].lower() == w.lower() for w in words.rules(task.goal))]
    lines = _record(record, wanted or rules, whole=not wanted)
    lines += _regressed(regressed)
    lines += _reverts(reverts)
    lines += _muted(muted)
    lines += _routes(routes)
    suggestions = _suggestions(muted, regressed, routes)
    lines += ["Suggestions (nothing is changed by itself):", *suggestions] if suggestions else []
    lines += asked.said()
    backs = [back for _, _, goal in asks if (back := _back(task, goal)) is not None]
    before = [str(task.options["heard"])] if task.options.get("heard") else []
    used_up = ["Nothing was proposed: what this night may write is used up."] if asks == PARTS[:-1] else []
    text = "\n\n".join([
        *before, *map(quoted, backs), *used_up, "Nova's own record:\n" * bool(backs) + "\n".join(lines)
    ])  # fmt: skip
    return Done(
        text,
        {"rules": wanted or rules, "runs": record["runs"] if record else 0, "muted": muted, "reverts": reverts,
         "routes": routes, "suggestions": suggestions,
         "night": [{"agent": b.agent, "failure": b.failure, "data": b.answer and b.answer.data} for b in backs]},
        tuple(Evidence("rule", r["rule"]) for r in (wanted or rules)[:MOST]),
        complete=not asked.failed and all(b.answer is not None and b.answer.complete for b in backs),
    )  # fmt: skip


def _asks(task: Task) -> Sequence[tuple[str, str, str]]:
    """Whom it asks before it tells of the record: nobody by day; for no fixes where none may be proposed any more."""
    if not task.options.get(NIGHT):
        return ()
    return PARTS if task.options.get("top", 1) else PARTS[:-1]


def _back(task: Task, goal: str) -> Returned | None:
    """What came back for a goal."""
    return next((one for one in task.returned if one.goal == goal), None)


def _reviewed(task: Task) -> tuple[Evidence, ...]:
    """The findings of the night's review, as evidence for those who are asked after it."""
    answer = task.returned[0].answer if task.returned else None
    return answer.evidence if answer is not None else ()


def _record(record: Mapping[str, Any] | None, rules: Sequence[Mapping[str, Any]], *, whole: bool) -> list[str]:
    if record is None:
        return []
    if not record["runs"]:
        return ["Nothing was reviewed here yet, so there is nothing to judge by."]
    judged = [r for r in rules if r["accepted"] + r["dismissed"]]
    seen = sum(r["seen"] for r in rules)
    fixed = sum(r["fixed"] for r in rules)
    told = f"{words.counted(record['runs'], 'review')} told of {words.counted(seen, 'finding')}"
    lines = [f"{told}; {fixed} are gone by now (mended or deleted: memory cannot tell which)."]
    accepted, dismissed = sum(r["accepted"] for r in judged), sum(r["dismissed"] for r in judged)
    if not judged:
        return [*lines, "Nobody has given a verdict yet, so how often it was right cannot be told."]
    wrong = sum(r["wrong"] for r in judged)
    total = accepted + dismissed
    if whole:
        right = f"{(total - wrong) / total:.0%} were not called wrong" if total >= ENOUGH else "too few to tell"
        lines.append(f"Of {words.counted(total, 'verdict')}, {accepted} accepted and {dismissed} dismissed: {right}.")
    lines += [f"- {_rule(r)}" for r in judged[:MOST]]
    if len(judged) > MOST:
        lines.append(f"- and {len(judged) - MOST} more rules with fewer verdicts")
    return lines


def _rule(r: Mapping[str, Any]) -> str:
    judged = r["accepted"] + r["dismissed"]
    because = words.listed(f"{n} {why}" for why, n in r["because"].items())
    right = f"{r['precision']:.0%} not called wrong" if judged >= ENOUGH else "too few to tell"
    return (
        f"{r['rule']}: {words.counted(r['seen'], 'finding')}, {r['fixed']} gone, {r['accepted']} accepted, "
        f"{r['dismissed']} dismissed{f' ({because})' if because else ''}: {right}."
    )


def _regressed(told: Mapping[str, Any] | None) -> list[str]:
    if told is None or not told["findings"]:
        return []
    some = words.listed((f"{f['path']}:{f['line']} {f['rule']}" for f in told["findings"]), 3)
    return [f"{words.counted(len(told['findings']), 'finding')} came back after being gone: {some}."]


def _reverts(told: Mapping[str, Any] | None) -> list[str]:
    if told is None or not told["reverts"]:
        return []
    mine = [r for r in told["reverts"] if r["findings"]]
    number = words.counted(len(told["reverts"]), "commit")
    if not mine:
        return [
            f"{number} in the history take others back; none of what they took back is known to have mended a finding."
        ]
    some = words.listed((f"{r['commit'][:10]} ({len(r['findings'])} findings)" for r in mine), 3)
    return [f"{number} take others back; {len(mine)} of them undo a commit that had mended findings: {some}."]


def _muted(told: Mapping[str, Any] | None) -> list[str]:
    if told is None:
        return []
    return (
        [f"Muted in {told['settings']}: {words.listed(told['muted'], 8)}."] if told["muted"] else ["No rule is muted."]
    )


def _routes(told: Mapping[str, Any] | None) -> list[str]:
    if told is None:
        return []
    if not told["corrections"]:
        return ["No request was said to have gone to the wrong agent."]
    pairs = words.listed((f"{p['right']} ({p['count']})" for p in told["by_agent"]), 4)
    return [f"{words.counted(len(told['corrections']), 'request')} went to the wrong agent; the right one was {pairs}."]


def _suggestions(
    muted: Mapping[str, Any] | None, regressed: Mapping[str, Any] | None, routes: Mapping[str, Any] | None
) -> list[str]:
    found = []
    for p in (muted or {"proposed": []})["proposed"]:
        because = words.listed(f"{n} {why}" for why, n in p["because"].items())
        found.append(
            f"- mute {p['rule']}: dismissed {p['dismissed']} times ({because}) and never accepted; it takes  "
            f'ignore = ["{p["rule"]}"]  below [review]'
        )
    if regressed and regressed["findings"]:
        found.append("- look at what came back: something undoes these fixes, such as a merge or a generator")
    if routes and routes["by_agent"] and routes["by_agent"][0]["count"] >= 3:
        first = routes["by_agent"][0]
        found.append(f"- give {first['right']} more examples: {first['count']} of its requests went elsewhere")
    return found[:SUGGESTIONS]
