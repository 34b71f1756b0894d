import random

import pytest

import subject


@pytest.mark.parametrize("number", [0, 1, 5, 36])
def test_a_hand_has_different_cards(number):
    hand = subject.deal(random.Random(3), number)
    assert len(hand) == len(set(hand)) == number
    assert set(hand) <= set(subject.CARDS)


def test_the_same_chance_gives_the_same_hand():
    assert subject.deal(random.Random(7), 5) == subject.deal(random.Random(7), 5)


def test_two_hands():
    one, two = subject.deal_two(random.Random(1), 2)
    assert len(one) == len(two) == 2
