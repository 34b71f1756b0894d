"""Fetches with a fallback."""

import asyncio


async def fetch_or(fetch, fallback, errors=(OSError,)):
    """What fetch() gives, or the fallback after one of the errors."""
    try:
        value = await fetch()
    except errors:
        value = fallback
    return value


async def fetch_all(fetches, fallback):
    return [await fetch_or(fetch, fallback) for fetch in fetches]


def run(fetches, fallback=None):
    return asyncio.run(fetch_all(fetches, fallback))
