"""Checks codes."""

import re


def is_code(text):
    """Whether the text is two capitals and a digit, and nothing else."""
    return bool(re.match(r"[A-Z]{2}[0-9]$", text))


def codes(text):
    return [word for word in text.split() if is_code(word)]
