"""concierge: the door. It hands a request over, or asks with the best three; it does nobody's work itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nova.agents import words
from nova.agents.answers import failed
from nova.orchestrator.handoff import Done, Handoff, Kind, Question
from nova.orchestrator.tool import Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

ME = "concierge"
_WHAT = re.compile(
    r"\bwhat (?:all )?(?:can|could|do|are) (?:you|nova)\b|\bwho are you\b|\bwhat (?:is|'?s) (?:this|nova)\b"
    r"|\b(?:list|show|which|what|who are)\b.*\bagents\b|\bhow (?:do|can) i use\b|\bhow does this work\b"
    r"|^\s*/?(?:help|agents)\b|\bhelp me(?: please)?\s*[.!?]*$|\bget(?:ting)? started\b|\bwhere to start\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|hallo|good (?:morning|afternoon|evening)|moin|yo|thanks?|thank you|cheers|bye|goodbye)\b"
    r"(?: there| nova| you| all| again| a lot| very much)*[\s.!,]*$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:which|who|whos|who's|whose|anyone|someone|somebody|an agent for)\b|\bright (?:agent|person|one)\b",
    re.IGNORECASE,
)
BEST = 3


def work(task: Task, tools: Tools) -> Step:
    """Answer what there is, hand over what is clear, ask where it is not."""
    back = task.returned[-1] if task.returned else None
    if back is not None and back.answer is not None:
        return back.answer
    try:
        known = tools.call("roster")
        agents = {a["name"]: a for a in known["agents"] if a["name"] != ME}
        if back is not None:
            near = [name for name in _routed(task.goal, tools, agents)[1] if name != back.agent]
            return Done(f"{back.agent} could not do it: {back.failure}.{_nearest(near, agents)}", complete=False)
        if task.answers:
            return _answered(task, tools, agents)
        greeting = bool(_GREETING.match(task.goal))
        if greeting or _WHAT.search(task.goal):
            return Done(_all(known, greeting=greeting), {"agents": list(agents)})
        return _asked(task.goal, task, tools, agents) or Done(
            _all(known, greeting=False, unknown=True), {"agents": list(agents)}, complete=False
        )
    except (ToolFailed, Refused) as error:
        return failed(error)


def _asked(wish: str, task: Task, tools: Tools, agents: Mapping[str, Any]) -> Step | None:
    """The handover where it is clear whose work something is, else the question; None where nobody comes near."""
    clear, best = _routed(wish, tools, agents)
    if clear and not _WHO.search(wish):
        return _over(clear, wish, task)
    if not best:
        return None
    begin = "These come into question" if _WHO.search(wish) else "It is not clear whose work that is"
    return Question(f"{begin}. Which one do you mean?", tuple(_option(name, agents) for name in best))


def _answered(task: Task, tools: Tools, agents: Mapping[str, Any]) -> Step:
    """What the person chose; an answer that chooses nothing may be a request of its own."""
    *before, answer = task.answers
    wish = next((said for said in reversed(before) if _is_request(said)), task.goal)
    options = [_option(name, agents) for name in _routed(wish, tools, agents)[1]]
    chosen = words.chosen(answer, options) or words.chosen(answer, agents)
    name = chosen.partition(":")[0].strip()
    if name in agents:
        return _over(name, wish, task)
    if words.any_of(answer, "none", "neither", "nobody", "no one", "cancel", "never mind") or len(task.answers) > 2:
        return Done("Then nobody here does that. nova agents lists what each one is for.", complete=False)
    step = _asked(answer, task, tools, agents) if _is_request(answer) else None
    return step or Question(f"No agent is called {answer.strip()[:60]!r}. One of these?", tuple(options or agents))


def _is_request(answer: str) -> bool:
    """Whether an answer is long enough to ask for something itself."""
    return len(answer.split()) > 2


def _over(name: str, wish: str, task: Task) -> Handoff:
    """The request with the person's words unchanged; the floor goes with it."""
    return Handoff(name, "it is the work of that agent", wish, task.brief, Kind.TRANSFER, task.constraints)


def _routed(wish: str, tools: Tools, agents: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The agent that stands out, where one does, and those that come nearest, as far as they are there."""
    found = tools.call("route", message=wish)
    best = [row["agent"] for row in found["scores"] if row["agent"] in agents]
    return (found["agent"] if found["agent"] in agents else ""), best[:BEST]


def _option(name: str, agents: Mapping[str, Any]) -> str:
    return f"{name}: {agents[name]['scope'].rstrip('.')}"


def _nearest(best: Sequence[str], agents: Mapping[str, Any]) -> str:
    if not best:
        return " Nothing was done in its place."
    return f" Nothing was done in its place. Nearest to it: {_option(best[0], agents)}. To ask it:  @{best[0]} ..."


def _all(known: Mapping[str, Any], *, greeting: bool, unknown: bool = False) -> str:
    """What there is, in groups, and what is not there yet."""
    agents = known["agents"]
    if unknown:
        lines = ["None of the agents here seems to be for that. What there is:"]
    else:
        lines = ["Hello. " * greeting + "Say in your own words what you want; it goes to the agent whose work it is:"]
    for group in dict.fromkeys(a["group"] for a in agents):
        lines.append(f"{group}:")
        for a in agents:
            if a["group"] == group and a["name"] != ME:
                model = " (needs a model)" if a["llm"] == "required" else ""
                lines.append(f"  {a['name']}: {a['scope'].rstrip('.')}{model}. Such as: {a['examples'][0]}")
    missing = known["planned"] - len(agents)
    if missing > 0:
        lines.append(f"{missing} more agents are planned and are not here yet: nobody answers in their place.")
    lines.append("@agent in front of a request chooses one yourself; what would change something is asked for first.")
    return "\n".join(lines)
