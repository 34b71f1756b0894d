"""A cache of pages that are fetched once."""

import asyncio


class Pages:
    def __init__(self, fetch):
        self.fetch = fetch
        self.cache = {}
        self.lock = asyncio.Lock()

    async def get(self, address):
        """The page of an address, fetched at most once, however many ask for it at a time."""
        async with self.lock:
            if address in self.cache:
                return self.cache[address]
            page = self.cache[address] = await self.fetch(address)
            return page

    async def get_all(self, addresses):
        """The pages of some addresses, asked for together, in order."""
        return list(await asyncio.gather(*map(self.get, addresses)))
