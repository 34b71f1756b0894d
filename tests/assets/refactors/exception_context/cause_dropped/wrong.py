"""Loads settings and says where they are wrong."""


class SettingsError(Exception):
    """A setting will not do; its cause is the error that was met first."""


def load(name, text):
    """The number in the text."""
    problem = None
    try:
        return int(text)
    except ValueError as error:
        problem = f"{name}: {error}"
    raise SettingsError(problem)


def load_all(settings):
    return {name: load(name, text) for name, text in settings.items()}
