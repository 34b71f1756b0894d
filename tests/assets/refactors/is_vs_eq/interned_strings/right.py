"""Commands of a console."""

HELP = "help"
QUIT = "quit"


def is_help(word):
    """Whether the word asks for help."""
    return word == HELP


def answer(word):
    if is_help(word):
        return "say quit to leave"
    if word == QUIT:
        return None
    return f"unknown: {word}"
