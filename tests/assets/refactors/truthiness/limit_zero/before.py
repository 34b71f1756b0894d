"""Pages of a listing."""

DEFAULT_LIMIT = 50


def page(items, offset=0, limit=None):
    """At most `limit` items from `offset` on; DEFAULT_LIMIT of them when no limit is given."""
    if limit is None:
        limit = DEFAULT_LIMIT
    if limit < 0 or offset < 0:
        raise ValueError("limit and offset are not negative")
    return list(items)[offset : offset + limit]
