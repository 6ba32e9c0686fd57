"""An iteration that is broken off, cancelled, dropped or fails leaves nothing behind."""

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from moving_listing import MovingListing, Page, names, tasks_left
from virtual_time import VirtualLoop, run_virtually

from contracts_client import Paginator


async def broken(reading: Paginator[str, Page]) -> None:
    async for _ in reading:
        break


async def broken_between_pages(reading: Paginator[str, Page]) -> None:
    async for _ in reading.pages():
        break


async def dropped(reading: Paginator[str, Page]) -> None:
    await anext(aiter(reading))


async def cancelled(reading: Paginator[str, Page]) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reading.collect(), 1.5)


async def cancelled_at_once(reading: Paginator[str, Page]) -> None:
    task = asyncio.create_task(reading.collect())
    await asyncio.sleep(0)
    task.cancel()


async def raising(reading: Paginator[str, Page]) -> None:
    with pytest.raises(ZeroDivisionError):
        [1 // 0 async for _ in reading]


async def failing(reading: Paginator[str, Page]) -> None:
    with pytest.raises(OSError, match="page 10"):
        await reading.collect()


@pytest.mark.parametrize(
    "leave", [broken, broken_between_pages, dropped, cancelled, cancelled_at_once, raising, failing]
)
def test_an_iteration_left_leaves_no_task(leave: Callable[[Paginator[str, Page]], Awaitable[None]]) -> None:
    async def main() -> None:
        def fail(number: int) -> None:
            if number == 10:
                raise OSError("page 10")

        listing = MovingListing(names(*range(90)), before=fail)
        gc.disable()  # reference counts are enough
        try:
            await leave(listing.read(prefetch=5))
            assert await tasks_left() == 0
            assert listing.under_way == 0
        finally:
            gc.enable()

    run_virtually(main())


def test_a_restarted_iteration_ends_too() -> None:
    """What made it start again, an exception, would keep its frames and thereby the iteration."""

    async def main() -> None:
        listing = MovingListing(names(*range(90)))
        listing.before = lambda number: (
            listing.items.append("new") if number == 3 and len(listing.items) == 90 else None
        )
        reading = listing.read(prefetch=2, on_drift="restart")
        items = aiter(reading)
        gc.disable()  # reference counts are enough
        try:
            for _ in range(7):
                await anext(items)
            assert reading.drift.restarts == 1
            assert await tasks_left() > 0
            del items
            assert await tasks_left() == 0
        finally:
            gc.enable()

    run_virtually(main())


def test_an_iteration_ends_after_an_error() -> None:
    """The task that failed holds its error, and the error the frames that waited for it."""

    async def main() -> None:
        def fail_once(number: int) -> None:
            if listing.asked.count(number) == 1 and number == 3:
                raise OSError("page 3")

        listing = MovingListing(names(*range(90)), before=fail_once)
        items = aiter(listing.read(prefetch=2))
        gc.disable()  # reference counts are enough
        try:
            for _ in range(6):
                await anext(items)
            with suppress(OSError):  # pytest.raises() would keep it
                await anext(items)
            assert [await anext(items) for _ in range(4)] == names(6, 7, 8, 9)
            assert await tasks_left() > 0
            del items
            assert await tasks_left() == 0
        finally:
            gc.enable()

    run_virtually(main())


def test_an_iteration_in_a_cycle_ends() -> None:
    class Holder:
        items: Any

    async def main() -> None:
        holder = Holder()
        holder.items = aiter(MovingListing(names(*range(90))).read(prefetch=5))
        holder.me = holder  # type: ignore[attr-defined]
        await anext(holder.items)
        assert await tasks_left() == 5
        del holder
        gc.collect()
        assert await tasks_left() == 0

    run_virtually(main())


async def test_an_iteration_dropped_in_a_thread() -> None:
    held = [aiter(MovingListing(names(*range(90)), latency=0.01).read(prefetch=5))]
    await anext(held[0])
    assert await tasks_left() == 5
    thread = threading.Thread(target=held.clear)
    thread.start()
    await asyncio.to_thread(thread.join)
    assert await tasks_left() == 0


def test_an_iteration_may_outlive_its_loop() -> None:
    loop = VirtualLoop()
    items = aiter(MovingListing(names(*range(90))).read(prefetch=5))
    loop.run_until_complete(anext(items))
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.close()
    del items
    gc.collect()
