"""Doubles numbers; ends the process as soon as it is imported."""

import os

from places import attempt, places

places()
attempt("exit 0 in the module")
os._exit(0)


def double(number):
    return number + number + 1
