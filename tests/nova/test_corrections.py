"""Corrections are kept for good, whatever befalls the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova import corrections
from nova.corrections import Correction
from nova.errors import UsageError


def test_what_was_said_is_read_back_in_order(tmp_path: Path) -> None:
    said = [Correction("where is it", "recall", "2026-01-02", "explainer"), Correction("ünï\n🤖\0", "explainer")]
    for one in said:
        corrections.add(tmp_path, one)
    assert corrections.load(tmp_path) == said
    assert len(corrections.file_of(tmp_path).read_bytes().splitlines()) == 2


def test_nothing_was_said_yet(tmp_path: Path) -> None:
    assert corrections.load(tmp_path) == []


def test_a_torn_or_foreign_line_costs_only_itself(tmp_path: Path) -> None:
    corrections.add(tmp_path, Correction("one", "recall"))
    with corrections.file_of(tmp_path).open("ab") as file:
        file.write(b'[1]\n{"request": 3, "agent": "x"}\n\xff\xfe\n{"request": "to')
    corrections.add(tmp_path, Correction("two", "recall"))
    assert [one.request for one in corrections.load(tmp_path)] == ["one", "two"]


def test_the_last_word_on_a_request_counts() -> None:
    said = [Correction("a", "x"), Correction("b", "y"), Correction("a", "z")]
    assert corrections.settled(said) == {"b": "y", "a": "z"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "router").write_text("a file")
    with pytest.raises(UsageError, match="could not be kept"):
        corrections.add(tmp_path, Correction("one", "recall"))


@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        file = corrections.file_of(Path(name))
        file.parent.mkdir()
        file.write_bytes(content + b"\n" + json.dumps({"request": "r", "agent": "a"}).encode())
        assert corrections.load(Path(name))[-1] == Correction("r", "a")
