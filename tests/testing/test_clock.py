"""Time stands still while anything is done, jumps over what is slept, and goes on when it is told to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from math import inf

import pytest

from contracts_client.testing import ManualClock
from contracts_client.testing.clock import START


async def test_time_stands_still_by_itself() -> None:
    clock = ManualClock()
    await asyncio.sleep(0.01)
    assert (clock.now, clock.monotonic(), clock.wall()) == (START, 0.0, START.timestamp())


async def test_a_sleep_takes_its_time_on_the_clock() -> None:
    """A sleep takes its time on the clock and is noted."""
    clock = ManualClock()
    await clock.sleep(3600)
    await clock.sleep(0)
    assert clock.now == START + timedelta(hours=1)
    assert clock.slept == [3600, 0]


async def test_sleeps_end_in_order() -> None:
    """Sleeps end in the order of their ends."""
    clock = ManualClock()
    ended: list[tuple[float, float]] = []

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        ended.append((seconds, clock.monotonic()))

    await asyncio.gather(*(sleep(each) for each in (30, 10, 20, 10)))
    assert ended == [(10, 10), (10, 10), (20, 20), (30, 30)]


async def test_work_is_done_before_a_jump() -> None:
    """What takes a while without sleeping is done before the clock jumps."""
    clock = ManualClock()
    sleeping = asyncio.create_task(clock.sleep(5))
    for _ in range(20):
        await asyncio.sleep(0)
    assert clock.monotonic() == 0
    await sleeping


async def test_an_earlier_deadline_ends_a_sleep() -> None:
    """A deadline that ends before a sleep ends it."""
    clock = ManualClock()
    with pytest.raises(TimeoutError):
        async with clock.timeout_at(2):
            await clock.sleep(5)
    assert clock.monotonic() == 2
    await clock.sleep(1)
    assert clock.monotonic() == 3  # the sleep that was ended moves nothing any more


async def test_a_deadline_alone_makes_no_time_pass() -> None:
    clock = ManualClock()
    async with clock.timeout_at(0.001):
        await asyncio.sleep(0.02)
    assert clock.monotonic() == 0


async def test_a_past_deadline_ends_the_first_wait() -> None:
    """A deadline that has passed ends the scope at its first wait."""
    clock = ManualClock()
    await clock.advance(10)
    with pytest.raises(TimeoutError):
        async with clock.timeout_at(9):
            await asyncio.sleep(1)
    async with clock.timeout_at(9):
        pass  # nothing was waited for
    await asyncio.sleep(0)


async def test_infinity_never_comes() -> None:
    clock = ManualClock()
    async with clock.timeout_at(inf):
        await clock.advance(timedelta(days=365))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await clock.sleep(inf)
    assert clock.now == START + timedelta(days=365)


async def test_without_jumps_advance_ends_sleeps() -> None:
    """Without jumps advance alone ends a sleep and everything in between happens in order."""
    clock = ManualClock(jumps=False)
    seen: list[float] = []

    async def work() -> None:
        for seconds in (1, 2, 3):
            await clock.sleep(seconds)
            seen.append(clock.monotonic())

    working = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    assert seen == []
    await clock.advance(3.5)
    assert seen == [1, 3]
    clock.jumps = True
    await clock.advance(0.5)
    await working
    assert seen == [1, 3, 6]


async def test_a_due_jump_can_be_switched_off() -> None:
    """Jumps that are switched off while one is due don't happen."""
    clock = ManualClock()
    sleeping = asyncio.create_task(clock.sleep(1))
    await asyncio.sleep(0)
    clock.jumps = False
    await asyncio.sleep(0.01)
    assert not sleeping.done()
    await clock.advance(1)
    await sleeping


async def test_a_held_deadline_ends_by_advance() -> None:
    """A held deadline ends when time is told to go on."""
    clock = ManualClock()

    async def wait() -> None:
        async with clock.timeout_at(60):
            await asyncio.Event().wait()

    waiting = asyncio.create_task(wait())
    await clock.advance(59)
    assert not waiting.done()
    await clock.advance(1)
    with pytest.raises(TimeoutError):
        await waiting


def test_a_clock_serves_several_loops() -> None:
    """One clock may be used on one event loop after another."""
    clock = ManualClock()

    async def leave_something_asleep() -> None:
        forgotten = asyncio.create_task(clock.sleep(100))
        await asyncio.sleep(0)
        assert not forgotten.done()

    asyncio.run(leave_something_asleep())
    asyncio.run(clock.sleep(1))
    assert clock.monotonic() == 1


async def test_a_sleep_cancelled_at_its_end() -> None:
    """A sleep that is cancelled as it ends harms nobody."""
    clock = ManualClock(jumps=False)
    sleeping = asyncio.create_task(clock.sleep(1))
    await asyncio.sleep(0)
    sleeping.cancel()
    await clock.advance(1)
    assert sleeping.cancelled()


def test_it_starts_at_a_given_moment() -> None:
    """It starts when it is told to in any zone and says what time it is."""
    clock = ManualClock(datetime(2027, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now == datetime(2027, 1, 1, tzinfo=UTC)
    assert repr(clock) == "<ManualClock 2027-01-01T00:00:00+00:00>"


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2027, 1, 1))  # noqa: DTZ001 # it is what is refused


async def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="back"):
        await ManualClock().advance(-1)
