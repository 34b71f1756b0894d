"""Loads settings and says where they are wrong."""


class SettingsError(Exception):
    """A setting will not do; its cause is the error that was met first."""


def load(name, text):
    """The number in the text."""
    try:
        return int(text)
    except ValueError as error:
        message = f"{name}: {error}"
        raise SettingsError(message) from error


def load_all(settings):
    return {name: load(name, text) for name, text in settings.items()}
