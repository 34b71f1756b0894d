"""project-tracker: the brief of the day: what moved, what stands still, what is next, each line with its source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from nova.agents import when, words
from nova.agents.answers import Asked
from nova.brief import Facts, brief
from nova.orchestrator.handoff import Done, Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

EARLIER = timedelta(days=90)
"""How far back commits are looked at for what there is to show for a goal."""
_LIST = ("what projects", "which projects", "list projects", "list my projects", "my projects", "show projects")
NO_PROJECT = 'No project is kept yet:  nova project add NAME --goal "..."  begins one.'


def work(task: Task, tools: Tools) -> Step:
    """The brief; or the projects alone, where those are asked for."""
    asked = Asked(tools)
    clock = asked.call("clock")
    if clock is None:
        return Done("\n".join(asked.said()), complete=False)
    now = datetime.fromisoformat(clock["now"])
    projects = asked.call("projects")
    if words.any_of(task.goal, *_LIST) and projects is not None:
        return Done("\n".join(_projects(projects, now)), projects)
    span = when.window(task.goal, now)
    since, until = (span.start, span.end) if span else (_working_day(now), now)
    facts = _facts(asked, projects, since, until)
    told = brief(facts)
    lines = [f"Since {since.strftime('%A, %Y-%m-%d %H:%M')}:", *told.lines()]
    if told.quiet:
        lines.append("Nothing moved, nothing is open, as far as git and Nova know.")
    if projects is not None and not projects["projects"]:
        lines.append(NO_PROJECT)
    return Done(
        "\n".join([*lines, *asked.said()]),
        {"since": since.isoformat(), "until": until.isoformat(), "moved": list(told.moved), "still": list(told.still),
         "next": list(told.ahead)},
        tuple(Evidence("commit", c["commit"]) for c in facts.commits[:20]),
        complete=not asked.failed,
    )  # fmt: skip


def _working_day(now: datetime) -> datetime:
    """The beginning of the last working day."""
    back = {0: 3, 6: 2}.get(now.weekday(), 1)
    return (now - timedelta(days=back)).replace(hour=0, minute=0, second=0, microsecond=0)


def _facts(asked: Asked, projects: Mapping[str, Any] | None, since: datetime, until: datetime) -> Facts:
    """What the tools know of the stretch; what one of them cannot tell stays empty."""
    activity = asked.call("activity", since=since.isoformat(), until=until.isoformat()) or {}
    earlier = asked.call("activity", since=(since - EARLIER).isoformat(), until=since.isoformat()) or {}
    found, fixed = asked.call("findings") or {}, asked.call("findings", state="fixed") or {}
    goals = asked.call("goals") or {}
    target = goals.get("target") or {"name": "", "goals": []}
    own = [{"project": target["name"], "text": text, "since": "", "told": []} for text in target["goals"]]
    return Facts(
        since=since.astimezone(UTC).isoformat(),
        now=until.astimezone(UTC).isoformat(),
        commits=activity.get("commits", ()),
        more=activity.get("more", False),
        earlier=earlier.get("commits", ()),
        branches=activity.get("branches", ()),
        uncommitted=activity.get("uncommitted", 0),
        open=found.get("findings", ()),
        fixed=fixed.get("findings", ()),
        goals=[*goals.get("goals", ()), *own],
        reached=goals.get("reached", ()),
        projects=(projects or {}).get("projects", ()),
    )


def _projects(told: Mapping[str, Any], now: datetime) -> list[str]:
    lines = []
    for p in (p for p in told["projects"] if not p["archived"]):
        last = max((t["last_commit"] for t in p["targets"] if t["last_commit"]), default=None)
        days = int((now.timestamp() - last) // 86_400) if last else 0
        moved = f"last commit {words.counted(days, 'day')} ago" if last else "no repository of it is known here"
        active = ", active" if p["name"] == told["active"] else ""
        goals = words.counted(len(p["goals"]), "open goal")
        lines.append(f"- {p['name']}{active}: {goals}, {len(p['reached'])} reached; {moved}")
        lines += [f"  goal: {g['text']} (since {g['since'][:10]})" for g in p["goals"]]
    return lines or [NO_PROJECT]
