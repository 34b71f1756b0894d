"""Agents for tests, with pages that are written where a test wants them; their handlers do what the message says."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from nova.orchestrator.handoff import Done, Handoff, Question
from nova.orchestrator.tool import Queued, Refused

if TYPE_CHECKING:
    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

PAGE = """\
---
name: {name}
group: {group}
description: An agent of the tests.
when: [{when}]
tools: [outline, remember]
writes: [memory]
approval: {approval}
handoffs: {handoffs}
handler: tests.functional.workers:{handler}
---

# {name}

Works for tests.
"""


def write_roster(folder: Path, approval: str = "ask") -> Path:
    """A folder with three agents."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, handler, handoffs in (
        ("concierge", "door", "{worker: work, keeper: notes}"), ("worker", "worker", "{keeper: notes}"),
        ("keeper", "keeper", "{}"),
    ):  # fmt: skip
        when = ", ".join(f'"{name} request {number}"' for number in range(10))
        text = PAGE.format(name=name, group="chat", when=when, approval=approval, handoffs=handoffs, handler=handler)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def door(task: Task, tools: Tools) -> Step:
    """Passes everything on to the worker."""
    if not task.returned:
        return Handoff("worker", "it is work", task.goal)
    back = task.returned[-1]
    return Done(back.answer.text if back.answer else f"no: {back.failure}")


def worker(task: Task, tools: Tools) -> Step:
    """Reads, lets the keeper keep something, and hangs, asks or fails where the message says so."""
    if task.goal == "ask":
        return Done(f"you said {task.answers[0]}") if task.answers else Question("Which one?", ("this", "that"))
    if task.goal == "fail":
        raise ValueError("it broke \x1b[31m")
    found = tools.call("outline", path="shop.py")
    tools.say("read the outline")
    if not task.returned:
        return Handoff("keeper", "it is to be kept", task.goal)
    wait_for(task.goal, "after")
    kept = task.returned[0].answer
    return Done(f"{len(found['definitions'])} definitions; {kept.text if kept else task.returned[0].failure}")


def keeper(task: Task, tools: Tools) -> Step:
    """Keeps the goal as a note."""
    wait_for(task.goal, "before")
    try:
        tools.call("remember", kind="note", text=task.goal)
    except Queued:
        return Done("it waits")
    except Refused as error:
        return Done(f"not kept: {error}")
    wait_for(task.goal, "kept")
    return Done("kept")


def wait_for(goal: str, place: str) -> None:
    """Hang at a place that the goal names, until the file it names is there: ``hang kept /tmp/go``."""
    words = goal.split()
    if words[:2] != ["hang", place]:
        return
    Path(words[2] + ".there").touch()
    while not Path(words[2]).exists():
        time.sleep(0.02)
