import pytest

import subject


def test_what_is_noted():
    assert subject.work_all([lambda: int("x"), list]) == [
        "failed: invalid literal for int() with base 10: 'x'", "cleaned", "cleaned",
    ]


def test_results_and_errors_are_passed_on():
    assert subject.work(lambda: 3, []) == 3
    with pytest.raises(ValueError):
        subject.work(lambda: int(""), [])
