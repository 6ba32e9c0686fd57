"""The parts of paging at the edges of their rules: what a page tells, what is remembered, where a bookmark points."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

import pytest
from attrs import frozen
from virtual_time import run_virtually

from contracts_client import Bookmark, PagingError, defaults
from contracts_client.bookmark import anchors_of, fingerprints, parse
from contracts_client.pagination.drift import DriftError, DriftLog, PagingDrift
from contracts_client.pagination.guard import Guard, RecentKeys
from contracts_client.pagination.page import Listing, is_last, remaining_items, total
from contracts_client.pagination.position import ReadPosition
from contracts_client.pagination.prefetch import Prefetch


@frozen
class Page:
    items: list[Any]
    number: int = 1
    total_pages: int | None = None
    total_items: int | None = None
    echoed_number: int | None = None


@pytest.mark.parametrize(("value", "believed"), [(None, None), (-1, None), (0, 0), (1, 1)])
def test_a_total_below_none_says_nothing(value: int | None, believed: int | None) -> None:
    assert total(value) == believed


@pytest.mark.parametrize(
    ("page", "last", "remaining"),
    [
        (Page([]), True, 0),
        (Page([], total_pages=1, total_items=0), True, 0),
        (Page([], total_pages=9, total_items=0), True, 0),
        (Page([], total_pages=0), True, 0),
        (Page([], total_pages=9, total_items=9), False, 9),
        (Page([], total_pages=9), False, None),
        (Page([], total_items=9), False, 9),
        (Page([], total_pages=1, total_items=2), False, 2),
        (Page([], number=2, total_pages=9, total_items=9), False, None),
        (Page([], number=9, total_pages=9, total_items=9), True, 0),
        (Page([], number=2, total_pages=1, total_items=9), True, 0),
        (Page([], number=2, total_items=9), None, None),
        (Page([1, 2], total_pages=1, total_items=5), False, 3),
        (Page([1, 2]), None, None),
        (Page([1, 2], number=2, total_pages=2, total_items=9), True, 0),
        (Page([1, 2], number=3, total_pages=2), True, 0),
        (Page([1, 2], number=1, total_pages=2), False, None),
        (Page([1, 2], number=2, total_pages=3, total_items=6), False, 2),
        (Page([1, 2], number=2, total_pages=3, total_items=3), False, None),
        (Page([1, 2], number=2, total_pages=0, total_items=9), None, None),
        (Page([1, 2], number=1, total_pages=0, total_items=2), True, 0),
        (Page([1, 2], number=1, total_items=1), True, 0),
        (Page([1, 2], number=1, total_items=3), False, 1),
        (Page([1, 2], number=1, total_pages=2, total_items=1), False, 0),
        (Page([1, 2], number=1, total_items=0), None, None),
        (Page([1, 2], number=1, total_pages=5, total_items=0), False, None),
        (Page([1, 2], number=2, total_items=9), None, None),
        (Page([1, 2], number=2, total_pages=-1, total_items=-1), None, None),
    ],
)
def test_a_page_tells_whether_it_is_the_last_and_how_many_items_remain(
    *, page: Page, last: bool | None, remaining: int | None
) -> None:
    assert is_last(page) is last
    assert remaining_items(page) == remaining


def test_a_bookmark_is_written_down_and_read_again() -> None:
    for anchor, end in ((None, "-"), ("abcdef", "abcdef")):
        mark = Bookmark(page=7, position=3, fingerprint="0123456789ab", anchor=anchor)
        assert str(mark) == f"b1.7.3.0123456789ab.{end}"
        assert parse(str(mark)) == mark


@pytest.mark.parametrize(("page", "is_one"), [(1, True), (2**31 - 1, True), (2**31, False), (0, False)])
def test_a_bookmark_has_a_page_that_can_be_asked_for(page: int, *, is_one: bool) -> None:
    assert (parse(f"b1.{page}.0.0123456789ab.-") is not None) is is_one


def test_a_checksum_is_the_same_in_every_process_and_of_the_size_that_is_said() -> None:
    assert (fingerprints("a", "b")[0], anchors_of("c-1")[0]) == ("8dd3de768dc3", "aa8a7e")
    assert fingerprints("a", "b")[0][:8] == fingerprints("a", "c")[0][:8]
    assert fingerprints("a", "b")[0][8:] == fingerprints("c", "b")[0][8:]
    assert len(anchors_of("c-1")[0]) == 6
    assert anchors_of("c-1")[0] != anchors_of("c-2")[0]
    assert len({anchors_of("a")[0], fingerprints("a", "b")[0][:6], fingerprints("b", "a")[0][8:]}) == 3
    assert anchors_of("\ud800")[0]  # what a server sends may hold anything


def test_so_many_keys_are_remembered_and_the_oldest_goes_first() -> None:
    recent = RecentKeys(2)
    assert [recent.add(key) for key in ("a", "b", "a", "c", "b", "a", "c")] == [
        True,
        True,
        False,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("length", [128, 129])
def test_a_long_key_is_as_good_as_a_short_one_and_takes_no_more_room(length: int) -> None:
    recent = RecentKeys(5)
    keys = ["k" * length, "k" * (length - 1) + "j", "\ud800" * length]
    assert [recent.add(key) for key in [*keys, *keys]] == [True, True, True, False, False, False]
    kept = {len(key) for key in recent._known}  # type: ignore[arg-type]
    assert kept == ({128} if length == 128 else {32})


def progress(**start: Any) -> ReadPosition:
    return ReadPosition(
        Bookmark(**{"page": 3, "position": 1, "fingerprint": "f" * 12, "anchor": "abcdef", **start}),
        DriftLog("list_things", "report"),
    )


def test_a_place_is_the_start_until_something_is_passed() -> None:
    place = progress()
    assert (place.page, place.yielded, place.total_items, place.total_pages, place.at_end) == (3, 0, None, None, False)
    assert place.bookmark == Bookmark(page=3, position=1, fingerprint="f" * 12, anchor="abcdef")


def test_a_place_at_the_end_of_a_page_is_the_beginning_of_the_next_unless_there_is_none() -> None:
    place = progress()
    page = Page([1, 2], number=4)
    place.passed(page, 2, 1, "k")
    assert place.bookmark == Bookmark(page=4, position=1, fingerprint="f" * 12, anchor=anchors_of("k")[0])
    place.passed(page, 2, 2, None)
    assert place.bookmark == Bookmark(page=5, position=0, fingerprint="f" * 12, anchor=anchors_of(None)[0])
    place.at_end = True
    assert (place.bookmark.page, place.bookmark.position) == (4, 2)
    place.passed(page, -1, 2, "k")
    place.at_end = False
    assert (place.bookmark.page, place.bookmark.position) == (4, 2)
    place.passed_page(page, "j")
    assert place.bookmark == Bookmark(page=5, position=0, fingerprint="f" * 12, anchor=anchors_of("j")[0])
    place.yielded, place.at_end = 7, True
    place.rewind()
    assert (place.yielded, place.at_end, place.page) == (0, False, 3)
    assert place.bookmark == Bookmark(page=3, position=1, fingerprint="f" * 12, anchor="abcdef")


def test_a_total_that_was_told_counts_until_another_is() -> None:
    place = progress()
    seen = []
    for items, pages in ((5, 2), (None, None), (-1, 3), (0, None)):
        place.saw(Page([], total_items=items), pages)
        seen.append((place.total_items, place.total_pages))
    assert seen == [(5, 2), (5, 2), (5, 3), (0, 3)]


def test_what_moves_is_counted_and_each_kind_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    log = DriftLog("list_things", "report")
    assert not log.drift
    with caplog.at_level(logging.WARNING):
        log.note("duplicates", "again", 2)
        log.note("duplicates", "and again", 3)
        log.note("early_ends", "over")
        assert log.restarted() == 1
        assert log.restarted() == 2
    assert log.drift
    assert log.drift == PagingDrift(duplicates=5, early_ends=1, restarts=2)
    assert caplog.messages == [
        "list_things: the listing changes while it is read: again",
        "list_things: the listing changes while it is read: over",
        *["list_things: the listing changes while it is read; reading it from its start again"] * 2,
    ]
    assert {record.name for record in caplog.records} == {"contracts_client"}


def test_what_moves_is_an_error_where_it_is_not_to_be_gone_over_but_for_a_bookmark_that_is_started_from_again() -> None:
    for on_drift, kind in (("raise", "duplicates"), ("raise", "moved_bookmarks"), ("restart", "duplicates")):
        log = DriftLog("list_things", on_drift)  # type: ignore[arg-type]
        with pytest.raises(DriftError, match=r"^list_things: gone$"):
            log.note(kind, "gone")  # type: ignore[arg-type]
        assert log.drift
    DriftLog("list_things", "restart").note("moved_bookmarks", "gone", restarts=False)


def guard(
    log: DriftLog | None = None, *, deduplicate: bool = True, earlier: frozenset[Hashable] = frozenset()
) -> Guard:
    async def fetch(number: int, size: int | None, /) -> Page:
        raise AssertionError

    listing: Listing[Any, Page] = Listing(
        operation="list_things", fetch=fetch, key=lambda item: item, deduplicate=deduplicate
    )
    return Guard(listing, log or DriftLog("list_things", "report"), earlier)


def test_a_page_past_the_most_is_not_fetched() -> None:
    made = guard()
    made.may_go_on(1, defaults.MAX_PAGES - 1)
    words = f"^list_things: the listing goes on after {defaults.MAX_PAGES} pages; narrow its filters$"
    with pytest.raises(PagingError, match=words):
        made.may_go_on(1, defaults.MAX_PAGES)


def test_a_listing_may_grow_by_so_many_pages_after_its_first_claim() -> None:
    made, most = guard(), defaults.MAX_PAGE_GROWTH
    made.may_go_on(most + 100, 0)
    made.look(Page([0]), 0, cut=False)
    made.look(Page([1], number=2, total_pages=5), 0, cut=False)
    made.look(Page([2], number=3, total_pages=500), 0, cut=False)
    made.may_go_on(5 + most, 0)
    words = f"^list_things: the listing has grown by {most} pages while it is read, and may never end; narrow"
    with pytest.raises(PagingError, match=words):
        made.may_go_on(6 + most, 0)


def test_the_number_that_a_server_says_is_the_one_that_was_asked_for() -> None:
    made = guard()
    made.check_number(Page([], number=2, echoed_number=2))
    made.check_number(Page([], number=2))
    with pytest.raises(
        PagingError, match=r"^list_things: page 2 was asked for, and the server says that it answers page 3"
    ):
        made.check_number(Page([], number=2, echoed_number=3))


def test_news_are_the_items_after_the_start_that_have_not_come_before() -> None:
    log = DriftLog("list_things", "report")
    made = guard(log, earlier=frozenset("e"))
    news = made.look(Page(["a", "b", "e", "c", "b", "d"]), 1, cut=False)
    assert (news.positions, news.keys) == ([1, 3, 5], ["b", "c", "d"])
    news = made.look(Page(["a", "x", "d"], number=2), 0, cut=False)
    assert (news.positions, news.keys) == ([1], ["x"])
    assert log.drift == PagingDrift(duplicates=3)
    news = guard(deduplicate=False).look(Page(["a", "a", "b"]), 0, cut=False)
    assert (news.positions, news.keys) == ([0, 1, 2], ["a", "a", "b"])


@pytest.mark.parametrize("moves", [False, True])
def test_a_page_that_repeats_another_is_the_server_s_fault_unless_the_totals_explain_it(
    caplog: pytest.LogCaptureFixture, *, moves: bool
) -> None:
    log = DriftLog("list_things", "report")
    made = guard(log)
    made.look(Page(["a", "b"], number=1, total_items=9), 0, cut=False)
    made.look(Page(["c", "d"], number=2, total_items=9), 0, cut=False)
    again = Page(["a", "b"], number=3, total_items=11 if moves else 9)
    if not moves:
        with pytest.raises(
            PagingError, match=r"^list_things: page 3 repeats page 1; the server may ignore the page number$"
        ):
            made.look(again, 0, cut=False)
        return
    assert made.look(again, 0, cut=False).positions == []
    assert log.drift == PagingDrift(totals_changed=1, repeated_pages=1, duplicates=2)
    assert "list_things: the listing changes while it is read: page 3 repeats page 1" in caplog.messages


def test_so_many_pages_without_news_are_too_many() -> None:
    made, most = guard(), defaults.MAX_PAGES_WITHOUT_NEWS
    items = list(range(most + 2))
    made.look(Page(items), 0, cut=False)
    for number in range(2, most + 1):
        made.look(Page(items[number:], number=number), 0, cut=False)
    made.look(Page(["new"], number=most + 1), 0, cut=False)
    for number in range(2, most + 1):
        made.look(Page(items[: number - 1], number=number), 0, cut=False)
    words = f"^list_things: the last {most} pages, up to page 99, brought nothing new; the server may ignore"
    with pytest.raises(PagingError, match=words):
        made.look(Page(items[:most], number=99), 0, cut=False)


@pytest.mark.parametrize(
    ("totals", "number", "seen", "early"),
    [
        ({"total_pages": 3}, 3, 0, True),
        ({"total_pages": 3}, 4, 0, False),
        ({"total_items": 5}, 2, 4, True),
        ({"total_items": 5}, 2, 5, False),
        ({"total_items": 5}, 2, None, False),
        ({"total_pages": 1, "total_items": 5}, 2, 4, True),
        ({}, 2, 0, False),
    ],
)
def test_an_end_is_early_where_more_was_announced(
    totals: dict[str, int], number: int, seen: int | None, *, early: bool
) -> None:
    log = DriftLog("list_things", "report")
    made = guard(log)
    made.look(Page(["a"], **totals), 0, cut=False)
    made.ended(number, None, seen)
    assert log.drift == PagingDrift(early_ends=int(early))


def test_a_page_that_was_cut_tells_no_pages_and_repeats_none() -> None:
    log = DriftLog("list_things", "report")
    made = guard(log)
    made.look(Page(["a"], total_pages=9, total_items=9), 0, cut=True)
    made.may_go_on(defaults.MAX_PAGE_GROWTH + 100, 0)
    made.look(Page(["a"], total_pages=2, total_items=9), 1, cut=False)
    made.look(Page(["b"], number=2, total_pages=2, total_items=8), 0, cut=False)
    assert log.drift == PagingDrift(totals_changed=1, duplicates=0)


def test_pages_ahead_are_handed_out_in_order_and_one_that_is_not_there_is_fetched() -> None:
    asked: list[tuple[int, int | None]] = []

    async def fetch(number: int, size: int | None, /) -> Page:
        asked.append((number, size))
        return Page([], number=number)

    async def main() -> None:
        ahead = Prefetch(fetch, 7)
        ahead.start(2, 3)
        ahead.start(2, 4)
        ahead.start(2, 1)
        assert [(await ahead.take(number)).number for number in (2, 3, 4)] == [2, 3, 4]
        assert asked == [(2, 7), (3, 7), (4, 7)]
        assert (await ahead.take(9)).number == 9
        ahead.start(10, 11)
        assert (await ahead.take(20)).number == 20
        assert asked[3:] == [(9, 7), (20, 7)]

    run_virtually(main())


def test_a_first_page_that_is_done_with_counts_as_one_without_news() -> None:
    made, most = guard(), defaults.MAX_PAGES_WITHOUT_NEWS
    items = list(range(most + 2))
    for number in range(1, most):
        made.look(Page(items[number:], number=number), len(items) - number, cut=False)
    with pytest.raises(PagingError, match=f"the last {most} pages, up to page 50, brought nothing new"):
        made.look(Page(items[:2], number=50), 2, cut=False)


def test_so_many_pages_are_known_again_and_the_oldest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_PAGES", 2)
    made = guard()
    for number, item in enumerate("abcad", 1):
        made.look(Page([item], number=number), 0, cut=False)  # of a, b, c only b and c were known when a came again
    for number, item in ((4, "a"), (5, "d")):
        with pytest.raises(PagingError, match=f"page 9 repeats page {number};"):
            made.look(Page([item], number=9), 0, cut=False)


@pytest.mark.parametrize(
    ("pages", "ended", "words"),
    [
        ([Page(["a", "a"])], None, "page 1 brings items that had come before"),
        ([Page(["a"], total_pages=3)], 2, "there is no page 2 although 3 pages were announced"),
        ([Page(["a"], total_items=3)], 2, "there is no page 2 although 3 items were announced"),
        (
            [Page(["a"], total_items=3), Page(["b"], number=2, total_items=4)],
            None,
            "page 2 tells other totals than the page before it",
        ),
    ],
)
def test_what_moves_is_said_in_words(pages: list[Page], ended: int | None, words: str) -> None:
    made = guard(DriftLog("list_things", "raise"))
    with pytest.raises(DriftError) as caught:  # noqa: PT012 # whichever of them shows it
        for page in pages:
            made.look(page, 0, cut=False)
        if ended is not None:
            made.ended(ended, None, 1)
    assert str(caught.value) == f"list_things: {words}"


def silence_of(main: Callable[[], Awaitable[None]]) -> list[dict[str, Any]]:
    """What an event loop complains of, if anything."""
    complaints: list[dict[str, Any]] = []

    async def run() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        await main()
        gc.collect()
        await asyncio.sleep(1)

    run_virtually(run())
    return complaints


def test_a_page_ahead_that_fails_or_is_given_up_is_nobody_s_business() -> None:
    asked: list[int] = []

    async def fetch(number: int, size: int | None, /) -> Page:
        asked.append(number)
        if number == 2:
            raise ValueError
        await asyncio.sleep(60)
        return Page([], number=number)

    async def main() -> None:
        ahead = Prefetch(fetch, None)
        ahead.start(2, 3)
        await asyncio.sleep(1)
        ahead.start(2, 9)  # no more are fetched ahead of one that has failed
        ahead.cancel()
        await asyncio.sleep(1)

    assert silence_of(main) == []
    assert asked == [2, 3]


def test_what_is_ahead_of_an_iteration_that_is_dropped_at_once_is_not_even_asked_for() -> None:
    asked: list[int] = []

    async def fetch(number: int, size: int | None, /) -> Page:
        asked.append(number)
        return Page([], number=number)

    async def main() -> None:
        ahead = Prefetch(fetch, None)
        ahead.start(2, 3)
        del ahead
        gc.collect()
        await asyncio.sleep(1)

    assert silence_of(main) == []
    assert asked == []


def test_an_iteration_that_is_dropped_in_another_thread_leaves_the_loop_s_work_to_the_loop() -> None:
    started: list[asyncio.Task[Any]] = []

    async def fetch(number: int, size: int | None, /) -> Page:
        task: Any = asyncio.current_task()
        started.append(task)
        await asyncio.Event().wait()
        return Page([], number=number)

    async def main() -> None:
        asyncio.get_running_loop().set_debug(True)  # it complains of what another thread does to its tasks
        held = [Prefetch(fetch, None)]
        held[0].start(2, 3)
        await asyncio.sleep(0)
        await asyncio.to_thread(held.clear)
        await asyncio.wait(started, timeout=5)
        assert [task.cancelled() for task in started] == [True, True]

    asyncio.run(main())
