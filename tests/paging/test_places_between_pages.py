"""Where an iteration is between two pages: its bookmark, its totals, and what it asks for next."""

import asyncio
from typing import Any

import pytest
from attrs import frozen
from virtual_time import run_virtually

from contracts_client import Bookmark, NotFoundError, Paginator, PagingError, defaults
from contracts_client.bookmark import anchors_of
from contracts_client.errors import ContractsError
from contracts_client.pagination.page import Listing


@frozen
class Page:
    items: list[Any]
    number: int
    total_pages: int | None = None
    total_items: int | None = None
    echoed_number: int | None = None


class Server:
    """Slices items into pages, of the size that is asked for or its own; and keeps what was asked."""

    def __init__(self, items: str, *, size: int = 2, cap: int = 100, tells: str = "both", fails: int = 0) -> None:
        self.items, self.size, self.cap, self.tells, self.fails = items, size, cap, tells, fails
        self.asked: list[tuple[int, int | None]] = []

    async def fetch(self, number: int, size: int | None, /) -> Page:
        self.asked.append((number, size))
        if number == self.fails:
            raise NotFoundError("list_things: 404", operation="list_things", status_code=404, correlation_id="id")
        length = min(size or self.size, self.cap)
        return Page(
            list(self.items[(number - 1) * length : number * length]),
            number,
            -(-len(self.items) // length) if self.tells in {"both", "pages"} else None,
            len(self.items) if self.tells in {"both", "items"} else None,
        )

    def read(self, **options: Any) -> Paginator[Any, Page]:
        return Paginator(
            Listing(operation="list_things", fetch=self.fetch, key=lambda item: item, fingerprint="f" * 12, **options)
        )


def places(reading: Paginator[Any, Page], *, pages: bool = False) -> list[tuple[Any, int, int, str | None]]:
    """What is yielded, and the page, position and anchor of the bookmark after it."""

    async def main() -> list[tuple[Any, int, int, str | None]]:
        found: list[tuple[Any, int, int, str | None]] = []
        async for each in reading.pages() if pages else reading:
            mark = reading.bookmark
            shown = "".join(each.items) if isinstance(each, Page) else each
            found.append((shown, mark.page, mark.position, mark.anchor))
        return found

    return run_virtually(main())


def collected(reading: Paginator[Any, Page]) -> str:
    async def main() -> str:
        return "".join(await reading.collect())

    return run_virtually(main())


A = {item: anchors_of(item)[0] for item in "abcdefgh"}


def test_a_bookmark_lies_after_each_item_and_before_the_next_page() -> None:
    assert places(Server("abcde").read()) == [
        ("a", 1, 1, A["a"]),
        ("b", 2, 0, A["b"]),
        ("c", 2, 1, A["c"]),
        ("d", 3, 0, A["d"]),
        ("e", 3, 1, A["e"]),
    ]


def test_a_bookmark_lies_after_each_page() -> None:
    reading = Server("abcde").read()
    assert places(reading, pages=True) == [("ab", 2, 0, A["b"]), ("cd", 3, 0, A["d"]), ("e", 3, 1, A["e"])]
    assert repr(reading) == "<Paginator of list_things(): page 3 of 3, 5 items so far>"


def test_a_page_whose_last_items_had_come_before_is_done_with_after_the_last_new_one() -> None:
    assert [place[:3] for place in places(Server("abcbda", size=4).read())] == [
        ("a", 1, 1),
        ("b", 1, 2),
        ("c", 2, 0),
        ("d", 2, 2),
    ]


def test_a_page_that_brings_nothing_new_is_done_with_too() -> None:
    for items, mark in (("abba", (2, 2, A["a"])), ("abbac", (3, 1, A["c"])), ("abcbb", (3, 1, A["b"]))):
        reading = Server(items).read()
        assert collected(reading) == "".join(dict.fromkeys(items))
        assert (reading.bookmark.page, reading.bookmark.position, reading.bookmark.anchor) == mark


@pytest.mark.parametrize("tells", ["both", "pages", "items", "nothing"])
@pytest.mark.parametrize("count", range(1, 8))
def test_every_item_comes_once_whatever_the_server_tells(tells: str, count: int) -> None:
    items = "abcdefg"[:count]
    server = Server(items, tells=tells)
    assert collected(server.read(prefetch=2)) == items
    needed = -(-count // 2)
    # Without a word a full last page has to be followed by an empty one, or a single page by nothing that is shorter.
    assert len(server.asked) == needed + (1 if tells == "nothing" and (count % 2 == 0 or needed == 1) else 0)


@pytest.mark.parametrize("tells", ["both", "pages", "items", "nothing"])
@pytest.mark.parametrize("limit", range(1, 8))
def test_a_limit_asks_for_no_page_too_many(tells: str, limit: int) -> None:
    server = Server("abcdefg", tells=tells)
    assert collected(server.read(limit=limit, prefetch=5)) == "abcdefg"[:limit]
    assert [number for number, _ in server.asked] == list(range(1, -(-limit // 2) + 1))


@pytest.mark.parametrize(
    ("limit", "cap", "asked"),
    [
        (3, 100, [(1, 3)]),
        (4, 100, [(1, 4)]),
        (5, 100, [(1, 5)]),
        (3, 2, [(1, 3), (1, 4), (2, 4)]),
        (7, 100, [(1, 4), (2, 4)]),
    ],
)
def test_a_first_page_is_asked_for_with_as_many_items_as_are_wanted(
    limit: int, cap: int, asked: list[tuple[int, int]]
) -> None:
    server = Server("abcdefgh", cap=cap)
    size = 5 if limit == 5 else 4
    assert collected(server.read(size=size, limit=limit)) == "abcdefgh"[:limit]
    assert server.asked == asked


def test_the_totals_are_those_of_the_size_that_was_asked_for_even_where_the_page_was_cut() -> None:
    for count, limit in (("abcdefgh", 3), ("abcdefgh", None)):
        reading = Server(count).read(size=4, limit=limit)
        collected(reading)
        assert (reading.total_items, reading.total_pages) == (8, 2)


def test_a_start_further_on_counts_by_pages_alone() -> None:
    server = Server("abcdefg", tells="items")
    assert collected(server.read(first=3)) == "efg"
    assert [number for number, _ in server.asked] == [3, 4]
    reading = Server("abcdefg").read(first=4, prefetch=3)
    assert collected(reading) == "g"


@pytest.mark.parametrize("tells", ["both", "pages", "items", "nothing"])
@pytest.mark.parametrize("prefetch", [0, 3])
def test_a_resumed_iteration_goes_on_after_every_item(tells: str, prefetch: int) -> None:
    items = "abcdefg"
    for index, (_, page, position, anchor) in enumerate(places(Server(items, tells=tells).read()), 1):
        mark = Bookmark(page=page, position=position, fingerprint="f" * 12, anchor=anchor)
        reading = Server(items, tells=tells).read(resume=mark, prefetch=prefetch)
        assert collected(reading) == items[index:]
        assert not reading.drift


def test_a_resumed_iteration_finds_its_item_where_it_has_moved() -> None:
    mark = Bookmark(page=2, position=1, fingerprint="f" * 12, anchor=A["c"])
    for items, rest, moved in (("abcde", "de", 0), ("abxcde", "de", 1), ("abdxe", "xe", 1)):
        reading = Server(items, tells="nothing").read(resume=mark)
        assert (collected(reading), reading.drift.moved_bookmarks) == (rest, moved)
    nowhere = Server("ab").read(resume=mark)
    assert (collected(nowhere), nowhere.drift.moved_bookmarks) == ("", 1)


def test_a_resumed_iteration_whose_page_has_shrunk_is_done_with_what_is_there() -> None:
    mark = Bookmark(page=2, position=2, fingerprint="f" * 12, anchor=A["d"])
    reading = Server("abc").read(resume=mark)
    assert collected(reading) == ""
    assert reading.bookmark == Bookmark(page=2, position=1, fingerprint="f" * 12, anchor=A["c"])
    assert reading.drift.moved_bookmarks == 1


def test_a_page_that_is_not_found_is_an_error_at_the_start_and_the_end_further_on() -> None:
    with pytest.raises(NotFoundError) as caught:
        collected(Server("abcd", fails=1).read())
    assert caught.value.bookmark == Bookmark(page=1, position=0, fingerprint="f" * 12)
    reading = Server("abcd", fails=2).read()
    assert collected(reading) == "ab"
    assert reading.drift.early_ends == 1
    mark = Bookmark(page=2, position=0, fingerprint="f" * 12)
    assert collected(Server("abcd", fails=2).read(resume=mark)) == ""


def test_an_empty_listing_is_one_empty_page() -> None:
    for options in ({}, {"limit": 5}, {"first": 7}):
        assert [place[0] for place in places(Server("").read(**options), pages=True)] == [""]
        assert collected(Server("").read(**options)) == ""
    server = Server("abc")
    assert places(server.read(limit=0), pages=True) == []
    assert server.asked == []


@pytest.mark.parametrize(("limit", "found"), [(None, "a"), (1, "a"), (5, "a"), (0, None)])
def test_the_first_item_is_asked_for_alone(limit: int | None, found: str | None) -> None:
    server = Server("abcdefg")

    async def main() -> Any:
        return await server.read(limit=limit, prefetch=5, size=3).first()

    assert run_virtually(main()) == found
    assert server.asked == ([] if found is None else [(1, 1)])


def test_an_error_says_where_to_go_on() -> None:
    class Echo(Server):
        async def fetch(self, number: int, size: int | None, /) -> Page:
            page = await super().fetch(number, size)
            return Page(page.items, number, page.total_pages, page.total_items, 1)

    async def main(reading: Paginator[Any, Page]) -> tuple[str, ContractsError]:
        seen = ""
        try:
            async for item in reading:
                seen += item
        except ContractsError as error:
            return seen, error
        raise AssertionError

    seen, error = run_virtually(main(Echo("abcd").read()))
    assert seen == "ab"
    assert isinstance(error, PagingError)
    assert error.bookmark == Bookmark(page=2, position=0, fingerprint="f" * 12, anchor=A["b"])
    with pytest.raises(PagingError, match="page 2 was asked for") as caught:
        run_virtually(one(Echo("abcd").read(first=2)))
    assert caught.value.bookmark == Bookmark(page=2, position=0, fingerprint="f" * 12)
    with pytest.raises(PagingError) as caught:
        collected(Echo("abcd").read())
    assert caught.value.bookmark == Bookmark(page=1, position=0, fingerprint="f" * 12)


async def one(reading: Paginator[Any, Page]) -> Page:
    page = await reading
    assert reading.total_items is not None
    return page


def test_the_first_page_tells_the_totals() -> None:
    reading = Server("abcde").read()
    assert (reading.total_items, reading.total_pages) == (None, None)
    assert repr(reading) == "<Paginator of list_things(): page 1, 0 items so far>"
    run_virtually(one(reading))
    assert (reading.total_items, reading.total_pages) == (5, 3)


@pytest.mark.parametrize("pages", [False, True])
def test_what_was_yielded_before_a_restart_comes_again_in_pages_and_not_in_items(*, pages: bool) -> None:
    class Moving(Server):
        async def fetch(self, number: int, size: int | None, /) -> Page:
            page = await super().fetch(number, size)
            self.items = self.items if len(self.asked) > 1 else "xabcd"
            return page

    server = Moving("abcd")
    found = "".join(place[0] for place in places(server.read(on_drift="restart"), pages=pages))
    assert found == ("abxabcd" if pages else "abxcd")
    listed = Moving("abcd").read(on_drift="restart")
    assert collected(listed) == "xabcd"
    assert listed.drift.restarts == 1


def test_awaiting_asks_for_a_page_of_the_size_that_is_wanted() -> None:
    server = Server("abcde")
    run_virtually(one(server.read(size=3)))
    assert server.asked == [(1, 3)]


def test_a_full_last_page_is_the_end_once_an_empty_one_has_told_so() -> None:
    server = Server("abcd", tells="nothing")
    reading = server.read()
    assert collected(reading) == "abcd"
    assert reading.bookmark == Bookmark(page=2, position=2, fingerprint="f" * 12, anchor=A["d"])
    assert [place[0] for place in places(Server("ab", tells="nothing").read(), pages=True)] == ["ab"]


@pytest.mark.parametrize("items", ["abc", "abcd"])
def test_a_page_that_was_cut_too_far_does_not_count_twice(items: str) -> None:
    assert collected(Server(items, cap=2, tells="items").read(size=4, limit=3)) == "abc"


def test_pages_that_come_again_are_counted_from_the_start() -> None:
    class Moving(Server):
        async def fetch(self, number: int, size: int | None, /) -> Page:
            page = await super().fetch(number, size)
            self.items = self.items if len(self.asked) > 1 else "xabcd"
            return page

    reading = Moving("abcd").read(on_drift="restart", limit=4)
    assert "".join(place[0] for place in places(reading, pages=True)) == "abxabc"
    assert repr(reading) == "<Paginator of list_things(): page 2 of 3, 4 items so far>"


def test_a_page_that_is_asked_for_whole_is_done_with_as_a_whole() -> None:
    reading = Server("abcdefgh").read(size=4, limit=4)
    assert collected(reading) == "abcd"
    assert (reading.bookmark.page, reading.bookmark.position) == (2, 0)


def test_pages_count_against_a_limit_with_all_of_their_items() -> None:
    assert [place[0] for place in places(Server("aabbccdd").read(limit=2), pages=True)] == ["aa"]


class Slow(Server):
    """Takes a second for each page."""

    async def fetch(self, number: int, size: int | None, /) -> Page:
        await asyncio.sleep(1)
        return await super().fetch(number, size)

    def seconds(self, **options: Any) -> float:
        """How long it takes to read all of it."""

        async def main() -> float:
            await self.read(prefetch=3, **options).collect()
            return asyncio.get_running_loop().time()

        return run_virtually(main())


@pytest.mark.parametrize("limit", [7, 3, None])
def test_the_pages_that_a_limit_needs_are_fetched_ahead_all_the_same(limit: int | None) -> None:
    assert Slow("abcdefghij").seconds(limit=limit) == pytest.approx(2)


def test_the_last_page_that_may_be_read_is_fetched_ahead_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "MAX_PAGES", 3)
    assert Slow("abcdef").seconds() == pytest.approx(2)


def test_as_many_items_as_are_remembered_may_be_left_out_after_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    class Moving(Server):
        async def fetch(self, number: int, size: int | None, /) -> Page:
            page = await super().fetch(number, size)
            self.items = self.items if len(self.asked) > 1 else "xabcd"
            return page

    monkeypatch.setattr(defaults, "MAX_REMEMBERED_ITEMS", 2)
    assert "".join(place[0] for place in places(Moving("abcd").read(on_drift="restart"))) == "abxcd"
    monkeypatch.setattr(defaults, "MAX_REMEMBERED_ITEMS", 1)
    with pytest.raises(PagingError, match="too much was yielded to start again"):
        places(Moving("abcd").read(on_drift="restart"))
