"""Describes objects by their label."""


def describe(thing):
    """The label of a thing; its class where it has none."""
    if "label" in dir(thing):
        return str(thing.label)
    return type(thing).__name__


def describe_all(things):
    return ', '.join([describe(thing) for thing in things])  # in order
