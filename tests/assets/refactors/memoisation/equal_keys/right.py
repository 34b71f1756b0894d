"""Shows values with their type."""

from functools import lru_cache


@lru_cache(maxsize=None, typed=True)
def show(value):
    """The value with the name of its type; kept, for it is asked for often."""
    return f"{type(value).__name__} {value!r}"


def show_all(values):
    return ", ".join(show(value) for value in values)


def forget():
    show.cache_clear()
