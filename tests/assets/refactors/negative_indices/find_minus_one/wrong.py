"""Reads lines with comments."""


def code(line):
    """What stands before the comment, without the space at its end."""
    return line[: line.find("#")].rstrip()


def code_lines(text):
    """The lines of a text that are more than a comment."""
    found = (code(line) for line in text.splitlines(keepends=True))
    return [line for line in found if line]
