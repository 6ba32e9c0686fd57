"""What a page tells of its listing, and what the guard makes of page after page."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

import pytest
from moving_listing import Page
from virtual_time import run_virtually

from contracts_client import PagingDrift, PagingError, defaults
from contracts_client.pagination.drift import DriftLog
from contracts_client.pagination.guard import Guard, RecentKeys
from contracts_client.pagination.page import Listing, is_last, remaining_items
from contracts_client.pagination.prefetch import Prefetch


@pytest.mark.parametrize(
    ("items", "number", "pages", "total", "last", "remaining"),
    [
        ("", 1, None, None, True, 0),
        ("", 1, 1, 0, True, 0),
        ("", 1, 9, 0, False, None),
        ("", 1, 0, None, True, 0),
        ("", 1, 9, 9, False, 9),
        ("", 1, 9, None, False, None),
        ("", 1, None, 9, False, 9),
        ("", 1, 1, 2, False, 2),
        ("", 2, 9, 9, False, None),
        ("", 9, 9, 9, True, 0),
        ("", 2, 1, 9, True, 0),
        ("", 2, None, 9, None, None),
        ("ab", 1, None, None, None, None),
        ("ab", 1, 2, None, False, None),
        ("ab", 1, 1, 5, False, 3),
        ("ab", 1, 0, 2, True, 0),
        ("ab", 1, 2, 1, False, 0),
        ("ab", 1, 5, 0, False, None),
        ("ab", 1, None, 0, None, None),
        ("ab", 1, None, 1, True, 0),
        ("ab", 1, None, 3, False, 1),
        ("ab", 2, 2, 9, True, 0),
        ("ab", 3, 2, None, True, 0),
        ("ab", 2, 3, 6, False, 2),
        ("ab", 2, 3, 3, False, None),
        ("ab", 2, 3, 7, False, None),
        ("ab", 2, 0, 9, None, None),
        ("ab", 2, None, 9, None, None),
        ("ab", 2, -1, -1, None, None),
    ],
)
def test_a_page_tells_what_it_leaves_out(
    *,
    items: str,
    number: int,
    pages: int | None,
    total: int | None,
    last: bool | None,
    remaining: int | None,
) -> None:
    page = Page(list(items), number, total, pages)
    assert (is_last(page), remaining_items(page)) == (last, remaining)


def test_the_oldest_key_is_forgotten_first() -> None:
    recent = RecentKeys(2)
    added = [recent.add(key) for key in "abacbac"]
    assert added == [True, True, False, True, False, True, False]
    assert ["b" in recent, "c" in recent] == [False, True]


@pytest.mark.parametrize(("length", "kept"), [(128, 128), (129, 32)])
def test_a_long_key_takes_no_more_room(length: int, kept: int) -> None:
    recent = RecentKeys(5)
    keys = ["k" * length, "k" * (length - 1) + "j", "\ud800" * length]
    assert [recent.add(key) for key in [*keys, *keys]] == [True, True, True, False, False, False]
    assert {len(key) for key in recent._known} == {kept}  # type: ignore[arg-type]


def guard(
    log: DriftLog | None = None, *, deduplicate: bool = True, earlier: frozenset[Hashable] = frozenset()
) -> Guard:
    listing: Listing[str, Page] = Listing(
        operation="list_things",
        fetch=Fetches(),
        key=lambda item: item,
        deduplicate=deduplicate,
        fingerprint=str,
        description=str,
    )
    return Guard(listing, log or DriftLog("list_things", "report"), earlier)


def test_new_items_did_not_come_before() -> None:
    log = DriftLog("list_things", "report")
    made = guard(log, earlier=frozenset("e"))
    new = made.look(Page(list("abecbd"), 1), 1, cut=False)
    assert (new.positions, new.keys) == ([1, 3, 5], ["b", "c", "d"])
    new = made.look(Page(list("axd"), 2), 0, cut=False)
    assert (new.positions, new.keys) == ([1], ["x"])
    assert log.drift == PagingDrift(duplicates=3)
    new = guard(deduplicate=False).look(Page(list("aab"), 1), 0, cut=False)
    assert (new.positions, new.keys) == ([0, 1, 2], ["a", "a", "b"])


def test_a_cut_page_repeats_nothing() -> None:
    log = DriftLog("list_things", "report")
    made = guard(log)
    made.look(Page(["a"], 1, 9, 9), 0, cut=True)
    made.may_go_on(defaults.MAX_PAGE_GROWTH + 100, 0)
    made.look(Page(["a"], 1, 9, 2), 1, cut=False)
    made.look(Page(["b"], 2, 8, 2), 0, cut=False)
    assert log.drift == PagingDrift(totals_changed=1)


def test_growth_counts_from_the_first_claim() -> None:
    made, most = guard(), defaults.MAX_PAGE_GROWTH
    made.may_go_on(most + 100, 0)
    for number, pages in enumerate((None, 5, 500), 1):
        made.look(Page([f"{number}"], number, None, pages), 0, cut=False)
    made.may_go_on(5 + most, 0)
    with pytest.raises(PagingError, match=f"^list_things: the listing has grown by {most} pages while it is read"):
        made.may_go_on(6 + most, 0)


def test_pages_already_done_bring_nothing() -> None:
    made, most = guard(), defaults.MAX_STALE_PAGES
    items = [str(each) for each in range(most + 2)]
    for number in range(1, most):
        made.look(Page(items[number:], number), len(items) - number, cut=False)
    with pytest.raises(PagingError, match=f"the last {most} pages, up to page 50, brought nothing new"):
        made.look(Page(items[:2], 50), 2, cut=False)


def test_the_oldest_page_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_PAGES", 2)
    made = guard()
    for number, item in enumerate("abcad", 1):
        made.look(Page([item], number), 0, cut=False)  # of a, b, c only b and c were known when a came again
    for number, item in ((4, "a"), (5, "d")):
        with pytest.raises(PagingError, match=f"page 9 repeats page {number};"):
            made.look(Page([item], 9), 0, cut=False)


@pytest.mark.parametrize(
    ("items", "pages", "number", "seen", "early"),
    [
        (None, 3, 3, 0, True),
        (None, 3, 4, 0, False),
        (5, None, 2, 4, True),
        (5, None, 2, 5, False),
        (5, None, 2, None, False),
        (5, 1, 2, 4, True),
        (None, None, 2, 0, False),
    ],
)
def test_an_end_before_the_totals_is_early(
    *,
    items: int | None,
    pages: int | None,
    number: int,
    seen: int | None,
    early: bool,
) -> None:
    log = DriftLog("list_things", "report")
    made = guard(log)
    made.look(Page(["a"], 1, items, pages), 0, cut=False)
    made.ended(number, None, seen)
    assert log.drift == PagingDrift(early_ends=int(early))


class Fetches:
    """Fetches pages of no items, one of which may fail, and keeps what was asked for."""

    def __init__(self, fails: int = 0, seconds: float = 0) -> None:
        self.fails, self.seconds = fails, seconds
        self.asked: list[int] = []
        self.tasks: list[asyncio.Task[Any] | None] = []

    async def __call__(self, number: int, size: int | None, /) -> Page:
        self.asked.append(number)
        self.tasks.append(asyncio.current_task())
        if number == self.fails:
            raise ValueError
        await asyncio.sleep(self.seconds)
        return Page([], number)


def complaints(main: Callable[[], Awaitable[None]]) -> list[dict[str, Any]]:
    """What an event loop complains of, if anything."""
    found: list[dict[str, Any]] = []

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: found.append(context))
        await main()
        gc.collect()
        await asyncio.sleep(1)

    run_virtually(run())
    return found


def test_a_page_not_prefetched_is_fetched() -> None:
    fetch = Fetches()

    async def main() -> None:
        prefetch = Prefetch(fetch, 7)
        for last in (3, 4, 1):
            prefetch.start(2, last)
        assert [(await prefetch.take(number)).number for number in (2, 3, 4, 9)] == [2, 3, 4, 9]
        prefetch.start(10, 11)
        assert (await prefetch.take(20)).number == 20

    run_virtually(main())
    assert fetch.asked == [2, 3, 4, 9, 20]


def test_a_failed_page_not_taken_is_silent() -> None:
    fetch = Fetches(fails=2, seconds=60)

    async def main() -> None:
        prefetch = Prefetch(fetch, None)
        prefetch.start(2, 3)
        await asyncio.sleep(1)
        prefetch.start(2, 9)  # no more are fetched after one that failed
        prefetch.cancel()
        await asyncio.sleep(1)

    assert (complaints(main), fetch.asked) == ([], [2, 3])


def test_a_prefetch_dropped_fetches_nothing() -> None:
    fetch = Fetches()

    async def main() -> None:
        Prefetch(fetch, None).start(2, 3)

    assert (complaints(main), fetch.asked) == ([], [])


def test_a_prefetch_dropped_in_a_thread_ends() -> None:
    fetch = Fetches(seconds=9)

    async def main() -> None:
        asyncio.get_running_loop().set_debug(True)  # it complains of what another thread does to its tasks
        held = [Prefetch(fetch, None)]
        held[0].start(2, 3)
        await asyncio.sleep(0)
        await asyncio.to_thread(held.clear)
        tasks = [task for task in fetch.tasks if task is not None]
        await asyncio.wait(tasks, timeout=5)
        assert [task.cancelled() for task in tasks] == [True, True]

    asyncio.run(main())
