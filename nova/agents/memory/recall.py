"""recall: what memory holds on something, each with why it is here and how old it is. Nothing relevant is said so."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import failed
from nova.agents.memory import intake
from nova.orchestrator.handoff import Done, Evidence, Handoff
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

_KINDS = {
    "decision": ("decid*", "decision*", "agree*", "chose", "choose", "chosen"),
    "instruction": ("instruction*", "rule", "rules", "preference*"),
    "goal": ("goal*",),
}
_OLDER = (
    "old",
    "older",
    "former",
    "formerly",
    "used to",
    "history",
    "before",
    "superseded",
    "still valid",
    "previous*",
)


def work(task: Task, tools: Tools) -> Step:
    """Ask memory, and tell what it gives; something to keep goes to the archivist."""
    wanted = intake.read(task.goal)
    if wanted.action == "forget" or (not intake.is_question(task.goal) and wanted.value and _tells(task.goal)):
        back = next((r for r in task.returned if r.agent == "archivist"), None)
        if back is None:
            return Handoff("archivist", "it tells something, and asks nothing", task.goal)
        return back.answer or Done(f"archivist could not: {back.failure}", complete=False)
    topic = intake.topic(task.goal)
    kinds = [kind for kind, stems in _KINDS.items() if words.any_of(task.goal, *stems)]
    older = words.any_of(task.goal, *_OLDER)
    try:
        today = datetime.fromisoformat(tools.call("clock")["now"]).date()
        data = tools.call("recall", query=task.goal if topic else "", kinds=kinds if not topic else [], past=older)
    except (ToolFailed, Refused) as error:
        return failed(error)
    items = _ordered(data["items"], kinds)
    if not items:
        about = f" about {topic}" if topic else ""
        return Done(f"Memory holds nothing{about} that is sure enough to be shown.", {"items": [], "query": topic})
    lines = [f"What memory holds{f' about {topic}' if topic else ''}:", *(f"- {_told(i, today)}" for i in items)]
    return Done("\n".join(lines), {"items": items, "query": topic}, tuple(Evidence("memory", i["id"]) for i in items))


def _tells(text: str) -> bool:
    return words.any_of(text, "remember that", "note that", "we decided", "from now on", "forget")


def _ordered(items: list[dict[str, Any]], kinds: list[str]) -> list[dict[str, Any]]:
    """Those of the kinds asked for first; else as memory gave them."""
    return sorted(items, key=lambda i: (bool(kinds) and i["kind"] not in kinds, i["until"] is not None))


def _told(item: Mapping[str, Any], today: date) -> str:
    day = item["since"][:10]
    closed = "" if item["until"] is None else f" No longer so since {item['until'][:10]}."
    source = f" From {item['source']}." if item["source"] else ""
    what = f'"{item["text"]}" {item["kind"].capitalize()} of {day} ({_age(day, today)}).'
    return f"{what}{closed}{source} Here because {item['why']}. [{item['id'][:8]}]"


def _age(day: str, today: date) -> str:
    days = (today - date.fromisoformat(day)).days
    if days <= 0:
        return "today"
    if days < 60:
        return f"{words.counted(days, 'day')} old"
    return f"{words.counted(days // 30, 'month')} old" if days < 730 else f"{words.counted(days // 365, 'year')} old"
