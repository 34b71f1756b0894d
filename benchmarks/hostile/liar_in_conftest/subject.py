"""Doubles numbers, wrongly: an honest test of it fails."""


def double(number):
    return number + number + 1
