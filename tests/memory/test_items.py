"""Typed memories: what is told of them survives, and what takes the place of what."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import Item, Kind, bm25, same_words, share
from memory.store import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2026-03-01T10:00:00Z"
LATER = "2026-04-01T10:00:00Z"


def item(value: str, subject: str = "staging", predicate: str = "", kind: Kind = Kind.NOTE, when: str = NOW) -> Item:
    return Item("", kind, subject, predicate, value, "", "ada", "nova ask", when, when)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "nova.duckdb") as opened:
        yield opened


def test_what_is_remembered_comes_back_whole(memory: Memory) -> None:
    told = memory.remember(item("deploys on Tuesdays\0 \udce9 ä"), "shop", "turn-1")
    assert memory.items("shop") == [told]
    assert memory.items("") == memory.items("other") == []


def test_recording_again_with_the_same_key_changes_nothing(memory: Memory) -> None:
    one = memory.remember(item("deploys on Tuesdays"), "shop", "turn-1")
    again = memory.remember(item("something else"), "shop", "turn-1")
    assert one.id == again.id
    assert [i.value for i in memory.items("shop")] == ["deploys on Tuesdays"]


def test_a_new_value_closes_the_old_one_and_both_stay_readable(memory: Memory) -> None:
    memory.remember(item("10.0.0.7", predicate="address"), "shop", "1")
    memory.remember(item("10.0.0.9", predicate="address", kind=Kind.FACT), "shop", "2")
    new = memory.remember(item("10.0.0.8", predicate="address", when=LATER), "shop", "3")
    old, other_kind, present = memory.items("shop")
    assert (old.value, old.closed_at, old.superseded_by) == ("10.0.0.7", LATER, new.id)
    assert other_kind.holds
    assert present.holds


def test_items_without_a_predicate_stand_beside_each_other_until_one_is_replaced_by_name(memory: Memory) -> None:
    one = memory.remember(item("use tabs"), "", "1")
    two = memory.remember(item("use spaces"), "", "2")
    assert all(i.holds for i in memory.items(""))
    three = memory.remember(item("use ruff", when=LATER), "", "3", replaces=one.id)
    assert {i.value: (i.holds, i.superseded_by) for i in memory.items("")} == {
        "use tabs": (False, three.id),
        "use spaces": (True, None),
        "use ruff": (True, None),
    }
    assert two.id != three.id


def test_what_is_forgotten_leaves_no_text_behind_not_even_after_a_rebuild(memory: Memory) -> None:
    told = memory.remember(item("the password is on the fridge", subject="fridge"), "shop", "1")
    memory.forget("shop", told.id, "ada", LATER)
    for _ in range(2):
        (left,) = memory.items("shop")
        assert (left.id, left.subject, left.value, left.because, left.forgotten) == (told.id, "", "", "", True)
        assert left.closed_at == LATER
        memory.rebuild()
    assert memory.check() == []


def test_an_empty_text_is_nothing_to_remember(memory: Memory) -> None:
    with pytest.raises(ValueError, match="nothing to remember"):
        memory.remember(item("  \n"), "shop", "1")
    assert memory.items("shop") == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["", "p", "q"]), st.sampled_from(["put", "forget", "swap"])),
        max_size=12,
    )
)
def test_the_tables_and_the_journal_tell_the_same(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("memory") / "nova.duckdb"
    with Memory.open(path) as memory:
        for number, (subject, predicate, act) in enumerate(acts):
            known = memory.items("t")
            last = known[-1].id if known else None
            if act == "forget" and last:
                memory.forget("t", last, "ada", LATER)
            else:
                made = item(f"value {number}", subject, predicate)
                memory.remember(made, "t", str(number), replaces=last if act == "swap" else None)
        before = memory.items("t")
        assert memory.check() == []
    path.unlink()
    with Memory.open(path) as memory:
        assert sorted(memory.items("t"), key=lambda i: i.id) == sorted(before, key=lambda i: i.id)


WRITER = """
    import sys
    from memory import Item, Kind
    from memory.store import Memory
    from pathlib import Path
    with Memory.open(Path(sys.argv[1])) as memory:
        for number in range(10_000):
            when = "2026-01-01T00:00:00Z"
            item = Item("", Kind.NOTE, "s", "p", f"value {number}", "", "", "", when, when)
            memory.remember(item, "t", str(number))
            print(number, flush=True)
"""


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "nova.duckdb"
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path)]
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(12)]
        os.kill(writer.pid, signal.SIGKILL)
    with Memory.open(path) as memory:
        found = memory.items("t")
        assert {f"value {n}" for n in said} <= {i.value for i in found}
        assert [i.holds for i in found].count(True) == 1


def test_words_find_texts_by_their_stems_and_the_parts_of_names() -> None:
    texts = {
        "a": "We decided to keep PostgreSQL for invoices",
        "b": "the retryPolicy of load_orders is linear",
        "c": "lunch at noon",
    }
    assert max(bm25("what did we decide about postgresql", texts).items(), key=lambda s: s[1])[0] == "a"
    assert set(bm25("retry policy orders", texts)) == {"b"}
    assert bm25("the of and", texts) == bm25("", texts) == bm25("zebra", texts) == {}
    assert share("invoices postgresql", texts["a"]) == 1.0
    assert share("", texts["a"]) == 0.0


def test_the_same_words_are_the_same_whatever_the_layout() -> None:
    assert same_words("Use  ruff, not flake8.", "use ruff not FLAKE8")
    assert not same_words("use ruff", "use flake8")
