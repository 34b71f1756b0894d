import pytest

import subject


@pytest.mark.parametrize(
    ("user", "page", "allowed"),
    [
        (subject.User("ada"), subject.Page("ada"), True),
        (subject.User("ada"), subject.Page("bob"), False),
        (subject.User("ada"), subject.Page("ada", locked=True), False),
        (subject.User("eve", admin=True), subject.Page("ada", locked=True), True),
    ],
)
def test_owners_and_admins_may_edit(user, page, allowed):
    assert subject.can_edit(user, page) is allowed
