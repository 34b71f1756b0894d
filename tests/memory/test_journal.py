"""The journal: what was acknowledged is there, what was torn is not, and damage stops at its own line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from memory.errors import NewerMemory, Unwritable
from memory.event import NOWHERE, Entry, Mark, parse
from memory.journal import VERSION, Journal
from tests.memory.samples import child

if TYPE_CHECKING:
    from pathlib import Path


def entry(number: int, **data: object) -> Entry:
    return Entry("verdict", "shop", {"number": number, **data}, "ada", "verdict", "2026-03-01T12:00:00Z")


def numbers(journal: Journal, complaints: list[str] | None = None) -> list[int]:
    return [event.data["number"] for event, _ in journal.read(0, complaints)]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = Journal(tmp_path / "memory.jsonl")
    made.append([entry(1), entry(2)])
    made.append([entry(3)])
    return made


def test_an_event_is_read_back_with_all_it_was_given(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "memory.jsonl")
    given = entry(1, text="naïve \udce9 \u2028 \x00", nested=[{"a": None}])
    begin, [(event, end)] = journal.append([given])
    [(read, where)] = list(journal.read())
    assert read == event
    assert (read.kind, read.target, read.who, read.source, read.when) == (
        given.kind, given.target, given.who, given.source, given.when,
    )  # fmt: skip
    assert read.data == given.data
    assert (read.seq, begin < end, where) == (1, True, journal.path.stat().st_size)


def test_every_line_is_an_object_with_the_promised_keys(journal: Journal) -> None:
    header, *events = (json.loads(line) for line in journal.path.read_bytes().splitlines())
    assert header["kind"] == "journal"
    assert header["data"]["version"] == VERSION
    assert len(header["data"]["uuid"]) == 32
    for event in events:
        assert list(event) == ["seq", "kind", "who", "from", "at", "when", "target", "data", "sum"]


def test_reading_goes_on_from_an_offset(journal: Journal) -> None:
    ends = [end for _, end in journal.read()]
    assert [event.seq for event, _ in journal.read(ends[0])] == [2, 3]
    assert list(journal.read(ends[-1])) == []


def test_the_order_is_the_number_and_not_the_clock(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory.journal._now", lambda: "1999-01-01T00:00:00Z")
    Journal(journal.path).append([entry(4)])
    events = [event for event, _ in journal.read()]
    assert [event.seq for event in events] == [1, 2, 3, 4]
    assert events[-1].at < events[0].at


def test_a_file_for_its_owner_alone(journal: Journal) -> None:
    assert journal.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_torn_end_is_not_read_and_is_set_aside_by_the_next_write(journal: Journal, cut: int) -> None:
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole[:-cut])
    complaints: list[str] = []
    again = Journal(journal.path)
    assert numbers(again, complaints) == [1, 2]
    assert complaints == []
    assert again.torn() > 0
    assert journal.path.read_bytes() == whole[:-cut], "reading changes nothing"
    again.append([entry(4)])
    assert numbers(Journal(journal.path)) == [1, 2, 4]
    assert again.torn() == 0
    torn = journal.path.with_name("memory.jsonl.torn").read_bytes()
    assert torn.rstrip(b"\n") == whole[:-cut].splitlines()[-1]


def test_a_last_line_with_a_wrong_sum_is_torn_too(journal: Journal) -> None:
    whole = journal.path.read_bytes()
    journal.path.write_bytes(whole.replace(b'"number":3', b'"number":8'))
    Journal(journal.path).append([entry(4)])
    assert numbers(journal) == [1, 2, 4]
    assert b'"number":8' in journal.path.with_name("memory.jsonl.torn").read_bytes()


def test_numbers_go_on_from_the_real_end(journal: Journal) -> None:
    Journal(journal.path).append([entry(4)])
    journal.append([entry(5)])
    assert [event.seq for event, _ in journal.read()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("garbage", [b"\x00\xff garbage\n", b"\n", b'{"seq": 9}\n', b"[]\n"])
def test_garbage_in_the_middle_is_passed_over_and_told(journal: Journal, garbage: bytes) -> None:
    header, one, *rest = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join([header, one, garbage, *rest]))
    complaints: list[str] = []
    assert numbers(Journal(journal.path), complaints) == [1, 2, 3]
    assert complaints == [f"memory.jsonl: the line at byte {len(header + one)} is damaged and was passed over"]
    Journal(journal.path).append([entry(4)])
    assert garbage in journal.path.read_bytes()


def test_a_flipped_bit_never_passes(journal: Journal) -> None:
    line = journal.path.read_bytes().splitlines(keepends=True)[1]
    for place in range(0, len(line) - 1, 3):
        flipped = bytearray(line)
        flipped[place] ^= 1
        assert parse(bytes(flipped)) is None


def test_lines_that_were_given_windows_ends_still_hold(journal: Journal) -> None:
    journal.path.write_bytes(journal.path.read_bytes().replace(b"\n", b"\r\n"))
    assert numbers(Journal(journal.path)) == [1, 2, 3]


def test_a_lost_first_line_is_written_anew_and_the_others_are_kept(journal: Journal) -> None:
    before = journal.header()
    old = b"#" + journal.path.read_bytes()
    journal.path.write_bytes(old)
    again = Journal(journal.path)
    assert again.header() is None
    assert again.ensure() != before
    assert numbers(again) == [1, 2, 3]
    assert journal.path.with_name("memory.jsonl.damaged-1").read_bytes() == old
    again.append([entry(4)])
    assert [event.seq for event, _ in again.read()] == [1, 2, 3, 4]


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    path.write_bytes(b"")
    journal = Journal(path)
    journal.append([entry(1)])
    assert journal.header() is not None
    assert numbers(journal) == [1]


def test_a_journal_from_a_newer_nova_is_left_alone(journal: Journal) -> None:
    newer = journal.path.read_bytes().replace(b'"version":1', b'"version":2')
    journal.path.write_bytes(newer)
    with pytest.raises(NewerMemory) as caught:
        Journal(journal.path).append([entry(4)])
    assert "version 2" in caught.value.why
    assert journal.path.read_bytes() == newer


def test_a_mark_holds_for_its_own_journal_only(journal: Journal, tmp_path: Path) -> None:
    header = journal.header()
    assert header is not None
    event, end = list(journal.read())[1]
    mark = Mark(header.journal, end, event.seq, event.sum)
    assert journal.stands_at(mark) == (True, journal.path.stat().st_size)
    other = Journal(tmp_path / "other.jsonl")
    other.append([entry(1), entry(2), entry(3)])
    assert other.stands_at(mark)[0] is False
    assert journal.stands_at(Mark(header.journal, end, 2, "00000000"))[0] is False
    assert journal.stands_at(NOWHERE)[0] is False
    assert Journal(tmp_path / "none.jsonl").stands_at(mark) == (False, 0)


def test_a_write_that_fails_half_way_leaves_what_was_there(journal: Journal) -> None:
    """The system refuses the file to grow, as a full disk does: the line is cut again and nothing is acknowledged."""
    before = journal.path.read_bytes()
    writer = child(
        """
        import resource, signal, sys
        from pathlib import Path
        from memory.errors import Unwritable
        from memory.event import Entry
        from memory.journal import Journal
        path = Path(sys.argv[1])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        most = path.stat().st_size + 500
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        try:
            Journal(path).append([Entry("verdict", "shop", {"number": 4, "text": "x" * 5000}, "", "", "")])
        except Unwritable as error:
            print(error.why)
        """,
        journal.path,
    )
    assert "File too large" in writer.communicate(timeout=60)[0]
    assert journal.path.read_bytes() == before
    journal.append([entry(4)])
    assert numbers(journal) == [1, 2, 3, 4]


def test_two_processes_append_without_losing_or_mixing_lines(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    code = """
        import sys
        from pathlib import Path
        from memory.event import Entry
        from memory.journal import Journal
        journal = Journal(Path(sys.argv[1]))
        for number in range(30):
            journal.append([Entry("verdict", "shop", {"number": number}, sys.argv[2], "", "")])
    """
    for writer in [child(code, path, name) for name in ("ada", "bob")]:
        assert writer.communicate(timeout=60)[0] == ""
        assert writer.returncode == 0
    complaints: list[str] = []
    events = [event for event, _ in Journal(path).read(0, complaints)]
    assert complaints == []
    assert [event.seq for event in events] == list(range(1, 61))
    for name in ("ada", "bob"):
        assert [event.data["number"] for event in events if event.who == name] == list(range(30))


def test_a_journal_that_cannot_be_made_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unwritable) as caught:
        Journal(tmp_path / "file" / "memory.jsonl").append([entry(1)])
    assert "Not a directory" in caught.value.why
