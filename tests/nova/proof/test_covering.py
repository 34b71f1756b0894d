"""Which tests are said to cover a change."""

from __future__ import annotations

from nova.proof.case import FileChange, Patch
from nova.proof.covering import covering, unseen_after
from nova.proof.testing import Recording, Seen

TEXT = """\
import os

LIMIT = 1

def f(a):
    if a:
        return [
            a,
        ]
    return 2

def g():
    return 3
"""


def patch(old: str, new: str) -> Patch:
    assert old in TEXT
    return Patch((FileChange("a.py", TEXT.encode(), TEXT.replace(old, new).encode()),))


def recording(
    lines: dict[int, tuple[str, ...]], unstable: tuple[str, ...] = (), seconds: dict[str, float] | None = None,
    **outcomes: Seen,
) -> Recording:  # fmt: skip
    tests = {test for names in lines.values() for test in names}
    seen = {test: outcomes.get(test, Seen.PASSED) for test in sorted(tests)}
    return Recording(seen, {"a.py": lines}, {"a.py": frozenset({1, 3, 5, 12})}, frozenset(unstable), seconds or {})


def test_the_tests_that_run_a_changed_line_cover_it() -> None:
    found = covering(recording({6: ("t", "u"), 7: ("t",), 10: ("u",), 13: ("v",)}), patch("return 2", "return 4"))
    assert (found.tests, found.count, found.lines, found.unseen, found.at_import) == (("u",), 1, 1, (), False)


def test_any_line_of_a_statement_stands_for_it() -> None:
    found = covering(recording({7: ("t",)}), patch("            a,\n", "            a + 0,\n"))
    assert found.tests == ("t",)
    assert not found.unseen


def test_a_changed_line_that_no_test_runs_is_named() -> None:
    found = covering(recording({6: ("t",), 7: ("t",)}), patch("return 2", "return 4"))
    assert found.tests == ()
    assert found.unseen == (("a.py", 10),)


def test_lines_run_at_import_are_covered_by_the_tests_of_the_files_functions() -> None:
    found = covering(recording({6: ("t",), 13: ("v",)}), patch("LIMIT = 1", "LIMIT = 2"))
    assert found.tests == ("t", "v")
    assert found.at_import


def test_a_module_that_no_test_imports_is_not_covered() -> None:
    made = recording({6: ("t",)})
    found = covering(Recording(made.outcomes, {}, {}), patch("LIMIT = 1", "LIMIT = 2"))
    assert found.unseen == (("a.py", 3),)


def test_tests_that_waver_fail_or_are_skipped_are_left_out_and_counted() -> None:
    made = recording({10: ("t", "u", "v", "w")}, ("t",), u=Seen.FAILED, v=Seen.SKIPPED)
    found = covering(made, patch("return 2", "return 4"))
    assert (found.tests, found.left_out) == (("w",), 3)
    alone = covering(recording({10: ("t",)}, ("t",)), patch("return 2", "return 4"))
    assert (alone.tests, alone.unseen, alone.left_out) == ((), (("a.py", 10),), 1)


def test_the_lines_beside_stand_for_what_is_only_added_and_are_not_asked_for_themselves() -> None:
    found = covering(recording({10: ("u",)}), patch("    return 2\n", "    return 2\n\ndef h():\n    return 5\n"))
    assert found.tests == ("u",)
    assert not found.unseen
    assert found.lines == 0


def test_of_slow_tests_the_quickest_that_run_each_place_three_times_are_chosen() -> None:
    tests = tuple(f"t{n}" for n in range(9))
    made = recording({10: tests, 13: ("t8",)}, seconds={f"t{n}": 10.0 - n / 2 for n in range(9)})
    both = Patch((FileChange("a.py", TEXT.encode(), TEXT.replace("return 2", "return 4").replace("return 3", "return 5").encode()),))  # fmt: skip
    found = covering(made, both)
    assert found.tests == ("t6", "t7", "t8")
    assert found.count == 9
    assert covering(made, both, seconds=1000).tests == tests


def test_a_comment_is_covered_by_nothing_and_asks_for_nothing() -> None:
    found = covering(recording({10: ("u",)}), patch("def g():\n", "# more\ndef g():\n"))
    assert found.lines == 0
    found = covering(recording({10: ("u",)}), patch("\nLIMIT", "\n# more\nLIMIT"))
    assert not found.unseen


def test_new_lines_that_did_not_run_are_named() -> None:
    made = patch("    return 2\n", "    if a is None:\n        raise ValueError\n    return 2\n")
    assert unseen_after(made, {"a.py": frozenset({6, 10, 12})}) == ([("a.py", 11)], 2)
    assert unseen_after(made, {"a.py": frozenset({10, 11})}) == ([], 2)
    assert unseen_after(made, {})[0] == [("a.py", 10), ("a.py", 11)]


def test_a_file_that_is_new_or_gone_is_looked_at_on_its_one_side() -> None:
    new = Patch((FileChange("b.py", None, b"x = 1\n"),))
    assert covering(recording({10: ("u",)}), new).tests == ()
    assert unseen_after(new, {"b.py": frozenset({1})}) == ([], 1)
    gone = Patch((FileChange("a.py", TEXT.encode(), None),))
    assert covering(recording({6: ("t",), 10: ("u",)}), gone).tests == ("t", "u")
    assert unseen_after(gone, {}) == ([], 0)
