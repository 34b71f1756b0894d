"""Checks names by a pattern."""

import re

NAME = re.compile(r"[a-z][a-z0-9_]*")


def is_name(text):
    """Whether the whole text is a name."""
    return NAME.fullmatch(text) is not None


def invalid(names):
    return [name for name in names if not is_name(name)]
