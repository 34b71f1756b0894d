"""Deals cards from a shared source of chance."""

CARDS = tuple(f"{rank}{suit}" for suit in "CDHS" for rank in "A23456789")


def deal(source, number):
    """So many different cards; one draw for each."""
    left = list(CARDS)
    for place in range(len(left)):
        other = place + int(source.random() * (len(left) - place))
        left[place], left[other] = left[other], left[place]
    return left[:number]


def deal_two(source, number):
    return deal(source, number), deal(source, number)
