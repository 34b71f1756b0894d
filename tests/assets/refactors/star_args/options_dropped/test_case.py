import pytest

import subject


def test_one_call():
    assert subject.call(int, "ff", base=16) == 255
    assert subject.call(dict) == {}


@pytest.mark.parametrize("times", [0, 1, 3])
def test_many_calls(times):
    assert subject.repeat(int, times, "7") == [7] * times


def test_each_call_is_its_own():
    one, two = subject.repeat(list, 2, "ab")
    assert one == two == ["a", "b"]
    assert one is not two
