"""Errors that quote what was given."""


class Unknown(Exception):
    pass


def find(names, wanted):
    if wanted not in names:
        raise Unknown(f"no name {wanted!r}; there are {', '.join(sorted(names))}")
    return names[wanted]


def explain(error):
    return "%s: %s" % (type(error).__name__, error)
