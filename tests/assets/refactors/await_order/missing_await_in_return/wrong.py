"""Fetches with a fallback."""

import asyncio


def fetch_or(fetch, fallback, errors=(OSError,)):
    """What fetch() gives, or the fallback after one of the errors."""
    try:
        return fetch()
    except errors:
        return fallback


async def fetch_all(fetches, fallback):
    return [await fetch_or(fetch, fallback) for fetch in fetches]


def run(fetches, fallback=None):
    return asyncio.run(fetch_all(fetches, fallback))
