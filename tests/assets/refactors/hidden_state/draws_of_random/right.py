"""Deals cards from a shared source of chance."""

CARDS = tuple(f"{rank}{suit}" for suit in "CDHS" for rank in "A23456789")


def deal(source, number):
    """So many different cards; one draw for each."""
    left = list(CARDS)
    hand = []
    for _ in range(number):
        place = int(source.random() * len(left))
        hand.append(left[place])
        del left[place]
    return hand


def deal_two(source, number):
    return deal(source, number), deal(source, number)
