"""A menu whose entries send their own name."""


def menu(names, send):
    """One command for each name."""
    commands = {}
    for name in names:
        commands[name] = lambda: send(name)
    return commands


def press(commands, name):
    if name not in commands:
        raise KeyError(f"no entry {name}")
    return commands[name]()
