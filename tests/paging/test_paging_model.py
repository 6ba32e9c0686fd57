"""A consumer that stops, cancels and resumes, and a listing that moves meanwhile, against a model of both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from moving_listing import MovingListing, Page, names, tasks_left
from virtual_time import VirtualLoop

from contracts_client import Paginator, PagingError, defaults


class Reading(RuleBasedStateMachine):
    """Knows what was yielded since the first start, and what the listing did in the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = VirtualLoop()

    def run(self, steps: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(steps)

    @initialize(
        count=st.integers(0, 40),
        size=st.integers(1, 6),
        per_page=st.none() | st.integers(1, 8),
        limit=st.none() | st.integers(0, 45),
        prefetch=st.integers(0, 6),
        tells=st.sampled_from(["pages and items", "pages", "items", "nothing"]),
        beyond=st.sampled_from(["empty", "404"]),
        on_drift=st.sampled_from(["report", "restart"]),
    )
    def begin(  # all that a listing and its reader can be
        self,
        *,
        count: int,
        size: int,
        per_page: int | None,
        limit: int | None,
        prefetch: int,
        tells: str,
        beyond: str,
        on_drift: str,
    ) -> None:
        self.listing = MovingListing(names(*range(count)), size=size, most=6, tells=tells, beyond=beyond)
        self.prefetch = prefetch
        self.options: dict[str, Any] = {"size": per_page, "prefetch": prefetch, "on_drift": on_drift}
        self.page_size = min(per_page or size, 6)
        self.at_first = list(self.listing.items)
        self.ever = set(self.listing.items)
        self.removed = False  # something was, so that the rest has moved to the front
        self.inserted = False  # something was, before the end
        self.appended = False
        self.hollowed = False  # a page was empty although the totals announced more
        self.noticed = False  # that something moved, by an iteration before this one
        self.interrupted = False  # pages may have been asked for twice
        self.resumed = False
        self.given_up = False
        self.got: list[str] = []
        self.made = count
        self.limit = limit
        self.ended = False
        self.paginator: Paginator[str, Page] = self.listing.read(limit=limit, **self.options)
        self.items: AsyncIterator[str] | None = aiter(self.paginator)

    def new(self) -> str:
        self.made += 1
        self.ever.add(f"c-{self.made}")
        return f"c-{self.made}"

    async def take(self, count: int) -> None:
        assert self.items is not None
        for _ in range(count):
            try:
                item = await anext(self.items, None)
            except PagingError:
                # As much was added before the page as was taken away, or nobody tells: it can't be told from a server
                # that ignores the page number. Or it moved again each time that it was read again. Or items are
                # announced that never come, and nobody tells how many pages there are.
                moved = self.inserted and (self.removed or self.listing.tells == "nothing")
                missing = self.hollowed and self.listing.tells == "items"
                assert moved or missing or self.paginator.drift.restarts == defaults.MAX_RESTARTS
                self.given_up = True
                item = None
            if item is None:
                self.ended = True
                return
            self.got.append(item)

    @rule(count=st.integers(1, 9))
    def read_on(self, count: int) -> None:
        self.run(self.take(count))

    @rule(count=st.integers(1, 9))
    def read_on_in_two_tasks(self, count: int) -> None:
        async def both() -> None:
            await asyncio.gather(self.take(count), self.take(count))

        self.run(both())

    @rule(count=st.integers(1, 9), seconds=st.floats(0, 4))
    def cancel(self, count: int, seconds: float) -> None:
        async def cancelled() -> int:
            try:
                async with asyncio.timeout(seconds):
                    await self.take(count)
            except TimeoutError:
                self.interrupted = True
                return await tasks_left()
            return 0

        assert self.run(cancelled()) == 0

    @rule()
    def stop_and_resume(self) -> None:
        bookmark = self.paginator.bookmark
        self.items = None
        assert self.run(tasks_left()) == 0
        self.interrupted = True
        self.resumed = True
        self.given_up = False
        self.noticed |= bool(self.paginator.drift)
        limit = None if self.limit is None else self.limit - len(self.got)
        self.paginator = self.listing.read(limit=limit, resume=bookmark, **self.options)
        assert self.paginator.bookmark == bookmark
        self.items = aiter(self.paginator)
        self.ended = False

    @rule(numbers=st.sets(st.integers(1, 7), max_size=3))
    def hollow(self, numbers: set[int]) -> None:
        self.hollowed |= bool(numbers)
        self.listing.hollow = numbers

    @rule()
    def append(self) -> None:
        self.appended = True
        self.listing.items.append(self.new())

    @precondition(lambda self: self.listing.items)
    @rule(place=st.integers(0, 40))
    def insert(self, place: int) -> None:
        self.inserted = True
        self.listing.items.insert(place % len(self.listing.items), self.new())

    @precondition(lambda self: self.listing.items)
    @rule(place=st.integers(0, 40))
    def remove(self, place: int) -> None:
        self.removed = True
        del self.listing.items[place % len(self.listing.items)]

    @invariant()
    def nothing_is_made_up_and_nothing_too_much(self) -> None:
        assert set(self.got) <= self.ever
        assert self.limit is None or len(self.got) <= self.limit

    @invariant()
    def nothing_comes_twice(self) -> None:
        # What is moved past a bookmark, to another page, is known to nobody any more.
        if not self.resumed or not (self.removed or self.inserted):
            assert len(set(self.got)) == len(self.got)

    @invariant()
    def what_grows_at_its_end_is_read_as_it_is(self) -> None:
        if not self.removed and not self.inserted and not self.hollowed:
            assert self.got == self.listing.items[: len(self.got)]

    def complete(self) -> bool:
        """Whether all that was there at first came, or as much as was wanted."""
        wanted = len(self.at_first) if self.limit is None else min(self.limit, len(self.at_first))
        return len(self.got) >= wanted and (len(self.got) == self.limit or set(self.at_first) <= set(self.got))

    @invariant()
    def what_only_grows_is_read_in_full(self) -> None:
        if self.ended and not self.given_up and not self.removed and not self.hollowed:
            assert self.complete()

    @invariant()
    def nothing_is_lost_in_silence(self) -> None:
        # Nobody tells how much there is, or how much came before the page to go on with.
        untold = self.listing.tells == "nothing" or (self.listing.tells == "items" and self.resumed)
        if self.ended and not self.given_up and not self.removed and not untold:
            assert self.complete() or self.noticed or self.paginator.drift

    @invariant()
    def no_page_is_needless(self) -> None:
        listing = self.listing
        assert listing.most_under_way <= self.prefetch + 1
        if self.removed or self.inserted or self.appended or self.hollowed:
            return
        wanted = len(listing.items) if self.limit is None else min(self.limit, len(listing.items))
        last = max(1, -(-wanted // self.page_size))
        if listing.tells == "nothing" and (self.limit is None or self.limit > len(listing.items)):
            last += 1  # only the page after the last one tells
        if self.interrupted:
            assert set(listing.asked) <= set(range(1, last + 2))
        else:
            assert listing.asked == list(range(1, len(listing.asked) + 1))
            assert len(listing.asked) <= (0 if self.limit == 0 else last)

    def teardown(self) -> None:
        self.items = None
        assert self.run(tasks_left()) == 0
        self.loop.close()


TestReading = Reading.TestCase
TestReading.settings = settings(stateful_step_count=25)
