"""Versions of plugins."""


def parse(text):
    """The three numbers of a version; those left out are 0."""
    numbers = [int(part) for part in text.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))


class Registry:
    def __init__(self):
        self.plugins = {}

    def add(self, name, version):
        """Register a plugin, unless the same or a newer version is there; return whether it was."""
        new = parse(version)
        if name in self.plugins and self.plugins[name] >= new:
            return False
        self.plugins[name] = new
        return True

    def find(self, name, least="0"):
        """The version of a plugin as text; LookupError where there is none, or only an older one."""
        found = self.plugins.get(name)
        if found is None or found < parse(least):
            raise LookupError(f"{name} {least}")
        return ".".join(map(str, found))
