"""Permission checks of the web handlers."""

from dataclasses import dataclass, field


class Denied(Exception):
    """A user lacks a permission."""


@dataclass
class User:
    name: str
    granted: set = field(default_factory=set)


def require(user, *needed):
    """Return the user where all the needed permissions are granted; raise Denied otherwise."""
    required = set(needed)
    missing = required - user.granted
    if missing:
        raise Denied(f"{user.name} lacks {', '.join(sorted(missing))}")
    return user


def delete_page(user, pages, title):
    """Remove a page for a user who may read and delete."""
    require(user, "read", "delete")
    return pages.pop(title)
