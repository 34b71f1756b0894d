"""Text of a feed, unescaped."""

import re

ENTITIES = {"&amp;": "&", "&gt;": ">", "&lt;": "<", "&quot;": '"'}


def unescape(text):
    """The text with its entities (amp, lt, gt, quot), each replaced once."""
    return re.sub("&(?:amp|gt|lt|quot);", lambda match: ENTITIES[match[0]], text)


def attributes(text):
    """The attributes of a tag, as in a="1" b="&lt;"."""
    found = {}
    for part in text.split('" '):
        name, _, value = part.partition('="')
        found[name.strip()] = unescape(value.removesuffix('"'))
    return found
