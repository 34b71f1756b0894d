import pytest

import subject


@pytest.mark.parametrize(
    ("error", "group"),
    [(ConnectionResetError(), "network"), (TimeoutError(), "network"), (KeyError(), "missing"), (OSError(), "other")],
)
def test_groups(error, group):
    assert subject.classify(error) == group


def test_a_summary():
    assert subject.summary([ValueError(), ValueError(), TypeError()]) == {"input": 2, "other": 1}
