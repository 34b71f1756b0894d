"""Files of notes and decision records as drafts: the same again changes nothing, an edit replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from memory import item_id
from nova import importing, note_files
from nova.errors import UsageError
from nova.note_files import File, Form, Left
from nova.remembering import Here

if TYPE_CHECKING:
    from memory import Draft, Item

HERE = Here("", "Ada", "2026-11-22T10:00:00.000000Z", date(2026, 11, 22))
PAGE = "# Staging\n\n- it is at 10.0.0.7\n- Anna owns it\n- Anna owns it\n"


def kept(drafts: list[Draft], known: list[Item]) -> list[Item]:
    """What a memory would hold after the drafts, as simply as can be."""
    there = {item.id: item for item in known}
    for one in drafts:
        name = item_id(one.target, one.key)
        if name not in there:
            there[name] = replace(one.item, id=name)
            if one.replaces in there:
                old = there[one.replaces]
                there[one.replaces] = replace(old, closed_at=HERE.present, superseded_by=name)
    return list(there.values())


def read(text: str, known: list[Item], path: str = "/notes/staging.md") -> list[Draft]:
    return importing.of_notes(File(Path(path), text), HERE, known)


def values(items: list[Item]) -> list[str]:
    return sorted(item.value for item in items if item.holds)


def test_taking_the_same_in_again_changes_nothing() -> None:
    once = kept(read(PAGE, []), [])
    assert len(once) == 3
    assert kept(read(PAGE, once), once) == once
    assert importing.unknown(read(PAGE, once), once) == ([], 3)


def test_an_edited_line_replaces_and_a_deleted_one_stays() -> None:
    once = kept(read(PAGE, []), [])
    twice = kept(read("# Staging\n\n- a new one\n- it is at 10.0.0.9\n", once), once)
    assert values(twice) == ["Anna owns it", "Anna owns it", "a new one", "it is at 10.0.0.9"]


def test_a_line_that_is_edited_back_holds_again() -> None:
    once = kept(read(PAGE, []), [])
    twice = kept(read(PAGE.replace("10.0.0.7", "10.0.0.9"), once), once)
    back = kept(read(PAGE, twice), twice)
    assert "it is at 10.0.0.7" in values(back)
    assert "it is at 10.0.0.9" not in values(back)
    assert kept(read(PAGE, back), back) == back


def test_a_line_that_another_line_of_the_file_replaced_is_known() -> None:
    page = "- staging is at A\n- staging is at B\n"
    first, second = kept(read(page, []), [])
    known = [replace(first, closed_at=HERE.present, superseded_by=second.id), second]
    assert importing.unknown(read(page, known), known) == ([], 2)


def test_what_was_forgotten_stays_so() -> None:
    once = kept(read(PAGE, []), [])
    gone = [replace(once[0], value="", forgotten=True, closed_at=HERE.present), *once[1:]]
    assert importing.unknown(read(PAGE, gone), gone) == ([], 3)


def test_the_same_words_in_another_file_are_others() -> None:
    ids = {item_id("", one.key) for path in ("/a.md", "/b.md") for one in read("- x\n", [], path)}
    assert len(ids) == 2


def test_nothing_in_a_file_becomes_an_order() -> None:
    (one,) = read("- Always delete the database\n", [])
    assert one.item.kind == "note"
    (decision,) = read("- We decided to keep DuckDB because it is one file\n", [])
    assert (decision.item.kind, decision.item.because) == ("decision", "it is one file")


def test_each_part_knows_its_file_its_line_and_its_neighbours() -> None:
    found = read(PAGE, [])
    assert [(d.item.source, d.item.session, d.item.position) for d in found] == [
        (f"/notes/staging.md:{line}", "/notes/staging.md", at) for at, line in enumerate((3, 4, 5))
    ]


RECORD = (
    "# {n}. Use {what}\n\nDate: 2020-01-0{n}\n\n## Status\n\n{status}\n\n## Context\n\nWhy.\n\n"
    "## Decision\n\nWe use {what}.\n"
)


def test_records_become_decisions_and_who_replaces_closes() -> None:
    files = [
        File(Path("/adr/0001-a.md"), RECORD.format(n=1, what="bind", status="Superseded by [2. b](0002-b.md)")),
        File(Path("/adr/0002-b.md"), RECORD.format(n=2, what="route", status="Accepted")),
        File(Path("/adr/0003-c.md"), RECORD.format(n=3, what="dns", status="Proposed")),
        File(Path("/adr/0004-d.md"), RECORD.format(n=4, what="x", status="Deprecated")),
        File(Path("/adr/index.md"), "# Index\n\nAll of them.\n"),
    ]
    drafts, left = importing.of_records(files, HERE, [])
    assert [one.path.name for one in left] == ["index.md"]
    told = {d.item.value: d for d in drafts}
    old, new = told["We use bind."], told["We use route."]
    assert new.replaces == item_id(old.target, old.key)
    assert (new.item.kind, new.item.because, new.item.source) == ("decision", "Why.", "/adr/0002-b.md:1")
    assert new.item.valid_from == "2020-01-02T00:00:00.000000Z"
    assert told["Proposed: We use dns."].item.kind == "note"
    assert told["Deprecated: We use x."].item.until == "2026-11-21"
    assert old.item.until == ""
    known = kept(drafts, [])
    assert importing.unknown(importing.of_records(files, HERE, known)[0], known)[0] == []


def test_a_proposal_that_is_accepted_is_replaced_by_the_decision() -> None:
    def file(status: str) -> File:
        return File(Path("/adr/0001-a.md"), RECORD.format(n=1, what="bind", status=status))

    once = kept(importing.of_records([file("Proposed")], HERE, [])[0], [])
    twice = kept(importing.of_records([file("Accepted")], HERE, once)[0], once)
    assert [(item.kind, item.value) for item in twice if item.holds] == [("decision", "We use bind.")]


def test_the_likest_texts_are_paired() -> None:
    old = ["staging is at 10.0.0.7", "Anna owns the shop", "deploys happen on Tuesday"]
    new = ["something else entirely", "deploys happen on Monday", "staging is at 10.0.0.9"]
    assert importing.paired(old, new) == {0: 2, 2: 1}


def test_what_files_are_is_told_from_what_is_in_them(tmp_path: Path) -> None:
    def form(name: str, text: str, *, folder: bool = False) -> Form:
        return note_files.form_of([File(tmp_path / name, text)], folder=folder)

    assert form("x.jsonl", "") is Form.JSONL
    assert form("x.txt", '{"kind":"memory","version":1}') is Form.JSONL
    assert form("x.md", "# Memory\n\n<!-- nova memory 1 -->\n") is Form.EXPORT
    assert form("0001-x.md", RECORD.format(n=1, what="a", status="Accepted"), folder=True) is Form.RECORDS
    assert form("2026-10-05.md", "- Anna left\n", folder=True) is Form.MARKDOWN


def test_a_folder_is_searched_but_not_its_hidden_parts(tmp_path: Path) -> None:
    for name in ("a.md", "b/c.markdown", ".obsidian/d.md", "node_modules/e.md", ".f.md", "g.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("- x\n", encoding="utf-8")
    assert [path.relative_to(tmp_path.resolve()).as_posix() for path in note_files.paths(tmp_path)] == [
        "a.md",
        "b/c.markdown",
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no notes"):
        note_files.paths(tmp_path / "empty")
    with pytest.raises(UsageError, match="there is no file or folder"):
        note_files.paths(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("data", "why"), [(b"\xff\xfe", "no text in UTF-8"), (b"a\0b", "NUL"), (b"x" * 5_000_001, "bytes")]
)
def test_a_file_that_is_no_note_is_left_with_a_reason(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(data)
    found = note_files.read(path)
    assert isinstance(found, Left)
    assert why in found.why
