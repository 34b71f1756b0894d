"""Text of a feed, unescaped."""


def unescape(text):
    """The text with its entities (amp, lt, gt, quot), each replaced once."""
    text = text.replace("&quot;", '"')
    text = text.replace("&lt;", "<")
    text = text.replace("&gt;", ">")
    return text.replace("&amp;", "&")


def attributes(text):
    """The attributes of a tag, as in a="1" b="&lt;"."""
    found = {}
    for part in text.split('" '):
        name, _, value = part.partition('="')
        found[name.strip()] = unescape(value.removesuffix('"'))
    return found
