"""Bookmarks: small, fit to be written down, and exact."""

import asyncio
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moving_listing import MovingListing, names
from virtual_time import run_virtually

from contracts_client import Bookmark, ClientClosedError, ContractsError, NotFoundError, PagingDrift, PagingError
from contracts_client.bookmark import fingerprints, parse

CANARY = "c4narY"


def read_in_parts(listing: MovingListing, *counts: int, **options: object) -> list[list[str]]:
    """Read so many items at a time, each time by a new paginator that starts at the bookmark of the one before."""

    async def main() -> list[list[str]]:
        parts, bookmark = [], None
        for count in (*counts, 10**6):
            reading = listing.read(resume=bookmark, **options)
            part: list[str] = []
            items = aiter(reading)
            while len(part) < count:
                item = await anext(items, None)
                if item is None:
                    break
                part.append(item)
            parts.append(part)
            bookmark = parse(str(reading.bookmark))
            assert bookmark == reading.bookmark
        return parts

    return run_virtually(main())


@given(
    total=st.integers(0, 30),
    size=st.integers(1, 7),
    counts=st.lists(st.integers(0, 12), max_size=5),
    prefetch=st.integers(0, 3),
    tells=st.sampled_from(["pages", "items", "nothing"]),
    beyond=st.sampled_from(["empty", "404"]),
)
def test_a_resumed_iteration_goes_on_right_after_the_last_item(  # all that a listing can be
    *, total: int, size: int, counts: list[int], prefetch: int, tells: str, beyond: str
) -> None:
    listing = MovingListing(names(*range(total)), size=size, tells=tells, beyond=beyond)
    parts = read_in_parts(listing, *counts, prefetch=prefetch)
    assert [item for part in parts for item in part] == listing.items


def test_a_bookmark_at_the_end_of_a_page_asks_for_the_next_one() -> None:
    listing = MovingListing(names(*range(9)))
    assert read_in_parts(listing, 3, 3) == [names(0, 1, 2), names(3, 4, 5), names(6, 7, 8)]
    assert listing.asked == [1, 2, 3]


def test_a_bookmark_at_the_end_of_the_listing_brings_what_was_added() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(5)))
        reading = listing.read()
        await reading.collect()
        listing.items += names(5, 6, 7)
        assert await listing.read(resume=reading.bookmark).collect() == names(5, 6, 7)

    run_virtually(main())


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 8])
def test_a_limit_leaves_a_bookmark_to_the_rest(limit: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(12)))
        reading = listing.read(limit=limit, size=4)
        found = await reading.collect()
        assert found + await listing.read(resume=reading.bookmark, size=4).collect() == listing.items

    run_virtually(main())


@pytest.mark.parametrize(("count", "moves"), [(2, False), (3, True), (4, True)])
def test_items_that_have_moved_on_the_page_do_not_confuse_it(*, count: int, moves: bool) -> None:
    """One item is added to the front, so that what was read last lies one place further on."""

    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        reading = listing.read()
        items = aiter(reading)
        found = [await anext(items) for _ in range(count)]
        listing.items.insert(0, "new")
        resumed = listing.read(resume=reading.bookmark)
        rest = await resumed.collect()
        assert found + rest == names(*range(9))
        assert resumed.drift.moved_bookmarks == 1

    run_virtually(main())


@pytest.mark.parametrize("limit", [1, 2, 20, None])
def test_items_that_have_moved_on_a_first_page_are_found_whatever_the_limit_wants_of_it(limit: int | None) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        reading = listing.read(size=20)
        items = aiter(reading)
        assert [await anext(items) for _ in range(3)] == names(0, 1, 2)
        listing.items[:0] = names(100, 101, 102, 103)
        rest = listing.read(size=20, limit=limit, resume=reading.bookmark)
        assert await rest.collect() == names(*range(3, 9))[:limit]

    run_virtually(main())


def test_items_that_were_removed_before_it_do_not_confuse_it() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        reading = listing.read()
        items = aiter(reading)
        for _ in range(5):
            await anext(items)
        del listing.items[3]
        assert await listing.read(resume=reading.bookmark).collect() == names(5, 6, 7, 8)

    run_virtually(main())


def test_an_item_that_is_gone_is_said_to_be_and_the_place_counts() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        reading = listing.read()
        items = aiter(reading)
        for _ in range(5):
            await anext(items)
        listing.items[4] = "another"
        resumed = listing.read(resume=reading.bookmark)
        assert await resumed.collect() == names(5, 6, 7, 8)
        assert resumed.drift.moved_bookmarks == 1
        with pytest.raises(PagingError, match="what was read last is not where it was on page 2"):
            await listing.read(resume=reading.bookmark, on_drift="raise").collect()

    run_virtually(main())


def test_a_bookmark_that_has_moved_is_no_reason_to_read_from_it_again() -> None:
    """It would be found moved each time."""

    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        items = aiter(reading := listing.read())
        found = [await anext(items) for _ in range(5)]
        listing.items.insert(0, "new")
        listing.asked.clear()
        resumed = listing.read(resume=reading.bookmark, on_drift="restart")
        assert found + await resumed.collect() == names(*range(9))
        assert resumed.drift == PagingDrift(moved_bookmarks=1)
        assert listing.asked == [2, 3, 4]

    run_virtually(main())


@pytest.mark.parametrize(("tells", "beyond", "count"), [("pages", "empty", 3), ("nothing", "404", 4)])
def test_a_page_that_was_there_and_is_gone_is_noticed(tells: str, beyond: str, count: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(6)), tells=tells, beyond=beyond)
        items = aiter(reading := listing.read())
        for _ in range(count):
            await anext(items)
        assert reading.bookmark.page == 2
        del listing.items[1:5]
        resumed = listing.read(resume=reading.bookmark)
        assert await resumed.collect() == []
        assert resumed.drift == PagingDrift(moved_bookmarks=1)
        with pytest.raises(PagingError, match="page 2, where to go on, is no more"):
            await listing.read(resume=reading.bookmark, on_drift="raise").collect()

    run_virtually(main())


def test_a_page_that_may_never_have_been_there_is_no_drift() -> None:
    async def main() -> None:
        silent = MovingListing(names(*range(6)), tells="nothing")
        bookmarks = [silent.read(first=3).bookmark]
        reading = silent.read(limit=6)
        await reading.collect()
        bookmarks.append(reading.bookmark)
        for bookmark in bookmarks:
            assert bookmark.page == 3
            resumed = silent.read(resume=bookmark)
            assert await resumed.collect() == []
            assert not resumed.drift

    run_virtually(main())


def test_a_page_that_is_gone_is_the_end_of_a_resumed_iteration() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)), beyond="404")
        bookmark = Bookmark(page=4, position=0, fingerprint="0" * 12)
        assert await listing.read(resume=bookmark).collect() == []
        assert [page async for page in listing.read(resume=bookmark).pages()] == []
        with pytest.raises(NotFoundError):
            await listing.read(first=4).collect()
        listing.beyond = "empty"
        assert [page async for page in listing.read(resume=bookmark).pages()] == []

    run_virtually(main())


def test_pages_go_on_with_the_page_of_the_bookmark() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(12)))
        reading = listing.read()
        pages = reading.pages()
        await anext(pages)
        assert (reading.bookmark.page, reading.bookmark.position) == (2, 0)
        assert [page.number async for page in listing.read(resume=reading.bookmark).pages()] == [2, 3, 4]
        assert (await listing.read(resume=reading.bookmark)).number == 2

    run_virtually(main())


def test_a_paginator_has_a_bookmark_before_anything_is_read() -> None:
    reading = MovingListing(names(1)).read(first=3)
    assert str(reading.bookmark) == "b1.3.0.000000000000.-"


def test_every_error_while_iterating_carries_one_that_survives_a_pickle() -> None:
    async def main() -> None:
        def fail(number: int) -> None:
            if number == 2:
                raise ClientClosedError("closed")

        listing = MovingListing([f"{CANARY}-{number}" for number in range(9)], before=fail)
        errors: list[ContractsError] = []
        reading = listing.read()
        for ending in (aiter(reading), reading.pages()):
            with pytest.raises(ClientClosedError) as caught:
                [None async for _ in ending]
            errors.append(caught.value)
        for error in errors:
            assert error.bookmark is not None
            assert (error.bookmark.page, error.bookmark.position) == (2, 0)
            assert pickle.loads(pickle.dumps(error)).bookmark == error.bookmark
            assert CANARY not in repr(error.bookmark) + str(error.bookmark)

    run_virtually(main())


def test_what_a_list_was_not_handed_over_is_not_behind_its_bookmark() -> None:
    async def main() -> None:
        def fail(number: int) -> None:
            if number == 3:
                raise ClientClosedError("closed")

        listing = MovingListing(names(*range(9)), before=fail)
        with pytest.raises(ClientClosedError) as caught:
            await listing.read().collect()
        assert caught.value.bookmark is not None
        assert (caught.value.bookmark.page, caught.value.bookmark.position) == (1, 0)
        with pytest.raises(ClientClosedError) as caught:
            await listing.read(first=3)
        assert caught.value.bookmark is not None
        assert caught.value.bookmark.page == 3

    run_virtually(main())


def test_a_cancelled_reader_finds_it_on_the_paginator() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        reading = listing.read()
        found = []
        with pytest.raises(TimeoutError):  # noqa: PT012 # as people write it
            async with asyncio.timeout(1.5):
                async for item in reading:
                    found.append(item)  # noqa: PERF401 # it does not come to its end
        assert found + await listing.read(resume=reading.bookmark).collect() == listing.items

    run_virtually(main())


def test_a_list_that_is_cancelled_was_not_handed_over_either() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        reading = listing.read()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reading.collect(), 1.5)
        assert str(reading.bookmark) == "b1.1.0.000000000000.-"
        assert await listing.read(resume=reading.bookmark).collect() == listing.items

    run_virtually(main())


@pytest.mark.parametrize("tells", ["pages and items", "nothing"])
@pytest.mark.parametrize("count", [0, 2, 3, 4, 9])
def test_after_the_first_page_alone_the_rest_can_be_read(tells: str, count: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(count)), tells=tells)
        reading = listing.read()
        page = await reading
        rest = listing.read(resume=reading.bookmark)
        assert page.items + await rest.collect() == listing.items
        assert not rest.drift
        assert f"{len(page.items)} items so far" in repr(reading)

    run_virtually(main())


def test_what_is_added_to_a_first_page_that_was_the_last_is_the_rest() -> None:
    async def main() -> None:
        listing = MovingListing(names(0, 1))
        reading = listing.read()
        await reading
        listing.items.append("new")
        assert await listing.read(resume=reading.bookmark).collect() == ["new"]

    run_virtually(main())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b1",
        "b2.1.0.000000000000.-",
        "b1.0.0.000000000000.-",
        "b1.1.-1.000000000000.-",
        "b1.2147483648.0.000000000000.-",
        "b1.1.0.00000000000.-",
        "b1.1.0.000000000000.-\n",
        "b1.\u0661.0.000000000000.-",
        "b1.1.0.000000000000.00000g",
    ],
)
def test_a_text_that_holds_none_is_none(text: str) -> None:
    assert parse(text) is None


def test_what_points_to_a_person_has_few_bits_and_the_same_ones_in_every_query() -> None:
    one = fingerprints("list sorted by status", [("customerNumber", "1001")])[0]
    other = fingerprints("list sorted by uuid", [("customerNumber", "1001")])[0]
    assert one[:8] != other[:8]
    assert one[8:] == other[8:]
    shared = [number for number in range(400_000) if _of(number) == one[8:]]
    assert len(shared) > 2  # so it names nobody, to whoever tries all of them


def _of(number: int) -> str:
    return fingerprints("", [("customerNumber", str(number))])[0][8:]
