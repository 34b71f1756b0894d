"""What is believed of a report, and what is not."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import pytest

from nova.proof.child.telling import Telling
from nova.proof.reports import read
from nova.proof.running import End, Ran
from nova.proof.testing import Seen

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"k" * 24
LINES = json.dumps({"tests": [], "files": {}}).encode()


@pytest.fixture
def report(tmp_path: Path) -> bytes:
    """Two tests and an end mark."""
    telling = Telling(str(tmp_path / "report"), KEY)
    telling.tell(python="3.11")
    telling.test("a::one", "passed", 0.5, "")
    telling.test("a::two", "failed", 0.25, "assert 1 == 2")
    telling.end(1, {"lines.json": blake2b(LINES, digest_size=16).hexdigest()})
    return (tmp_path / "report").read_bytes()


def ran(report: bytes, end: End = End.EXITED, status: int | None = 0, lines: bytes = LINES, **more: Any) -> Ran:
    return Ran(end, status, 1.0, kept={"report.jsonl": report, "lines.json": lines}, **more)


def test_a_whole_report_is_read(report: bytes) -> None:
    told = read(ran(report), KEY)
    assert not told.why
    assert told.outcomes == {"a::one": Seen.PASSED, "a::two": Seen.FAILED}
    assert told.seconds == {"a::one": 0.5, "a::two": 0.25}
    assert told.says == {"a::two": "assert 1 == 2"}
    assert told.tools == {"python": "3.11"}
    assert told.lines == LINES


def test_a_line_is_worth_nothing_without_the_key_or_in_another_place(report: bytes) -> None:
    lines = report.splitlines(keepends=True)
    for wrong in (
        report.replace(b"failed", b"passed"),
        b"".join(lines[:2] + lines[3:]),
        b"".join([*lines[:2], lines[1], *lines[2:]]),
        b"".join([lines[0], lines[2], lines[1], lines[3]]),
        report + b'0 {"test":"a::two","seen":"passed","seconds":0,"says":""}\n',
        b"nonsense\n" + report,
    ):
        assert "tampered" in read(ran(wrong), KEY).why
    assert "tampered" in read(ran(report), b"other" * 4).why


def test_what_is_cut_off_is_no_whole_report(report: bytes) -> None:
    lines = report.splitlines(keepends=True)
    assert read(ran(b"".join(lines[:-1])), KEY).why == "it ended in the middle"
    assert read(ran(report[:-1]), KEY).why == "its report is torn"
    assert read(ran(b""), KEY).why == "it left no report"
    assert read(ran(b"", stderr=b"one\nImportError: x\n"), KEY).why == "it left no report: ImportError: x"


@pytest.mark.parametrize("end", [end for end in End if end is not End.EXITED])
def test_a_run_that_did_not_exit_supports_nothing(report: bytes, end: End) -> None:
    assert read(ran(report, end, 137, why="time: 1 s"), KEY).why


@pytest.mark.parametrize("status", [2, 3, 4])
def test_a_pytest_that_broke_down_supports_nothing(tmp_path: Path, status: int) -> None:
    telling = Telling(str(tmp_path / "report"), KEY)
    telling.test("a::one", "passed", 0.5, "")
    telling.end(status, {})
    assert read(ran((tmp_path / "report").read_bytes()), KEY).why


def test_changed_lines_are_seen(report: bytes) -> None:
    told = read(ran(report, lines=LINES + b" "), KEY)
    assert "lines" in told.why
    assert told.lines == b""


def test_the_worst_of_a_test_that_is_told_twice_counts(tmp_path: Path) -> None:
    telling = Telling(str(tmp_path / "report"), KEY)
    for seen in ("passed", "failed", "passed"):
        telling.test("a::one", seen, 0.5, "")
    telling.end(0, {})
    told = read(ran((tmp_path / "report").read_bytes()), KEY)
    assert told.outcomes == {"a::one": Seen.FAILED}
    assert told.seconds == {"a::one": 1.5}


def test_the_report_is_opened_once_and_by_nobody_before(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("there")
    with pytest.raises(FileExistsError):
        Telling(str(tmp_path / "report"), KEY)
    assert (tmp_path / "report").stat().st_size == 5
