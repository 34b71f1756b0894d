"""Opened, kept, moved, fixed, regressed: what one step makes of the lives before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory.samples import after, go, sighting, step

if TYPE_CHECKING:
    from memory import Life, Sighting


def born(*sightings: Sighting, snapshot: str = "s1") -> list[Life]:
    return list(go([], sightings, snapshot).opened)


def test_what_is_seen_for_the_first_time_is_opened() -> None:
    changes = go([], [sighting("f1", line=7)], "s1")
    (life,) = changes.opened
    assert (life.state, life.line, life.first_snapshot, life.last_snapshot) == ("open", 7, "s1", "s1")
    assert (life.first_commit, life.first_at) == (step("s1").commit, step("s1").at)
    assert (life.fixed_snapshot, life.regressed_snapshot) == (None, None)
    assert changes.present() == {("f1", "a.py"): life}


def test_what_is_seen_again_is_kept_with_its_present_line_and_words() -> None:
    lives = born(sighting("f1"))
    changes = go(lives, [sighting("f1", line=40, message="in other words", severity="high", symbol="save")], "s2")
    (life,) = changes.kept
    assert changes.all() == (life,)
    assert (life.line, life.message, life.severity, life.symbol) == (40, "in other words", "high", "save")
    assert (life.first_snapshot, life.last_snapshot, life.last_commit) == ("s1", "s2", "commit-s2")


def test_what_is_not_seen_any_more_is_fixed() -> None:
    changes = go(born(sighting("f1")), [], "s2")
    (life,) = changes.fixed
    assert (life.state, life.fixed_snapshot, life.fixed_commit) == ("fixed", "s2", "commit-s2")
    assert life.last_snapshot == "s1"
    assert changes.present() == {}


def test_nothing_is_fixed_when_its_rule_did_not_run() -> None:
    assert go(born(sighting("f1")), [], "s2", rules=frozenset({"another"})).all() == ()


def test_nothing_is_fixed_when_its_file_was_not_read() -> None:
    lives = born(sighting("f1"), sighting("f2", "b.py"))
    assert [life.id for life in go(lives, [], "s2", paths={"b.py"}).fixed] == ["f2"]


def test_a_finding_goes_with_its_file_when_the_file_is_gone() -> None:
    changes = go(born(sighting("f1")), [], "s2", paths={"b.py"}, gone={"a.py"})
    assert [life.id for life in changes.fixed] == ["f1"]


def test_what_is_seen_again_after_a_fix_is_regressed_and_keeps_its_last_fix() -> None:
    lives = after([], go(born(sighting("f1")), [], "s2"))
    (life,) = go(lives, [sighting("f1")], "s3").regressed
    assert (life.state, life.regressed_snapshot, life.fixed_snapshot) == ("open", "s3", "s2")
    assert (life.first_snapshot, life.last_snapshot) == ("s1", "s3")


def test_what_is_seen_in_the_snapshot_that_called_it_fixed_was_never_fixed() -> None:
    lives = after([], go(born(sighting("f1")), [], "s2"))
    changes = go(lives, [sighting("f1")], "s2")
    (life,) = changes.kept
    assert changes.regressed == ()
    assert (life.state, life.fixed_snapshot, life.fixed_commit, life.regressed_snapshot) == ("open", None, None, None)


def test_a_life_moves_with_its_renamed_file() -> None:
    changes = go(born(sighting("f1")), [sighting("f1", "b.py")], "s2", renames={"b.py": "a.py"})
    (life,) = changes.moved
    assert changes.all() == (life,)
    assert (life.path, life.first_snapshot, life.last_snapshot) == ("b.py", "s1", "s2")


def test_a_life_moves_without_a_known_rename_to_the_only_finding_like_it() -> None:
    changes = go(born(sighting("f1")), [sighting("f1", "b.py")], "s2", gone={"a.py"})
    assert [(life.id, life.path) for life in changes.moved] == [("f1", "b.py")]
    assert changes.opened == changes.fixed == ()


def test_a_life_is_not_moved_to_one_of_two() -> None:
    changes = go(born(sighting("f1")), [sighting("f1", "b.py"), sighting("f1", "c.py")], "s2", gone={"a.py"})
    assert (len(changes.moved), len(changes.opened), len(changes.fixed)) == (0, 2, 1)
    assert len({life.id for life in after([], changes)}) == 3


def test_a_life_is_not_moved_into_a_file_that_was_known_before() -> None:
    lives = born(sighting("f1"), sighting("f2", "b.py"))
    changes = go(lives, [sighting("f1", "b.py"), sighting("f2", "b.py")], "s2", gone={"a.py"})
    assert (len(changes.moved), len(changes.opened), len(changes.fixed)) == (0, 1, 1)


def test_a_life_whose_file_is_still_there_is_not_moved() -> None:
    changes = go(born(sighting("f1")), [sighting("f1"), sighting("f1", "b.py")], "s2")
    assert [(life.id, life.path) for life in changes.kept] == [("f1", "a.py")]
    (twin,) = changes.opened
    assert twin.path == "b.py"
    assert twin.id != "f1"


def test_a_fixed_life_goes_along_with_its_file_and_is_known_again_there() -> None:
    lives = after([], go(born(sighting("f1")), [], "s2"))
    moved = go(lives, [], "s3", renames={"b.py": "a.py"})
    assert [(life.path, life.state) for life in moved.moved] == [("b.py", "fixed")]
    assert moved.present() == {}
    assert [life.id for life in go(after(lives, moved), [sighting("f1", "b.py")], "s4").regressed] == ["f1"]


def test_a_life_is_fixed_in_its_renamed_file() -> None:
    (life,) = go(born(sighting("f1")), [], "s2", paths={"b.py"}, renames={"b.py": "a.py"}, gone={"a.py"}).fixed
    assert life.path == "b.py"


def test_a_renamed_file_that_was_not_read_leaves_its_lives_alone() -> None:
    assert go(born(sighting("f1")), [], "s2", paths={"c.py"}, renames={"b.py": "a.py"}).all() == ()


def test_a_life_whose_rule_did_not_run_moves_along_unseen() -> None:
    changes = go(born(sighting("f1")), [], "s2", rules=frozenset(), renames={"b.py": "a.py"})
    (life,) = changes.moved
    assert (life.path, life.state, life.last_snapshot) == ("b.py", "open", "s1")
    assert changes.present() == {}


def test_the_same_id_in_another_place_is_told_apart_for_good() -> None:
    lives = after([], go(born(sighting("f1")), [], "s2"))
    lives = after(lives, go(lives, [sighting("f1", "b.py")], "s3"))
    assert len({life.id for life in lives}) == 2
    assert [life.path for life in go(lives, [sighting("f1", "b.py")], "s4").kept] == ["b.py"]


MARKS = st.sampled_from(["f1", "f2", "f3"])
PATHS = st.sampled_from(["a.py", "b.py", "c.py"])
PLACES = st.dictionaries(st.tuples(MARKS, PATHS), st.integers(1, 9), max_size=6)
STEPS = st.lists(
    st.tuples(
        PLACES,
        st.sampled_from(["s1", "s2", "s3", "s4"]),
        st.none() | st.frozensets(PATHS),
        st.frozensets(PATHS, max_size=1),
        st.dictionaries(PATHS, PATHS, max_size=1),
    ),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_whatever_happens_a_second_time_changes_nothing_and_no_two_lives_are_one(
    steps: list[tuple[dict[tuple[str, str], int], str, frozenset[str] | None, frozenset[str], dict[str, str]]],
) -> None:
    lives: list[Life] = []
    for places, snapshot, paths, gone, renames in steps:
        seen = [
            sighting(mark, path, line=line)
            for (mark, path), line in places.items()
            if path not in gone and path not in renames.values() and (paths is None or path in paths)
        ]
        changes = go(lives, seen, snapshot, paths=paths, gone=gone, renames=renames)
        groups = changes.all()
        assert len({life.id for life in groups}) == len(groups)
        assert changes.present().keys() == {(one.fingerprint, one.path) for one in seen}
        lives = after(lives, changes)
        assert len({(life.fingerprint, life.path) for life in lives}) == len(lives)
        again = go(lives, seen, snapshot, paths=paths, gone=gone, renames=renames)
        assert (again.opened, again.regressed, again.fixed) == ((), (), ())
        assert after(lives, again) == lives


def test_lives_are_plain_values() -> None:
    (life,) = born(sighting("f1"))
    assert replace(life) == life
    assert len({life, replace(life)}) == 1
