from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nova.hunks import hunks, moved
from nova.merging import merged

TEXT = "import a\n\nx = 1\ny = 2\nz = 3\nw = 4\nv = 5\n"


def test_fixes_of_lines_apart_are_made_together() -> None:
    text, chosen = merged(TEXT, [TEXT.replace("x = 1", "x = 10"), TEXT.replace("w = 4\n", "")])
    assert (text, chosen) == ("import a\n\nx = 10\ny = 2\nz = 3\nv = 5\n", (0, 1))


def test_fixes_that_touch_one_another_wait_and_the_first_one_goes() -> None:
    one, other = TEXT.replace("x = 1", "x = 10"), TEXT.replace("x = 1", "x = 11")
    assert merged(TEXT, [one, other]) == (one, (0,))
    next_line = TEXT.replace("y = 2", "y = 20")
    assert merged(TEXT, [one, next_line]) == (one, (0,))
    assert merged(TEXT, [next_line, one]) == (next_line, (0,))


def test_an_insertion_beside_a_change_touches_it() -> None:
    one, other = TEXT.replace("x = 1\n", "x = 10\n"), TEXT.replace("x = 1\n", "x = 1\nnew = 1\n")
    assert merged(TEXT, [one, other])[1] == (0,)


def test_the_same_new_import_of_two_fixes_is_made_once() -> None:
    one = TEXT.replace("import a\n", "import a\nimport b\n").replace("x = 1", "x = 10")
    other = TEXT.replace("import a\n", "import a\nimport b\n").replace("w = 4", "w = 40")
    text, chosen = merged(TEXT, [one, other])
    assert (text.count("import b"), "x = 10" in text, "w = 40" in text, chosen) == (1, True, True, (0, 1))


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=10)


@given(LINES, LINES)
def test_hunks_lead_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    made, position = [], 0
    for hunk in hunks(before, after):
        made += [*before[position : hunk.first], *after[hunk.new_first : hunk.new_end]]
        position = hunk.end
    assert made + before[position:] == after


@given(LINES, LINES)
def test_a_line_that_no_hunk_replaces_stands_where_it_is_said_to(before: list[str], after: list[str]) -> None:
    found = hunks(before, after)
    for number, line in enumerate(before):
        place = moved(found, number)
        assert place is None or after[place] == line


@given(LINES, st.lists(LINES, max_size=3))
def test_each_fix_alone_gives_its_own_text(before: list[str], afters: list[list[str]]) -> None:
    text = "".join(before)
    for after in afters:
        assert merged(text, ["".join(after)]) == ("".join(after), (0,))
