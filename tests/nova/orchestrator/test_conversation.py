from __future__ import annotations

from typing import Any

from nova.orchestrator.conversation import State, state
from nova.orchestrator.handoff import Done, Question
from nova.orchestrator.record import MemoryRecords
from tests.nova.orchestrator.small import Small, page, says, transfers


def asks(task: Any, _tools: Any) -> Any:
    return Done("thanks") if task.answers else Question("which?", ("this", "that"))


def test_a_new_conversation_is_nobodys() -> None:
    assert state(MemoryRecords(), "here") == State()


def test_the_floor_is_with_whoever_answered_last() -> None:
    small = Small({"a": transfers("b"), "b": says()}, page("a", "b"), page("b"))
    small.ask()
    assert state(small.records, "here") == State("b", turn="t1")
    assert state(small.records, "elsewhere") == State()


def test_a_question_waits_until_it_is_answered() -> None:
    small = Small({"a": asks})
    asked = small.ask()
    stands = state(small.records, "here")
    assert (stands.pending, stands.question, stands.options) == ("a", "which?", ("this", "that"))
    small.ask("a", "this", "t2", stack=asked.stack)
    assert state(small.records, "here") == State("a", turn="t2")


def test_one_that_failed_does_not_keep_the_floor() -> None:
    small = Small({"a": lambda *_: None})
    small.ask()
    assert state(small.records, "here").active == ""


def test_a_turn_that_did_not_end_is_named_and_the_one_before_counts() -> None:
    small = Small({"a": says()})
    small.ask()
    small.ask(turn="t2")
    del small.lines_of("t2")[-1]
    assert state(small.records, "here") == State("a", turn="t1", interrupted="t2")
