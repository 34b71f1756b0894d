"""Years of a period."""


def leap(year):
    return ((year % 4) == 0) and (((year % 100) != 0) or ((year % 400) == 0))


def years(first, last):
    """All the years, first and last included."""
    return list(range(first, last + 1))


def days(first, last):
    total = 0
    for year in years(first, last):
        total += 366 if leap(year) else 365
    return total
