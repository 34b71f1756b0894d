"""Which answer counts, to which finding it belongs, and how it travels in a file."""

from __future__ import annotations

import dataclasses
import json

import pytest

from memory import Answer, Because, BrokenLine, from_line, match, read_lines, standing, to_line
from memory.verdict import waking
from tests.memory.samples import verdict

LATER = "2026-03-02T12:00:00+00:00"
EVERYWHERE = ("a.py", "b.py", "c.py", "d.py")


def test_the_latest_answer_counts() -> None:
    first, second = verdict(), verdict(answer=Answer.ACCEPT, at=LATER)
    assert standing([second, first]) == {("f1", "a.py"): second}


def test_of_two_answers_at_one_moment_the_one_given_last_counts() -> None:
    first, second = verdict(), verdict(answer=Answer.LATER)
    assert standing([first, second]) == {("f1", "a.py"): second}


def test_times_are_compared_as_times_and_not_as_texts() -> None:
    early, late = (
        verdict(at="2026-03-01T12:00:00Z"),
        verdict(answer=Answer.ACCEPT, at="2026-03-01T12:00:00.500000+00:00"),
    )
    elsewhere = verdict(answer=Answer.LATER, at="2026-03-01T13:30:00+02:00")
    assert standing([late, elsewhere, early]) == {("f1", "a.py"): late}


def test_an_undo_takes_the_answer_away_and_a_later_answer_stands_again() -> None:
    undone = [verdict(), verdict(answer=Answer.UNDO, at=LATER)]
    assert standing(undone) == {}
    again = verdict(at="2026-03-03T12:00:00+00:00")
    assert standing([*undone, again]) == {("f1", "a.py"): again}


def test_an_undo_under_the_new_name_takes_away_what_was_said_under_the_old_one() -> None:
    assert standing([verdict(path="old.py"), verdict(path="new.py", answer=Answer.UNDO, at=LATER)]) == {}


def test_an_undo_leaves_a_twin_in_another_file_alone() -> None:
    twin = verdict(path="b.py", id="twin")
    assert standing([verdict(), twin, verdict(answer=Answer.UNDO, at=LATER)]) == {("f1", "b.py"): twin}


def test_the_exact_pair_comes_before_the_old_name() -> None:
    here, before = verdict(path="new.py", answer=Answer.ACCEPT), verdict(path="old.py")
    found = match(standing([here, before]), [("f1", "new.py")], {"new.py": "old.py"}, {"new.py"})
    assert found == {("f1", "new.py"): here}


def test_a_verdict_follows_its_file_through_a_rename() -> None:
    before = verdict(path="old.py")
    assert match(standing([before]), [("f1", "new.py")], {"new.py": "old.py"}) == {("f1", "new.py"): before}


def test_a_verdict_whose_file_is_gone_goes_to_the_only_finding_like_it() -> None:
    lost = verdict(path="gone.py")
    assert match(standing([lost]), [("f1", "b.py"), ("f2", "b.py")], {}, EVERYWHERE) == {("f1", "b.py"): lost}


def test_a_verdict_whose_file_is_gone_is_not_given_to_one_of_two() -> None:
    assert match(standing([verdict(path="gone.py")]), [("f1", "b.py"), ("f1", "c.py")], {}, EVERYWHERE) == {}


def test_a_verdict_whose_file_is_still_there_stays_with_it() -> None:
    assert match(standing([verdict(path="a.py")]), [("f1", "b.py")], {}, EVERYWHERE) == {}


def test_a_file_with_a_verdict_of_its_own_takes_none_from_a_gone_file() -> None:
    own, lost = verdict(path="b.py", answer=Answer.ACCEPT), verdict(path="gone.py")
    found = match(standing([own, lost]), [("f1", "b.py"), ("f1", "c.py")], {}, EVERYWHERE)
    assert found == {("f1", "b.py"): own, ("f1", "c.py"): lost}


def test_of_two_lost_verdicts_the_latest_is_taken() -> None:
    older, newer = verdict(path="gone.py", at=LATER), verdict(path="away.py", at="2026-03-03T12:00:00Z")
    assert match(standing([newer, older]), [("f1", "b.py")], {}, EVERYWHERE) == {("f1", "b.py"): newer}


def test_without_the_paths_nothing_is_taken_for_gone() -> None:
    assert match(standing([verdict(path="gone.py")]), [("f1", "b.py")], {}) == {}


def test_a_line_is_read_back_as_it_was_written() -> None:
    said = verdict(who="Zoë", because="“by design”\nand\x85so\u2028on", symbol=None)
    line = to_line(said)
    assert "\n" not in line
    assert "Zoë" in line
    assert list(json.loads(line)) == sorted(json.loads(line))
    assert from_line(line) == said
    assert read_lines(f"{line}\r\n{line}\n") == ((said,), ())


def test_a_path_that_is_no_utf_8_can_be_written_too() -> None:
    said = verdict(path="caf\udce9.py")
    assert from_line(to_line(said).encode().decode()) == said


def test_duplicates_and_any_order_are_fine() -> None:
    one, two = verdict(), verdict(answer=Answer.UNDO, at=LATER)
    merged, complaints = read_lines("\n".join(map(to_line, [two, one, two, one])))
    assert complaints == ()
    assert set(merged) == {one, two}
    assert standing(merged) == {}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("<<<<<<< HEAD", "line 2: not JSON"),
        ("[1]", "line 2: not a JSON object"),
        ("{}", "line 2: 'id' is missing"),
        (to_line(verdict()).replace('"dismiss"', '"maybe"'), "line 2: 'maybe' is not an answer"),
        (to_line(verdict()).replace('"dismiss"', "null"), "line 2: 'answer' is not text"),
        (to_line(verdict()).replace("2026-03-01", "yesterday"), "line 2: 'yesterday"),
        (to_line(verdict()).replace('"load"', "5"), "line 2: 'symbol' is neither text nor null"),
    ],
)
def test_a_broken_line_is_told_by_its_number_and_the_others_are_read(line: str, complaint: str) -> None:
    good = to_line(verdict())
    verdicts, complaints = read_lines(f"{good}\n{line}\n\n{good}")
    assert verdicts == (verdict(),)
    assert len(complaints) == 1
    assert complaints[0].startswith(complaint)
    with pytest.raises(BrokenLine):
        from_line(line)


def test_a_key_from_a_newer_nova_does_no_harm() -> None:
    line = json.dumps({**dataclasses.asdict(verdict()), "mood": "good"})
    assert from_line(line) == verdict()


def test_the_reasons_are_those_that_the_person_types() -> None:
    assert list(Because) == ["wrong", "not worth it", "by design"]
    assert list(Answer) == ["accept", "dismiss", "later", "undo", "wake"]


def test_waking_a_rule_is_no_answer_to_a_finding() -> None:
    wake = waking("no-mutable-default", "tests", "ada", LATER)
    assert standing([verdict(), wake]) == {("f1", "a.py"): verdict()}
    assert from_line(to_line(wake)) == wake
