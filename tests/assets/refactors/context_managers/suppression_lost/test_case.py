import pytest

import subject


def test_an_action_may_succeed():
    assert subject.attempt(list, ValueError) is None


def test_an_error_is_ignored():
    error = subject.attempt(lambda: int("x"), ValueError, KeyError)
    assert isinstance(error, ValueError)


def test_other_errors_are_raised():
    with pytest.raises(TypeError):
        subject.attempt(lambda: int(None), ValueError)


def test_nothing_is_ignored_by_default():
    with pytest.raises(ValueError):
        subject.attempt(lambda: int("x"))
