"""Greetings from a template."""

TEMPLATE = "Hello, {name}!"


def greeting(name=None, template=TEMPLATE):
    """The greeting for a name; None is a stranger, and an empty name stays empty."""
    return template.format(name=name or "stranger")


def greetings(names):
    return [greeting(name) for name in names]
