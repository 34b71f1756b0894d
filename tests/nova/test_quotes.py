"""Texts taken out of the records of turns."""

from __future__ import annotations

import fcntl
import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from nova.orchestrator.lines import dump
from nova.orchestrator.record import FileRecords
from nova.quotes import SHORTEST, erase, without

if TYPE_CHECKING:
    from pathlib import Path

SECRET = 'Anna\'s number is "0171"\nand é \\n too'


def record(folder: Path, turn: str, *texts: str) -> None:
    held = FileRecords(folder).create(turn)
    for number, text in enumerate(texts):
        held.append({"n": number, "kind": "said", "text": text, "inside": json.dumps({"deep": text})})
    held.close()


def test_a_text_is_taken_out_of_every_record_and_the_rest_holds(tmp_path: Path) -> None:
    record(tmp_path, "one", f"remember that {SECRET}!", "other")
    record(tmp_path, "two", "nothing of it")
    before = (tmp_path / "two.jsonl").read_bytes()
    done = erase(tmp_path, [SECRET])
    assert (done.erased, done.left) == (("one",), ())
    content = (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    assert "0171" not in content
    first, second = FileRecords(tmp_path).read("one")
    assert first["text"] == "remember that [forgotten]!"
    assert (second["text"], second["n"]) == ("other", 1)
    assert (tmp_path / "two.jsonl").read_bytes() == before


def test_a_short_text_is_left_and_its_records_are_named(tmp_path: Path) -> None:
    record(tmp_path, "one", "hunter2", "hunter")
    done = erase(tmp_path, ["hunter2"])
    assert done.erased == ()
    assert "nova trace one" in done.left[0]
    assert erase(tmp_path, ["unter2"]).left == ()


def test_a_record_that_is_being_written_is_left_and_named(tmp_path: Path) -> None:
    record(tmp_path, "one", "the number is 0171")
    with (tmp_path / "one.jsonl").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = erase(tmp_path, ["the number is 0171"])
    assert (done.erased, len(done.left)) == ((), 1)
    assert erase(tmp_path, ["the number is 0171"]).erased == ("one",)


def test_no_folder_has_no_records(tmp_path: Path) -> None:
    assert erase(tmp_path / "none", ["a long enough text"]).erased == ()


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=SHORTEST, max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_line_stays_json_and_loses_the_text(text: str, before: str, after: str) -> None:
    line = dump({"n": 0, "kind": "said", "text": before + text + after}).encode()
    told = json.loads(without(line, [text]))
    assert set(told) == {"n", "kind", "text"}
    assert text not in told["text"]
    assert without(line, ["\0not there\0at all"]) == line
