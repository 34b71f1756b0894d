"""incident-scribe: what happened when, each with its source, and the first bad commit. Claims no cause."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from nova.agents import when, words
from nova.agents.answers import asked_in_all, failed
from nova.orchestrator.handoff import Artifact, Done, Evidence, Question
from nova.orchestrator.tool import Queued, Refused, ToolFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nova.orchestrator.handoff import Step, Task
    from nova.orchestrator.tool import Tools

LOGS = (".log", ".txt", ".out", ".err", ".json", ".jsonl", ".gz", ".1")
MOST = 40
_BISECT = re.compile(
    r"\bbisect\b|\bfirst bad\b|\b(?:which|what|find(?: out)?(?: the)?|the) (?:\w+ )?(?:commit|change)\b.*"
    r"\b(?:broke|breaks|introduced|made|caused|bad|offending)|\boffending commit\b|\bcommit that (?:broke|breaks)\b",
    re.IGNORECASE,
)
_COMMIT = r"([\w][\w./~^-]*[\w~^]|\w)"
_GOOD_BAD = (
    re.compile(rf"\bgood(?: (?:is|was|at|commit|one))*[ :=]+{_COMMIT}", re.IGNORECASE),
    re.compile(rf"\bbad(?: (?:is|was|at|commit|one))*[ :=]+{_COMMIT}", re.IGNORECASE),
)
_BETWEEN = re.compile(rf"\b(?:between|from) +{_COMMIT} +(?:and|to) +{_COMMIT}", re.IGNORECASE)
_WORKED = re.compile(
    rf"\b(?:worked|passed|was (?:fine|ok|good|green))(?: still)? (?:at|in|on|with) +{_COMMIT}", re.IGNORECASE
)
_DOTS = re.compile(r"(?<![\w/.-])([\w][\w/~^-]*(?:\.[\w/~^-]+)*)\.\.\.?([\w][\w./~^-]*)?")
_PROGRAM = r"(?:python3?|pytest|make|tox|nox|uv|poetry|npm|cargo|go|sh|bash|\./\S+)"
_COMMAND = (
    re.compile(r"`([^`]+)`"),
    re.compile(
        rf"\b(?:with|using|running|run|command(?: is)?|bisect):? +({_PROGRAM}(?: .*?)?)$", re.IGNORECASE | re.MULTILINE
    ),
    re.compile(rf"^ *({_PROGRAM}(?: .*?)?) *$", re.MULTILINE),
)
_NO_COMMIT = frozenset({"the", "a", "an", "it", "one", "is", "was", "that", "this", "and", "commit", "commits", "with"})


def work(task: Task, tools: Tools) -> Step:
    """Search where a first bad commit is asked for, else put a timeline together."""
    return _searched(task, tools) if _BISECT.search(task.goal) else _timeline(task, tools)


def _timeline(task: Task, tools: Tools) -> Step:
    text = asked_in_all(task)
    try:
        clock = tools.call("clock")
        logs = [p.path for p in words.places(text) if p.path.endswith(LOGS)]
        span = when.window(text, datetime.fromisoformat(clock["now"]))
        if not logs and span is None:
            return Question(
                "Which stretch of time is it about, and which logs tell of it? (such as  last night, app.log  or  "
                "between 14:00 and 15:00, /var/log/shop.log)"
            )
        zone = _zone(text) or clock["zone"]
        asked = {"start": span.start.isoformat(), "end": span.end.isoformat()} if span else {}
        tools.say(f"reading {words.listed(logs) or 'git and the runs'}")
        data = tools.call("timeline", logs=logs, zone=zone, **asked)
    except (ToolFailed, Refused) as error:
        return failed(error)
    return Done(
        _told(data, logs),
        data,
        tuple(Evidence(e["kind"], e["source"], e.get("line", 0)) for e in data["events"]),
        (Artifact("timeline", "timeline", data["events"]),),
    )


def _zone(text: str) -> str:
    found = re.search(r"\b(UTC|GMT|[A-Z][a-z]+/[A-Z][A-Za-z_]+)\b|(?<![\d:])([+-]\d\d:?\d\d)(?!\d)", text)
    return (found[1] or found[2] or "") if found else ""


def _told(data: Mapping[str, Any], logs: list[str]) -> str:
    lines = [f"From {data['start']} to {data['end']} (UTC), {words.counted(data['of'], 'event')}:"]
    events = data["events"]
    shown = _weighty(events)
    lines += [f"- {_event(e)}" for e in shown]
    if len(shown) < data["of"]:
        lines.append(f"- and {data['of'] - len(shown)} more of less weight or later")
    for log in data["logs"]:
        if not log["first"]:
            lines.append(f"{log['path']}: no line with a time that could be read.")
            continue
        counts = words.listed(f"{number} {level}" for level, number in log["levels"].items())
        gap = f" {log['unzoned']} of its lines name no zone and were read as {data['zone']}." if log["unzoned"] else ""
        cut = " Only its first 500 MB were read." if log["cut"] else ""
        lines.append(
            f"{log['path']}: from {log['first']} to {log['last']}; in the window {counts or 'nothing'}.{gap}{cut}"
        )
    if not logs:
        lines.append("No log was named, so this is what git and Nova's own runs know alone.")
    first = _first_error(events)
    before = [e for e in events if first is not None and e["kind"] == "commit" and e["time"] <= first["time"]]
    if first is not None and before:
        lines.append(
            f"The first error is at {first['time']}; the commit before it is {before[-1]['source'][:10]}. After is not "
            "because of: the order says nothing of a cause."
        )
    else:
        lines.append("The order says nothing of a cause.")
    return "\n".join(lines)


def _first_error(events: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next((e for e in events if e["kind"] == "log" and e["level"] in {"error", "critical"}), None)


def _weighty(events: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """At most forty events in their order: errors, commits and runs before warnings."""
    order = {"critical": 0, "error": 1, "info": 2, "warning": 3}
    chosen = sorted(range(len(events)), key=lambda n: (order.get(events[n]["level"], 4), n))[:MOST]
    return [events[n] for n in sorted(chosen)]


def _event(e: Mapping[str, Any]) -> str:
    if e["kind"] == "commit":
        return f"{e['time']} commit {e['source'][:10]} by {e['author']}: {e['text']} (git)"
    if e["kind"] == "run":
        return f"{e['time']} {e['text']} ({e['source']})"
    detail = f" [{e['detail']}]" if e["detail"] else ""
    times = f", {e['count']} times until {e['until']}" if e["count"] > 1 else ""
    return f"{e['time']} {e['level']}: {e['text']}{detail} ({e['source']}:{e['line']}{times})"


def _searched(task: Task, tools: Tools) -> Step:
    text = "\n".join([task.goal, *task.answers])
    command, (good, bad) = _command(text), _ends(_without_command(text))
    if not command or not good:
        missing = ["which command succeeds when it is good and fails when it is bad (`pytest ...`)"] * (not command)
        missing += ["at which older commit or tag it was still good (good: v1.2)"] * (not good)
        if len(task.answers) > 1:
            return Done(f"Without this there is nothing to search by: {' and '.join(missing)}.", complete=False)
        return Question(f"To find the first bad commit I need to know {' and '.join(missing)}.")
    try:
        found = tools.call("first_bad", command=command, good=good, bad=bad or "HEAD")
    except Queued as error:
        return Done(f"The search runs the repository's code, so it waits: {error}.", complete=False)
    except Refused as error:
        return Done(f"Nothing was run: {error}.", complete=False)
    except ToolFailed as error:
        return failed(error)
    tried = words.counted(len(found["tried"]), "commit")
    who = f"{found['author']} ({found['when'][:10]})"
    lines = [
        f'The first commit at which  {command}  fails is {found["commit"][:10]} by {who}: "{found["subject"]}".',
        f"It changes {words.listed(found['paths'], 6)}." if found["paths"] else "It changes no file.",
        f"{tried} of those between {good} and {bad or 'HEAD'} were tried, in a clone of its own.",
        "That the command fails from there on is shown; why it fails is not.",
    ]
    if found["unsure"]:
        some = words.listed(c[:10] for c in found["unsure"])
        lines.insert(1, f"It may as well be one of {some}: they could not be judged.")
    return Done("\n".join(lines), found, (Evidence("commit", found["commit"]),), complete=not found["unsure"])


def _command(text: str) -> str:
    for form in _COMMAND:
        for found in form.finditer(text):
            command = found[1].strip().rstrip(".?!,")
            command = re.split(r"[,;] (?:it|good|bad|between|from)\b|\s+(?:between|good:|good is)\b", command)[
                0
            ].strip()
            if command:
                return command
    return ""


def _without_command(text: str) -> str:
    command = _command(text)
    return text.replace(command, " ") if command else text


def _ends(text: str) -> tuple[str, str]:
    """The good and the bad commit as far as they are named."""
    good, bad = (next((n for m in form.finditer(text) if (n := _name(m, 1))), "") for form in _GOOD_BAD)
    dots = _DOTS.search(text)
    between = _BETWEEN.search(text)
    if not good and between and _name(between, 1) and _name(between, 2):
        good, bad = _name(between, 1), bad or _name(between, 2)
    if not good and dots:
        good, bad = dots[1], bad or (dots[2] or "")
    return good or _name(_WORKED.search(text), 1), bad


def _name(found: re.Match[str] | None, group: int) -> str:
    name = found[group] if found else ""
    return "" if name.lower() in _NO_COMMIT else name
