"""Publishes texts through a temporary name."""


def publish(shelf, name, render):
    """Put render(name) on the shelf; the temporary name never stays."""
    temporary = name + ".tmp"
    shelf[temporary] = ""
    try:
        shelf[temporary] = render(name)
        shelf[name] = shelf[temporary]
    finally:
        del shelf[temporary]
    return (len(shelf))
