"""Checks for user names, each to be asked only when those before it agree."""


def non_empty(name):
    return len(name) > 0


def starts_with_letter(name):
    return name[0].isalpha()


def short(name):
    return len(name) <= 12


def is_valid(name, checks=(non_empty, starts_with_letter, short)):
    """Whether all the checks agree; stops at the first that does not."""
    for check in checks:
        if not check(name):
            return False
    return True
