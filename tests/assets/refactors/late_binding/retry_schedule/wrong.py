"""Delays between tries."""


def schedule(tries, settings):
    """One function for each try that gives its delay, with the settings of now."""
    delays = []
    for number in range(tries):
        delays.append(lambda number=number: settings["factor"] * 2**number)
    return delays


def total(delays):
    return sum(delay() for delay in delays)
