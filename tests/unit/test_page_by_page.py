"""Listings that are read page by page: lazy, ordered, exact, and never without end."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from contracts_client import NotFoundError, Paginator, PagingError, defaults
from contracts_client.pagination.page import FetchPage
from contracts_client.pagination.page import Listing as Reading

CANARY = "c4narY"


@frozen
class Page:
    items: list[Any]
    number: int
    total_pages: int | None = None
    total_items: int | None = None
    echoed_number: int | None = None


def paginator(fetch: FetchPage[Page], **options: Any) -> Paginator[Any, Page]:
    return Paginator(Reading(operation="list_things", fetch=fetch, key=lambda item: item, **options))


class Listing:
    """Pages in turn, an empty one past the last, and the numbers that were asked for."""

    def __init__(
        self, *pages: list[Any], totals: Callable[[int], int | None] | None = None, total_items: int | None = None
    ) -> None:
        self.pages = pages
        self.totals = totals or (lambda _: len(pages))
        self.total_items = total_items
        self.asked: list[int] = []

    async def fetch(self, number: int, size: int | None = None) -> Page:
        self.asked.append(number)
        items = self.pages[number - 1] if number <= len(self.pages) else []
        return Page(items, number, self.totals(number), self.total_items)

    def read(self, *, first: int = 1, limit: int | None = None) -> Paginator[Any, Page]:
        return paginator(self.fetch, first=first, limit=limit)


def says(total: int | None) -> Callable[[int], int | None]:
    return lambda _: total


THREE = ([1, 2, 3], [4, 5, 6], [7])


async def test_nothing_is_fetched_before_it_is_asked_for() -> None:
    listing = Listing(*THREE)
    reading = listing.read()
    aiter(reading)
    reading.pages()
    assert listing.asked == []


async def test_awaiting_gives_the_first_page_alone_however_often() -> None:
    listing = Listing(*THREE)
    reading = listing.read()
    assert (await reading).items == [1, 2, 3]
    assert (await reading).items == [1, 2, 3]
    assert listing.asked == [1, 1]


async def test_awaiting_gives_the_page_to_start_with() -> None:
    assert (await Listing(*THREE).read(first=3)).items == [7]


@pytest.mark.parametrize("limit", [0, 2, None])
async def test_awaiting_gives_a_whole_page_whatever_the_limit(limit: int | None) -> None:
    assert (await Listing(*THREE).read(limit=limit)).items == [1, 2, 3]


async def test_items_come_in_the_server_s_order_over_all_pages() -> None:
    listing = Listing(*THREE)
    assert [item async for item in listing.read()] == [1, 2, 3, 4, 5, 6, 7]
    assert listing.asked == [1, 2, 3]


async def test_a_page_is_fetched_only_once_the_one_before_is_used_up() -> None:
    listing = Listing(*THREE)
    items = aiter(listing.read())
    asked = []
    for _ in range(7):
        await anext(items)
        asked.append(list(listing.asked))
    assert asked == [[1], [1], [1], [1, 2], [1, 2], [1, 2], [1, 2, 3]]


async def test_pages_come_with_their_numbers() -> None:
    pages = [page async for page in Listing(*THREE).read(first=2).pages()]
    assert [(page.number, page.items) for page in pages] == [(2, [4, 5, 6]), (3, [7])]


async def test_every_way_to_read_starts_afresh_and_none_disturbs_another() -> None:
    reading = Listing(*THREE).read()
    one, other = aiter(reading), aiter(reading)
    assert [await anext(one), await anext(one), await anext(other)] == [1, 2, 1]
    assert await reading.collect() == await reading.collect() == [1, 2, 3, 4, 5, 6, 7]
    assert [await anext(one), await anext(other)] == [3, 2]


@pytest.mark.parametrize(
    ("limit", "items", "asked"),
    [
        (0, [], []),
        (1, [1], [1]),
        (2, [1, 2], [1]),
        (3, [1, 2, 3], [1]),
        (4, [1, 2, 3, 4], [1, 2]),
        (6, [1, 2, 3, 4, 5, 6], [1, 2]),
        (7, [1, 2, 3, 4, 5, 6, 7], [1, 2, 3]),
        (8, [1, 2, 3, 4, 5, 6, 7], [1, 2, 3]),
        (10**30, [1, 2, 3, 4, 5, 6, 7], [1, 2, 3]),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else None,
)
async def test_a_limit_is_exact_and_asks_for_no_page_too_many(limit: int, items: list[int], asked: list[int]) -> None:
    listing = Listing(*THREE)
    assert await listing.read(limit=limit).collect() == items
    assert listing.asked == asked
    listing.asked.clear()
    assert len([page async for page in listing.read(limit=limit).pages()]) == len(asked)
    assert listing.asked == asked


@given(
    total=st.integers(0, 40),
    size=st.integers(1, 7),
    limit=st.none() | st.integers(0, 45),
    first=st.integers(1, 8),
    says_pages=st.booleans(),
    says_items=st.booleans(),
)
async def test_whatever_the_sizes_the_items_are_right_and_no_page_is_needless(
    *, total: int, size: int, limit: int | None, first: int, says_pages: bool, says_items: bool
) -> None:
    pages = [list(range(start, min(start + size, total))) for start in range(0, total, size)]
    listing = Listing(*pages, totals=None if says_pages else says(None), total_items=total if says_items else None)
    expected = list(range((first - 1) * size, total))[:limit]
    assert await listing.read(first=first, limit=limit).collect() == expected
    needed = 0 if limit == 0 else max(1, -(-len(expected) // size))
    # Without totals, only a page that is shorter than the one before, or an empty one, tells the end.
    knows = says_pages or (says_items and first == 1) or len(expected) == limit or not expected
    told = needed > 1 and len(expected) % size != 0
    assert listing.asked == list(range(first, first + needed + (not knows and not told)))


@pytest.mark.parametrize("total", [None, 0, -1, -(2**31)])
async def test_without_usable_totals_a_shorter_or_empty_page_is_the_end(total: int | None) -> None:
    listing = Listing(*THREE, totals=says(total))
    assert await listing.read().collect() == [1, 2, 3, 4, 5, 6, 7]
    assert listing.asked == [1, 2, 3]


async def test_without_totals_an_empty_page_is_the_end_too() -> None:
    listing = Listing([1, 2], [3, 4], totals=says(None))
    assert await listing.read().collect() == [1, 2, 3, 4]
    assert listing.asked == [1, 2, 3]


async def test_the_number_of_items_is_enough_to_know_the_end() -> None:
    """It tells even where the server caps the page size without a word."""
    listing = Listing([1, 2], [3, 4], [5, 6], totals=says(None), total_items=6)
    assert await listing.read().collect() == [1, 2, 3, 4, 5, 6]
    assert listing.asked == [1, 2, 3]


async def test_the_number_of_items_tells_nothing_of_a_listing_that_is_not_read_from_its_start() -> None:
    listing = Listing([1, 2], [3, 4], [5, 6], totals=says(None), total_items=4)
    assert await listing.read(first=2).collect() == [3, 4, 5, 6]
    assert listing.asked == [2, 3, 4]


@pytest.mark.parametrize("total_items", [0, -1])
async def test_a_number_of_items_that_can_not_be_is_not_believed(total_items: int) -> None:
    listing = Listing(*THREE, totals=says(None), total_items=total_items)
    assert await listing.read().collect() == [1, 2, 3, 4, 5, 6, 7]


def not_found() -> NotFoundError:
    return NotFoundError("no such page", status_code=404, operation="list_things", correlation_id="an-id")


@pytest.mark.parametrize("total", [None, 9])
async def test_a_page_after_the_first_that_is_not_found_is_the_end(total: int | None) -> None:
    listing = Listing([1, 2], [3, 4], totals=says(total))

    async def fetch(number: int, size: int | None) -> Page:
        page = await listing.fetch(number)
        if not page.items:
            raise not_found()
        return page

    reading = paginator(fetch)
    assert await reading.collect() == [1, 2, 3, 4]
    pages = reading.pages()
    assert [page.items async for page in pages] == [[1, 2], [3, 4]]
    assert [page async for page in pages] == []
    assert listing.asked == [1, 2, 3] * 2


async def test_a_first_page_that_is_not_found_is_an_error() -> None:
    async def fetch(number: int, size: int | None) -> Page:
        raise not_found()

    reading = paginator(fetch, first=3)
    with pytest.raises(NotFoundError):
        await reading.collect()
    with pytest.raises(NotFoundError):
        await reading


async def test_totals_that_are_too_low_are_believed() -> None:
    assert await Listing(*THREE, totals=says(2)).read().collect() == [1, 2, 3, 4, 5, 6]


async def test_the_newest_totals_count() -> None:
    grows = Listing(*THREE, totals=lambda number: number + 1 if number < 3 else 3)
    assert await grows.read().collect() == [1, 2, 3, 4, 5, 6, 7]
    shrinks = Listing(*THREE, totals=lambda number: 4 - number)
    assert await shrinks.read().collect() == [1, 2, 3, 4, 5, 6]


async def test_an_empty_listing_is_one_empty_page_and_no_item() -> None:
    listing = Listing(totals=says(0))
    assert await listing.read().collect() == []
    assert [page.items async for page in listing.read().pages()] == [[]]
    assert listing.asked == [1, 1]


async def test_a_start_beyond_the_end_is_one_empty_page() -> None:
    listing = Listing(*THREE)
    assert await listing.read(first=9).collect() == []
    assert listing.asked == [9]


async def test_the_empty_page_that_tells_the_end_is_not_handed_on() -> None:
    pages = [page.items async for page in Listing([1, 2], [3, 4], totals=says(None)).read().pages()]
    assert pages == [[1, 2], [3, 4]]


@pytest.mark.parametrize("total", [None, 9])
async def test_a_page_that_repeats_the_one_before_is_an_error(total: int | None) -> None:
    listing = Listing([CANARY, 2], [CANARY, 2], [3], totals=says(total))
    items = aiter(listing.read())
    assert [await anext(items), await anext(items)] == [CANARY, 2]
    with pytest.raises(PagingError, match=r"^list_things: page 2 repeats page 1; ") as caught:
        await anext(items)
    assert CANARY not in str(caught.value)
    assert listing.asked == [1, 2]


async def test_a_page_of_the_same_items_in_another_order_is_no_repeated_page() -> None:
    assert set(await Listing([1, 2], [2, 1], [3]).read().collect()) == {1, 2, 3}


@pytest.mark.parametrize("start", [aiter, Paginator.pages], ids=["items", "pages"])
async def test_an_iterator_that_ended_in_an_error_stays_ended(start: Callable[[Any], AsyncIterator[Any]]) -> None:
    iterator = start(Listing([1], [1], totals=says(None)).read())
    await anext(iterator)
    with pytest.raises(PagingError):
        await anext(iterator)
    for _ in range(2):
        with pytest.raises(StopAsyncIteration):
            await anext(iterator)


async def test_an_iterator_that_is_at_its_end_asks_for_nothing_more() -> None:
    listing = Listing(*THREE)
    iterator = aiter(listing.read())
    assert aiter(iterator) is iterator
    assert [item async for item in iterator] == [1, 2, 3, 4, 5, 6, 7]
    assert [item async for item in iterator] == []
    assert listing.asked == [1, 2, 3]


@pytest.mark.parametrize("total", [None, 2**31])
async def test_a_listing_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch, total: int | None) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 5)
    listing = Listing(*([number] for number in range(50)), totals=says(total))
    pages = listing.read().pages()
    assert [(await anext(pages)).items for _ in range(5)] == [[0], [1], [2], [3], [4]]
    with pytest.raises(PagingError, match=r"^list_things: the listing goes on after 5 pages; narrow its filters$"):
        await anext(pages)
    with pytest.raises(StopAsyncIteration):
        await anext(pages)
    assert listing.asked == [1, 2, 3, 4, 5]


async def test_a_listing_that_ends_at_the_last_page_allowed_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 3)
    assert await Listing(*THREE).read().collect() == [1, 2, 3, 4, 5, 6, 7]


async def test_the_bound_on_pages_counts_those_that_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 2)
    assert await Listing(*THREE).read(first=2).collect() == [4, 5, 6, 7]


async def test_a_page_that_could_not_be_had_can_be_asked_for_again() -> None:
    listing = Listing(*THREE)
    failures = [OSError("no"), OSError("no")]

    async def fetch(number: int, size: int | None) -> Page:
        if number == 2 and failures:
            raise failures.pop()
        return await listing.fetch(number)

    items = aiter(paginator(fetch))
    found = [await anext(items) for _ in range(3)]
    for _ in range(2):
        with pytest.raises(OSError, match="no"):
            await anext(items)
    found += [item async for item in items]
    assert found == [1, 2, 3, 4, 5, 6, 7]


async def test_a_failure_of_the_first_page_reaches_every_way_to_read() -> None:
    async def fetch(number: int, size: int | None) -> Page:
        raise OSError(number)

    reading = paginator(fetch)
    with pytest.raises(OSError, match="1"):
        await reading
    with pytest.raises(OSError, match="1"):
        await anext(aiter(reading))
    with pytest.raises(OSError, match="1"):
        await anext(reading.pages())
    with pytest.raises(OSError, match="1"):
        await reading.collect()


def test_the_repr_names_operation_and_start_and_no_personal_value() -> None:
    async def fetch(number: int, size: int | None, _filter: str = CANARY) -> Page:
        return Page([CANARY], number)

    reading = paginator(fetch, first=4, limit=6)
    assert repr(reading) == "<Paginator of list_things(): page 4, 0 items so far>"
    assert CANARY not in repr(reading.pages()) + repr(aiter(reading))
