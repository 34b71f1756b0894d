from __future__ import annotations

from typing import Any

from nova.orchestrator.approvals import Always
from nova.orchestrator.handoff import Done, Recalled
from nova.orchestrator.trace import tree
from nova.orchestrator.trace_text import render
from tests.nova.orchestrator.small import Small, delegates, page, says


def told() -> Small:
    def b(_task: Any, tools: Any) -> Any:
        tools.say("looking\x1b[31m")
        tools.call("read", path="x.py")
        tools.call("write", text="y")
        return Done("found")

    def context(*_: Any) -> tuple[Recalled, ...]:
        return (Recalled("be kind", "instruction", "it stands for all"),)

    small = Small(
        {"a": delegates("b"), "b": b}, page("a", "b"), page("b", approval="ask"), approver=Always(True), context=context
    )
    small.ask(route={"step": "trigger", "why": "it says look"})
    return small


def test_a_trace_is_the_tree_of_who_did_what() -> None:
    trace = tree(told().lines())
    assert (trace["status"], trace["calls"], trace["handoffs"]) == ("answered", 2, 1)
    (root,) = trace["agents"]
    assert [event["event"] for event in root["events"]] == ["shown", "handoff", "done"]
    child = root["events"][1]["agent"]
    assert child["agent"] == "b"
    assert [event["event"] for event in child["events"]] == ["shown", "said", "call", "call", "done"]
    write = child["events"][3]
    assert (write["state"], write["approval"], write["effect"]) == ("done", "given", "would write {'text': 'y'}")


def test_a_person_can_read_it() -> None:
    text = render(tree(told().lines()))
    for part in ("route: a by trigger: it says look", "-> b: it fits", 'read(path="x.py")', "approval given",
                 "shown instruction: be kind  (it stands for all)", "done: found"):  # fmt: skip
        assert part in text


def test_a_turn_that_was_stopped_is_traced_as_far_as_it_came() -> None:
    lines = told().lines()
    for end in range(1, len(lines)):
        trace = tree(lines[:end])
        assert trace["status"] == "unfinished"
        assert "nova ask --resume t1" in render(trace)


def test_a_record_that_somebody_edited_is_traced_up_to_there() -> None:
    lines = told().lines()
    for place in range(1, len(lines)):
        edited = [*lines[:place], {"n": place, "kind": lines[place]["kind"]}, *lines[place + 1 :]]
        render(tree(edited))
    assert tree([*lines[:5], {"n": 5, "kind": "step"}])["damaged"] == 6


def test_what_was_refused_or_failed_says_why() -> None:
    def a(_task: Any, tools: Any) -> Any:
        for name in ("fail", "shell"):
            try:
                tools.call(name)
            except Exception:  # noqa: BLE001 - the trace is looked at, not the answer
                continue
        return says()(_task, tools)

    small = Small({"a": a})
    small.ask()
    text = render(tree(small.lines()))
    assert "fail()  0 ms  failed: ValueError: it is broken" in text
    assert "shell()  refused: shell is no tool of a" in text
