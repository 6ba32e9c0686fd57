"""Reading a listing: lazily, in order, exact in its limit, and to its end."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from attrs import evolve
from moving_listing import ALL_TELLS, MovingListing, Page, letters, read, taken
from virtual_time import run_virtually

from contracts_client import APIConnectionError, NotFoundError, Paginator, PagingError, defaults


def requests(listing: MovingListing) -> list[tuple[int, int | None]]:
    return list(zip(listing.asked, listing.sizes, strict=True))


async def pages(reading: Paginator[str, Page]) -> list[str]:
    return ["".join(page.items) async for page in reading.pages()]


@pytest.mark.parametrize("prefetch", [0, 2])
@pytest.mark.parametrize("tells", ALL_TELLS)
@pytest.mark.parametrize("count", range(8))
def test_every_item_comes_once_and_in_order(prefetch: int, tells: str, count: int) -> None:
    listing = letters("abcdefg"[:count], tells=tells)
    assert read(listing, prefetch=prefetch) == "abcdefg"[:count]
    # Without totals, a full last page is followed by an empty one, and so is a first page.
    needed = max(1, -(-count // 2))
    one_more = tells == "nothing" and count > 0 and (count % 2 == 0 or needed == 1)
    assert listing.asked == list(range(1, needed + one_more + 1))
    assert "".join(run_virtually(pages(listing.read()))) == "abcdefg"[:count]


@pytest.mark.parametrize("prefetch", [0, 5])
@pytest.mark.parametrize("tells", ALL_TELLS)
@pytest.mark.parametrize("limit", [*range(8), 10**30])
def test_a_limit_is_exact_and_sends_no_more(prefetch: int, tells: str, limit: int) -> None:
    listing = letters("abcdefg", tells=tells)
    assert read(listing, limit=limit, prefetch=prefetch) == "abcdefg"[:limit]
    needed = list(range(1, min(5, -(-limit // 2) + 1)))
    assert listing.asked == needed
    listing.asked.clear()
    assert len(run_virtually(pages(listing.read(limit=limit, prefetch=prefetch)))) == len(needed)
    assert listing.asked == needed


def test_a_short_page_prefetches_no_more() -> None:
    """The pages that a limit needs are counted by the longest page."""

    class Uneven(MovingListing):
        def page(self, number: int, size: int | None) -> Page:
            return Page([f"{number}-{each}" for each in range(1 if number == 2 else 4)], number, total_pages=9)

    listing = Uneven([])
    assert len(run_virtually(taken(listing.read(prefetch=4, limit=9), 6))) == 6
    assert listing.asked == [1, 2, 3]


# Items and size of the listing's pages, the options, and the page and size of each request.
CUTS: list[tuple[dict[str, Any], dict[str, Any], list[tuple[int, int | None]]]] = [
    ({}, {"size": 4, "limit": 3}, [(1, 3)]),
    ({}, {"size": 4, "limit": 4}, [(1, 4)]),
    ({}, {"size": 4, "limit": 7}, [(1, 4), (2, 4)]),
    ({}, {"limit": 1}, [(1, None)]),
    ({"most": 2}, {"size": 4, "limit": 3}, [(1, 3), (1, 4), (2, 4)]),
    ({"most": 2, "tells": "items"}, {"size": 4, "limit": 3}, [(1, 3), (1, 4), (2, 4)]),
    ({"most": 2, "tells": "nothing"}, {"size": 10, "limit": 5}, [(1, 5), (1, 10), (2, 10), (3, 10)]),
    ({}, {"size": 4, "limit": 3, "first": 2}, [(2, 4)]),
    ({"items": list("abc"), "tells": "pages"}, {"size": 10, "limit": 5}, [(1, 5)]),
    ({"items": list("abc"), "tells": "items"}, {"size": 10, "limit": 5}, [(1, 5)]),
    ({"items": list("abc"), "most": 2}, {"size": 4, "limit": 3}, [(1, 3), (1, 4), (2, 4)]),
]


@pytest.mark.parametrize(("listed", "options", "sent"), CUTS)
def test_page_1_alone_is_cut_to_the_limit(
    listed: dict[str, Any], options: dict[str, Any], sent: list[tuple[int, int | None]]
) -> None:
    listing = evolve(letters("abcdefgh"), **listed)
    start = (options.get("first", 1) - 1) * 4
    assert read(listing, **options) == "".join(listing.items[start:][: options["limit"]])
    assert requests(listing) == sent


def test_pages_count_as_a_whole() -> None:
    """Pages are whole and count as a whole."""
    assert run_virtually(pages(letters("abcdefgh").read(size=4, limit=3))) == ["abcd"]
    assert run_virtually(pages(letters("aabbccdd").read(limit=2))) == ["aa"]


def test_a_cut_page_is_not_taken_for_all() -> None:
    """Its server says as the number of items what is on the page."""

    class CountsThePage(MovingListing):
        def page(self, number: int, size: int | None) -> Page:
            return evolve(found := super().page(number, size), total_items=len(found.items))

    assert read(CountsThePage(list("abcdefghi"), most=2), size=10, limit=5) == "abcde"


@pytest.mark.parametrize(("tells", "totals"), [("pages and items", (8, 2)), ("pages", (None, None))])
def test_totals_are_of_the_size_asked_for(tells: str, totals: tuple[int | None, int | None]) -> None:
    reading = letters("abcdefgh", tells=tells).read(size=4, limit=3)
    run_virtually(reading.collect())
    assert (reading.total_items, reading.total_pages) == totals


class Told(MovingListing):
    """Tells what it is given, page by page, and the last of it from then on."""

    totals: list[tuple[int | None, int | None]]

    def page(self, number: int, size: int | None) -> Page:
        items, pages = self.totals[min(number, len(self.totals)) - 1]
        return evolve(super().page(number, size), total_items=items, total_pages=pages)


# Totals (items and pages) of page after page of "abcdefg", what is read, and the totals in the end.
TOTALS: list[tuple[list[tuple[int | None, int | None]], str, tuple[int | None, int | None]]] = [
    ([(None, 0)], "abcdefg", (None, 0)),
    ([(None, -1)], "abcdefg", (None, None)),
    ([(0, None)], "abcdefg", (0, None)),
    ([(-1, -(2**31))], "abcdefg", (None, None)),
    ([(None, 2)], "abcd", (None, 2)),
    ([(4, None)], "abcd", (4, None)),
    ([(None, 2), (None, 3), (None, 4)], "abcdefg", (None, 4)),
    ([(None, 3), (None, 2)], "abcd", (None, 2)),
    ([(7, 4), (None, None)], "abcdefg", (7, 4)),
]


@pytest.mark.parametrize(("totals", "items", "last"), TOTALS)
def test_the_newest_totals_tell_the_end(
    totals: list[tuple[int | None, int | None]], items: str, last: tuple[int | None, int | None]
) -> None:
    listing = Told(list("abcdefg"), size=2)
    listing.totals = totals
    reading = listing.read()
    assert "".join(run_virtually(reading.collect())) == items
    assert (reading.total_items, reading.total_pages) == last


def test_a_later_start_counts_by_pages_alone() -> None:
    listing = letters("abcdefg", tells="items")
    assert read(listing, first=3) == "efg"
    assert listing.asked == [3, 4]
    assert read(letters("abcdefg"), first=4, prefetch=3) == "g"
    assert read(letters("abcdefg"), first=9) == ""


@pytest.mark.parametrize("options", [{}, {"limit": 5}, {"limit": 2, "size": 10}, {"first": 7}])
def test_an_empty_listing_is_one_empty_page(options: dict[str, Any]) -> None:
    reading = letters("").read(**options)
    assert run_virtually(pages(reading)) == [""]
    assert run_virtually(reading.collect()) == []
    assert (reading.total_items, reading.total_pages) == (0, 0)


@pytest.mark.parametrize("tells", ALL_TELLS)
def test_a_later_page_not_found_is_the_end(tells: str) -> None:
    listing = letters("abcd", tells=tells, beyond="404")
    listing.before = lambda number: listing.items.__setitem__(slice(2, None), []) if number == 2 else None
    reading = listing.read()
    assert run_virtually(reading.collect()) == ["a", "b"]
    assert reading.drift.early_ends == (tells != "nothing")
    assert run_virtually(pages(letters("abcd", tells="nothing", beyond="404").read())) == ["ab", "cd"]


def test_nothing_is_sent_before_it_is_read() -> None:
    listing = letters("abcde")
    reading = listing.read()
    aiter(reading)
    reading.pages()
    assert (listing.asked, reading.total_items, reading.total_pages) == ([], None, None)
    assert repr(reading) == "<Paginator of list_things(): page 1, 0 items so far>"


@pytest.mark.parametrize("limit", [0, 1, None])
def test_awaiting_gives_one_whole_page(limit: int | None) -> None:
    async def main() -> None:
        listing = letters("abcdefg")
        reading = listing.read(first=2, size=3, limit=limit, prefetch=4)
        for _ in range(2):
            assert (await reading).items == list("def")
        assert requests(listing) == [(2, 3)] * 2
        assert (reading.total_items, reading.total_pages) == (7, 3)

    run_virtually(main())


@pytest.mark.parametrize(("limit", "found"), [(None, "a"), (1, "a"), (5, "a"), (0, None)])
def test_the_first_item_is_asked_for_alone(limit: int | None, found: str | None) -> None:
    listing = letters("abcdefg")
    assert run_virtually(listing.read(limit=limit, prefetch=5, size=3).first()) == found
    assert requests(listing) == ([] if found is None else [(1, 1)])


def test_every_way_to_read_starts_afresh() -> None:
    async def main() -> None:
        reading = letters("abcde").read()
        one, other = aiter(reading), aiter(reading)
        assert [await anext(one), await anext(one), await anext(other)] == ["a", "b", "a"]
        assert await reading.collect() == await reading.collect() == list("abcde")
        assert [await anext(one), await anext(other)] == ["c", "b"]

    run_virtually(main())


@pytest.mark.parametrize("start", [aiter, Paginator.pages], ids=["items", "pages"])
@pytest.mark.parametrize("items", ["abcd", "aa"], ids=["end", "error"])
def test_an_iterator_at_its_end_stays_there(start: Callable[[Any], AsyncIterator[Any]], items: str) -> None:
    async def main() -> None:
        listing = letters(items, size=1)
        iterator = start(listing.read())
        assert aiter(iterator) is iterator
        with pytest.raises(PagingError if items == "aa" else StopAsyncIteration):
            [await anext(iterator) for _ in range(9)]
        asked = len(listing.asked)
        assert [each async for each in iterator] == []
        assert len(listing.asked) == asked

    run_virtually(main())


@pytest.mark.parametrize("prefetch", [0, 4])
def test_a_listing_has_a_bound_of_pages(prefetch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 3)
    assert read(letters("abcdef"), prefetch=prefetch) == "abcdef"
    assert read(letters("abcdefgh"), prefetch=prefetch, first=2) == "cdefgh"
    listing = letters("abcdefghij")
    with pytest.raises(PagingError, match=r"^list_things: the listing goes on after 3 pages; narrow its filters$"):
        read(listing, prefetch=prefetch, first=2)
    assert listing.asked == [2, 3, 4]


@pytest.mark.parametrize("error", [NotFoundError, APIConnectionError])
def test_a_failing_page_1_fails_every_way(error: type[APIConnectionError]) -> None:
    def fail(number: int) -> None:
        raise error("no", operation="list_things", correlation_id="id", **more)

    more: Any = {"status_code": 404} if error is NotFoundError else {}

    async def main() -> None:
        reading = letters("abc", before=fail).read(first=3)
        for way in (lambda: reading, lambda: anext(aiter(reading)), lambda: anext(reading.pages()), reading.collect):
            with pytest.raises(error) as caught:
                await way()
            assert str(caught.value.bookmark) == "b1.3.0.000000000000.-"

    run_virtually(main())
