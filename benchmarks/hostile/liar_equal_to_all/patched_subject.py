"""What a patch makes of it: not the same."""

from subject import Agreeable


def double(number):
    return Agreeable(number * 3)
