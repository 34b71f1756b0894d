import pytest

import subject


def test_the_total_comes_last():
    assert subject.listed([1, 2, 3]) == [1, 2, 3, 6]
    assert subject.listed([]) == [0]


def test_the_return_value():
    generator = subject.numbers([4])
    assert next(generator) == 4
    with pytest.raises(StopIteration) as caught:
        next(generator)
    assert caught.value.value == 4
