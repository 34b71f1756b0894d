"""Runs commands by name."""


def run(commands, name, *args):
    """What the command returns, or "unknown: name"; errors of the command are the caller's."""
    try:
        return commands[name](*args)
    except KeyError:
        return f"unknown: {name}"


def run_line(commands, line):
    words = line.split()
    if not words:
        return None
    return run(commands, words[0], *words[1:])
