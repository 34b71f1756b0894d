"""Slugs from titles."""


def slug(title):
    """The words of a title, each once, in their order."""
    return "-".join(dict.fromkeys(title.lower().split()))


def slugs(titles):
    return [slug(title) for title in titles if not title == ""]
