import pytest

import subject


def test_a_result_is_passed_on():
    guard = subject.Guard()
    assert guard.run(lambda: 3) == 3
    assert not guard.failed


def test_the_error_is_noted_and_is_the_same_object():
    guard = subject.Guard()
    error = OSError("gone")

    def action():
        raise error

    with pytest.raises(OSError, match="gone") as caught:
        guard.run(action)
    assert caught.value is error
    assert guard.seen == [error]
    assert guard.failed
