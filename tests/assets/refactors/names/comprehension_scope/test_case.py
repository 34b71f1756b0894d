import pytest

import subject


@pytest.mark.parametrize(
    ("lines", "longest"), [(["a", "bbb", "cc"], 3), ([""], 0), ([], 0), (["word"], 4), (["ab", "c"], 2)]
)
def test_the_longest_line(lines, longest):
    found, word = subject.measure(lines)
    assert found == longest
    assert word.startswith("last: ")


def test_nothing_was_read():
    assert subject.measure([]) == (0, "last: <nothing>")


def test_lengths():
    assert subject.lengths(["a", ""]) == [1, 0]
