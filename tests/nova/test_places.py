"""The places to mend first."""

from __future__ import annotations

from nova.places import places
from reviewers.report import FileReport
from reviewers.snapshot import FileHistory, History, Touch

UNTIL = 2_000_000_000
MONTH = 30 * 86_400


def report(path: str, *rows: tuple[str, int, int, int, int]) -> FileReport:
    """Rows: symbol, first line, last line, cyclomatic, cognitive."""
    return FileReport(path, 500, functions=tuple((s, a, b, c, g, 2, 3, 0, 0, 0) for s, a, b, c, g in rows))


def history(path: str, *touches: tuple[int, int, int, bool]) -> History:
    made = tuple(Touch(a, b, UNTIL - months * MONTH, fix) for a, b, months, fix in touches)
    return History({path: FileHistory(len(made), 0, UNTIL, path, made)}, len(made), False, UNTIL)


def test_of_two_equal_functions_the_one_that_changes_comes_first() -> None:
    found = places(
        [report("a.py", ("calm", 1, 40, 8, 8), ("busy", 50, 89, 8, 8))],
        history("a.py", (55, 56, 1, False), (60, 60, 2, True)), 5,
    )  # fmt: skip
    assert [p.symbol for p in found] == ["busy", "calm"]
    assert any("changed by 2 commits in 24 months, 1 of them mending a fault" in r for r in found[0].reasons)


def test_a_touch_counts_for_a_function_when_it_overlaps_it() -> None:
    found = places([report("a.py", ("f", 10, 40, 5, 5))], history("a.py", (1, 9, 1, False), (40, 60, 1, False)), 1)
    assert any("changed by 1 commit" in r for r in found[0].reasons)


def test_a_long_hard_function_comes_before_a_short_easy_one() -> None:
    found = places([report("a.py", ("small", 1, 9, 3, 3), ("large", 20, 300, 60, 90))], History(), 2)
    assert [p.symbol for p in found] == ["large", "small"]
    assert found[0].step


def test_tests_and_tiny_functions_are_no_places() -> None:
    assert (
        places([report("tests/test_a.py", ("f", 1, 90, 9, 9)), report("a.py", ("g", 1, 3, 1, 0))], History(), 5) == ()
    )


def test_no_more_than_three_places_of_a_file_and_none_inside_another() -> None:
    rows = [(f"f{n}", n * 100, n * 100 + 90, 20, 20) for n in range(6)]
    inner = ("f0.inner", 10, 80, 19, 19)
    found = places([report("a.py", *rows, inner), report("b.py", ("g", 1, 20, 3, 3))], History(), 10)
    of_a = [p.symbol for p in found if p.path == "a.py"]
    assert len(of_a) == 3
    assert "f0.inner" not in of_a
    assert "g" in [p.symbol for p in found]


def test_a_long_function_without_anything_to_follow_is_no_place() -> None:
    assert places([report("a.py", ("table", 1, 300, 2, 1))], History(), 5) == ()
