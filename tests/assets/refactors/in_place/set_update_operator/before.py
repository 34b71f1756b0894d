"""Sets of visited places."""


def union(*groups):
    """All that is in one of the groups."""
    result = groups[0] if groups else set()
    for group in groups[1:]:
        result = result | group
    return result


def new(seen, found):
    return sorted(found - seen)


LIMITS = (-1 * 5, 2 ** 10)
