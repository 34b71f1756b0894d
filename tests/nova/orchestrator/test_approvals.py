from __future__ import annotations

import pytest

from nova.errors import UsageError
from nova.orchestrator.approvals import Terminal, named, settle, waiting
from nova.orchestrator.trace import tree
from tests.nova.orchestrator.small import TURN, Small, page
from tests.nova.orchestrator.test_swarm import writer


def queued() -> Small:
    small = Small({"a": writer}, page("a", approval="ask"))
    small.ask()
    return small


def test_a_write_that_waits_is_made_once_when_it_is_allowed() -> None:
    small = queued()
    (one,) = waiting(small.records)
    assert (one.agent, one.tool, one.effect) == ("a", "write", "would write {'text': 'x'}")
    assert settle(small.world, small.records, one, allowed=True) == (True, "", "written")
    assert len(small.keys) == 1
    assert waiting(small.records) == []
    with pytest.raises(UsageError, match="does not wait"):
        settle(small.world, small.records, one, allowed=True)
    assert tree(small.lines())["agents"][0]["events"][0]["approval"] == "given later"


def test_a_write_that_is_declined_is_never_made() -> None:
    small = queued()
    (one,) = waiting(small.records)
    settle(small.world, small.records, one, allowed=False)
    assert (small.keys, waiting(small.records)) == ([], [])


def test_one_that_was_allowed_and_not_finished_is_made_with_the_same_key() -> None:
    small = queued()
    (one,) = waiting(small.records)
    settle(small.world, small.records, one, allowed=True)
    del small.records.kept[TURN][-1]  # type: ignore[attr-defined]
    (again,) = waiting(small.records)
    assert again.allowed
    settle(small.world, small.records, again, allowed=True)
    assert len(small.keys) == 1


def test_what_its_page_no_longer_allows_is_not_made() -> None:
    small = queued()
    (one,) = waiting(small.records)
    small.pages["a"] = page("a", tools=("read",))
    with pytest.raises(UsageError, match="cannot be made"):
        settle(small.world, small.records, one, allowed=True)
    assert small.keys == []
    assert waiting(small.records) == [one]


def test_a_waiting_write_is_named_by_the_beginning_of_its_id() -> None:
    small = queued()
    (one,) = waiting(small.records)
    assert named(small.records, one.id[:4]) == one
    with pytest.raises(UsageError, match="no write"):
        named(small.records, "zzzz")


@pytest.mark.parametrize(
    ("typed", "word"), [("y\n", True), ("YES\n", True), ("n\n", False), ("\n", False), ("what\n", False), ("", None)]
)
def test_only_a_yes_is_a_yes(typed: str, word: bool | None) -> None:
    shown: list[str] = []
    assert Terminal(shown.append, lambda: typed).ask("a", "write", "would write x") is word
    assert "would write x" in shown[0]
