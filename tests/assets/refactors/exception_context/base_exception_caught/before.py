"""Tries actions until one works."""


def attempt(action):
    """Whether the action worked; what ends the program is not held up."""
    try:
        action()
    except Exception:
        return False
    return True


def first_that_works(actions):
    for number, action in enumerate(actions):
        if attempt(action):
            return number
    return None
