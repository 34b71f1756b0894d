import pytest

import subject


@pytest.mark.parametrize(
    ("name", "valid"),
    [("ada", True), ("a" * 12, True), ("a" * 13, False), ("7up", False), ("Z", True)],
)
def test_names_are_checked(name, valid):
    assert subject.is_valid(name) is valid


def test_without_checks_every_name_will_do():
    assert subject.is_valid("", checks=()) is True
