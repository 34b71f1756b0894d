"""Merges settings."""


def merge(defaults, given):
    """The defaults, with what is given over them; the keys keep their first place."""
    merged = dict(given)
    for key, value in defaults.items():
        merged.setdefault(key, value)
    return merged


def show(settings):
    return " ".join(f"{key}={value}" for key, value in settings.items())
