"""A workshop with one bench."""

import asyncio


class Workshop:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.inside = 0
        self.most = 0

    async def work(self, turns):
        async with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            for _ in range(turns):
                await asyncio.sleep(0)
            self.inside -= 1


async def day(workers, turns=2):
    workshop = Workshop()
    await asyncio.gather(*(workshop.work(turns) for _ in range(workers)))
    return workshop.most
