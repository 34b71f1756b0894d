"""What votes teach, place by place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from memory import Answer, standing
from memory.silence import silence, silences
from memory.teaching import Count, Lessons, Vote, above, count, tally, votes
from memory.verdict import waking
from tests.memory.samples import verdict

START = datetime(2026, 3, 1, tzinfo=UTC)
PRIOR = 0.15


def vote(
    path: str = "a/b.py", number: int = 0, *, accepted: bool = False, symbol: str | None = "", day: int = 0
) -> Vote:
    name = f"f{number}" if symbol == "" else symbol
    return Vote("B904", path, name, f"mark{number}", accepted, START + timedelta(days=day, minutes=number))


def many(path: str, dismissed: int, accepted: int = 0) -> list[Vote]:
    return [vote(path, n, accepted=n >= dismissed) for n in range(dismissed + accepted)]


def test_accepted_and_dismissed_are_votes_and_later_is_none() -> None:
    said = [
        verdict("f1"),
        verdict("f2", answer=Answer.ACCEPT),
        verdict("f3", answer=Answer.LATER),
        verdict("f4"),
        verdict("f4", answer=Answer.UNDO, at="2026-03-02T12:00:00+00:00"),
    ]
    cast = votes(standing(said).values(), lambda v: v.path)
    assert {(v.fingerprint, v.accepted) for v in cast} == {("f1", False), ("f2", True)}


def test_of_what_was_said_of_a_finding_under_two_paths_the_latest_counts() -> None:
    said = [verdict("f1"), verdict("f1", "new.py", Answer.ACCEPT, "2026-03-02T12:00:00+00:00")]
    (one,) = votes(standing(said).values(), lambda v: "new.py")
    assert (one.path, one.accepted) == ("new.py", True)


def test_one_symbol_has_one_vote_of_a_kind() -> None:
    assert count(vote(number=n, symbol="load") for n in range(9)) == Count(0, 1)
    both = [vote(number=1, symbol="load"), vote(number=2, symbol="load", accepted=True)]
    assert count(both) == Count(1, 1)
    assert count(vote(number=n, symbol=None) for n in range(9)) == Count(0, 9)


def test_a_file_has_three_votes_of_a_kind_in_its_folder() -> None:
    lessons = Lessons(many("a/b.py", 9) + many("a/c/d.py", 2, 1))
    assert lessons.count("B904", "a/b.py") == Count(0, 9)
    assert lessons.count("B904", "a") == Count(1, 5)
    assert lessons.count("B904", "a/c") == lessons.count("B904", "a/c/d.py") == Count(1, 2)
    assert lessons.count("B904", "") == Count(1, 5)
    assert lessons.count("B904", "a/b") == Count(0, 0), "a folder is no beginning of a name"


def test_a_repository_has_three_votes_of_a_kind_elsewhere() -> None:
    assert tally(many("a.py", 9) + many("b.py", 9, 1)) == {"B904": Count(1, 3)}


def test_the_places_above_a_path() -> None:
    assert above("a/b/c.py") == ["", "a", "a/b", "a/b/c.py"]
    assert above("") == [""]


def expected(lessons: Lessons, path: str, symbol: str | None = "other", mark: str = "new") -> float:
    learnt = lessons.expect("B904", path, symbol, mark, PRIOR)
    assert learnt is not None
    return learnt.posterior.mean


def test_nothing_is_learnt_where_nobody_voted() -> None:
    assert Lessons([]).expect("B904", "a.py", None, "x", PRIOR) is None
    assert Lessons(many("a.py", 3)).expect("F401", "a.py", None, "x", PRIOR) is None


def test_the_formula_by_hand() -> None:
    lessons = Lessons(many("a/b.py", 2), elsewhere={"B904": Count(1, 3)})
    afar = (4 * 0.15 + 0.5) / (4 + 2)
    assert expected(lessons, "a/b.py") == pytest.approx(4 * afar / (4 + 2))
    assert expected(lessons, "a/c.py") == pytest.approx(4 * afar / (4 + 1))
    assert expected(lessons, "z.py") == pytest.approx(4 * afar / (4 + 1))


def test_the_nearer_the_more() -> None:
    lessons = Lessons([vote("a/b.py", 1, symbol="load"), *many("a/b.py", 0)])
    finding, symbol, file = (
        expected(lessons, "a/b.py", *names) for names in (("load", "mark1"), ("load", "x"), ("other", "x"))
    )
    assert finding == symbol == file < expected(lessons, "a/c.py") < PRIOR
    accepted = Lessons([*many("a/b.py", 4), *many("z.py", 0, 3)])
    assert expected(accepted, "a/b.py") < expected(accepted, "a/c.py") < expected(accepted, "z.py")


def test_each_vote_counts_once() -> None:
    """The ring of each place leaves out what lies inside: ten votes of a file are not counted for its folder again."""
    lessons = Lessons(many("a/b/c.py", 10))
    assert expected(lessons, "a/b/c.py") == pytest.approx(4 * PRIOR / (4 + 10))


def test_the_smallest_place_with_votes_is_named() -> None:
    lessons = Lessons(many("a/b.py", 2, 1), elsewhere={"F401": Count(0, 2)})

    def named(rule: str, path: str, symbol: str, mark: str) -> tuple[str, str, Count]:
        learnt = lessons.expect(rule, path, symbol, mark, PRIOR)
        assert learnt is not None
        return learnt.place, learnt.path, learnt.count

    assert named("B904", "a/b.py", "f0", "mark0") == ("finding", "a/b.py", Count(0, 1))
    assert named("B904", "a/b.py", "f0", "x") == ("symbol", "a/b.py", Count(0, 1))
    assert named("B904", "a/b.py", "g", "x") == ("path", "a/b.py", Count(1, 2))
    assert named("B904", "a/c.py", "g", "x") == ("path", "a", Count(1, 2))
    assert named("B904", "c.py", "g", "x") == ("path", "", Count(1, 2))
    assert named("F401", "c.py", "g", "x") == ("elsewhere", "", Count(0, 2))


def is_silent(cast: list[Vote], path: str, prior: float = PRIOR, lessons: Lessons | None = None) -> bool:
    return silence(lessons or Lessons(cast), "B904", path, prior) is not None


def test_four_dismissals_silence_a_rule_of_little_worth_in_their_file_alone() -> None:
    assert not is_silent(many("a/b.py", 3), "a/b.py")
    assert is_silent(many("a/b.py", 4), "a/b.py")
    assert not is_silent(many("a/b.py", 40), "a/c.py")


@pytest.mark.parametrize(("prior", "needed"), [(0.05, 4), (0.15, 4), (0.2, 6), (0.3, 9), (0.4, 13), (0.6, 18)])
def test_a_rule_that_is_worth_more_needs_more(prior: float, needed: int) -> None:
    assert not is_silent(many("a.py", needed - 1), "a.py", prior)
    assert is_silent(many("a.py", needed), "a.py", prior)


def test_a_folder_needs_six_in_two_of_its_files() -> None:
    assert not is_silent([*many("a/b.py", 3), *many("a/c.py", 2)], "a/z.py")
    both = [*many("a/b.py", 3), *many("a/c.py", 3)]
    assert is_silent(both, "a/z.py")
    assert is_silent(both, "a/deep/z.py")
    assert not is_silent(both, "z.py")


def test_a_repository_needs_eight_in_three_files_and_not_all_in_one_folder() -> None:
    in_one = [*many("a/b.py", 3), *many("a/c.py", 3), *many("a/d.py", 3)]
    assert is_silent(in_one, "a/z.py")
    assert not is_silent(in_one, "z.py")
    assert not is_silent([*in_one, *many("z/b.py", 2)], "z.py"), "two answers do not speak for all the rest"
    assert is_silent([*in_one, *many("z/b.py", 3)], "z.py")
    assert not is_silent([*many("b.py", 30), *many("c.py", 30)], "z.py")


def test_an_acceptance_begins_the_count_anew() -> None:
    cast = [*(vote(number=n, day=1) for n in range(20)), vote(number=20, accepted=True, day=2)]
    assert not is_silent(cast, "a/b.py")
    assert not is_silent([*cast, *(vote(number=n, day=3) for n in range(21, 24))], "a/b.py")
    assert is_silent([*cast, *(vote(number=n, day=3) for n in range(21, 25))], "a/b.py")


def woken(cast: list[Vote], path: str, day: int) -> Lessons:
    at = (START + timedelta(days=day)).isoformat()
    return Lessons(cast, [waking("B904", path, "ada", at)])


def test_a_woken_rule_speaks_until_there_are_new_answers() -> None:
    old = many("a/b.py", 9)
    assert not is_silent([], "a/b.py", lessons=woken(old, "a/b.py", 1))
    assert not is_silent([], "a/b.py", lessons=woken(old, "a", 1))
    assert not is_silent([], "a/b.py", lessons=woken(old, "", 1))
    assert is_silent([], "a/b.py", lessons=woken(old, "a/c.py", 1))
    assert is_silent([], "a/b.py", lessons=woken(old, "", -1)), "what was said after the waking counts"
    new = [vote("a/b.py", n, day=2) for n in range(20, 24)]
    assert is_silent([], "a/b.py", lessons=woken([*old, *new], "a", 1))


def test_waking_one_file_of_a_silent_folder_leaves_the_others_silent() -> None:
    lessons = woken([*many("a/b.py", 3), *many("a/c.py", 3)], "a/z.py", 1)
    assert not is_silent([], "a/z.py", lessons=lessons)
    assert is_silent([], "a/y.py", lessons=lessons)
    assert [one.path for one in silences(lessons, "B904", PRIOR)] == ["a"]


def test_silences_are_named_once_and_widest() -> None:
    cast = [*many("a/b.py", 4), *many("a/c.py", 4), *many("z/d.py", 4)]
    found = silences(Lessons(cast), "B904", PRIOR)
    assert [(one.kind, one.path, one.count) for one in found] == [("repository", "", Count(0, 12))]
    found = silences(Lessons([*many("a/b.py", 4), *many("z/d.py", 4)]), "B904", PRIOR)
    assert [(one.kind, one.path) for one in found] == [("file", "a/b.py"), ("file", "z/d.py")]
