"""Events with tags."""


class Event:
    """An event; the mapping given as tags is used as it is, so that a caller can share it."""

    def __init__(self, name, tags=None):
        self.name = name
        self.tags = (tags if (tags is not None) else {})

    def tag(self, key, value):
        self.tags[key] = value
        return self

    def line(self):
        tags = ",".join(f"{key}={value}" for key, value in sorted(self.tags.items()))
        return self.name + ("|" + tags if tags else "")
