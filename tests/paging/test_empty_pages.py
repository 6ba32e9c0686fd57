"""Pages that are empty, short or all known although the totals announce more: read past, noted, and never lost."""

import logging
from typing import Any

import pytest
from moving_listing import MovingListing, Page, names
from virtual_time import run_virtually

from contracts_client import PagingDrift, PagingError, defaults

Row = tuple[list[int], int | None, int | None]  # items of a page, and the totals that it tells
PAST = ([], None, None)


class Rows(MovingListing):
    """Answers the page of a row; past the last row, it answers that one's totals with no items."""

    def __init__(self, *rows: Row, size: int = 2) -> None:
        super().__init__([])
        self.rows, self.size = rows, size

    def page(self, number: int, size: int | None) -> Page:
        items, total_items, total_pages = self.rows[min(number, len(self.rows)) - 1]
        found = names(*items[:size]) if number <= len(self.rows) else []
        return Page(found, number, total_items, total_pages)


def empties(count: int, items: int | None, pages: int | None) -> list[Row]:
    return [([], items, pages)] * count


def drift(empty: int = 0, early: int = 0, **more: int) -> PagingDrift:
    return PagingDrift(empty_pages=empty, early_ends=early, **more)


# What the server answers, the items that come of it, what is noticed, and which pages are asked for.
CASES: dict[str, tuple[list[Row], list[int], PagingDrift, int]] = {
    "first page": ([([], 2, 2), ([1, 2], 2, 2)], [1, 2], drift(1), 2),
    "middle page": ([([1], 3, 3), ([], 3, 3), ([2], 3, 3)], [1, 2], drift(1, 1), 4),
    "without items": ([([1], None, 3), ([], None, 3), ([2], None, 3)], [1, 2], drift(1), 3),
    "without pages": ([([1, 2], 3, None), ([], 3, None), ([3], 3, None)], [1, 2, 3], drift(1), 3),
    "older totals": ([([1], 2, 3), ([], None, None), ([2], 2, 3)], [1, 2], drift(1), 3),
    "nine in a row": ([*empties(9, 1, 10), ([1], 1, 10)], [1], drift(9), 10),
    "last page": ([([1, 2], 3, 2), ([], 3, 2)], [1, 2], drift(1, 1), 3),
    "nothing at all": ([([], 0, 1)], [], drift(), 1),
    "no totals": ([([1, 2], None, None), ([], None, None), ([3], None, None)], [1, 2], drift(), 2),
    "zero items": ([([], 0, 2), ([1], 1, 2)], [1], drift(1, totals_changed=1), 2),
    "none at all": ([([], 0, 2), ([], 0, 2)], [], drift(1, 1), 2),
    "one page": ([([], None, 1), ([1], None, 1)], [], drift(), 1),
    "totals apart": ([([], 2, 1), ([1, 2], 2, 1)], [1, 2], drift(1), 2),
    "capped size": ([([1, 2], 5, 2), ([3, 4], 5, 2), ([5], 5, 2)], [1, 2, 3, 4, 5], drift(), 3),
    "short pages": ([([1], 3, 2), ([2], 3, 2), ([3], 3, 2)], [1, 2, 3], drift(), 3),
    "too few items": ([([1], 5, 1)], [1], drift(0, 1), 2),
    "last page again": ([([1, 2], 5, 1), ([1, 2], 5, 1)], [1, 2], drift(0, 1), 2),
    "all known": ([([1, 2], None, 3), ([2, 1], None, 3), ([3], None, 3)], [1, 2, 3], drift(duplicates=2), 3),
}


# A bookmark knows nothing of what came before it: neither which items, nor how many.
FORGETFUL = {"all known", "last page again", "capped size"}


@pytest.mark.parametrize("prefetch", [0, 3])
@pytest.mark.parametrize("case", CASES)
def test_more_is_read_while_it_is_announced(case: str, prefetch: int, caplog: pytest.LogCaptureFixture) -> None:
    rows, items, noticed, asked = CASES[case]

    async def main() -> None:
        listing = Rows(*rows)
        reading = listing.read(prefetch=prefetch)
        assert await reading.collect() == names(*items)
        assert (reading.drift, listing.asked) == (noticed, list(range(1, asked + 1)))
        by_page = [item async for page in listing.read().pages() for item in page.items]
        assert list(dict.fromkeys(by_page)) == names(*items)

    run_virtually(main())
    assert bool(noticed) is any("the listing changes while it is read" in line for line in caplog.messages)


@pytest.mark.parametrize("on_drift", ["raise", "restart"])
@pytest.mark.parametrize("case", [name for name, (_, _, noticed, _) in CASES.items() if noticed])
def test_missing_pages_are_an_error_if_asked(case: str, on_drift: str) -> None:
    async def main() -> None:
        reading = Rows(*CASES[case][0]).read(on_drift=on_drift)
        with pytest.raises(PagingError) as caught:
            await reading.collect()
        assert caught.value.bookmark == reading.bookmark
        assert reading.drift.restarts == (defaults.MAX_RESTARTS if on_drift == "restart" else 0)

    run_virtually(main())


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("limit", range(6))
def test_a_limit_is_exact_and_can_be_resumed(case: str, limit: int) -> None:
    rows, items, _, _ = CASES[case]

    async def main() -> None:
        reading = Rows(*rows).read(limit=limit, size=3)
        first = [item async for item in reading]
        assert first == names(*items[:limit])
        if case not in FORGETFUL:
            assert first + await Rows(*rows).read(resume=reading.bookmark, size=3).collect() == names(*items)

    run_virtually(main())


@pytest.mark.parametrize("pages", [12, 2**31])
def test_ten_empty_pages_are_an_error(pages: int) -> None:
    async def main() -> None:
        listing = Rows(([1], None, pages))
        reading = listing.read(prefetch=4)
        words = "the last 10 pages, up to page 11, brought nothing new; the server's totals may be wrong$"
        found = []
        with pytest.raises(PagingError, match=words):  # noqa: PT012 # as people write it
            async for item in reading:
                found.append(item)  # noqa: PERF401 # it does not come to its end
        assert (found, reading.drift.empty_pages, len(listing.asked) <= 15) == (names(1), 10, True)

    run_virtually(main())


def test_the_tenth_of_them_may_be_the_end() -> None:
    async def main() -> None:
        announced, remembered = Rows(([1], None, 11)), Rows(([1], 3, None), PAST)
        for listing in (announced, remembered):  # the last page that is announced; totals that are told no more
            reading = listing.read()
            assert await reading.collect() == names(1)
            assert (reading.drift, listing.asked) == (drift(9, 1), list(range(1, 12)))

    run_virtually(main())


@pytest.mark.parametrize("on_drift", ["report", "restart", "raise"])
def test_an_awaited_page_says_more_follow(on_drift: str, caplog: pytest.LogCaptureFixture) -> None:
    async def main() -> None:
        reading = Rows(([], 2, 2), ([1, 2], 2, 2)).read(on_drift=on_drift)
        if on_drift == "raise":
            with pytest.raises(PagingError, match="list_things: page 1 is empty although more was announced") as caught:
                await reading
            assert caught.value.bookmark == reading.bookmark
        else:
            assert (await reading).items == []
            assert await Rows(([], 2, 2), ([1, 2], 2, 2)).read(resume=reading.bookmark).collect() == names(1, 2)
        assert reading.drift == drift(1)

    with caplog.at_level(logging.WARNING):
        run_virtually(main())
    assert len(caplog.messages) == (on_drift != "raise") * 2


@pytest.mark.parametrize("way", ["await", "collect"])
@pytest.mark.parametrize("on_drift", ["report", "restart", "raise"])
@pytest.mark.parametrize("totals", [(2, 2), (None, 2), (0, 2)])
def test_an_empty_last_page_is_an_early_end(way: str, on_drift: str, totals: tuple[int | None, int]) -> None:
    """It was announced. A listing that begins there knows of no other page."""

    async def main() -> None:
        reading = Rows(([1], *totals), ([], *totals)).read(first=2, on_drift=on_drift)
        if on_drift == "raise" or (on_drift == "restart" and way == "collect"):
            with pytest.raises(PagingError, match="there is no page 2 although 2 pages were announced") as caught:
                await (reading if way == "await" else reading.collect())
            assert caught.value.bookmark == reading.bookmark
        elif way == "await":
            assert (await reading).items == []
        else:
            assert await reading.collect() == []
        assert reading.drift.early_ends == (4 if reading.drift.restarts else 1)

    run_virtually(main())


def test_a_bookmark_in_an_emptied_page_moved() -> None:
    async def main() -> None:
        mark: Any = None
        full = Rows(([1, 2], 4, 2), ([3, 4], 4, 2)).read()
        async for _ in full:
            mark = full.bookmark
            break
        reading = Rows(([], 4, 2), ([2, 4], 4, 2)).read(resume=mark)
        assert await reading.collect() == names(2, 4)
        assert reading.drift == drift(1, 1, moved_bookmarks=1)

    run_virtually(main())
