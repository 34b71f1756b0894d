import pytest

import subject


@pytest.mark.parametrize(
    ("member", "may"),
    [
        (subject.Member(), True),
        (subject.Member(books=4), True),
        (subject.Member(books=5), False),
        (subject.Member(books=4, fees=1), False),
        (subject.Member(books=0, fees=3), False),
        (subject.Member(books=5, vip=True), True),
    ],
)
def test_who_may_borrow(member, may):
    assert subject.may_borrow(member) is may


def test_reasons():
    assert subject.reason(subject.Member()) == "welcome"
    assert subject.reason(subject.Member(books=7)) == "too many"
    assert subject.reason(subject.Member(books=7, fees=2)) == "fees"
