"""A listing that moves while it is read, and a server that is not honest about its pages."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from moving_listing import MovingListing, Page, names
from virtual_time import run_virtually

from contracts_client import Paginator, PagingDrift, PagingError, defaults

CANARY = "c4narY"


class Script(MovingListing):
    """Answers with what it is given, page by page."""

    def __init__(self, *pages: Page) -> None:
        super().__init__([])
        self.script = {page.number: page for page in pages}

    def page(self, number: int, size: int | None) -> Page:
        return self.script.get(number) or Page([], number)


def at_page(number: int, change: Callable[[], object]) -> Callable[[int], None]:
    """Make a change once, just before a page is answered."""
    left = [change]

    def before(asked: int) -> None:
        if asked == number and left:
            left.pop()()

    return before


def inserted() -> MovingListing:
    listing = MovingListing(names(*range(9)))
    listing.before = at_page(2, lambda: listing.items.insert(0, "new"))
    return listing


def removed() -> MovingListing:
    listing = MovingListing(names(*range(9)))
    listing.before = at_page(2, lambda: listing.items.pop(0))
    return listing


def emptied() -> MovingListing:
    return Script(*(Page(names(number) if number < 3 else [], number, total_pages=5) for number in range(1, 6)))


def emptied_without_pages() -> MovingListing:
    """Tells how many items there are, and not how many pages."""
    return Script(*(Page(names(number), number, total_items=3) for number in (1, 2)))


def doubled() -> MovingListing:
    return Script(Page(names(1, 2), 1), Page(names(2, 3), 2), Page(names(4), 3))


def pushed() -> MovingListing:
    """A whole page is added to the front, and the totals say so."""
    listing = MovingListing(names(*range(6)))
    listing.before = at_page(2, lambda: listing.items.__setitem__(slice(0, 0), names(20, 21, 22)))
    return listing


CASES: dict[str, tuple[Callable[[], MovingListing], list[str], PagingDrift]] = {
    "inserted": (inserted, names(*range(9)), PagingDrift(totals_changed=1, duplicates=1)),
    "removed": (removed, names(0, 1, 2, 4, 5, 6, 7, 8), PagingDrift(totals_changed=1)),
    "emptied": (emptied, names(1, 2), PagingDrift(empty_pages=2, early_ends=1)),
    "emptied_without_pages": (emptied_without_pages, names(1, 2), PagingDrift(empty_pages=9, early_ends=1)),
    "doubled": (doubled, names(1, 2, 3, 4), PagingDrift(duplicates=1)),
    "pushed": (pushed, names(*range(6)), PagingDrift(totals_changed=1, repeated_pages=1, duplicates=3)),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("prefetch", [0, 2])
def test_what_moves_is_gone_over_counted_and_logged_once(
    case: str, prefetch: int, caplog: pytest.LogCaptureFixture
) -> None:
    make, items, drift = CASES[case]

    async def main() -> None:
        listing = make()
        reading = listing.read(prefetch=prefetch)
        assert not reading.drift
        assert await reading.collect() == items
        assert reading.drift == drift
        assert reading.drift
        by_page = listing.read()
        assert [page async for page in by_page.pages()]

    caplog.set_level(logging.WARNING)
    run_virtually(main())
    logged = [record.message for record in caplog.records if record.name == "contracts_client"]
    assert logged
    assert all("list_things: the listing changes while it is read: " in line for line in logged)
    assert len([line for line in logged if "tells other totals" in line]) <= 2  # one for each iteration


@pytest.mark.parametrize("case", CASES)
def test_what_moves_is_an_error_where_that_is_asked_for(case: str) -> None:
    async def main() -> None:
        reading = CASES[case][0]().read(on_drift="raise")
        found = []
        with pytest.raises(PagingError, match=r"^list_things: ") as caught:  # noqa: PT012 # as people write it
            async for item in reading:
                found.append(item)  # noqa: PERF401 # it does not come to its end
        assert type(caught.value) is PagingError
        assert found == CASES[case][1][: len(found)]
        assert caught.value.bookmark == reading.bookmark
        with pytest.raises(PagingError):
            await CASES[case][0]().read(on_drift="raise").collect()

    run_virtually(main())


@pytest.mark.parametrize("case", ["inserted", "removed", "pushed"])
def test_a_list_that_is_read_again_is_what_is_there_at_last(case: str) -> None:
    async def main() -> None:
        listing = CASES[case][0]()
        reading = listing.read(on_drift="restart", prefetch=2)
        assert await reading.collect() == listing.items
        assert reading.drift.restarts == 1
        assert await listing.read(on_drift="restart", limit=4).collect() == listing.items[:4]

    run_virtually(main())


@pytest.mark.parametrize("case", ["inserted", "removed", "pushed"])
def test_an_iteration_that_starts_again_leaves_out_what_was_yielded(case: str) -> None:
    async def main() -> None:
        listing = CASES[case][0]()
        at_first = list(listing.items)
        reading = listing.read(on_drift="restart")
        found = [item async for item in reading]
        assert len(set(found)) == len(found)
        assert set(found) == set(listing.items) | set(at_first[:3])  # the first page was yielded already
        assert reading.drift.restarts == 1

    run_virtually(main())


def test_no_page_is_cut_that_has_to_be_whole_to_bring_something_new() -> None:
    """After a restart, what was yielded comes first. A page cut to what is still wanted would hold nothing else."""

    async def main() -> None:
        listing = MovingListing(names(*range(12)))
        listing.before = at_page(2, lambda: listing.items.append("new"))
        reading = listing.read(on_drift="restart", size=5, limit=7)
        assert [item async for item in reading] == names(*range(7))
        assert reading.drift.restarts == 1
        assert list(zip(listing.asked, listing.sizes, strict=True)) == [(1, 5), (2, 5), (1, 5), (2, 5)]

    run_virtually(main())


def test_where_reading_began_further_on_nobody_knows_how_many_items_there_should_have_been() -> None:
    async def main() -> None:
        reading = Script(Page(names(4), 2, total_items=3)).read(first=2)
        assert await reading.collect() == names(4)
        assert not reading.drift

    run_virtually(main())


def test_the_bookmark_stays_after_the_last_item_while_what_was_yielded_is_read_again() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(3)), size=1)
        listing.before = at_page(3, lambda: listing.items.append("new"))
        reading = listing.read(on_drift="restart")
        found = []
        with pytest.raises(TimeoutError):  # noqa: PT012 # as people write it
            async with asyncio.timeout(4.5):  # page 1 came again, page 2 is on its way
                async for item in reading:
                    found.append(item)  # noqa: PERF401 # it does not come to its end
        assert found + await listing.read(resume=reading.bookmark).collect() == [*names(*range(3)), "new"]

    run_virtually(main())


def test_pages_come_again_where_the_listing_is_read_again() -> None:
    async def main() -> None:
        pages = [page.number async for page in inserted().read(on_drift="restart").pages()]
        assert pages == [1, 1, 2, 3, 4]

    run_virtually(main())


def test_a_listing_that_never_stands_still_is_not_read_again_for_ever() -> None:
    async def main() -> None:
        listing = MovingListing(names(*range(9)))
        listing.before = lambda number: listing.items.insert(0, f"new-{len(listing.items)}")
        reading = listing.read(on_drift="restart")
        with pytest.raises(PagingError, match="and so it was after 3 restarts"):
            await reading.collect()
        assert listing.asked == [1, 2] * 4

    run_virtually(main())


def test_an_iteration_that_has_yielded_too_much_to_leave_it_out_is_not_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_ITEMS", 2)

    async def main() -> None:
        items = aiter(inserted().read(on_drift="restart"))
        for _ in range(3):
            await anext(items)
        with pytest.raises(PagingError, match="too much was yielded"):
            await anext(items)

    run_virtually(main())


def test_items_that_come_again_are_yielded_where_that_is_asked_for() -> None:
    async def main() -> None:
        reading = doubled().read(deduplicate=False)
        assert await reading.collect() == names(1, 2, 2, 3, 4)
        assert reading.drift.duplicates == 1

    run_virtually(main())


def test_so_many_items_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_ITEMS", 3)

    async def main() -> None:
        long = "x" * 200
        script = Script(Page([long, "a", "b"], 1), Page([long, "c", "d"], 2), Page(["e", "f", "a"], 3))
        assert await script.read().collect() == [long, "a", "b", "c", "d", "e", "f", "a"]

    run_virtually(main())


def test_so_many_pages_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_PAGES", 1)

    async def main() -> None:
        script = Script(Page(["a"], 1), Page(["b"], 2), Page(["a"], 3), Page(["c"], 4))
        assert await script.read().collect() == ["a", "b", "c"]

    run_virtually(main())


@pytest.mark.parametrize("on_drift", ["report", "raise"])
@pytest.mark.parametrize("echo", [0, 1, 7])
def test_another_number_than_was_asked_for_is_an_error(on_drift: str, echo: int) -> None:
    async def main() -> None:
        script = Script(Page(names(1), 2, echoed_number=echo))
        reading = script.read(first=2, on_drift=on_drift)
        with pytest.raises(PagingError, match=f"page 2 was asked for, and the server says that it answers page {echo}"):
            await reading.collect()
        with pytest.raises(PagingError):
            await reading

    run_virtually(main())


def test_the_number_that_was_asked_for_is_fine() -> None:
    async def main() -> None:
        script = Script(Page(names(1), 1, echoed_number=1))
        assert await script.read().collect() == names(1)
        assert (await script.read()).number == 1

    run_virtually(main())


class Deaf(MovingListing):
    """Ignores the page number."""

    def page(self, number: int, size: int | None) -> Page:
        return Page([CANARY, "b"], number, total_pages=9, total_items=18)


def test_a_server_that_ignores_the_page_number_is_found_out_at_once() -> None:
    async def main() -> None:
        listing = Deaf([])
        with pytest.raises(PagingError, match=r"page 2 repeats page 1; the server may ignore") as caught:
            await listing.read().collect()
        assert listing.asked == [1, 2]
        assert CANARY not in str(caught.value)

    run_virtually(main())


def test_pages_that_take_turns_are_found_out_too() -> None:
    async def main() -> None:
        script = Script(*(Page(names(number % 2), number, total_pages=50) for number in range(1, 50)))
        with pytest.raises(PagingError, match="page 3 repeats page 1"):
            await script.read().collect()

    run_virtually(main())


class Shuffling(MovingListing):
    """Answers the same items in another order each time."""

    def page(self, number: int, size: int | None) -> Page:
        turned = number % len(self.items)
        return Page(self.items[turned:] + self.items[:turned], number)


def test_pages_that_bring_nothing_new_are_given_up() -> None:
    async def main() -> None:
        listing = Shuffling(names(*range(50)))
        with pytest.raises(PagingError, match="the last 10 pages, up to page 11, brought nothing new"):
            await listing.read().collect()
        assert listing.asked == list(range(1, 12))

    run_virtually(main())


def test_a_listing_that_grows_as_fast_as_it_is_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGE_GROWTH", 4)

    async def main() -> None:
        script = Script(*(Page(names(number), number, total_pages=number + 1) for number in range(1, 50)))
        with pytest.raises(PagingError, match="has grown by 4 pages while it is read"):
            await script.read().collect()
        assert script.asked == [1, 2, 3, 4, 5, 6]

    run_virtually(main())


def test_a_repeated_page_that_the_totals_explain_is_no_endless_loop() -> None:
    async def main() -> None:
        script = Script(*(Page(names(1), number, total_items=number, total_pages=10**6) for number in range(1, 50)))
        with pytest.raises(PagingError, match="brought nothing new"):
            await script.read().collect()
        assert script.asked == list(range(1, 12))

    run_virtually(main())


def test_totals_that_can_not_be_are_none() -> None:
    async def main() -> None:
        reading: Paginator[Any, Page] = Script(Page(names(1), 1, -5, -1)).read()
        await reading
        assert (reading.total_items, reading.total_pages) == (None, None)

    run_virtually(main())


def test_a_capped_page_is_read_again_where_it_was_cut_too_far() -> None:
    """A server that answers less than it was asked for, without totals."""

    async def main() -> None:
        listing = MovingListing(names(*range(9)), most=2, tells="nothing")
        assert await listing.read(size=10, limit=5).collect() == names(*range(5))
        assert listing.sizes == [5, 10, 10, 10]
        assert listing.asked == [1, 1, 2, 3]

    run_virtually(main())


class CountsThePage(MovingListing):
    """Says as the number of items what is on the page."""

    def page(self, number: int, size: int | None) -> Page:
        return evolve(found := super().page(number, size), total_items=len(found.items))


def test_the_number_of_pages_counts_before_that_of_items_on_a_cut_page_too() -> None:
    async def main() -> None:
        listing = CountsThePage(names(*range(9)), most=2)
        assert await listing.read(size=10, limit=5).collect() == names(*range(5))

    run_virtually(main())


def test_progress_shows_in_the_repr() -> None:
    async def main() -> None:
        reading = MovingListing(names(*range(9))).read(description="perPage=3, customerNumber=…")
        items = aiter(reading)
        for _ in range(4):
            await anext(items)
        expected = "<Paginator of list_things(perPage=3, customerNumber=…): page 2 of 3, 4 items so far>"
        assert repr(reading) == expected

    run_virtually(main())


def test_a_page_that_comes_again_long_after_the_totals_changed_is_no_fault_of_the_server() -> None:
    async def main() -> None:
        totals = {1: 3, 2: 5, 3: 5, 4: 5, 5: 5}
        items = {1: "a", 2: "new", 3: "a", 4: "b", 5: "c"}
        script = Script(*(Page([items[number]], number, totals[number], totals[number]) for number in items))
        reading = script.read()
        assert await reading.collect() == ["a", "new", "b", "c"]
        assert reading.drift == PagingDrift(totals_changed=1, repeated_pages=1, duplicates=1)

    run_virtually(main())
