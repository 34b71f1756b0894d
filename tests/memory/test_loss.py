"""Whatever is damaged, missing or mixed up: nothing that was acknowledged is lost, and the person is told."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from memory import Answer, NotAMemory
from memory.store import Memory
from tests.memory.samples import child, review, sighting, story, told, verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FLIPS = 40


class Place:
    """A folder with a memory in it, and what the memory told when all was well."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "memory.duckdb"
        self.journal = folder / "memory.jsonl"
        self.log = folder / "memory.duckdb.wal"

    def aside(self) -> list[str]:
        return sorted(file.name for file in self.database.parent.iterdir() if ".damaged" in file.name)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("original"))
    with Memory.open(made.database) as memory:
        story(memory)
        memory.keep("shop", [(f"{number}.py", f"k{number}", os.urandom(3000)) for number in range(100)])
        memory.keep_page("shop", "review", "k", b"page" * 5000)
    return made


@pytest.fixture
def place(original: Place, tmp_path: Path) -> Place:
    for file in (original.database, original.journal):
        shutil.copy(file, tmp_path / file.name)
    return Place(tmp_path)


@pytest.fixture(scope="module")
def before(original: Place) -> tuple[object, ...]:
    with Memory.open(original.database) as memory:
        assert memory.notices == ()
        return told(memory)


def opened(place: Place) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """What the memory tells now, and its notices; a second opening must have nothing more to say."""
    with Memory.open(place.database) as memory:
        tells = told(memory)
        assert memory.check() == []
        notices = memory.notices
    with Memory.open(place.database) as memory:
        assert memory.notices == ()
        assert told(memory) == tells
    return tells, notices


def test_a_missing_database_is_rebuilt(place: Place, before: tuple[object, ...]) -> None:
    place.database.unlink()
    assert opened(place) == (before, ("the database was missing; rebuilt from the journal: 4 runs, 3 verdicts",))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:100],
        lambda content: b"\0" * len(content),
        lambda content: b"SQLite format 3\0" + content[16:],
        lambda content: b"a text\n",
    ],
    ids=["half", "hundred bytes", "zeros", "another format", "a text"],
)
def test_a_spoilt_database_is_set_aside_and_rebuilt(
    place: Place, before: tuple[object, ...], spoil: Callable[[bytes], bytes]
) -> None:
    spoilt = spoil(place.database.read_bytes())
    place.database.write_bytes(spoilt)
    tells, notices = opened(place)
    assert tells == before
    (notice,) = notices
    assert notice.startswith("the database was damaged and has been set aside as memory.duckdb.damaged-1; rebuilt from")
    assert notice.endswith("the journal: 4 runs, 3 verdicts")
    assert place.database.with_name("memory.duckdb.damaged-1").read_bytes() == spoilt
    assert place.database.stat().st_mode & 0o777 == 0o600


def test_an_empty_database_file_is_rebuilt(place: Place, before: tuple[object, ...]) -> None:
    place.database.write_bytes(b"")
    assert opened(place)[0] == before


@pytest.mark.slow
def test_flipped_bytes_in_the_database_lose_nothing(place: Place, before: tuple[object, ...]) -> None:
    dice = random.Random(20260301)
    good = place.database.read_bytes()
    mended = 0
    for _ in range(FLIPS):
        offset = dice.randrange(len(good))
        spoilt = bytearray(good)
        spoilt[offset] ^= dice.randrange(1, 256)
        place.database.write_bytes(spoilt)
        with Memory.open(place.database) as memory:
            assert told(memory) == before, offset
            memory.page("shop", "review")
            memory.cached("shop", [f"k{number}" for number in range(100)])
            memory.verdict("shop", verdict("f1"))
            mended += bool(memory.notices)
    assert mended > 0


def test_damage_that_shows_only_in_use_is_mended_too(place: Place, before: tuple[object, ...]) -> None:
    """The blocks of the cache are read only when the cache is: every byte of the later half is flipped."""
    content = bytearray(place.database.read_bytes())
    blob = content.find(b"pagepagepage")
    at = blob if blob > 0 else len(content) - 300_000
    content[at : at + 64] = bytes(64)
    place.database.write_bytes(content)
    with Memory.open(place.database) as memory:
        memory.page("shop", "review")
        memory.cached("shop", [f"k{number}" for number in range(100)])
        assert told(memory) == before
        memory.keep_page("shop", "review", "k2", b"new")
        assert memory.page("shop", "review") == ("k2", b"new")
    assert opened(place)[0] == before


def leave_a_log(place: Place) -> None:
    """Another process records and is killed before it can put its log away."""
    gone = child(
        """
        import os, sys
        from pathlib import Path
        from memory import Answer
        from memory.store import Memory
        from tests.memory.samples import review, sighting, verdict
        memory = Memory.open(Path(sys.argv[1]))
        for number in range(6):
            review(memory, f"late-{number}", [sighting("f1"), sighting(f"late-{number}")])
            memory.verdict("shop", verdict("f9", at=f"2026-04-0{number + 1}T12:00:00Z"))
            memory.keep_page("shop", "review", str(number), b"late" * 1000)
        os._exit(9)
        """,
        place.database,
    )
    gone.communicate(timeout=60)
    assert gone.returncode == 9
    assert place.log.stat().st_size > 1000


@pytest.mark.slow
def test_flipped_bytes_in_the_log_lose_nothing(place: Place, tmp_path: Path) -> None:
    leave_a_log(place)
    saved = tmp_path / "saved"
    saved.mkdir()
    for file in (place.database, place.log, place.journal):
        shutil.copy(file, saved / file.name)
    with Memory.open(place.database) as memory:
        before = told(memory)
        assert [run.snapshot for run in memory.runs("shop", 1)] == ["late-5"]
    dice = random.Random(20260302)
    log = (saved / place.log.name).read_bytes()
    mended = 0
    for _ in range(FLIPS):
        for file in (place.database, place.journal):
            shutil.copy(saved / file.name, file)
        offset = dice.randrange(len(log))
        spoilt = bytearray(log)
        spoilt[offset] ^= dice.randrange(1, 256)
        place.log.write_bytes(spoilt)
        with Memory.open(place.database) as memory:
            assert told(memory) == before, offset
            mended += any("set aside as memory.duckdb.wal.damaged" in notice for notice in memory.notices)
    assert mended > FLIPS // 2


def test_without_its_log_the_database_catches_up_from_the_journal(place: Place) -> None:
    leave_a_log(place)
    place.log.unlink()
    with Memory.open(place.database) as memory:
        assert memory.notices == ()
        assert [run.snapshot for run in memory.runs("shop", 1)] == ["late-5"]
        assert len(memory.verdicts("shop")) == 9
        assert memory.check() == []


def test_a_missing_journal_is_written_anew_from_the_database(place: Place, before: tuple[object, ...]) -> None:
    place.journal.unlink()
    tells, notices = opened(place)
    assert tells == before
    assert notices == ("the journal was missing; a new one was written from the database: 4 runs, 3 verdicts",)
    place.database.unlink()
    assert opened(place)[0] == before, "the new journal tells it all"


def test_what_comes_after_a_lost_journal_is_later_than_what_was_before(place: Place) -> None:
    place.journal.unlink()
    with Memory.open(place.database) as memory:
        review(memory, "s5", [])
        assert [run.snapshot for run in memory.runs("shop")] == ["s5", "s4", "s3", "s2", "s1"]
        assert [what for what, *_ in memory.history("shop", "f2")] == ["opened", "fixed", "regressed", "fixed"]


def test_a_journal_that_is_missing_and_a_database_with_nothing_in_it_make_no_noise(tmp_path: Path) -> None:
    place = Place(tmp_path)
    Memory.open(place.database).close()
    place.journal.unlink()
    with Memory.open(place.database) as memory:
        assert memory.notices == ()


def test_an_older_journal_is_given_back_what_it_lacks(place: Place, before: tuple[object, ...]) -> None:
    lines = place.journal.read_bytes().splitlines(keepends=True)
    place.journal.write_bytes(b"".join(lines[:3]))
    tells, notices = opened(place)
    assert tells == before
    assert notices == ("the journal lacked some of what the database knew; it was added there: 4 runs, 3 verdicts",)
    place.database.unlink()
    assert opened(place)[0] == before


def test_an_older_database_catches_up(place: Place, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copy(place.database, older)
    with Memory.open(place.database) as memory:
        review(memory, "s5", [sighting("f7")])
        memory.verdict("shop", verdict("f7"))
        before = told(memory)
    shutil.copy(older, place.database)
    assert opened(place) == (before, ())


def test_a_journal_from_elsewhere_and_the_database_are_brought_together(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    with Memory.open(other.database) as memory:
        story(memory, "bank")
        review(memory, "x1", [sighting("f8", "x.py")], "shop")
        bank = told(memory, "bank")
    with Memory.open(place.database) as memory:
        mine = told(memory)
    shutil.copy(other.journal, place.journal)
    (lives, runs, verdicts, _), notices = opened(place)
    assert len(notices) == 1
    assert "the journal lacked some of what the database knew" in notices[0]
    mine_lives, mine_runs, mine_verdicts, _ = mine
    assert {life.id for life in lives} == {life.id for life in mine_lives} | {"f8"}  # type: ignore[attr-defined]
    assert {run.id for run in runs} == {run.id for run in mine_runs} | {"run-x1"}  # type: ignore[attr-defined]
    assert verdicts == mine_verdicts
    with Memory.open(place.database) as memory:
        assert told(memory, "bank") == bank


def test_another_journal_that_knows_it_all_is_simply_taken(tmp_path: Path) -> None:
    one, other = Place(tmp_path / "one"), Place(tmp_path / "other")
    Memory.open(one.database).close()
    with Memory.open(other.database) as memory:
        story(memory)
        before = told(memory)
    shutil.copy(other.journal, one.journal)
    assert opened(one) == (
        before, ("the journal is another one than before; rebuilt from it: 4 runs, 3 verdicts",)
    )  # fmt: skip


def test_a_torn_end_of_the_journal_is_no_event(place: Place, before: tuple[object, ...]) -> None:
    with place.journal.open("ab") as file:
        file.write(b'{"seq":8,"kind":"verdict","who":"ada","data":{"id"')
    with Memory.open(place.database) as memory:
        assert told(memory) == before
        assert memory.notices == ()
        assert memory.check() == ["memory.jsonl: the last 50 bytes are an event that was never finished"]
        memory.verdict("shop", verdict("f8", answer=Answer.LATER))
    tells, notices = opened(place)
    assert notices == ()
    assert len(tells[2]) == 4  # type: ignore[arg-type]
    assert place.journal.with_name("memory.jsonl.torn").exists()


def test_garbage_in_the_journal_is_told_and_the_rest_is_kept(place: Place, before: tuple[object, ...]) -> None:
    lines = place.journal.read_bytes().splitlines(keepends=True)
    place.journal.write_bytes(b"".join([*lines[:2], b"garbage\n", *lines[2:]]))
    place.database.unlink()
    with Memory.open(place.database) as memory:
        assert told(memory) == before
        rebuilt, damage = memory.notices
        assert rebuilt == "the database was missing; rebuilt from the journal: 4 runs, 3 verdicts"
        assert "is damaged and was passed over" in damage
        assert memory.check() == [damage]


@pytest.mark.parametrize("number", range(1, 8))
def test_an_event_that_the_journal_lost_is_saved_from_the_database(
    place: Place, before: tuple[object, ...], number: int
) -> None:
    """A damaged line in the middle is not noticed while all is well; the check tells, and a rebuild heals it."""
    lines = place.journal.read_bytes().splitlines(keepends=True)
    lines[number] = lines[number].replace(b'"shop"', b'"shup"')
    place.journal.write_bytes(b"".join(lines))
    with Memory.open(place.database) as memory:
        assert told(memory) == before
        if number < 7:
            assert "is damaged" in memory.check()[0]
        memory.rebuild()
        assert told(memory) == before
        assert any("the journal lacked some" in notice for notice in memory.notices)
    place.database.unlink()
    with Memory.open(place.database) as memory:
        assert told(memory) == before


def test_duplicated_lines_count_once(place: Place, before: tuple[object, ...]) -> None:
    header, *lines = place.journal.read_bytes().splitlines(keepends=True)
    place.journal.write_bytes(b"".join([header, *(line for one in lines for line in (one, one)), *lines]))
    with Memory.open(place.database) as memory:
        assert told(memory) == before
    place.database.unlink()
    assert opened(place)[0] == before


def test_a_lost_first_line_of_the_journal_loses_nothing(place: Place, before: tuple[object, ...]) -> None:
    place.journal.write_bytes(b"#" + place.journal.read_bytes())
    tells, notices = opened(place)
    assert tells == before
    assert notices[0].startswith("the first line of the journal was damaged")
    place.database.unlink()
    assert opened(place)[0] == before


def test_a_journal_of_nothing_but_garbage_is_replaced_from_the_database(
    place: Place, before: tuple[object, ...]
) -> None:
    place.journal.write_bytes(b"garbage\n" * 300)
    assert opened(place)[0] == before
    place.database.unlink()
    assert opened(place)[0] == before


def test_an_event_that_makes_no_sense_does_not_bar_the_way(place: Place, before: tuple[object, ...]) -> None:
    from memory.event import Entry
    from memory.journal import Journal

    strange = [Entry("run", "shop", {"run": {}}, "", "", ""), Entry("dream", "shop", {}, "", "", "")]
    Journal(place.journal).append(strange)
    with Memory.open(place.database) as memory:
        assert len(memory.notices) == 2
        assert "does not make sense" in memory.notices[0]
        assert "does not know: dream" in memory.notices[1]
        assert told(memory) == before
        memory.verdict("shop", verdict("f8"))
        assert len(memory.verdicts("shop")) == 4
    with Memory.open(place.database) as memory:
        assert memory.notices == ()


def test_the_ninth_damaged_database_is_still_set_aside(place: Place, before: tuple[object, ...]) -> None:
    for _ in range(11):
        place.database.write_bytes(b"spoilt")
        with Memory.open(place.database) as memory:
            assert told(memory) == before
    assert len(place.aside()) == 9


@pytest.mark.parametrize("content", [b"# A readme\n", b"SQLite format 3\0" + bytes(4000)])
def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(content)
    with pytest.raises(NotAMemory) as caught:
        Memory.open(path)
    assert str(path) in caught.value.why
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["README.md"]


def test_a_folder_is_no_memory(tmp_path: Path) -> None:
    with pytest.raises(NotAMemory):
        Memory.open(tmp_path)


def test_a_database_with_other_tables_is_left_as_it_is(tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "sales.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("create table sale (price integer)")
    content = path.read_bytes()
    with pytest.raises(NotAMemory):
        Memory.open(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["sales.duckdb"]


def test_an_empty_file_becomes_a_memory(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    path.touch()
    with Memory.open(path) as memory:
        assert memory.notices == ()
        assert memory.check() == []


def test_the_folder_of_a_memory_may_be_moved(place: Place, before: tuple[object, ...], tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    for file in (place.database, place.journal):
        shutil.move(file, new / file.name)
    assert opened(Place(new)) == (before, ())
