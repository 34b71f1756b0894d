"""Joins paths."""


def path(parts, *, root="", separator="/"):
    """The parts joined below a root."""
    cleaned = [part.strip(separator) for part in parts if part]
    return (root + separator).join([""]) + separator.join([root, *cleaned] if root else cleaned)


def paths(lists, **options):
    return [path(parts, **options) for parts in lists]
