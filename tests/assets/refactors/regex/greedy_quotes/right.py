"""Finds what is quoted."""

import re

QUOTED = re.compile("\"(.*?)\"")


def quoted(text):
    """All that stands between double quotes."""
    return QUOTED.findall(text)


def unquoted(text):
    return " ".join(QUOTED.sub("", text).split())


def replace(text, values):
    return QUOTED.sub(lambda found: str(values[found[1]]), text)
