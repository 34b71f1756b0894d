"""A menu whose entries send their own name."""

from functools import partial


def menu(names, send):
    """One command for each name."""
    commands = {}
    for name in names:
        commands[name] = partial(send, name)
    return commands


def press(commands, name):
    if name not in commands:
        raise KeyError(f"no entry {name}")
    return commands[name]()
