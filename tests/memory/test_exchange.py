"""The whole memory as JSON Lines, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from memory import Draft, Item, Query
from memory.exchange import Imported, NewerFormat
from memory.life import Run
from memory.markdown import Kept, printed, read
from memory.store import Memory
from memory.verdict import Answer, Verdict
from tests.memory.samples import go, sighting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

T = "/home/ada/shop/.git"
WHEN = "2026-10-0{}T00:00:00.000000Z"


def item(value: str, day: int = 5, **more: Any) -> Item:
    return replace(Item("", "note", "", "", value, "", "Ada", "test", WHEN.format(day), WHEN.format(day)), **more)


def fill(memory: Memory) -> None:
    memory.take(
        [
            Draft(item("staging is at 10.0.0.7", 1), T, "a"),
            Draft(item("staging is at 10.0.0.9", 2), T, "b"),
            Draft(item("Anna owns the shop", 3, project="shop", about=("a.py",), until="2027-01"), "", "c"),
            Draft(item("Anna owns the shop", 4, project="shop"), "", "d"),
            Draft(item("the number of Bo is 0171 555", 4), T, "e"),
            Draft(item("We keep DuckDB", 4, kind="decision", because="one \ud800 file\n-->"), "", "f"),
        ]
    )
    (gone,) = [one for one in memory.items(T) if "0171" in one.value]
    memory.forget(T, [gone.id], "Ada", WHEN.format(6))
    memory.recall(Query("where is staging", targets=("", T), now=WHEN.format(7), reader="helper"))
    memory.verdict(T, Verdict("i", "f", "a.py", "B006", None, Answer.DISMISS, "wrong", "Ada", WHEN.format(6)))
    for name in ("s1", "s2"):
        found = [sighting("f1"), sighting("f2", "b.py")] if name == "s1" else [sighting("f1", line=9)]
        run = Run(name, T, name, "c", WHEN.format(5), "", WHEN.format(6), "0.1.0", {"findings": len(found)})
        memory.run(run, go(memory.lives(T), found, name))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "one.duckdb") as memory:
        fill(memory)
        yield memory


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "two.duckdb") as memory:
        yield memory


def everything(memory: Memory) -> list[Any]:
    targets = sorted({"", *memory.targets()})
    return [(t, memory.items(t), memory.verdicts(t), memory.runs(t), memory.lives(t)) for t in targets]


def take_in(memory: Memory, rows: Iterable[str | bytes], *, dry: bool = False) -> Imported:
    told = Imported()
    memory.take_in((row if isinstance(row, bytes) else row.encode() for row in rows), told, dry=dry)
    return told


def test_all_of_a_memory_comes_back(full: Memory, empty: Memory) -> None:
    rows = list(full.exported())
    told = take_in(empty, rows)
    assert told.problems == []
    assert told.new == len(rows) - 1
    assert everything(empty) == everything(full)
    assert empty.check() == []
    assert [json.loads(row)["at"] for row in list(empty.exported())[1:]] == [json.loads(row)["at"] for row in rows[1:]]
    assert not any("0171" in row for row in rows)


def test_taking_it_in_twice_changes_nothing(full: Memory, empty: Memory) -> None:
    rows = list(full.exported())
    take_in(empty, rows)
    before = list(empty.exported())
    told = take_in(empty, rows)
    assert (told.new, told.known) == (0, len(rows) - 1)
    assert list(empty.exported()) == before
    assert take_in(full, rows).new == 0


def test_a_dry_run_changes_nothing(full: Memory, empty: Memory) -> None:
    told = take_in(empty, full.exported(), dry=True)
    assert told.items > 0
    assert everything(empty) == [("", [], [], [], [])]


def test_a_memory_that_was_restored_from_its_database_comes_back_in_order(tmp_path: Path, empty: Memory) -> None:
    with Memory.open(tmp_path / "one.duckdb") as memory:
        fill(memory)
    (tmp_path / "one.jsonl").unlink()
    with Memory.open(tmp_path / "one.duckdb") as memory:
        memory.take([Draft(item("said later", 9), T, "z")])
        rows = list(memory.exported())
        assert any('"kind":"restored"' in row for row in rows)
        told = take_in(empty, rows)
        assert told.problems == []
        assert everything(empty) == everything(memory)
        assert empty.check() == []


def test_what_was_forgotten_here_does_not_come_back(full: Memory, empty: Memory) -> None:
    rows = list(full.exported())
    take_in(empty, rows)
    (one,) = [one for one in empty.items("") if one.kind == "decision"]
    empty.forget("", [one.id], "Ada", WHEN.format(8))
    told = take_in(empty, rows)
    assert told.forgotten == 1
    assert [i.value for i in empty.items("") if i.id == one.id] == [""]
    assert not any("DuckDB" in row for row in empty.exported())
    assert empty.check() == []


def test_what_was_forgotten_there_is_kept_here(full: Memory, empty: Memory) -> None:
    take_in(empty, list(full.exported()))
    (one,) = [one for one in full.items("") if one.kind == "decision"]
    full.forget("", [one.id], "Ada", WHEN.format(8))
    told = take_in(empty, full.exported())
    assert told.kept == 1
    assert [i.value for i in empty.items("") if i.id == one.id] == ["We keep DuckDB"]


def test_two_memories_come_together(full: Memory, empty: Memory) -> None:
    empty.take([Draft(item("only here", 1), T, "x")])
    take_in(empty, full.exported())
    held = {one.id for one in full.items(T)}
    assert {one.id for one in empty.items(T)} == held | {one.id for one in empty.items(T) if one.value == "only here"}
    assert empty.check() == []


def test_a_part_of_it_holds_only_that_part(full: Memory, empty: Memory) -> None:
    take_in(empty, full.exported(projects=["shop"]))
    assert [one.value for one in empty.items("")] == ["Anna owns the shop"]
    assert (empty.items(T), empty.runs(T), empty.verdicts(T)) == ([], [], [])
    assert [json.loads(row)["kind"] for row in full.exported(kinds=["decision"])] == ["memory", "item"]


RESTORED: dict[str, Any] = {"lives": [["x"]], "runs": [], "verdicts": [], "past": []}
GOOD: dict[str, Any] = {
    "seq": 1, "kind": "item", "who": "", "from": "", "at": "", "when": "", "target": "",
    "data": {"id": "7", "kind": "note", "subject": "", "predicate": "", "value": "v", "because": "", "who": "",
             "source": "", "valid_from": "2026", "recorded_at": "2026"},
}  # fmt: skip
VERDICT = {
    "id": "",
    "fingerprint": "",
    "path": "",
    "rule": "",
    "symbol": None,
    "answer": "x",
    "because": "",
    "who": "",
    "at": "",
}


def data(**more: Any) -> bytes:
    return json.dumps({**GOOD, "data": {**GOOD["data"], **more}}).encode()


@pytest.mark.parametrize(
    "row",
    [
        b"no json", b"[]", b"7", b"{}", b"\xff\xfe", b"[" * 100_000, json.dumps({**GOOD, "kind": "nonsense"}).encode(),
        json.dumps({**GOOD, "data": {}}).encode(), json.dumps({**GOOD, "target": 7}).encode(), data(position=2**31),
        data(position="x"), data(about="x"), data(about=[1]), data(value=7), data(closes=["a"]), data(rivals={"a": 1}),
        data(until=3), json.dumps({**GOOD, "kind": "verdict", "data": VERDICT}).encode(),
        json.dumps({**GOOD, "kind": "run", "data": {"run": {}, "step": []}}).encode(),
        json.dumps({**GOOD, "kind": "recalled", "data": {"ids": "abc"}}).encode(),
        json.dumps({**GOOD, "kind": "restored", "data": RESTORED}).encode(),
    ],
    ids=range(21),
)  # fmt: skip
def test_a_strange_line_is_named_and_spoils_nothing(empty: Memory, row: bytes) -> None:
    told = take_in(empty, [b"", row, data(id="8")])
    assert [number for number, _ in told.problems] == [2]
    assert [one.id for one in empty.items("")] == ["8"]
    assert empty.check() == []


def test_a_file_of_a_newer_version_is_refused(empty: Memory) -> None:
    with pytest.raises(NewerFormat):
        take_in(empty, [b'{"kind":"memory","version":2}', data()])
    assert empty.items("") == []


def test_a_secret_in_a_file_is_not_stored(empty: Memory) -> None:
    take_in(empty, [data(value="the password is hunter2-Xy77!")])
    assert not any("hunter2" in row for row in empty.exported())


def test_items_come_back_from_markdown_as_they_were(full: Memory, empty: Memory) -> None:
    kept = [Kept(t, one, at) for t in ("", T) for at, one in enumerate(full.items(t))]
    told = Imported()
    empty.restore(read(printed(kept)).kept, told)
    assert [empty.items(t) for t in ("", T)] == [full.items(t) for t in ("", T)]
    assert empty.check() == []
    empty.restore(read(printed(kept)).kept, told)
    assert (told.items, told.known) == (len(kept), len(kept))


def test_forgotten_items_do_not_come_back_from_markdown(full: Memory) -> None:
    kept = [Kept("", one, at) for at, one in enumerate(full.items(""))]
    full.forget("", [one.item.id for one in kept], "Ada", WHEN.format(8))
    told = Imported()
    full.restore(kept, told)
    assert (told.items, told.forgotten) == (0, len(kept))
    assert [one.value for one in full.items("")] == [""] * len(kept)


def test_an_interrupted_import_keeps_what_was_recorded_and_goes_on(full: Memory, empty: Memory) -> None:
    rows = [data(id=f"{n:016x}") for n in range(500)]

    def until(stop: int) -> Iterator[bytes]:
        yield from rows[:stop]
        raise KeyboardInterrupt

    told = Imported()
    with pytest.raises(KeyboardInterrupt):
        empty.take_in(until(450), told)
    assert told.new == len(empty.items("")) == 400
    again = take_in(empty, rows)
    assert (again.new, again.known) == (100, 400)
    assert len(empty.items("")) == 500
