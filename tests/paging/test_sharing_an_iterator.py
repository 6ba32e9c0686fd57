"""Tasks that share an iterator: each item, or page, goes to one of them."""

import asyncio

import pytest
from moving_listing import MovingListing, names
from virtual_time import run_virtually


@pytest.mark.parametrize("prefetch", [0, 2])
@pytest.mark.parametrize("limit", [None, 20])
def test_tasks_can_share_an_iterator(prefetch: int, limit: int | None) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(30)))
        items = aiter(listing.read(prefetch=prefetch, limit=limit))
        found: list[str] = []

        async def work() -> None:
            async for item in items:
                found.append(item)
                await asyncio.sleep(0.3)

        await asyncio.gather(*(work() for _ in range(4)))
        assert found == listing.items[:limit]
        assert listing.asked == list(range(1, 11 if limit is None else 8))

    run_virtually(main())


def test_tasks_can_share_pages() -> None:
    async def main() -> None:
        pages = MovingListing(names(*range(30))).read(prefetch=2).pages()
        found = [page.number for page in await asyncio.gather(*(anext(pages) for _ in range(10)))]
        assert found == list(range(1, 11))
        assert await anext(pages, None) is None

    run_virtually(main())


def test_a_task_that_shares_can_be_cancelled() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        items = aiter(listing.read(prefetch=2))
        first, second = (asyncio.create_task(anext(items)) for _ in range(2))
        await asyncio.sleep(0.5)
        first.cancel()
        assert await second == "c-0"
        assert first.cancelled()
        assert [item async for item in items] == listing.items[1:]

    run_virtually(main())
