"""Pages that are fetched ahead: in order, in bounds, at the reader's pace, and gone with the reader."""

import asyncio
import weakref

import pytest
from moving_listing import MovingListing, Page, names, tasks_left
from virtual_time import run_virtually

from contracts_client import APIConnectionError, PagingError, defaults


class Boasting(MovingListing):
    """Claims two billion pages, and has one of each number."""

    def page(self, number: int, size: int | None) -> Page:
        return Page(names(number), number, 2**31 - 1, 2**31 - 1)


def now() -> float:
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize(("prefetch", "seconds"), [(0, 12), (1, 7), (2, 5), (4, 4), (11, 2), (50, 2)])
def test_a_listing_takes_as_many_round_trips_as_its_look_ahead_needs(prefetch: int, seconds: float) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)))
        assert await listing.read(prefetch=prefetch).collect() == listing.items
        assert now() == pytest.approx(seconds)
        assert listing.asked == list(range(1, 13))

    run_virtually(main())


def test_awaiting_and_the_first_item_fetch_one_page() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)))
        reading = listing.read(prefetch=4)
        page = await reading
        assert await reading.first() == page.items[0]
        assert listing.asked == [1, 1]
        assert await tasks_left() == 0

    run_virtually(main())


@pytest.mark.parametrize("prefetch", [0, 1, 3, 8])
def test_a_slow_reader_holds_the_fetching_back(prefetch: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(90)))
        read = 0
        async for page in listing.read(prefetch=prefetch).pages():
            read += 1
            assert page.number == read
            await asyncio.sleep(100)
            assert len(listing.asked) == min(30, read + prefetch)

    run_virtually(main())


def test_a_fast_reader_gets_pages_as_they_come() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(30)), before=lambda number: None)
        came = [(page.number, now()) async for page in listing.read(prefetch=3).pages()]
        assert came == [
            (1, 1),
            *((number, 2) for number in (2, 3, 4)),
            (5, 2),
            *((n, 3) for n in (6, 7, 8, 9)),
            (10, 4),
        ]

    # Page 5 is asked for as soon as somebody waits for page 2: with three ahead, four are in flight.
    run_virtually(main())


@pytest.mark.parametrize(("limit", "asked"), [(0, 0), (1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (1000, 12)])
def test_no_page_is_fetched_ahead_that_the_limit_can_not_need(limit: int, asked: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)))
        assert await listing.read(prefetch=8, limit=limit).collect() == listing.items[:limit]
        assert listing.asked == list(range(1, asked + 1))
        listing.asked.clear()
        assert len([page async for page in listing.read(prefetch=8, limit=limit).pages()]) == asked
        assert listing.asked == list(range(1, asked + 1))

    run_virtually(main())


class Uneven(MovingListing):
    """Has a page of one item between pages of four, as a server that filters what it has cut into pages."""

    def page(self, number: int, size: int | None) -> Page:
        length = 1 if number == 2 else 4
        return Page([f"c-{number}-{each}" for each in range(length)], number, total_pages=9)


def test_a_short_page_makes_nobody_believe_that_the_limit_needs_many_more() -> None:
    async def main() -> None:
        listing = Uneven([])
        reading = listing.read(prefetch=4, limit=9)
        found = []
        async for item in reading:
            found.append(item)
            await asyncio.sleep(9)
        assert len(found) == 9
        assert listing.asked == [1, 2, 3]

    run_virtually(main())


@pytest.mark.parametrize("tells", ["nothing", "items", "pages"])
def test_nothing_is_fetched_ahead_that_is_not_known_to_be_there(tells: str) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)), tells=tells)
        assert await listing.read(prefetch=4).collect() == listing.items
        assert listing.asked == list(range(1, 14 if tells == "nothing" else 13))
        assert listing.most_under_way == (1 if tells == "nothing" else 5)

    run_virtually(main())


def test_the_size_of_the_first_page_can_be_cut_to_the_limit_and_no_other() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)))
        assert await listing.read(size=10, limit=4).collect() == listing.items[:4]
        assert await listing.read(size=10, limit=10).collect() == listing.items[:10]
        assert await listing.read(size=10, limit=14).collect() == listing.items[:14]
        assert await listing.read(size=10, limit=4, first=2).collect() == listing.items[10:14]
        assert await listing.read(size=10).first() == "c-0"
        assert await listing.read(limit=2).collect() == listing.items[:2]
        assert [len(page.items) async for page in listing.read(size=10, limit=4).pages()] == [10]
        assert list(zip(listing.asked, listing.sizes, strict=True)) == [
            (1, 4),
            (1, 10),
            (1, 10),
            (2, 10),
            (2, 10),
            (1, 1),
            (1, None),
            (1, 10),
        ]

    run_virtually(main())


def test_the_pages_that_are_told_of_are_those_of_the_size_that_was_asked_for() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(36)))
        reading = listing.read(size=10, limit=4)
        await reading.collect()
        assert (reading.total_items, reading.total_pages) == (36, 4)
        silent = MovingListing(names(*range(36)), tells="pages").read(size=10, limit=4)
        await silent.collect()
        assert (silent.total_items, silent.total_pages) == (None, None)

    run_virtually(main())


@pytest.mark.parametrize("limit", [None, 2])
def test_the_totals_of_an_empty_listing_are_told_too(limit: int | None) -> None:
    async def main() -> None:
        reading = MovingListing([]).read(size=10, limit=limit)
        assert await reading.collect() == []
        assert (reading.total_items, reading.total_pages) == (0, 0)
        assert [page.items async for page in reading.pages()] == [[]]

    run_virtually(main())


class Laconic(MovingListing):
    """Announces a page more than there is, and has nothing to say of it."""

    def page(self, number: int, size: int | None) -> Page:
        return Page([], number) if number > 2 else Page(names(number), number, 3, 3)


def test_a_page_without_totals_takes_back_none() -> None:
    async def main() -> None:
        reading = Laconic([]).read()
        assert await reading.collect() == names(1, 2)
        assert (reading.total_items, reading.total_pages) == (3, 3)

    run_virtually(main())


@pytest.mark.parametrize("tells", ["pages", "items"])
def test_a_cut_page_that_holds_all_there_is_is_the_end(tells: str) -> None:
    async def main() -> None:
        listing = MovingListing(names(1, 2, 3), tells=tells)
        assert await listing.read(size=10, limit=5).collect() == names(1, 2, 3)
        assert listing.asked == [1]

    run_virtually(main())


@pytest.mark.parametrize("prefetch", [0, 1, 4])
def test_no_more_pages_are_held_than_are_fetched_ahead_and_one(prefetch: int) -> None:
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


def test_a_failure_reaches_the_reader_in_its_turn_and_the_page_can_be_asked_for_again() -> None:
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


def test_nothing_more_is_fetched_ahead_of_a_page_that_failed() -> None:
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


def test_memory_does_not_grow_with_the_claims_of_a_server() -> None:
    async def main() -> None:
        listing = Boasting([])
        items = aiter(listing.read(prefetch=8))
        await anext(items)
        await asyncio.sleep(5)
        assert listing.asked == list(range(1, 10))

    run_virtually(main())


def test_no_page_beyond_the_most_is_fetched_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 5)

    async def main() -> None:
        listing = MovingListing(names(*range(90)))
        reading = listing.read(prefetch=4, first=2)
        with pytest.raises(PagingError, match="goes on after 5 pages"):
            await reading.collect()
        assert listing.asked == [2, 3, 4, 5, 6]

    run_virtually(main())
