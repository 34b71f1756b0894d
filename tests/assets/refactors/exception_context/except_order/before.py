"""Kinds of failures."""


def kind(action):
    """A word for what went wrong."""
    try:
        action()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "system"
    except (ValueError, TypeError):
        return "input"
    return "fine"


def kinds(actions):
    return [kind(action) for action in actions]
