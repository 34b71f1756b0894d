import re

import pytest

import subject


def test_a_label_has_a_prefix_and_four_digits():
    assert re.fullmatch(r"T\d{4}", subject.Ticket().label())
    assert subject.Ticket().label("VIP").startswith("VIP0")


def test_numbers_go_up():
    ticket = subject.Ticket()
    first, second = ticket.label(), ticket.label()
    assert first < second


def test_the_numbers_end():
    class Late(subject.Ticket):
        number = 10_000

    with pytest.raises(OverflowError, match="no numbers left"):
        Late().label()
    Late.number = 9_999
    assert Late().label() == "T9999"
