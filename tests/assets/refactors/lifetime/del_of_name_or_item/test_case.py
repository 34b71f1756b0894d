import pytest

import subject


def test_a_handle_is_used_and_released():
    pool = subject.Pool()
    assert subject.use(pool, "a", len) == 1
    assert pool.handles == {}


def test_a_handle_that_is_not_there():
    with pytest.raises(KeyError):
        subject.Pool().release("a")
