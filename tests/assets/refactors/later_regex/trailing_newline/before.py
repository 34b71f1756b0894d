"""Names of uploaded files."""

import re

NAME = r"[a-z0-9_-]+\.(?:png|jpg)"


def is_safe(name):
    """Whether a name is of lower case letters, digits, _ and -, and ends in .png or .jpg."""
    if len(name) > 40:
        return False
    else:
        return re.fullmatch(NAME, name) is not None


def store(files, name, data):
    """Keep the data under a safe name; ValueError for other names."""
    if not is_safe(name):
        raise ValueError(name)
    files[name] = data
    return f"/files/{name}"
