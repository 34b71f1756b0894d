from datetime import datetime

import pytest

import subject


NOW = datetime(2024, 5, 1, 20)


@pytest.mark.parametrize(
    ("then", "age"), [(datetime(2024, 5, 1, 19), 3600.0), (NOW, 0.0), (datetime(2024, 5, 1, 19, 59, 30), 30.0)]
)
def test_ages(then, age):
    assert subject.age(then, NOW) == age


def test_old_files():
    files = {"b": datetime(2024, 5, 1, 7), "a": datetime(2024, 5, 1, 1), "new": datetime(2024, 5, 1, 8)}
    assert subject.old(files, NOW) == ["a", "b"]
