"""Finds the longest line and where the reading ended."""

line = "<nothing>"


def measure(lines):
    """The greatest length, and a word about the last line."""
    longest = 0
    line = "<nothing>"
    for line in lines:
        if len(line) > longest:
            longest = len(line)
    return longest, f"last: {line}"


def lengths(lines):
    return [len(line) for line in lines]
