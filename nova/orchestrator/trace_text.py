"""A trace as lines that a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nova.orchestrator.plain import text as as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nova.orchestrator.lines import Plain

LONGEST = 160
INDENT = "  "


def render(trace: Plain, clean: Callable[[str], str] = lambda text: text) -> str:
    """The tree, one line an event; ``clean`` makes text from elsewhere harmless on one line."""
    head = f"turn {trace['turn']}  {trace['at']}".rstrip()
    used = f"{trace['status']}, {_seconds(trace['seconds'])}, {_count(trace['calls'], 'call')}, "
    lines = [head, f"  {_cut(clean(trace['message']))}", f"  {used}{_count(trace['handoffs'], 'handoff')}"]
    if trace["resumed"]:
        lines.append(f"  resumed {_count(trace['resumed'], 'time')}")
    route = trace["route"]
    if route:
        lines.append(f"route: {route['agent']}{_route(route, clean)}")
    for node in trace["agents"]:
        lines += _node(node, "", clean)
    if trace.get("damaged"):
        lines.append(f"the record is damaged at line {trace['damaged']}; what came behind it is not known")
    elif trace["status"] == "unfinished":
        lines.append(f"not finished:  nova ask --resume {trace['turn']}")
    lines += [f"note: {_cut(clean(note))}" for note in (trace["answer"] or {}).get("notes", [])]
    return "\n".join(lines)


def _route(route: Plain, clean: Callable[[str], str]) -> str:
    by = f" by {route['step']}" if route.get("step") else ""
    why = f": {_cut(clean(str(route['why'])))}" if route.get("why") else ""
    return by + why


def _node(node: Plain, indent: str, clean: Callable[[str], str]) -> Iterator[str]:
    yield f"{indent}{node['agent']}  {_seconds(node['seconds'])}, {_count(node['calls'], 'call')}"
    indent += INDENT
    for event in node["events"]:
        yield from _event(event, indent, clean)
    if node["outcome"] == "unfinished":
        yield f"{indent}... not finished"


def _event(event: Plain, indent: str, clean: Callable[[str], str]) -> Iterator[str]:
    match event["event"]:
        case "shown":
            for item in event["items"]:
                yield f"{indent}shown {item['kind']}: {_cut(clean(item['text']))}  ({clean(item['why'])})"
            if event["why"]:
                yield f"{indent}shown nothing: {clean(event['why'])}"
        case "said":
            yield f"{indent}said: {_cut(clean(event['text']))}"
        case "used":
            yield f"{indent}used {event['tokens']} tokens, {event['money']:g} USD"
        case "call":
            yield _call(event, indent, clean)
        case "handoff":
            yield from _handoff(event, indent, clean)
        case name:
            yield f"{indent}{name}: {_cut(clean(event['text']))}"


def _call(event: Plain, indent: str, clean: Callable[[str], str]) -> str:
    given = ", ".join(f"{name}={as_text(value)}" for name, value in event["arguments"].items())
    told = f"{indent}{clean(event['tool'])}({_cut(clean(given))})"
    if event.get("approval"):
        told += f"  approval {event['approval']}"
    if event["state"] in {"done", "failed"}:
        told += f"  {_seconds(event['seconds'])}"
    if event["state"] != "done":
        told += f"  {'the same answer as before' if event['state'] == 'again' else event['state']}"
    return told + (f": {_cut(clean(event['why']))}" if event["why"] else "")


def _handoff(event: Plain, indent: str, clean: Callable[[str], str]) -> Iterator[str]:
    arrow = "=>" if event["way"] == "transfer" else "->"
    refused = "" if event["ok"] else f"  refused: {clean(event['why'])}"
    yield f"{indent}{arrow} {clean(event['to'])}: {_cut(clean(event['reason']))}{refused}"
    if event["agent"] is not None:
        yield from _node(event["agent"], indent + INDENT, clean)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
