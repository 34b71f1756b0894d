"""Finds the longest line and where the reading ended."""

line = "<nothing>"


def measure(lines):
    """The greatest length, and a word about the last line."""
    longest = max((len(line) for line in lines), default=0)
    return longest, f"last: {line}"


def lengths(lines):
    return [len(line) for line in lines]
