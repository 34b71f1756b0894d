"""Rankings by points."""


def ranking(players):
    """(name, points) pairs, the most points first; equal ones stay in their order."""
    return sorted(players, key=lambda player: player[1], reverse=True)


def medals(players):
    """The first three with their medals."""
    return list(zip(("gold", "silver", "bronze"), (name for name, _ in ranking(players))))
