"""Prices as cents."""

FACTOR = 100


def cents(text):
    """A price such as "19.99" in cents."""
    value = float(text.replace(",", "."))
    if value != value:
        raise ValueError("not a number")
    return round(value * FACTOR)


def price(number):
    return f"{number // FACTOR}.{number % FACTOR:02d}"
