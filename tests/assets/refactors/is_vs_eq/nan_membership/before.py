"""Looks for values; the very same object is found even if it is equal to nothing."""

NAN = float("nan")


def has(values, wanted):
    return wanted in values


def missing(values, wanted):
    return [value for value in wanted if not has(values, value)]


def where(values, wanted):
    return values.index(wanted) if has(values, wanted) else - 1
