import pytest

import subject


@pytest.mark.parametrize(
    ("logins", "closed", "active"), [(0, False, False), (1, False, True), (7, False, True), (7, True, False), (-1, False, False)]
)
def test_who_is_active(logins, closed, active):
    assert subject.Account(logins, closed).active() == active


def test_accounts_are_written():
    assert subject.Account(2).dump() == '{"logins": 2, "closed": false}'


def test_flags():
    assert subject.flags([subject.Account(3), None, subject.Account(0)]) == [True, False]
