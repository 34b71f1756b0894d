from __future__ import annotations

from typing import Any

from nova.orchestrator import guards
from nova.orchestrator.handoff import Budget
from tests.nova.orchestrator.small import page

ROSTER = {one.name: one for one in (page("a", "b"), page("b"), page(guards.DOOR))}


def work(goal: str = "look", brief: str = "", evidence: tuple[str, ...] = (), artifacts: tuple[str, ...] = ()) -> Any:
    return {"goal": goal, "brief": brief, "evidence": list(evidence), "artifacts": list(artifacts)}


def test_only_a_declared_edge_is_allowed_and_the_way_to_the_door() -> None:
    assert guards.declared(ROSTER, "a", "b") == ""
    assert guards.declared(ROSTER, "b", guards.DOOR) == ""
    assert "may not hand off" in guards.declared(ROSTER, "b", "a")
    assert "no agent" in guards.declared(ROSTER, "a", "nobody")
    assert "itself" in guards.declared(ROSTER, "a", "a")
    assert "itself" in guards.declared(ROSTER, guards.DOOR, guards.DOOR)
    assert "may not" in guards.declared(ROSTER, "gone", "b")


def test_a_turn_has_six_handoffs_and_an_edge_two() -> None:
    assert guards.hops(5) == ""
    assert guards.hops(6)
    assert guards.same_edge(1, "a", "b") == ""
    assert guards.same_edge(2, "a", "b")


def test_the_third_same_call_is_one_too_many() -> None:
    assert guards.same_call(1, "read") == ""
    assert guards.same_call(2, "read")


def test_work_that_goes_back_unchanged_is_nothing_new() -> None:
    assert guards.nothing_new(work("fix it"), work("look"), work("look"))
    assert guards.nothing_new(work("fix  it "), work("look"), work("fix it"))
    assert guards.nothing_new(work("fix it"), work("look", "in a.py"), work("other", "in a.py"))


def test_new_evidence_a_new_artifact_or_another_question_is_something_new() -> None:
    assert not guards.nothing_new(work("fix it"), work("look"), work("look", evidence=("a.py",)))
    assert not guards.nothing_new(work("fix it"), work("look"), work("look", artifacts=("list",)))
    assert not guards.nothing_new(work("fix it"), work("look"), work("which file?"))


def test_evidence_that_was_handed_on_before_is_not_new() -> None:
    assert guards.nothing_new(work("fix it"), work("look", evidence=("a.py",)), work("look", evidence=("a.py",)))


def test_a_call_needs_a_call_and_time_that_are_left() -> None:
    assert guards.may_call(Budget(seconds=1.0, calls=1)) == ""
    assert guards.may_call(Budget()) == ""
    assert guards.may_call(Budget(calls=0))
    assert guards.may_call(Budget(seconds=0.0))


def test_a_tool_is_its_agents_only() -> None:
    assert guards.may_use(ROSTER["a"], "read") == ""
    assert guards.may_use(ROSTER["a"], "review")
