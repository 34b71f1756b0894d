import pytest

import subject


async def fine():
    return 1


async def broken():
    raise ConnectionError("reset")


def test_what_is_fetched_is_given():
    assert subject.run([fine, fine]) == [1, 1]


def test_an_error_gives_the_fallback():
    assert subject.run([broken, fine], 0) == [0, 1]


def test_other_errors_are_passed_on():
    async def wrong():
        raise KeyError("x")

    with pytest.raises(KeyError):
        subject.run([wrong])
