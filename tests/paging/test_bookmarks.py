"""Bookmarks: small, fit to be written down, and exact."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moving_listing import ALL_TELLS, MovingListing, Page, letters, names, read, taken
from virtual_time import run_virtually

from contracts_client import Bookmark, ClientClosedError, Paginator, PagingDrift, PagingError
from contracts_client.bookmark import anchors_of, fingerprints, parse

CANARY = "c4narY"


def mark(page: int, position: int, last: str | None = None) -> Bookmark:
    """The bookmark of the tests' query, after an item."""
    anchor = None if last is None else anchors_of(last)[0]
    return Bookmark(page=page, position=position, fingerprint="0" * 12, anchor=anchor)


async def marks(reading: Paginator[str, Page], *, pages: bool = False) -> list[tuple[str, int, int]]:
    """What is yielded, with page and position of the bookmark after it."""
    found: list[tuple[str, int, int]] = []
    last = ""
    async for each in reading.pages() if pages else reading:
        shown = "".join(each.items) if isinstance(each, Page) else each
        last = shown[-1:] or last
        found.append((shown, reading.bookmark.page, reading.bookmark.position))
        assert reading.bookmark == mark(*found[-1][1:], last)
    return found


# The items of pages of two, whether pages are yielded, and what is yielded with page and position of its bookmark.
AFTER: list[tuple[str, bool, list[tuple[str, int, int]]]] = [
    ("abcde", False, [("a", 1, 1), ("b", 2, 0), ("c", 2, 1), ("d", 3, 0), ("e", 3, 1)]),
    ("abcde", True, [("ab", 2, 0), ("cd", 3, 0), ("e", 3, 1)]),
    ("abbdda", False, [("a", 1, 1), ("b", 2, 0), ("d", 3, 0)]),
]


@pytest.mark.parametrize(("items", "pages", "after"), AFTER)
def test_a_bookmark_lies_after_the_last_item(*, items: str, pages: bool, after: list[tuple[str, int, int]]) -> None:
    assert run_virtually(marks(letters(items).read(), pages=pages)) == after


@pytest.mark.parametrize(
    ("items", "end"),
    [("abba", (2, 2, "a")), ("abbac", (3, 1, "c")), ("abcbb", (3, 1, "b")), ("abcd", (2, 2, "d")), ("", (1, 0, None))],
)
@pytest.mark.parametrize("tells", ALL_TELLS)
def test_a_page_without_news_is_done_too(items: str, end: tuple[int, int, str | None], tells: str) -> None:
    if tells == "nothing" and items == "abcbb":
        items += "b"  # else it is repeated
    reading = letters(items, tells=tells).read()
    run_virtually(reading.collect())
    assert reading.bookmark.anchor == mark(*end).anchor
    assert tells == "nothing" or reading.bookmark == mark(*end)


@given(
    total=st.integers(0, 30),
    size=st.integers(1, 7),
    counts=st.lists(st.integers(0, 12), max_size=5),
    prefetch=st.integers(0, 3),
    tells=st.sampled_from(ALL_TELLS),
    beyond=st.sampled_from(["empty", "404"]),
)
def test_reading_goes_on_after_the_last_item(
    *, total: int, size: int, counts: list[int], prefetch: int, tells: str, beyond: str
) -> None:
    async def main() -> None:
        listing, found, bookmark = MovingListing(names(*range(total)), size, tells=tells, beyond=beyond), [], None
        for count in (*counts, 10**6):
            reading = listing.read(resume=bookmark, prefetch=prefetch)
            items = aiter(reading)
            found += [item for _ in range(min(count, 31)) if (item := await anext(items, None)) is not None]
            bookmark = parse(str(reading.bookmark))
            assert bookmark == reading.bookmark
            assert not reading.drift
        assert found == listing.items

    run_virtually(main())


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 8])
def test_after_a_limit_the_rest_can_be_read(limit: int) -> None:
    listing = letters("abcdefghijkl")
    reading = listing.read(limit=limit, size=4)
    run_virtually(reading.collect())
    assert read(listing, resume=reading.bookmark, size=4) == "abcdefghijkl"[limit:]
    assert (reading.bookmark.page, reading.bookmark.position) == (1 + limit // 4, limit % 4)


# Pages of three of "abcdefghi", of which so many are read. Then they are others, and the rest comes.
MOVES: list[tuple[int, str, str, int, dict[str, Any]]] = [
    (2, "xabcdefghi", "cdefghi", 1, {}),
    (3, "xabcdefghi", "defghi", 1, {}),
    (4, "xabcdefghi", "efghi", 1, {}),
    (5, "abcefghi", "fghi", 1, {}),
    (5, "abcdxfghi", "fghi", 1, {}),
    (5, "abxcdexghi", "xghi", 1, {}),
    (3, "abc", "", 1, {}),
    (9, "abcdefghijk", "jk", 0, {}),
    (3, "wxyzabcdefghi", "defghi", 1, {"size": 20}),
    (3, "wxyzabcdefghi", "de", 1, {"size": 20, "limit": 2}),
    (5, "ab", "", 1, {}),
    (5, "abcd", "", 1, {"tells": "nothing"}),
]


@pytest.mark.parametrize(("count", "items", "rest", "moved", "options"), MOVES)
@pytest.mark.parametrize("on_drift", ["report", "restart", "raise"])
def test_the_last_item_is_found_if_it_moved(
    *, count: int, items: str, rest: str, moved: int, options: dict[str, Any], on_drift: str
) -> None:
    """A restart would begin at the bookmark, and find it moved again: it is reported."""

    async def main() -> None:
        listing = letters("abcdefghi", size=3, tells=options.get("tells", "pages and items"))
        size = options.get("size")
        bookmark = (reading := listing.read(size=size)).bookmark
        await taken(reading, count)
        bookmark = reading.bookmark
        listing.items = list(items)
        resumed = listing.read(resume=bookmark, on_drift=on_drift, size=size, limit=options.get("limit"))
        if moved and on_drift == "raise":
            with pytest.raises(PagingError, match=f"page {bookmark.page}"):
                await resumed.collect()
        else:
            assert "".join(await resumed.collect()) == rest
            assert resumed.drift == PagingDrift(moved_bookmarks=moved)

    run_virtually(main())


def test_a_page_that_shrank_is_done() -> None:
    reading = letters("abc").read(resume=mark(2, 2, "d"))
    assert run_virtually(reading.collect()) == []
    assert (reading.bookmark, reading.drift) == (mark(2, 1, "c"), PagingDrift(moved_bookmarks=1))


@pytest.mark.parametrize(("tells", "beyond"), [("pages", "empty"), ("nothing", "404")])
@pytest.mark.parametrize(("start", "moved"), [(mark(3, 1, "e"), 1), (mark(3, 0, "d"), None), (mark(3, 0), 0)])
def test_a_page_that_is_gone_is_the_end(tells: str, beyond: str, start: Bookmark, moved: int | None) -> None:
    """It is noticed if it was there: if items of it were read, or the page before told that it is there."""
    listing = letters("abcd", tells=tells, beyond=beyond)
    reading = listing.read(resume=start)
    assert run_virtually(reading.collect()) == []
    assert reading.drift.moved_bookmarks == (tells == "pages" if moved is None else moved)

    async def pages() -> list[Page]:
        return [page async for page in listing.read(resume=start).pages()]

    assert run_virtually(pages()) == []


def test_pages_go_on_at_the_bookmarks_page() -> None:
    async def main() -> None:
        listing = letters("abcdefg")
        reading = listing.read()
        assert (await anext(reading.pages())).number == 1
        assert [page.number async for page in listing.read(resume=reading.bookmark).pages()] == [2, 3, 4]
        assert (await listing.read(resume=reading.bookmark)).number == 2

    run_virtually(main())


async def listed(reading: Paginator[str, Page]) -> None:
    await reading.collect()


async def awaited(reading: Paginator[str, Page]) -> None:
    await reading


async def iterated(reading: Paginator[str, Page]) -> None:
    [None async for _ in reading]


async def paged(reading: Paginator[str, Page]) -> None:
    [None async for _ in reading.pages()]


@pytest.mark.parametrize(("way", "first", "page"), [(listed, 1, 1), (awaited, 2, 2), (iterated, 1, 2), (paged, 1, 2)])
def test_every_error_carries_a_bookmark(
    way: Callable[[Paginator[str, Page]], Awaitable[None]], first: int, page: int
) -> None:
    """A list that was not handed over is not behind it."""

    def fail(number: int) -> None:
        if number == 2:
            raise ClientClosedError("closed")

    async def main() -> None:
        reading = MovingListing([f"{CANARY}-{number}" for number in range(9)], before=fail).read(first=first)
        with pytest.raises(ClientClosedError) as caught:
            await way(reading)
        found = caught.value.bookmark
        assert found == reading.bookmark == pickle.loads(pickle.dumps(caught.value)).bookmark
        assert found is not None
        assert (found.page, found.position) == (page, 0)
        assert CANARY not in repr(found) + str(found)

    run_virtually(main())


@pytest.mark.parametrize(("way", "rest"), [(listed, "abcdefghi"), (iterated, "defghi"), (paged, "defghi")])
def test_a_cancelled_reader_can_go_on(way: Callable[[Paginator[str, Page]], Awaitable[None]], rest: str) -> None:
    async def main() -> None:
        listing = letters("abcdefghi", size=3)
        reading = listing.read()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(way(reading), 1.5)
        assert "".join(await listing.read(resume=reading.bookmark).collect()) == rest

    run_virtually(main())


@pytest.mark.parametrize("tells", ["pages and items", "nothing"])
@pytest.mark.parametrize("count", [0, 2, 3, 4, 9])
def test_after_an_awaited_page_comes_more(tells: str, count: int) -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(count)), tells=tells)
        reading = listing.read()
        page = await reading
        if tells != "nothing":  # else a short page may be the last one, or not
            listing.items.append("new")
        rest = listing.read(resume=reading.bookmark)
        assert page.items + await rest.collect() == listing.items
        assert not rest.drift
        assert f"{len(page.items)} items so far" in repr(reading)

    run_virtually(main())


@pytest.mark.parametrize("anchor", [None, "abcdef"])
def test_a_bookmark_can_be_written_down(anchor: str | None) -> None:
    written = Bookmark(page=7, position=3, fingerprint="0123456789ab", anchor=anchor)
    assert str(written) == f"b1.7.3.0123456789ab.{anchor or '-'}"
    assert parse(str(written)) == written


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("b1.1.0.000000000000.-", True),
        ("b1.2147483647.0.000000000000.-", True),
        ("b1.2147483648.0.000000000000.-", False),
        ("", False),
        ("b1", False),
        ("b2.1.0.000000000000.-", False),
        ("b1.0.0.000000000000.-", False),
        ("b1.1.-1.000000000000.-", False),
        ("b1.1.0.00000000000.-", False),
        ("b1.1.0.000000000000.-\n", False),
        ("b1.\u0661.0.000000000000.-", False),
        ("b1.1.0.000000000000.00000g", False),
    ],
)
def test_a_text_that_holds_none_is_none(*, text: str, is_one: bool) -> None:
    assert (parse(text) is not None) is is_one


def test_checksums_are_short_and_the_same() -> None:
    (one, *_), (other, *_), (third, *_) = fingerprints("a", "b"), fingerprints("a", "c"), fingerprints("c", "b")
    assert (one, anchors_of("c-1")[0]) == ("8dd3de768dc3", "aa8a7e")
    assert (one[:8], one[8:]) == (other[:8], third[8:])
    assert anchors_of("c-1")[0] != anchors_of("c-2")[0]
    assert len({anchors_of("a")[0], fingerprints("a", "b")[0][:6], fingerprints("b", "a")[0][8:]}) == 3
    assert len(anchors_of("\ud800")[0]) == 6  # what a server sends may hold anything


def test_many_persons_share_a_checksum() -> None:
    wanted = fingerprints("", [("customerNumber", "1001")])[0][8:]
    shared = [each for each in range(150_000) if fingerprints("", [("customerNumber", str(each))])[0][8:] == wanted]
    assert len(shared) > 2  # so it names nobody, to an attacker who tries all of them
