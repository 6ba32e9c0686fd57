"""Prefetch: in order, in bounds, as fast as the reader, and gone with the reader."""

import asyncio
import weakref

import pytest
from moving_listing import MovingListing, Page, names, tasks_left
from virtual_time import run_virtually

from contracts_client import APIConnectionError


class Boasting(MovingListing):
    """Claims two billion pages, and has one of each number."""

    def page(self, number: int, size: int | None) -> Page:
        return Page(names(number), number, 2**31 - 1, 2**31 - 1)


def now() -> float:
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize(
    ("prefetch", "limit", "seconds"),
    [(0, None, 12), (1, None, 7), (2, None, 5), (4, None, 4), (11, None, 2), (50, None, 2), (3, 12, 2), (3, 4, 2)],
)
def test_prefetch_saves_round_trips(prefetch: int, limit: int | None, seconds: float) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)))
        assert await listing.read(prefetch=prefetch, limit=limit).collect() == listing.items[:limit]
        assert now() == pytest.approx(seconds)
        assert listing.asked == list(range(1, -(-(limit or 36) // 3) + 1))

    run_virtually(main())


@pytest.mark.parametrize("prefetch", [0, 1, 3, 8])
def test_a_slow_reader_holds_the_server_back(prefetch: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(90)))
        read = 0
        async for page in listing.read(prefetch=prefetch).pages():
            read += 1
            assert page.number == read
            await asyncio.sleep(100)
            assert len(listing.asked) == min(30, read + prefetch)

    run_virtually(main())


def test_a_fast_reader_waits_for_no_page() -> None:
    """With three ahead four are in flight, since the next one is asked for as soon as a page is waited for."""

    async def main() -> None:
        listing = MovingListing(names(*range(30)))
        came = [(page.number, now()) async for page in listing.read(prefetch=3).pages()]
        assert came == [(1, 1), (2, 2), (3, 2), (4, 2), (5, 2), (6, 3), (7, 3), (8, 3), (9, 3), (10, 4)]

    run_virtually(main())


@pytest.mark.parametrize("tells", ["nothing", "items", "pages"])
def test_only_known_pages_are_prefetched(tells: str) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)), tells=tells)
        assert await listing.read(prefetch=4).collect() == listing.items
        assert listing.asked == list(range(1, 14 if tells == "nothing" else 13))
        assert listing.most_under_way == (1 if tells == "nothing" else 5)

    run_virtually(main())


@pytest.mark.parametrize("prefetch", [0, 1, 4])
def test_only_prefetched_pages_are_held(prefetch: int) -> None:
    async def main() -> None:
        made: list[weakref.ref[Page]] = []
        most = 0

        class Watched(MovingListing):
            def page(self, number: int, size: int | None) -> Page:
                nonlocal most
                page = super().page(number, size)
                made.append(weakref.ref(page))
                most = max(most, sum(each() is not None for each in made))
                return page

        async for _ in Watched(names(*range(60))).read(prefetch=prefetch):
            await asyncio.sleep(0.7)
        assert most == prefetch + 1

    run_virtually(main())


def test_a_failure_comes_in_turn_and_passes() -> None:
    async def main() -> None:
        failures = [APIConnectionError("no", operation="list_things", correlation_id="an-id")]
        listing = MovingListing(names(*range(30)))

        def fail(number: int) -> None:
            if number == 3 and failures:
                raise failures.pop()

        listing.before = fail
        reading = listing.read(prefetch=6)
        items = aiter(reading)
        found = [await anext(items) for _ in range(6)]
        with pytest.raises(APIConnectionError) as caught:
            await anext(items)
        assert caught.value.bookmark == reading.bookmark
        assert (reading.bookmark.page, reading.bookmark.position) == (3, 0)
        assert await tasks_left() == 0
        found += [item async for item in items]
        assert found == listing.items

    run_virtually(main())


def test_a_failed_page_stops_the_prefetch() -> None:
    async def main() -> None:
        def fail(number: int) -> None:
            if number == 4:
                raise OSError(number)

        listing = MovingListing(names(*range(90)), before=fail)
        pages = listing.read(prefetch=3).pages()
        for _ in range(3):
            await anext(pages)
            await asyncio.sleep(5)
        assert listing.asked == [1, 2, 3, 4]
        with pytest.raises(OSError, match="4"):
            await anext(pages)

    run_virtually(main())


def test_two_billion_pages_take_no_memory() -> None:
    async def main() -> None:
        listing = Boasting([])
        items = aiter(listing.read(prefetch=8))
        await anext(items)
        await asyncio.sleep(5)
        assert listing.asked == list(range(1, 10))

    run_virtually(main())
