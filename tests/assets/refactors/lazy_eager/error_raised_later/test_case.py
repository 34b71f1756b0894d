import pytest

import subject


def test_chunks():
    assert list(subject.chunks([1, 2, 3], 2)) == [[1, 2], [3]]
    assert list(subject.chunks("", 1)) == []
    assert next(subject.chunks("abc", 2)) == "ab"


def test_lengths():
    assert subject.lengths(range(7), 3) == [3, 3, 1]


def test_a_chunk_is_not_empty():
    with pytest.raises(ValueError, match="at least one"):
        subject.lengths([1], 0)
