from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from nova.errors import NovaError, UsageError
from nova.orchestrator.record import FileRecords, new_turn
from tests.nova.orchestrator.small import TURN, Small, delegates, page, says

if TYPE_CHECKING:
    from pathlib import Path


def recorded(folder: Path) -> tuple[Small, Path]:
    small = Small({"a": delegates("b"), "b": says("found")}, page("a", "b"), page("b"), records=FileRecords(folder))
    small.ask()
    return small, folder / f"{TURN}.jsonl"


def test_a_record_is_one_json_object_a_line(tmp_path: Path) -> None:
    small, path = recorded(tmp_path)
    rows = [json.loads(row) for row in path.read_text("ascii").splitlines()]
    assert rows == small.lines()
    assert [row["n"] for row in rows] == list(range(len(rows)))


@pytest.mark.parametrize("torn", [1, 7, 40])
def test_a_torn_last_line_is_read_up_to_there_and_the_turn_goes_on(tmp_path: Path, torn: int) -> None:
    small, path = recorded(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-torn])
    assert small.lines()[-1]["kind"] != "ended"
    outcome = small.swarm.resume(TURN)
    assert (outcome.status, outcome.text) == ("answered", "found")
    kinds = [line["kind"] for line in small.lines()]
    assert kinds[-2:] == ["resumed", "ended"]


def test_cut_at_any_byte_it_is_resumed_to_the_same_answer(tmp_path: Path) -> None:
    small, path = recorded(tmp_path)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(first, len(whole), 97):
        path.write_bytes(whole[:end])
        assert small.swarm.resume(TURN).text == "found"


def test_a_line_that_does_not_hold_in_the_middle_stops_what_would_go_on(tmp_path: Path) -> None:
    small, path = recorded(tmp_path)
    rows = path.read_bytes().splitlines(keepends=True)
    rows[4] = b"\0" * 30 + b"\n"
    path.write_bytes(b"".join(rows[:-1]))
    before = path.read_bytes()
    with pytest.raises(UsageError, match="damaged at line 5"):
        small.swarm.resume(TURN)
    assert path.read_bytes() == before


def test_a_line_that_was_taken_out_is_noticed(tmp_path: Path) -> None:
    small, path = recorded(tmp_path)
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(rows[:4] + rows[5:-1]))
    with pytest.raises(UsageError, match="damaged at line 5"):
        small.swarm.resume(TURN)


def test_a_turn_that_is_worked_on_cannot_be_resumed_at_the_same_time(tmp_path: Path) -> None:
    small, _ = recorded(tmp_path)
    held = small.records.open(TURN)
    with pytest.raises(UsageError, match="another process"):
        small.swarm.resume(TURN)
    held.close()
    assert small.swarm.resume(TURN).text == "found"


def test_a_folder_that_cannot_be_written_stops_the_turn_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "turns").write_text("a file")
    small = Small({"a": says()}, records=FileRecords(tmp_path / "turns"))
    with pytest.raises(NovaError, match="cannot be recorded"):
        small.ask()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_where_a_line_cannot_be_written_nothing_more_is_done(tmp_path: Path) -> None:
    records = FileRecords(tmp_path)

    def a(task: object, tools: object) -> object:
        os.dup2(os.open("/dev/full", os.O_RDWR), held[0])
        try:
            tools.call("write", text="x")  # type: ignore[attr-defined]
        except NovaError:
            return says("as if nothing were")(task, tools)
        return says("never")(task, tools)

    held: list[int] = []
    make = records.create

    def create(turn: str) -> object:
        record = make(turn)
        held.append(record._file)
        return record

    records.create = create  # type: ignore[assignment,method-assign]
    small = Small({"a": a}, records=records)
    with pytest.raises(NovaError, match="cannot be recorded"):
        small.ask()
    assert small.keys == []


def test_later_turns_have_later_names() -> None:
    names = [new_turn(moment, "ffff") for moment in (0.001, 1.5, 1_700_000_000.0, 1_700_000_000.002)]
    assert names == sorted(names)
