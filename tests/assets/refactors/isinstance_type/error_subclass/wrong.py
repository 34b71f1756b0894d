"""Sorts errors into groups."""

GROUPS = (("network", (ConnectionError, TimeoutError)), ("input", (ValueError,)), ("missing", (LookupError,)))


def classify(error):
    """The group of an error."""
    for name, kinds in GROUPS:
        if type(error) in kinds:
            return name
    return "other"


def summary(errors):
    counts = {}
    for error in errors:
        counts[classify(error)] = counts.get(classify(error), 0) + 1
    return counts
