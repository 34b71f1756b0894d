"""Merges settings."""


def merge(defaults, given):
    """The defaults, with what is given over them; the keys keep their first place."""
    merged = dict(defaults)
    for key, value in given.items():
        merged[key] = value
    return merged


def show(settings):
    return " ".join(f"{key}={value}" for key, value in settings.items())
