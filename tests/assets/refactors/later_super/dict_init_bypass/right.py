"""Headers of HTTP, with names in any case."""


class Headers(dict):
    """A dict whose keys are lower case text, whatever the case that they are given in."""

    def __init__(self, pairs=()):
        super().__init__((name.lower(), value.strip()) for name, value in pairs)

    def __setitem__(self, name, value):
        super().__setitem__(name.lower(), value.strip())

    def __getitem__(self, name):
        return super().__getitem__(name.lower())

    def __contains__(self, name):
        return super().__contains__(name.lower())


def parse(text):
    """The headers of lines such as `Host: example.org`."""
    pairs = [line.split(":", 1) for line in text.splitlines() if line]
    return Headers(pairs)
