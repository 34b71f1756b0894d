"""Converts amounts with the rates of now."""

RATES = {"EUR": 2, "USD": 4}


def rate(currency):
    """The rate that holds now."""
    return RATES[currency]


def convert(amount, currency):
    if amount < 0:
        raise ValueError("an amount is not negative")
    return amount * rate(currency)


def convert_all(amounts, currency):
    return [convert(amount, currency) for amount in amounts]
