"""code-reviewer: a review of the repository or of the change that the message names, told in a few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import against_a_base, evidence, failed, quoted, returned, where
from nova.orchestrator.handoff import Artifact, Done, Handoff
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

SHOWN = 10
NIGHT = "night"
"""The option by which ``nova nightly`` asks."""
_HELPERS = {
    "security-auditor": (("secur*", "secret*", "vulnerab*", "credential*", "password*"), "what is dangerous here"),
    "patch-smith": (("and fix", "fix what*", "fix them", "fix those", "fix all*"), "the fixes that can be proved here"),
    "refactor-scout": (("refactor*", "clean up", "clean it up", "mend first", "tech debt"), "what to mend first"),
}  # fmt: skip
"""Who is asked too where the message asks for it beside the review: the words, and the goal handed on."""


def work(task: Task, tools: Tools) -> Step:
    """Review, then let others look where that was asked for."""
    try:
        data = reviewed(task, tools)
    except (ToolFailed, Refused) as error:
        return failed(error)
    for agent, (stems, goal) in _HELPERS.items():
        if words.any_of(task.goal, *stems) and returned(task, agent) is None:
            return Handoff(agent, f"the request asks for it beside the review of {data['scope']}", goal, task.goal)
    helped = [back for agent in _HELPERS if (back := returned(task, agent)) is not None]
    shown = data["findings"][:SHOWN]
    by_night = bool(task.options.get(NIGHT))  # then refactor-scout tells of the places
    text = "\n\n".join([told({**data, "places": []} if by_night else data), *map(quoted, helped)])
    kept = {name: data[name] for name in ("scope", "status", "target", "totals", "counts", "notices", "failed")}
    return Done(
        text,
        {**kept, "findings": shown, "places": data["places"], "also": [b.agent for b in helped]},
        tuple(evidence(f) for f in shown),
        (Artifact("findings", "findings", [f["id"] for f in shown]),),
        complete=data["status"] == "complete" and all(b.answer is not None and b.answer.complete for b in helped),
    )


def reviewed(task: Task, tools: Tools) -> dict[str, Any]:
    """What the review of what the task names says. Raises ``ToolFailed`` or ``Refused``."""
    change = words.change(task.goal)
    named = [p.path for p in words.places(task.goal) if p.path not in {change.diff, task.options.get("target")}]
    asked: dict[str, Any] = {"path": named[0]} if named else {}
    if change.staged:
        asked["staged"] = True
    elif change.diff:
        asked["diff"] = change.diff
    elif change.branch:
        return against_a_base("review", asked, tools)
    tools.say(f"reviewing {words.listed([*named, *(['the staged changes'] if change.staged else [])]) or 'everything'}")
    data: dict[str, Any] = tools.call("review", **asked)
    return data


def told(data: Mapping[str, Any]) -> str:
    """A review in words: the findings that matter most, the places, and what was not looked at."""
    totals, shown = data["totals"], data["findings"][:SHOWN]
    files = words.counted(totals["files"], "file")
    head = f"{data['target']['name']}, {data['scope']}: {words.counted(totals['findings'], 'finding')} in {files}"
    lines = [f"{head}{_levels(data['counts'])}.{_more(totals, shown)}"]
    lines += [f"{n}. {finding(f)}" for n, f in enumerate(shown, 1)]
    if data["places"]:
        lines += ["", "Places to mend first:"]
        lines += [f"{p['rank']}. {place(p)}" for p in data["places"]]
    if data["failed"]:
        names = words.listed(f"{f['path']} ({f['reason']})" for f in data["failed"])
        lines += ["", f"Not everything was read, so this is no clean bill: {names}."]
    lines += [f"Note: {notice}." for notice in data["notices"]]
    return "\n".join(lines)


def _levels(counts: Mapping[str, int]) -> str:
    some = [f"{counts[level]} {level}" for level in ("high", "medium", "low", "info") if counts.get(level)]
    return f" ({', '.join(some)})" if some else ""


def _more(totals: Mapping[str, Any], shown: Sequence[Any]) -> str:
    parts = []
    if totals["findings"] and not shown:
        parts.append("None scored high enough to be told unasked: nova review --all lists them")
    elif totals["findings"] > len(shown):
        parts.append(f"These {len(shown)} matter most")
    if totals["dismissed"]:
        parts.append(f"{totals['dismissed']} dismissed before are left out")
    if totals["fixed_since_last"]:
        parts.append(f"{totals['fixed_since_last']} are gone since the last review")
    return "".join(f" {part}." for part in parts)


def finding(row: Mapping[str, Any]) -> str:
    """A finding in one line: where, which rule, what, and why it is ranked so."""
    state = {"new": ", new", "regressed": ", back again"}.get(row["state"], "")
    brought = ", brought in by this change" if row["introduced_by_diff"] else state
    why = f" Why here: {row['reasons'][0]}." if row["reasons"] else ""
    return f"{where(row)} {row['rule']} ({row['severity']}{brought}): {row['message'].rstrip('.')}.{why}"


def place(row: Mapping[str, Any]) -> str:
    """A place in one line: where, its numbers, and the step that would help."""
    step = f" First step: {row['step']}." if row["step"] else ""
    return f"{where(row)}: {'; '.join(row['reasons'])}.{step}"
