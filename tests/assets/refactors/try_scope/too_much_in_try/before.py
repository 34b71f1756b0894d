"""Runs commands by name."""


def run(commands, name, *args):
    """What the command returns, or "unknown: name"; errors of the command are the caller's."""
    try:
        command = commands[name]
    except KeyError:
        return f"unknown: {name}"
    return command(*args)


def run_line(commands, line):
    words = line.split()
    if not words:
        return None
    return run(commands, words[0], *words[1:])
