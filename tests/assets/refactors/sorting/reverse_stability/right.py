"""Rankings by points."""


def ranking(players):
    """(name, points) pairs, the most points first; equal ones stay in their order."""
    ranked = list(players)
    ranked.sort(key=lambda player: player[1], reverse=True)
    return ranked


def medals(players):
    """The first three with their medals."""
    return list(zip(("gold", "silver", "bronze"), (name for name, _ in ranking(players))))
