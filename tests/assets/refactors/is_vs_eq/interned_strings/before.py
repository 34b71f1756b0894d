"""Commands of a console."""

HELP = "help"
QUIT = "quit"


def is_help(word):
    """Whether the word asks for help."""
    return word == HELP


def answer(word):
    if is_help(word):
        return "say quit to leave"
    elif word == QUIT:
        return None
    else:
        return f"unknown: {word}"
