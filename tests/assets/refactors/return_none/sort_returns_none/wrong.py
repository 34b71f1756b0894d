"""The best scores."""


def top(scores, number=3):
    """The best scores, the best first; a list in any case."""
    if scores:
        return sorted(scores, reverse=True)[:number]


def podium(scores):
    return ", ".join(str(score) for score in top(scores)) if scores else "nobody"
