"""A listing that moves while it is read, and a server that is not honest about its pages."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from moving_listing import MovingListing, Page, letters, not_found, read
from virtual_time import run_virtually

from contracts_client import ErrorBody, PagingDrift, PagingError, defaults

CANARY = "c4narY"
Told = tuple[str, int | None, int | None]  # the items of a page, and the totals that it tells


class Script(MovingListing):
    """Answers with what it is given, page by page, and then with pages of nothing."""

    def __init__(self, *pages: str | Told) -> None:
        super().__init__([])
        self.script = [(page, None, None) if isinstance(page, str) else page for page in pages]

    def page(self, number: int, size: int | None) -> Page:
        items, *totals = self.script[number - 1] if number <= len(self.script) else ("", None, None)
        return Page(list(items), number, *totals)


def moving(change: Callable[[list[str]], object], items: str = "abcdefghi") -> Callable[[], MovingListing]:
    """A listing that changes once, just before its second page is answered."""

    def made() -> MovingListing:
        left = [change]
        listing = letters(items, size=3)
        listing.before = lambda number: left.pop()(listing.items) if number == 2 and left else None
        return listing

    return made


def added(place: int, new: str) -> Callable[[list[str]], object]:
    return lambda items: items.__setitem__(slice(place, place), list(new))


# The listing, what is read of it, what is noticed, and what the first warning says.
CASES: dict[str, tuple[Callable[[], MovingListing], str, PagingDrift, str]] = {
    "inserted": (moving(added(0, "x")), "abcdefghi", PagingDrift(totals_changed=1, duplicates=1), "page 2 tells other"),
    "removed": (moving(lambda items: items.pop(0)), "abcefghi", PagingDrift(totals_changed=1), "page 2 tells other"),
    "pushed": (
        moving(added(0, "xyz")),
        "abcdefghi",
        PagingDrift(totals_changed=1, duplicates=3, repeated_pages=1),
        "page 2 tells other",
    ),
    "emptied": (
        lambda: Script(("a", None, 5), ("b", None, 5), *[("", None, 5)] * 3),
        "ab",
        PagingDrift(empty_pages=2, early_ends=1),
        "page 3 is empty although 5 pages were announced",
    ),
    "shrunk": (
        lambda: Script(("a", 3, None), ("b", 3, None), ("", 2, None)),
        "ab",
        PagingDrift(early_ends=1),
        "there is no page 3 although 3 items were announced",
    ),
    "doubled": (
        lambda: Script("ab", "bc", "d"),
        "abcd",
        PagingDrift(duplicates=1),
        "page 2 brings items that had come before",
    ),
    "again": (
        lambda: Script(("a", 3, 3), ("x", 5, 5), ("a", 5, 5), ("b", 5, 5), ("c", 5, 5)),
        "axbc",
        PagingDrift(totals_changed=1, repeated_pages=1, duplicates=1),
        "page 2 tells other totals than the page before it",
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("prefetch", [0, 2])
def test_drift_is_counted_and_logged_once(case: str, prefetch: int, caplog: pytest.LogCaptureFixture) -> None:
    make, items, drift, says = CASES[case]
    reading = make().read(prefetch=prefetch)
    assert not reading.drift
    assert "".join(run_virtually(reading.collect())) == items
    assert reading.drift == drift
    assert {record.name for record in caplog.records} == {"contracts_client"}
    assert f"list_things: the listing changes while it is read: {says}" in caplog.messages[0]
    assert len(caplog.messages) == sum(count > 0 for count in vars_of(drift))


def vars_of(drift: PagingDrift) -> list[int]:
    return [drift.totals_changed, drift.duplicates, drift.empty_pages, drift.early_ends, drift.repeated_pages]


@pytest.mark.parametrize("case", CASES)
def test_drift_is_an_error_on_request(case: str) -> None:
    make, items, _, says = CASES[case]

    async def main() -> None:
        reading = make().read(on_drift="raise")
        found = ""
        with pytest.raises(PagingError, match=f"^list_things: {says}") as caught:  # noqa: PT012 # as people write it
            async for item in reading:
                found += item
        assert type(caught.value) is PagingError
        assert items.startswith(found)
        assert caught.value.bookmark == reading.bookmark

    run_virtually(main())


@pytest.mark.parametrize("case", ["inserted", "removed", "pushed"])
def test_a_restart_reads_what_is_there_now(case: str, caplog: pytest.LogCaptureFixture) -> None:
    """A list begins anew. An iteration leaves out what it has yielded. Pages come again."""
    make, *_ = CASES[case]

    async def main() -> None:
        reading = (listing := make()).read(on_drift="restart", prefetch=2)
        assert await reading.collect() == listing.items
        assert reading.drift.restarts == 1
        assert "reading it from its start again" in caplog.messages[-1]
        assert await (listing := make()).read(on_drift="restart", limit=4).collect() == listing.items[:4]
        reading = (listing := make()).read(on_drift="restart")
        found = [item async for item in reading]
        assert found == [*"abc", *(item for item in listing.items if item not in "abc")]
        reading = (listing := make()).read(on_drift="restart", limit=6)
        assert [page.number async for page in reading.pages()] == [1, 1, 2]
        assert "6 items so far" in repr(reading)

    run_virtually(main())


def test_after_a_restart_no_page_is_cut() -> None:
    """What was yielded comes first: a page cut to what is still wanted would hold nothing else."""

    async def main() -> None:
        listing = letters("abcdefghijkl")
        listing.before = lambda number: listing.items.append("x") if number == 2 and len(listing.items) == 12 else None
        reading = listing.read(on_drift="restart", size=5, limit=7)
        assert [item async for item in reading] == list("abcdefg")
        assert list(zip(listing.asked, listing.sizes, strict=True)) == [(1, 5), (2, 5), (1, 5), (2, 5)]

    run_virtually(main())


def test_during_a_restart_the_bookmark_stays() -> None:
    async def main() -> None:
        listing = letters("abc", size=1)
        listing.before = lambda number: listing.items.append("x") if number == 3 and len(listing.items) == 3 else None
        reading = listing.read(on_drift="restart")
        found = []
        with pytest.raises(TimeoutError):  # noqa: PT012 # as people write it
            async with asyncio.timeout(4.5):  # page 1 came again, page 2 is on its way
                async for item in reading:
                    found.append(item)  # noqa: PERF401 # it does not come to its end
        assert found + await listing.read(resume=reading.bookmark).collect() == list("abcx")

    run_virtually(main())


def test_a_restless_listing_is_an_error() -> None:
    listing = letters("abcdefghi", size=3)
    listing.before = lambda number: listing.items.insert(0, f"new-{len(listing.items)}")
    with pytest.raises(PagingError, match="and so it was after 3 restarts"):
        read(listing, on_drift="restart")
    assert listing.asked == [1, 2] * 4


@pytest.mark.parametrize(("most", "restarts"), [(3, True), (2, False)])
def test_a_restart_leaves_out_only_so_many(
    *,
    most: int,
    restarts: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_ITEMS", most)

    async def main() -> str:
        return "".join([item async for item in CASES["inserted"][0]().read(on_drift="restart")])

    if restarts:
        assert run_virtually(main()) == "abcxdefghi"
    else:
        with pytest.raises(PagingError, match="too much was yielded to start again and leave it out"):
            run_virtually(main())


def test_duplicates_are_yielded_on_request() -> None:
    reading = CASES["doubled"][0]().read(deduplicate=False)
    assert run_virtually(reading.collect()) == list("abbcd")
    assert reading.drift.duplicates == 1


def test_the_oldest_items_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_ITEMS", 3)
    assert read(Script("abc", "ade", "fgb")) == "abcdefgb"


@pytest.mark.parametrize("on_drift", ["report", "restart", "raise"])
def test_totals_that_are_no_counts_are_drift(on_drift: str) -> None:
    """They may have announced more, so that a shorter page may not be the end."""

    class Unreadable(MovingListing):
        def page(self, number: int, size: int | None) -> Page:
            return Page([["a", "b"], ["c"], ["d"]][number - 1], number, has_unreadable_totals=True)

    async def main() -> None:
        reading = Unreadable([]).read(on_drift=on_drift)
        if on_drift == "report":
            assert await reading.collect() == ["a", "b", "c"]
            assert reading.drift == PagingDrift(unreadable_totals=2)
        else:
            with pytest.raises(PagingError, match="page 1 tells a total that is no count"):
                await reading.collect()
        if on_drift == "raise":
            with pytest.raises(PagingError, match="page 1 tells a total that is no count"):
                await reading
        else:
            assert (await reading).items == ["a", "b"]
            assert reading.drift == PagingDrift(unreadable_totals=1)

    run_virtually(main())


@pytest.mark.parametrize(("body", "early"), [(ErrorBody(status=404), 0), (ErrorBody(message="no route"), 1), (None, 1)])
def test_a_404_of_a_gateway_may_be_no_end(body: ErrorBody | None, early: int) -> None:
    class Gone(MovingListing):
        def page(self, number: int, size: int | None) -> Page:
            if number > 1:
                raise not_found(body)
            return Page(["a"], number)

    reading = Gone([]).read()
    assert run_virtually(reading.collect()) == ["a"]
    assert reading.drift == PagingDrift(early_ends=early)


def test_after_a_later_start_no_end_is_early() -> None:
    reading = Script("", ("d", 3, None)).read(first=2)
    assert run_virtually(reading.collect()) == ["d"]
    assert not reading.drift


@pytest.mark.parametrize("on_drift", ["report", "raise"])
@pytest.mark.parametrize("echo", [0, 1, 2, 7])
def test_another_pages_number_is_an_error(on_drift: str, echo: int) -> None:
    class Echo(MovingListing):
        def page(self, number: int, size: int | None) -> Page:
            return Page(["a"], number, echoed_number=echo)

    async def main() -> None:
        reading = Echo([]).read(first=2, on_drift=on_drift, limit=1)
        if echo == 2:
            assert (await reading).items == await reading.collect()
            return
        says = f"page 2 was asked for, and the server says that it answers page {echo};"
        for way in (reading.collect, reading.__aiter__().__anext__):
            with pytest.raises(PagingError, match=says):
                await way()
        with pytest.raises(PagingError, match=says):
            await reading

    run_virtually(main())


def turned(number: int) -> str:
    letters_of = "abcdefghijklmnop"
    return letters_of[number % 16 :] + letters_of[: number % 16]


# Servers at fault, what is said of them, and how many pages are asked for.
FAULTS: dict[str, tuple[list[str | Told], str, int]] = {
    "deaf": ([(CANARY, 18, 9)] * 9, "page 2 repeats page 1; the server may ignore the page number", 2),
    "silent": ([CANARY] * 9, "page 2 repeats page 1", 2),
    "turns": ([(item, None, 50) for item in "ababab"], "page 3 repeats page 1", 3),
    "shuffles": ([turned(each) for each in range(16)], "the last 10 pages, up to page 11, brought nothing new;", 11),
    "explained": ([("a", n, 10**6) for n in range(50)], "the last 10 pages, up to page 11, brought nothing new", 11),
    "grows": ([(f"{chr(97 + n)}", None, n + 2) for n in range(16)], "has grown by 4 pages while it is read", 6),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_at_fault_is_found_out(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault == "grows":
        monkeypatch.setattr(defaults, "MAX_PAGE_GROWTH", 4)
    pages, says, asked = FAULTS[fault]
    listing = Script(*pages)
    with pytest.raises(PagingError, match=says) as caught:
        read(listing)
    assert listing.asked == list(range(1, asked + 1))
    assert CANARY not in str(caught.value)


def test_so_many_pages_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_PAGES", 1)
    assert read(Script("a", "b", "a", "c")) == "abc"


def test_the_repr_shows_query_and_progress() -> None:
    async def main() -> Any:
        reading = letters("abcdefghi", size=3).read(description=lambda: "perPage=3, customerNumber=…")
        items = aiter(reading)
        for _ in range(4):
            await anext(items)
        return reading

    expected = "<Paginator of list_things(perPage=3, customerNumber=…): page 2 of 3, 4 items so far>"
    assert repr(run_virtually(main())) == expected


def test_each_kind_of_drift_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    reading = Script("ab", "ac", "ad", "ae").read()
    with caplog.at_level(logging.WARNING):
        run_virtually(reading.collect())
    assert (reading.drift, len(caplog.messages)) == (PagingDrift(duplicates=3), 1)
