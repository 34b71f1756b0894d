"""What the memory gives back of what it was given."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from memory import Answer, MemoryUnavailable
from memory.store import Memory
from tests.memory.samples import NOON, go, review, run, sighting, story, told, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from memory import Life


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "nova" / "memory.duckdb"


@pytest.fixture
def memory(path: Path) -> Iterator[Memory]:
    with Memory.open(path) as opened:
        yield opened


def test_a_new_memory_is_empty_and_has_nothing_to_say(memory: Memory) -> None:
    assert memory.notices == ()
    assert memory.targets() == []
    assert told(memory) == ([], [], [], [])
    assert memory.cached("shop", ["k"]) == {}
    assert memory.page("shop", "review") is None
    assert memory.pages("shop", "review") is None
    assert memory.shown("shop") == {}
    assert memory.check() == []


def test_folders_and_files_are_for_their_owner_alone(path: Path) -> None:
    with Memory.open(path) as memory:
        memory.verdict("shop", verdict())
        for file in path.parent.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600, file.name
    assert {folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)} == {0o700}
    assert {file.name for file in path.parent.iterdir()} == {"memory.duckdb", "memory.jsonl", "memory.jsonl.lock"}


def test_lives_and_runs_are_given_back(memory: Memory) -> None:
    changes = review(memory, "s1", [sighting("f1"), sighting("f2", "b.py", symbol=None)])
    assert sorted(changes.opened, key=lambda life: life.id) == memory.lives("shop")
    assert memory.runs("shop") == [run("run-s1")]
    assert memory.targets() == ["shop"]
    assert memory.lives("another") == []


def test_the_lives_are_those_that_the_steps_led_to(path: Path) -> None:
    expected: dict[str, object] = {}
    with Memory.open(path) as memory:
        for snapshot, seen, options in (
            ("s1", [sighting("f1"), sighting("f2"), sighting("f3", "b.py")], {}),
            ("s2", [sighting("f1", line=8), sighting("f3", "b.py")], {}),
            ("s3", [sighting("f2"), sighting("f3", "c.py", message="other words")], {"renames": {"c.py": "b.py"}}),
            ("s3", [sighting("f1"), sighting("f2")], {"paths": ["a.py"]}),
            ("s4", [sighting("f2", line=2)], {"paths": ["a.py"]}),
        ):
            changes = review(memory, snapshot, seen, **options)
            expected |= {life.id: life for life in changes.all()}
            assert memory.lives("shop") == [expected[name] for name in sorted(expected)]
    with Memory.open(path) as memory:
        assert memory.lives("shop") == [expected[name] for name in sorted(expected)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happened_the_memory_tells_what_the_steps_led_to(path: Path, seed: int) -> None:
    """Random reviews, whole and partial; between them the memory is closed, rebuilt, or loses one of its files."""
    dice = random.Random(seed)
    paths = [f"{name}.py" for name in "abcd"]
    expected: dict[str, Life] = {}
    runs = 0
    for number in range(15):
        with Memory.open(path) as memory:
            for part in range(dice.randrange(1, 4)):
                read = frozenset(dice.sample(paths, dice.randrange(1, 4))) if dice.random() < 0.5 else None
                seen = [
                    sighting(f"f{mark}", place, line=dice.randrange(1, 3))
                    for mark in range(6)
                    for place in paths
                    if dice.random() < 0.3 and (read is None or place in read)
                ]
                snapshot = f"s{dice.randrange(4)}" if part else f"s{number}"
                changes = review(memory, snapshot, seen, paths=read)
                runs += 1
                expected |= {life.id: life for life in changes.all()}
                assert memory.lives("shop") == [expected[name] for name in sorted(expected)]
            if dice.random() < 0.2:
                memory.rebuild()
            assert memory.check() == []
        if dice.random() < 0.3:
            dice.choice([path, path.with_suffix(".jsonl")]).unlink()
    with Memory.open(path) as memory:
        assert memory.lives("shop") == [expected[name] for name in sorted(expected)]
        assert len(memory.runs("shop", 1000)) == runs


def test_the_same_run_again_changes_no_life(memory: Memory) -> None:
    review(memory, "s1", [sighting("f1"), sighting("f2")])
    review(memory, "s2", [sighting("f1")])
    before = memory.lives("shop")
    review(memory, "s2", [sighting("f1")])
    assert memory.lives("shop") == before
    assert [one.id for one in memory.runs("shop")] == ["run-s2", "run-s2", "run-s1"]


def test_the_latest_runs_come_first_whatever_the_clock_says(memory: Memory) -> None:
    for number in range(5):
        early = f"2026-03-0{9 - number}T12:00:00+00:00"
        memory.run(run(f"run-{number}", started_at=early, commit=None, commit_at=None), go([], [], "s1"))
    assert [one.id for one in memory.runs("shop", most=3)] == ["run-4", "run-3", "run-2"]
    assert memory.runs("shop")[0].commit is None


def test_a_life_is_found_by_the_beginning_of_its_id(memory: Memory) -> None:
    review(memory, "s1", [sighting("abc1"), sighting("abd2"), sighting("xyz_")])
    assert [life.id for life in memory.life("shop", "ab")] == ["abc1", "abd2"]
    assert [life.id for life in memory.life("shop", "abd")] == ["abd2"]
    assert memory.life("shop", "xyz%") == []
    assert memory.life("other", "ab") == []


def test_a_life_tells_its_history(memory: Memory) -> None:
    review(memory, "s1", [sighting("f1")])
    review(memory, "s2", [sighting("f1", "b.py")], renames={"b.py": "a.py"})
    review(memory, "s3", [])
    review(memory, "s4", [sighting("f1", "b.py")])
    review(memory, "s5", [])
    review(memory, "s5", [sighting("f1", "b.py")])
    assert memory.history("shop", "f1") == [
        ("opened", "s1", "commit-s1", NOON),
        ("moved from a.py", "s2", "commit-s2", NOON),
        ("fixed", "s3", "commit-s3", NOON),
        ("regressed", "s4", "commit-s4", NOON),
        ("fixed", "s5", "commit-s5", NOON),
        ("reopened", "s5", "commit-s5", NOON),
    ]
    assert memory.history("shop", "f") == []


def test_a_run_that_was_worked_out_on_older_lives_does_no_harm(memory: Memory) -> None:
    """Two reviews at once: both read the lives, and one records after the other."""
    one = go(memory.lives("shop"), [sighting("f1"), sighting("f2")], "s1")
    other = go(memory.lives("shop"), [sighting("f1"), sighting("f3")], "s2")
    memory.run(run("one", snapshot="s1"), one)
    memory.run(run("other", snapshot="s2"), other)
    lives = memory.lives("shop")
    assert [(life.id, life.first_snapshot, life.last_snapshot) for life in lives] == [
        ("f1", "s1", "s2"), ("f2", "s1", "s1"), ("f3", "s2", "s2"),
    ]  # fmt: skip
    assert memory.check() == []


def test_verdicts_are_given_back_in_the_order_they_were_said(path: Path) -> None:
    said = [
        verdict(at="2026-03-05T12:00:00Z"),
        verdict("f2", symbol=None, because="we like it — “so”", who="Zoë"),
        verdict(answer=Answer.UNDO, at="2026-01-01T12:00:00Z"),
    ]
    with Memory.open(path) as memory:
        for one in said:
            memory.verdict("shop", one)
        memory.verdict("shop", said[0])
        memory.verdict("other", said[1])
    with Memory.open(path) as memory:
        assert memory.verdicts("shop") == said
        assert memory.verdicts("other") == said[1:2]
        assert isinstance(memory.verdicts("shop")[0].answer, Answer)


def test_the_stamp_changes_with_every_run_and_verdict_of_its_target_only(path: Path) -> None:
    with Memory.open(path) as memory:
        stamps = [memory.stamp("shop")]
        review(memory, "s1", [sighting("f1")])
        stamps.append(memory.stamp("shop"))
        memory.verdict("shop", verdict())
        stamps.append(memory.stamp("shop"))
        review(memory, "s1", [sighting("f1")])
        stamps.append(memory.stamp("shop"))
        assert len(set(stamps)) == 4
        story(memory, "bank")
        memory.keep_page("shop", "review", "k", b"")
        memory.rebuild()
        assert memory.stamp("shop") == stamps[-1]
    path.unlink()
    with Memory.open(path) as memory:
        assert memory.stamp("shop") == stamps[-1]


def test_targets_do_not_see_each_other(memory: Memory) -> None:
    story(memory, "shop")
    before = told(memory, "shop")
    story(memory, "bank")
    review(memory, "s9", [], "bank")
    memory.keep("bank", [("a.py", "k", b"bank")])
    memory.keep_page("bank", "review", "k", b"bank")
    assert told(memory, "shop") == before
    assert memory.cached("shop", ["k"]) == {}
    assert memory.page("shop", "review") is None
    assert memory.targets() == ["bank", "shop"]


def test_blobs_are_replaced_and_the_newest_three_of_a_path_stay(memory: Memory) -> None:
    for number in range(5):
        memory.keep("shop", [("a.py", f"k{number}", b"%d" % number), ("b.py", "same", b"b%d" % number)])
    keys = [*(f"k{number}" for number in range(5)), "same", "none"]
    assert memory.cached("shop", keys) == {"k2": b"2", "k3": b"3", "k4": b"4", "same": b"b4"}
    memory.keep("shop", [("a.py", "k2", b"again"), ("a.py", "k5", b"5")])
    assert memory.cached("shop", [*keys, "k5"]) == {"k2": b"again", "k4": b"4", "k5": b"5", "same": b"b4"}
    memory.keep("shop", [])
    assert memory.cached("shop", []) == {}


def test_blobs_that_were_not_kept_again_for_very_long_are_dropped(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory.caches.MOST", 10)
    memory.keep("shop", [("old.py", "old", b"old")])
    memory.keep("shop", [(f"{number}.py", f"k{number}", b"") for number in range(9)])
    assert memory.cached("shop", ["old"]) == {"old": b"old"}
    memory.keep("shop", [("new.py", "new", b"new")])
    assert memory.cached("shop", ["old", "new", "k0"]) == {"new": b"new", "k0": b""}


def test_a_page_is_replaced_as_a_whole(path: Path) -> None:
    large = bytes(range(256)) * 8000
    with Memory.open(path) as memory:
        memory.keep_page("shop", "review", "k1", b"first")
        memory.keep_page("shop", "review", "k2", large)
        memory.keep_page("shop", "history", "k3", b"")
    with Memory.open(path) as memory:
        assert memory.page("shop", "review") == ("k2", large)
        assert memory.pages("shop", "review") == large
        assert memory.page("shop", "history") == ("k3", b"")
        assert memory.stats()["pages"] == 2


def test_the_ranks_shown_last_are_remembered(memory: Memory) -> None:
    memory.keep_shown("shop", {1: "f1", 2: "f2"})
    memory.keep_shown("shop", {1: "f3"})
    assert memory.shown("shop") == {1: "f3"}


def test_a_file_whose_name_is_no_utf_8_is_remembered_too(path: Path) -> None:
    odd = "caf\udce9/\udcff.py"
    with Memory.open(path) as memory:
        review(memory, "s1", [sighting("f1", odd, message=f"in {odd}"), sighting("f2")])
        memory.verdict("shop", verdict("f1", odd))
        memory.keep("shop", [(odd, "k1", b"1"), (odd, "k1", b"2")])
    with Memory.open(path) as memory:
        assert [life.path for life in memory.lives("shop")] == [odd, "a.py"]
        assert memory.verdicts("shop") == [verdict("f1", odd)]
        assert memory.cached("shop", ["k1"]) == {"k1": b"2"}
        changes = review(memory, "s2", [sighting("f1", odd, message=f"in {odd}"), sighting("f2")])
        assert len(changes.kept) == 2
        assert memory.check() == []
        before = told(memory)
        memory.rebuild()
        assert told(memory) == before


def test_a_rebuild_makes_every_table_as_it_was(path: Path) -> None:
    with Memory.open(path) as memory:
        story(memory)
        story(memory, "bank")
        memory.keep_page("shop", "review", "k", b"page")
        memory.keep("shop", [("a.py", "k", b"blob")])
        before = [told(memory, target) for target in ("shop", "bank")]
        assert memory.check() == []
        memory.rebuild()
        assert [told(memory, target) for target in ("shop", "bank")] == before
        assert memory.check() == []
        assert memory.notices == ()
        assert memory.pages("shop", "review") == b"page"
        assert memory.cached("shop", ["k"]) == {"k": b"blob"}
        story(memory, "third")
    with Memory.open(path) as memory:
        assert memory.notices == ()
        assert memory.check() == []


def test_two_openings_in_one_process_see_each_other(path: Path) -> None:
    with Memory.open(path) as one, Memory.open(path) as other:
        review(one, "s1", [sighting("f1")])
        assert [life.id for life in other.lives("shop")] == ["f1"]
        review(other, "s2", [])
        one.verdict("shop", verdict())
        review(one, "s3", [sighting("f1")])
        assert told(one) == told(other)
        assert [what for what, *_ in one.history("shop", "f1")] == ["opened", "fixed", "regressed"]


def test_the_numbers_tell_how_much_there_is(memory: Memory) -> None:
    story(memory)
    memory.keep("shop", [("a.py", "k", b"four")])
    stats = memory.stats()
    assert {name: stats[name] for name in ("runs", "lives", "open", "verdicts", "cached", "cached_bytes")} == {
        "runs": 4, "lives": 4, "open": 3, "verdicts": 3, "cached": 1, "cached_bytes": 4,
    }  # fmt: skip
    assert stats["events"] == 7
    assert stats["schema"] == 3
    assert int(stats["journal_bytes"]) > 1000


def test_a_closed_memory_says_so(path: Path) -> None:
    memory = Memory.open(path)
    memory.close()
    memory.close()
    for use in (lambda: memory.lives("shop"), lambda: memory.verdict("shop", verdict())):
        with pytest.raises(MemoryUnavailable) as caught:
            use()
        assert caught.value.what == "the memory is closed"
    with Memory.open(path) as again:
        assert again.verdicts("shop") == [], "nothing was recorded behind the person's back"


def seconds(work: Callable[[], object]) -> float:
    """The processor time that something takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_thousands_of_lives_and_blobs_take_little_time(path: Path) -> None:
    """The bounds are several times what is measured, for slow machines; they catch a wrong turn, not a slow day."""
    seen = [sighting(f"{number:016x}", f"pkg/module_{number % 300}.py", line=number) for number in range(5000)]
    blobs = [(f"pkg/module_{number}.py", f"{number:032x}", number.to_bytes(4, "big") * 1024) for number in range(1000)]
    with Memory.open(path) as memory:
        changes = go(memory.lives("shop"), seen, "s1")
        assert seconds(lambda: memory.run(run("run-s1"), changes)) < 1.0
        assert seconds(lambda: memory.keep("shop", blobs)) < 1.0
        assert seconds(lambda: memory.cached("shop", [key for _, key, _ in blobs])) < 0.25
        assert seconds(lambda: memory.lives("shop")) < 0.5
        assert memory.cached("shop", [blobs[7][1]]) == {blobs[7][1]: blobs[7][2]}
    assert path.stat().st_size / 5000 < 2000


def test_what_is_kept_together_is_kept_at_once_or_not_at_all(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:

        def stumble() -> None:
            memory.keep_page("shop", "review", "k", b"half")
            raise RuntimeError("in between")

        with pytest.raises(RuntimeError):
            memory.together(stumble)
        assert memory.page("shop", "review") is None
        memory.together(lambda: memory.keep_page("shop", "review", "k", b"whole"))
        assert memory.page("shop", "review") == ("k", b"whole")


def test_of_many_contents_of_a_path_kept_at_once_the_last_stay(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.duckdb") as memory:
        memory.keep("shop", [("a.py", "old", b"old"), ("b.py", "old", b"old")])
        memory.keep("shop", [("a.py", f"k{n}", b"new") for n in range(5)])
        memory.keep("shop", [("b.py", "old", b"again")])
        assert sorted(memory.cached("shop", ["old", *(f"k{n}" for n in range(5))])) == ["k2", "k3", "k4", "old"]
        assert memory.cached("shop", ["old"]) == {"old": b"again"}
