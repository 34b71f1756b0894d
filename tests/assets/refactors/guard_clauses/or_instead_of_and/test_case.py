import pytest

import subject


@pytest.mark.parametrize(
    ("first", "last", "name"), [("Ada", "L", "Ada L"), ("Ada", None, "Ada"), (None, "L", "L"), (None, None, "-")]
)
def test_names(first, last, name):
    assert subject.full_name(first, last) == name


def test_initials():
    assert subject.initials("Ada", "Lovelace") == "AL"
    assert subject.initials(None, "") == ""
