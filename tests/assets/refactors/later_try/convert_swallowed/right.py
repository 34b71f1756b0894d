"""Options from text, such as those of an environment."""

LEVELS = {"debug": 10, "info": 20, "error": 40}


def level(text):
    """The number of a level; KeyError where its name is unknown."""
    return LEVELS[text.lower()]


def option(raw, name, convert=str, default=None):
    """The converted option, or the default where there is none. What convert raises is raised."""
    if name not in raw:
        return default
    return convert(raw[name])


def load(raw):
    """The options of the server."""
    return {
        "port": option(raw, "PORT", int, 8080),
        "host": option(raw, "HOST", default="localhost"),
        "level": option(raw, "LEVEL", level, 20),
    }
