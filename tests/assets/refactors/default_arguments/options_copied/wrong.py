"""Options with defaults."""

DEFAULTS = {"depth": 3, "follow": False}


def options(given=None):
    """The options as a dictionary of the caller's own."""
    merged = DEFAULTS
    if given is not None:
        merged = dict(DEFAULTS)
        unknown = set(given) - set(DEFAULTS)
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        merged.update(given)
    return merged
