import asyncio

import subject


def fetcher(log):
    async def fetch(address):
        log.append(address)
        await asyncio.sleep(0)
        return f"<{address}>"

    return fetch


def test_a_page_is_fetched_once():
    async def main():
        log = []
        pages = subject.Pages(fetcher(log))
        assert await pages.get("/a") == "</a>"
        assert await pages.get("/a") == "</a>"
        assert await pages.get("/b") == "</b>"
        assert log == ["/a", "/b"]

    asyncio.run(main())


def test_together():
    async def main():
        log = []
        pages = subject.Pages(fetcher(log))
        assert await pages.get_all(["/a", "/b", "/c"]) == ["</a>", "</b>", "</c>"]
        assert await pages.get_all(["/c", "/a", "/a"]) == ["</c>", "</a>", "</a>"]
        assert sorted(log) == ["/a", "/b", "/c"]
        assert not pages.lock.locked()

    asyncio.run(main())
