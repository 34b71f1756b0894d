"""The best scores."""


def top(scores, number=3):
    """The best scores, the best first; a list in any case."""
    best = []
    if scores:
        best = sorted(scores, reverse=True)[:number]
    return best


def podium(scores):
    return ", ".join(str(score) for score in top(scores)) if scores else "nobody"
