"""What a finished turn leaves in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from memory import Draft, Item, Kind, Query
from memory.store import Memory
from nova.learning import learn, used

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-03-01T10:00:00Z"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "nova.duckdb") as opened:
        yield opened


def record(message: str, text: str, at: str = DAY, **end: Any) -> list[dict[str, Any]]:
    shown = end.pop("shown", [])
    return [
        {"kind": "request", "at": at, "message": message, "conversation": "shop"},
        {"kind": "shown", "items": shown},
        {"kind": "ended", "agent": "recall", "text": text, **end},
    ]


def test_what_the_person_said_is_kept_as_a_turn_of_the_conversation_once(memory: Memory) -> None:
    for _ in range(2):
        learn(memory, record("the vpn is slow today", "noted"), "shop", "ada")
    learn(memory, record("and the mail too", "noted", "2026-03-01T10:05:00Z"), "shop", "ada")
    turns = memory.items("shop")
    assert [(turn.kind, turn.value, turn.position) for turn in turns] == [
        (Kind.TURN, "the vpn is slow today", 0), (Kind.TURN, "and the mail too", 1)
    ]  # fmt: skip
    assert {turn.session for turn in turns} == {"conversation shop"}


def test_what_an_agent_answered_is_not_learnt(memory: Memory) -> None:
    learn(memory, record("hello there", "The vpn certificate ends in May."), "shop", "ada")
    assert all("certificate" not in item.value for item in memory.items("shop"))


def test_a_memory_that_an_answer_cites_or_repeats_has_helped() -> None:
    shown = [
        {"id": "one", "text": "the vpn needs a certificate"}, {"id": "two", "text": "lunch is at noon"}, {"text": "x"}
    ]  # fmt: skip
    cited = [{"what": "memory", "where": "three"}, {"what": "file", "where": "a.py"}]
    lines = record("vpn?", "The VPN needs a certificate first.", shown=shown, evidence=cited)
    assert used(lines) == ["three", "one"]


def test_what_helped_counts_for_it(memory: Memory) -> None:
    texts = ("Anna renews the vpn certificate", "the vpn certificate is a file of four lines")
    one, two = (memory.remember(Item("", "note", "", "", t, "", "", "", DAY, DAY), "shop", t) for t in texts)
    query = Query("vpn certificate", ("shop",), now="2026-05-01", reader="recall")
    order = [hit.item.id for hit in memory.recall(query)]
    last = order[-1]
    learn(memory, record("vpn?", "see there", evidence=[{"what": "memory", "where": last}]), "shop", "ada")
    assert next(hit.item.id for hit in memory.recall(query) if hit.item.kind == "note") == last
    assert {one.id, two.id} == set(order)


def test_a_turn_that_did_not_end_teaches_nothing(memory: Memory) -> None:
    learn(memory, record("the vpn is slow", "")[:2], "shop", "ada")
    assert memory.items("shop") == []
    assert memory.take([Draft(Item("", "note", "", "", "x y", "", "", "", DAY, DAY), "shop", "k")])[0].outcome == "new"
