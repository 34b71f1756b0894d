"""Errors that quote what was given."""


class Unknown(Exception):
    pass


def find(names, wanted):
    if wanted not in names:
        raise Unknown(f"no name {wanted!r}; " f"there are {', '.join(sorted(names))}")
    return names[wanted]


def explain(error):
    return f"{type(error).__name__!s}: {error!s}"
