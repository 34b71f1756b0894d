"""What a person has erased is in no file any more, whenever the power goes; everything else stays as it was."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import Item, Kind, Unwritable
from memory.event import Entry
from memory.item import item_id
from memory.journal import Journal
from memory.store import Memory
from tests.memory.samples import child, story, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NOON = "2026-03-01T12:00:00Z"
LATER = "2026-04-01T12:00:00Z"
SECRET = 'the quokkaberry vault opens with zwetschge and ümlaut, says "Xyloph"'
NAME = item_id("shop", "secret")
RARE = ("quokkaberry", "zwetschge", "ümlaut", "Xyloph", "xyloph", "wombatgrund")


def item(value: str, subject: str = "staging", predicate: str = "", when: str = NOON, **fields: Any) -> Item:
    told = {"kind": Kind.NOTE, "because": "", "who": "ada", "source": "notes.md:3", **fields}
    return Item("", told.pop("kind"), subject, predicate, value, told.pop("because"), told.pop("who"),
                told.pop("source"), when, NOON, **told)  # fmt: skip


def everything(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def traces(folder: Path, texts: Iterable[str]) -> list[str]:
    """Which texts stand in any file, as they are or as JSON writes them."""
    whole = everything(folder)
    return [text for text in texts if text.encode() in whole or json.dumps(text)[1:-1].encode() in whole]


def filled(path: Path, many: int = 40) -> None:
    """A memory with everything in it, searched once so that the words are in the index."""
    with Memory.open(path) as memory:
        story(memory)
        for number in range(many):
            memory.remember(item(f"an ordinary note about thing{number}", f"subject{number}"), "shop", str(number))
        memory.remember(item("it was 10.0.0.7", predicate="address"), "shop", "old")
        memory.remember(
            item(SECRET, predicate="address", when=LATER, because="of the wombatgrund", session="talk",
                 about=("xyloph.py",)),
            "shop", "secret",
        )  # fmt: skip
        memory._ledger.record([
            Entry("recalled", "shop", {"ids": [NAME, item_id("shop", "1")], "query": SECRET}, "", "", NOON),
            Entry("again", "shop", {"id": item_id("shop", "secret")}, "ada", f"{SECRET}.md", NOON),
            Entry("used", "shop", {"ids": [item_id("shop", "secret")]}, "", "", NOON),
        ])  # fmt: skip
        memory.remember(item("it is 10.0.0.9", predicate="address", when="2026-05-01T12:00:00Z"), "shop", "new")
        indexed(memory)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original")
    filled(folder / "nova.duckdb")
    return folder


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """The database of a memory that holds the secret."""
    for file in ("nova.duckdb", "nova.jsonl"):
        shutil.copy(original / file, tmp_path / file)
    return tmp_path / "nova.duckdb"


def indexed(memory: Memory) -> None:
    from memory import item_tables

    if not memory._ledger.read(item_tables.is_indexed):
        memory._ledger.write(item_tables.index_all)


def kept(memory: Memory, gone: str) -> tuple[object, ...]:
    """All that a memory tells, the one item aside."""
    return told(memory), [one for one in memory.items("shop") if one.id != gone]


@pytest.mark.parametrize("open_again", [False, True])
def test_an_erased_text_is_in_no_file_and_the_rest_is_as_it_was(path: Path, tmp_path: Path, open_again: bool) -> None:
    assert traces(tmp_path, [SECRET]), "the search must be able to find it"
    with Memory.open(path) as memory:
        before = kept(memory, NAME)
        erased = memory.forget("shop", [NAME], "ada", LATER)
        assert traces(tmp_path, [SECRET, *RARE]) == []
        if open_again:
            memory.close()
    with Memory.open(path) as memory:
        assert kept(memory, NAME) == before
        assert memory.check() == []
        left = memory.item("shop", NAME)
        assert left is not None
        assert (left.value, left.subject, left.who, left.about, left.forgotten) == ("", "", "", (), True)
        assert left.superseded_by == item_id("shop", "new"), "what followed upon what stays readable"
        old = memory.item("shop", item_id("shop", "old"))
        assert old is not None
        assert old.superseded_by == NAME
        memory.rebuild()
        assert memory.check() == []
        assert kept(memory, NAME) == before
        assert memory.notices == ()
    assert (erased.items, erased.events, erased.left) == (1, 3, ())
    assert erased.files == ("nova.jsonl", "nova.duckdb")
    assert erased.bytes >= len(SECRET)
    assert traces(tmp_path, [SECRET, *RARE]) == []


def test_the_words_of_short_texts_are_gone_too(tmp_path: Path) -> None:
    """Short values lie in the file as they are: that they are found before shows that the search can see them."""
    path = tmp_path / "nova.duckdb"
    names = [f"zq{number}xv" for number in range(20)]
    with Memory.open(path) as memory:
        for name in names:
            memory.remember(item(name), "shop", name)
        indexed(memory)
    assert traces(tmp_path, names) == names
    assert all(name.encode() in path.read_bytes() for name in names)
    with Memory.open(path) as memory:
        erased = memory.forget("shop", [item_id("shop", name) for name in names[::2]], "ada", LATER)
        assert erased.items == 10
    assert traces(tmp_path, names) == names[1::2]


def test_what_is_not_known_is_not_erased_and_nothing_is_written(path: Path, tmp_path: Path) -> None:
    with Memory.open(path) as memory:
        before = (tmp_path / "nova.jsonl").read_bytes()
        for target, ids in (("shop", "0123456789abcdef"), ("other", NAME), ("shop", [])):
            assert memory.forget(target, ids, "ada", LATER).items == 0
        assert (tmp_path / "nova.jsonl").read_bytes() == before
        assert memory.forget("shop", NAME, "ada", LATER).items == 1
        assert memory.forget("shop", NAME, "ada", LATER).items == 0, "a second time there is nothing left to erase"


def test_the_memory_goes_on_after_an_erasure(path: Path, tmp_path: Path) -> None:
    with Memory.open(path) as memory:
        memory.forget("shop", NAME, "ada", LATER)
        memory.remember(item("said afterwards"), "shop", "after")
        story(memory, "other")
        assert memory.check() == []
    events = [event for event, _ in Journal(tmp_path / "nova.jsonl").read()]
    assert [event.seq for event in events] == sorted({event.seq for event in events})
    assert [event.kind for event in events].count("erased") == 2
    with Memory.open(path) as memory:
        assert memory.notices == ()
        assert memory.items("shop")[-1].value == "said afterwards"


def test_an_erased_memory_stays_erased_when_the_database_is_an_older_copy(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "copy")
    with Memory.open(path) as memory:
        before = kept(memory, NAME)
        memory.forget("shop", NAME, "ada", LATER)
    (tmp_path / "copy").rename(path)
    with Memory.open(path) as memory:
        assert kept(memory, NAME) == before
        assert memory.item("shop", NAME).forgotten  # type: ignore[union-attr]
        assert "interrupted" in memory.notices[0]
    assert traces(tmp_path, [SECRET, *RARE]) == []


def test_the_reason_for_closing_another_goes_and_that_it_is_closed_stays(tmp_path: Path) -> None:
    path = tmp_path / "nova.duckdb"
    one, two, three = (item_id("shop", name) for name in ("one", "two", "three"))
    with Memory.open(path) as memory:
        memory.remember(item("the deploy is on Monday"), "shop", "one")
        made = item(SECRET, when=LATER)
        data = {"kind": "note", "subject": "", "predicate": "", "value": SECRET, "because": "", "who": "", "source": ""}
        data |= {"valid_from": made.valid_from, "recorded_at": made.recorded_at}
        memory._ledger.record([
            Entry("item", "shop", data | {"id": two, "closes": {one: "quokkaberry says otherwise"}}, "ada", "", NOON),
            Entry("item", "shop", data | {"id": three, "value": "not so", "rivals": {two: "against quokkaberry"},
                                          "closes": {two: "no quokkaberry any more"}}, "bob", "", NOON),
        ])  # fmt: skip
        assert "quokkaberry" in memory.items("shop")[0].closed_why
        memory.forget("shop", two, "ada", LATER)
        first, second, third = memory.items("shop")
        assert (first.superseded_by, first.closed_why, first.holds) == (two, "", False)
        assert (second.superseded_by, second.closed_why) == (three, "")
        assert dict(third.rivals) == {two: ""}
        assert memory.check() == []
    assert traces(tmp_path, [SECRET, *RARE]) == []


def test_what_lies_beside_is_erased_or_named(path: Path, tmp_path: Path) -> None:
    journal = tmp_path / "nova.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    (line,) = [line for line in lines if NAME.encode() in line and b'"kind":"item"' in line and b"10.0.0.9" not in line]
    other = next(line for line in lines if b"thing7" in line)
    (tmp_path / "nova.jsonl.torn").write_bytes(other + line[:-40] + b"\n" + b"half a line\n")
    (tmp_path / "nova.jsonl.damaged-1").write_bytes(b"".join(lines) + line[: line.index(b"vault opens")])
    (tmp_path / "nova.jsonl.new").write_bytes(b"".join(lines))
    (tmp_path / "nova.duckdb.new").write_bytes(path.read_bytes())
    (tmp_path / "nova.duckdb.damaged-2").write_bytes(b"spoilt " + path.read_bytes())
    middle = len(lines) // 2
    spoilt = line.replace(b'"seq"', b'"sqe"')
    journal.write_bytes(b"".join([*lines[:middle], spoilt, b"garbage\n", *lines[middle:]]))
    with Memory.open(path) as memory:
        erased = memory.forget("shop", NAME, "ada", LATER)
    assert set(erased.files) == {
        "nova.jsonl", "nova.duckdb", "nova.jsonl.torn", "nova.jsonl.damaged-1", "nova.jsonl.new", "nova.duckdb.new",
    }  # fmt: skip
    (sentence,) = erased.left
    assert "nova.duckdb.damaged-2" in sentence
    assert (tmp_path / "nova.jsonl.torn").read_bytes() == other + b"half a line\n"
    assert b"garbage\n" in journal.read_bytes()
    assert b"thing7" in (tmp_path / "nova.jsonl.damaged-1").read_bytes()
    (tmp_path / "nova.duckdb.damaged-2").unlink()
    assert traces(tmp_path, [SECRET, *RARE]) == []


def test_the_same_words_elsewhere_are_named_and_kept(path: Path, tmp_path: Path) -> None:
    with Memory.open(path) as memory:
        other = memory.remember(item(f"bob said: {SECRET}"), "", "bob")
        erased = memory.forget("shop", NAME, "ada", LATER)
        assert len(erased.left) == 1
        assert other.id in erased.left[0]
        assert memory.items("")[0].value == f"bob said: {SECRET}"
        assert memory.forget("", other.id, "ada", LATER).left == ()
    assert traces(tmp_path, [SECRET, *RARE]) == []


def test_a_file_behind_a_link_is_erased_where_it_is(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    link = tmp_path / "link"
    link.mkdir()
    filled(real / "nova.duckdb")
    for file in ("nova.duckdb", "nova.jsonl"):
        (link / file).symlink_to(real / file)
    os.link(real / "nova.jsonl", tmp_path / "second")
    with Memory.open(link / "nova.duckdb") as memory:
        erased = memory.forget("shop", NAME, "ada", LATER)
        assert memory.check() == []
    assert traces(real, [SECRET, *RARE]) == []
    assert (link / "nova.jsonl").is_symlink()
    (sentence,) = erased.left
    assert "another name" in sentence
    assert traces(tmp_path, [SECRET]) == [SECRET], "the other name of the old journal is the person's to delete"


def test_what_only_the_database_knew_and_gave_back_is_erased_too(path: Path, tmp_path: Path) -> None:
    (tmp_path / "nova.jsonl").unlink()
    with Memory.open(path) as memory:
        before = kept(memory, NAME)
        assert "restored" in (tmp_path / "nova.jsonl").read_text()
        memory.forget("shop", NAME, "ada", LATER)
        assert memory.check() == []
        assert kept(memory, NAME) == before
    assert traces(tmp_path, [SECRET, *RARE]) == []


def test_a_text_from_before_texts_could_be_erased_is_erased_on_request(path: Path, tmp_path: Path) -> None:
    """An older Nova left the line in the journal and only noted that the item was forgotten."""
    with Memory.open(path) as memory:
        memory._ledger.record([Entry("forgotten", "shop", {"id": NAME}, "ada", "", LATER)])
        assert memory.check() == []
        assert traces(tmp_path, [SECRET]) == [SECRET]
        assert memory.forget("shop", NAME, "ada", LATER).items == 1
        assert memory.check() == []
    assert traces(tmp_path, [SECRET, *RARE]) == []


ERASER = """
import sys
from pathlib import Path
from memory.store import Memory
with Memory.open(Path(sys.argv[1])) as memory:
    print("begun", flush=True)
    memory.forget("shop", sys.argv[2], "ada", "2026-04-01T12:00:00Z")
    print("done", flush=True)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_state_or_the_erased_one(tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.mkdir()
    filled(original / "nova.duckdb", 300)
    with Memory.open(original / "nova.duckdb") as memory:
        before = kept(memory, NAME)
    dice = random.Random(20260404)
    seen = set()
    for number in range(10):
        folder = tmp_path / str(number)
        folder.mkdir()
        for file in ("nova.duckdb", "nova.jsonl"):
            shutil.copy(original / file, folder / file)
        eraser = child(ERASER, folder / "nova.duckdb", NAME)
        assert eraser.stdout is not None
        assert eraser.stdout.readline() == "begun\n"
        time.sleep(dice.random() * 0.25)
        eraser.kill()
        done = "done" in eraser.communicate()[0]
        is_erased = b"quokkaberry" not in (folder / "nova.jsonl").read_bytes()
        seen.add(is_erased)
        assert is_erased or not done
        with Memory.open(folder / "nova.duckdb") as memory:
            assert kept(memory, NAME) == before
            assert memory.check() == []
            assert memory.item("shop", NAME).forgotten is is_erased  # type: ignore[union-attr]
            memory.rebuild()
            if not is_erased:
                memory.forget("shop", NAME, "ada", LATER)
        assert traces(folder, [SECRET, *RARE]) == []
        shutil.rmtree(folder)
    assert seen == {True, False}


@pytest.mark.parametrize("step", range(1, 6))
def test_an_error_at_each_step_leaves_the_old_state_or_the_erased_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The system refuses the n-th of the renames and flushes."""
    with Memory.open(path) as memory:
        before = kept(memory, NAME)
        count = 0

        def refused(*_: object) -> None:
            nonlocal count
            count += 1
            if count == step:
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", refused)
        if step < 5:
            with pytest.raises(Unwritable):
                memory.forget("shop", NAME, "ada", LATER)
        else:
            memory.forget("shop", NAME, "ada", LATER)
            assert count == 4, "the journal, its folder, the database and its folder"
        monkeypatch.undo()
    with Memory.open(path) as memory:
        assert kept(memory, NAME) == before
        assert memory.check() == []
        memory.forget("shop", NAME, "ada", LATER)
    assert traces(tmp_path, [SECRET, *RARE]) == []


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.sampled_from(["", "p"]),
            st.sampled_from(["put", "put", "earlier", "swap", "rival", "show", "erase", "erase two", "rebuild"]),
            st.integers(0, 10),
        ),
        max_size=14,
    )
)
def test_whatever_was_said_before_the_journal_and_the_tables_tell_the_same_after_an_erasure(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    path = folder / "nova.duckdb"
    gone: list[str] = []
    with Memory.open(path) as memory:
        for number, (subject, predicate, act, pick) in enumerate(acts):
            known = memory.items("t")
            other = known[pick % len(known)] if known else None
            if act.startswith("erase") and other:
                ids = [other.id, known[-1].id] if act == "erase two" else [other.id]
                gone += [one.value for one in known if one.id in ids and one.value]
                memory.forget("t", ids, "ada", LATER)
            elif act == "show" and other:
                memory._ledger.record([Entry("recalled", "t", {"ids": [other.id]}, "", "", NOON)])
            elif act == "rebuild":
                memory.rebuild()
            elif act == "rival" and other:
                empty: dict[str, Any] = dict.fromkeys(("subject", "predicate", "because", "who", "source"), "")
                data = empty | {"id": f"rival-{number}", "kind": "note", "value": f"word{number}x", "valid_from": NOON}
                data |= {"recorded_at": NOON, "rivals": {other.id: f"against {other.value}"}}
                memory._ledger.record([Entry("item", "t", data, "", "", NOON)])
            else:
                when = "2026-01-01T00:00:00Z" if act == "earlier" else NOON
                made = item(f"word{number}x", subject, predicate, when=when)
                memory.remember(made, "t", str(number), replaces=other.id if act == "swap" and other else None)
            assert memory.check() == []
        before = memory.items("t")
        memory.rebuild()
        assert memory.items("t") == before
    assert traces(folder, gone) == []
