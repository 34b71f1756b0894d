"""Points of customers."""

RATES = {"basic": 0.5, "gold": 1.5}


def points(spent, plan):
    """The points for a sum of at least 0, halves rounded up."""
    exact = spent * RATES[plan]
    return round(exact)


def statement(name, purchases):
    """A line with all points of a customer, from pairs of sum and plan."""
    total = 0
    for spent, plan in purchases:
        total += points(spent, plan)
    return f"{name}: {total} points"
