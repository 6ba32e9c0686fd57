"""Permits: who gets one, when, and in which order; on virtual time."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

import pytest
from simulated_api import sequence
from virtual_time import HandClock, VirtualClock, run_virtually

from contracts_client import RateLimits, defaults
from contracts_client.resilience.gate import Permit
from contracts_client.resilience.permit_queue import Waiting
from contracts_client.resilience.rate_limiter import RateLimiter, TooLongError

FAR = 1e9
READ, CLAIM, OTHER = "get_contract", "claim_personnel_ticket", "list_contracts"


def virtually(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run a test on virtual time."""

    @wraps(test)
    def run(**arguments: object) -> None:
        run_virtually(test(**arguments))

    return run


class Limiter(RateLimiter):
    """With what the tests do again and again. What is drawn at random is 0."""

    def __init__(self, *, slots: int = 100, **limits: Any) -> None:
        super().__init__(VirtualClock(), RateLimits(**limits), lambda: 0.0, max_concurrency=slots)

    def wait(self, operation: str = READ, ends_at: float = FAR, last: Permit | None = None) -> asyncio.Task[Permit]:
        return asyncio.ensure_future(self.acquire(operation, ends_at, last))

    def refuse(self, permit: Permit, retry_after: float | None = None, **more: Any) -> None:
        self.refused(permit, retry_after, **more)
        self.release(permit)

    def answer(self, permit: Permit) -> None:
        self.answered(permit)
        self.release(permit)

    async def refused_once(self, operation: str = READ, retry_after: float = 0) -> Permit:
        permit = await self.acquire(operation, FAR)
        self.refuse(permit, retry_after)
        return permit

    async def too_late(self, ends_at: float, operation: str = READ) -> float:
        """How long a call that is too late is told to have to wait."""
        with pytest.raises(TooLongError) as caught:
            await self.acquire(operation, ends_at)
        return caught.value.seconds


def now() -> float:
    return asyncio.get_running_loop().time()


async def started(*tasks: asyncio.Task[Permit], after: float = 0.0) -> list[float]:
    """When those were given a permit that have one after a time; the others are cancelled."""
    await asyncio.sleep(after)
    times = [task.result().started for task in tasks if task.done()]
    for task in tasks:
        task.cancel()
    return times


@virtually
async def test_nothing_waits_without_a_refusal() -> None:
    limiter = Limiter()
    for _ in range(1000):
        limiter.answer(await limiter.acquire(READ, FAR))
    assert (now(), limiter.pause(READ)) == (0, 0)


# --- slots and order


@virtually
async def test_no_more_are_under_way_than_slots() -> None:
    limiter = Limiter(slots=3)
    tasks = [limiter.wait() for _ in range(10)]
    await asyncio.sleep(1)
    assert sum(task.done() for task in tasks) == 3
    for _ in range(2):
        limiter.release(tasks[0].result())  # idempotent
    assert len(await started(*tasks, after=1)) == 4


@virtually
async def test_freed_slots_are_taken_in_order() -> None:
    """Slots freed together are taken in order."""
    limiter, order = Limiter(slots=3), list[int]()
    permits = [await limiter.acquire(READ, FAR) for _ in range(3)]

    async def call(number: int) -> None:
        await limiter.acquire(READ if number % 2 else OTHER, FAR)
        order.append(number)

    tasks = [asyncio.ensure_future(call(number)) for number in range(5)]
    await asyncio.sleep(1)
    for permit in permits:
        limiter.answer(permit)
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # two turns of the event loop, and no more
    assert order == [0, 1, 2]
    for task in tasks:
        task.cancel()


@pytest.mark.parametrize("turns", range(4))
@virtually
async def test_who_is_cancelled_takes_no_slot(turns: int) -> None:
    """At each turn of the event loop, also when it has just been given a permit."""
    limiter = Limiter(slots=2)
    permits = [await limiter.acquire(READ, FAR) for _ in range(2)]
    first, second, third = (limiter.wait() for _ in range(3))
    await asyncio.sleep(1)
    for permit in permits:
        limiter.release(permit)
    for _ in range(turns):
        await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(1)
    if not second.cancelled():
        limiter.release(second.result())
    assert await started(first, third, after=1) == [1, pytest.approx(1, abs=1)]


@virtually
async def test_who_leaves_the_queue_delays_nobody() -> None:
    limiter = Limiter(spacing=1, slots=2)
    await limiter.acquire(READ, FAR)
    tasks = [limiter.wait() for _ in range(20)]
    await started(*tasks, after=0.5)
    assert (await limiter.acquire(READ, FAR)).started == 1


@virtually
async def test_a_refused_call_keeps_its_place() -> None:
    limiter, order = Limiter(), list[str]()
    first, second = [await limiter.acquire(READ, FAR) for _ in range(2)]

    async def call(name: str, last: Permit | None) -> None:
        permit = await limiter.acquire(READ, FAR, last)
        order.append(name)
        await asyncio.sleep(0.01)
        limiter.answer(permit)

    later = [asyncio.ensure_future(call(name, None)) for name in ("third", "fourth")]
    limiter.refuse(second, 1)
    limiter.refuse(first, 1)
    await asyncio.sleep(0.5)
    await asyncio.gather(call("second", second), call("first", first), *later)
    assert order == ["third", "first", "second", "fourth"]  # the probe is of one that was not refused


@virtually
async def test_an_often_refused_call_is_last() -> None:
    """A call refused often goes to the end."""
    limiter = Limiter()
    permit = await limiter.acquire(READ, FAR)
    numbers = list[int]()
    for _ in range(defaults.REFUSALS_IN_FRONT):
        numbers.append(permit.number)
        other = limiter.wait()
        await asyncio.sleep(0)
        limiter.refuse(permit, 1)
        permit = await limiter.acquire(READ, FAR, permit)
        other.cancel()
    assert numbers == [0, 0, 0]
    assert permit.number > 1


@pytest.mark.parametrize("operation", [READ, OTHER])
@virtually
async def test_the_least_refused_call_is_the_probe(operation: str) -> None:
    """The least refused call sends the probe."""
    limiter = Limiter()
    twice, once = await limiter.acquire(READ, FAR), await limiter.acquire(operation, FAR)
    limiter.refuse(twice, 1, is_tokens=True)
    limiter.refuse(twice, 1)
    limiter.refuse(once, 1)
    tasks = [limiter.wait(permit.operation, last=permit) for permit in (twice, once)]
    await asyncio.sleep(2)
    assert [task.result().number for task in tasks if task.done()] == [once.number]
    await started(*tasks)


# --- probes


@virtually
async def test_others_wait_for_a_probe_s_outcome() -> None:
    """Others wait for the outcome of a probe."""
    limiter = Limiter()
    await limiter.refused_once()
    probe = await limiter.acquire(READ, FAR)
    tasks = [limiter.wait() for _ in range(5)]
    await asyncio.sleep(defaults.PROBE_LIMIT - 1)
    assert not any(task.done() for task in tasks)
    limiter.answer(probe)
    assert len(await started(*tasks, after=1)) == 5


@virtually
async def test_after_each_refusal_one_is_a_probe() -> None:
    limiter = Limiter()
    await limiter.refused_once()
    for _ in range(2):
        first, second = limiter.wait(), limiter.wait()
        await asyncio.sleep(defaults.PROBE_LIMIT)
        assert (first.done(), second.done()) == (True, False)
        second.cancel()
        limiter.refuse(first.result(), 0)


@virtually
async def test_a_probe_that_ends_lets_the_next_try() -> None:
    limiter = Limiter()
    await limiter.refused_once()
    probe = await limiter.acquire(READ, FAR)
    task = limiter.wait()
    await asyncio.sleep(1)
    limiter.release(probe)  # its outcome is not known
    assert await started(task, after=1) == pytest.approx([1.1])


@pytest.mark.parametrize("is_tokens", [False, True])
@virtually
async def test_a_probe_holds_others_some_seconds(is_tokens: bool) -> None:  # noqa: FBT001
    """A probe holds others for some seconds.

    Each that is not answered costs so many seconds, and none of them all the time that there is.
    """
    limiter = Limiter()
    limiter.refuse(await limiter.acquire(READ, FAR), 0, is_tokens=is_tokens)
    tried = [(await limiter.acquire(READ, FAR)).started for _ in range(4)]
    assert tried == pytest.approx([0.1 + each * defaults.PROBE_LIMIT for each in range(4)])
    limiter.answer(await limiter.acquire(READ, FAR))
    opened = now()
    await limiter.acquire(READ, FAR)
    assert now() - opened == pytest.approx(defaults.FIRST_SPACING, rel=0.02)


@virtually
async def test_a_late_answer_leaves_the_next_probe() -> None:
    """A late answer does not end the next probe."""
    limiter = Limiter()
    await limiter.refused_once()
    slow, probe = await limiter.acquire(READ, FAR), await limiter.acquire(READ, FAR)
    task = limiter.wait()
    await asyncio.sleep(1)
    limiter.release(slow)
    assert (await task).started == pytest.approx(probe.started + defaults.PROBE_LIMIT)


@virtually
async def test_one_probe_goes_at_a_time() -> None:
    """Also where an earlier call comes back to the front of the queue meanwhile."""
    limiter = Limiter()
    refused, earlier = await limiter.acquire(READ, FAR), await limiter.acquire(READ, FAR)
    limiter.refuse(refused)
    probe = await limiter.acquire(READ, FAR)
    later = limiter.wait()
    await asyncio.sleep(1)
    limiter.release(earlier)
    permits = [await limiter.acquire(READ, FAR, earlier), await later]
    after = [permit.started - probe.started for permit in permits]
    assert after == pytest.approx([defaults.PROBE_LIMIT, 2 * defaults.PROBE_LIMIT])


@virtually
async def test_nobody_overtakes_the_first_queued() -> None:
    """Nobody overtakes the first in the queue.

    Also where the spacing has shrunk by the time that a later call comes, so that its request might go at once.
    """
    limiter = Limiter(slots=400)
    permits = [await limiter.acquire(READ, FAR) for _ in range(300)]
    limiter.refuse(permits.pop(), 0, spacing=10)
    limiter.answer(await limiter.acquire(READ, FAR))
    first = limiter.wait()
    await asyncio.sleep(1)
    for permit in permits:
        limiter.answer(permit)
    later = limiter.wait()
    assert await started(first, later, after=20) == pytest.approx([11.7, 11.7], abs=0.1)


# --- which operations a refusal holds back


@virtually
async def test_a_refusal_holds_its_own_operation() -> None:
    """A refusal holds back its own operation."""
    limiter = Limiter()
    await limiter.refused_once(CLAIM, 10)
    assert await started(limiter.wait(CLAIM), limiter.wait(READ), after=1) == [0]
    assert (limiter.pause(CLAIM), limiter.pause(READ)) == (9, 0)
    assert (await limiter.acquire(CLAIM, FAR)).started == 10


@pytest.mark.parametrize(("apart", "seconds"), [(0, 3), (60, 3), (60.1, 0)])
@virtually
async def test_two_refused_operations_stop_all(apart: float, seconds: float) -> None:
    """A second operation refused stops all."""
    limiter = Limiter()
    await limiter.acquire(OTHER, FAR)
    await limiter.refused_once(CLAIM, 1)
    await asyncio.sleep(apart)
    await limiter.refused_once(READ, 3)
    assert (limiter.pause(OTHER), limiter.pause(READ)) == (seconds, 3)


@virtually
async def test_the_second_wait_is_what_counts() -> None:
    """The second wait counts not the first.

    What claims are held back for is their own matter: the others wait for what the second refusal asks.
    """
    limiter = Limiter()
    await limiter.acquire(OTHER, FAR)
    await limiter.refused_once(CLAIM, 200)
    await limiter.refused_once(READ, 3)
    assert [limiter.pause(operation) for operation in (CLAIM, READ, OTHER)] == [200, 3, 3]


@pytest.mark.parametrize(("is_tokens", "seconds"), [(False, 0), (True, 3)])
@virtually
async def test_a_refusal_for_the_token_stops_all(is_tokens: bool, seconds: float) -> None:  # noqa: FBT001
    limiter = Limiter()
    await limiter.acquire(OTHER, FAR)
    limiter.refuse(await limiter.acquire(READ, FAR), 3, is_tokens=is_tokens)
    assert limiter.pause(OTHER) == seconds


@virtually
async def test_all_follow_one_probe_at_one_spacing() -> None:
    limiter = Limiter()
    limiter.refuse(await limiter.acquire(CLAIM, FAR), 1, is_tokens=True)
    limiter.refuse(await limiter.acquire(READ, FAR), 1, spacing=0.5)
    probe, *tasks = (limiter.wait(operation) for operation in (OTHER, CLAIM, READ, READ))
    await asyncio.sleep(3)
    limiter.answer(await probe)
    spacing = 0.5 / (1 + defaults.RATE_GROWTH * 0.5**2)
    assert await started(*tasks, after=2) == pytest.approx([4, 4 + spacing, 4 + 2 * spacing])


@pytest.mark.parametrize(("operation", "pauses"), [(CLAIM, [5, 0]), (None, [5, 5])])
@virtually
async def test_a_used_up_limit_holds_back_its_own(operation: str | None, pauses: list[float]) -> None:
    limiter = Limiter()
    for each in (CLAIM, READ):
        await limiter.acquire(each, FAR)
    limiter.close(5, operation)
    assert [limiter.pause(each) for each in (CLAIM, READ)] == pauses


# --- declared limits


@pytest.mark.parametrize(
    ("limits", "times"),
    [
        ({"spacing": 0.5}, [45, 45.5, 46, 46.5, 47]),
        ({"per_minute": 2}, [45, 45, 105, 105, 165]),
        ({"per_minute": 2, "spacing": 40}, [45, 85, 125, 165, 205]),
    ],
)
@virtually
async def test_declared_limits_are_kept(limits: dict[str, Any], times: list[float]) -> None:
    """A minute begins with its first request."""
    limiter = Limiter(**limits)
    await asyncio.sleep(45)
    found = list[float]()
    for number in range(5):
        permit = await limiter.acquire(OTHER if number % 2 else READ, FAR)
        found.append(permit.started)
        limiter.answer(permit)
    assert found == times


# --- who is too late is told at once, where that is certain


@virtually
async def test_a_learned_spacing_refuses_nobody() -> None:
    """It may shrink, and those in front may leave."""
    limiter = Limiter(slots=1)
    permit = await limiter.acquire(READ, FAR)
    tasks = [limiter.wait(ends_at=5) for _ in range(100)]
    await asyncio.sleep(0.03)
    limiter.refuse(permit, 1)
    await asyncio.sleep(0)
    assert not any(task.done() for task in [*tasks, limiter.wait(ends_at=5)])
    await started(*tasks)


@pytest.mark.parametrize(
    ("limits", "taken", "ahead", "ends_at", "seconds"),
    [
        ({"spacing": 1}, 1, 0, 0.999, 1),
        ({"spacing": 2}, 1, 3, 5, 8),
        ({"spacing": 2}, 0, 3, 5, 6),
        ({"per_minute": 2}, 2, 0, 59, 60),
        ({"per_minute": 2}, 0, 2, 59, 60),
        ({"per_minute": 10}, 10, 15, 100, 120),
    ],
)  # fmt: skip
@virtually
async def test_declared_limits_are_certain(
    limits: dict[str, Any], taken: int, ahead: int, ends_at: float, seconds: float
) -> None:
    limiter = Limiter(slots=taken or 1, **limits)
    if not taken:
        await limiter.acquire(READ, FAR)  # of a minute that has passed
        await asyncio.sleep(60)
    for _ in range(taken):
        await limiter.acquire(READ, FAR)
    tasks = [limiter.wait(ends_at=FAR) for _ in range(ahead)]
    await asyncio.sleep(0)
    assert await limiter.too_late(now() + ends_at) == seconds
    assert await limiter.too_late(now() + ends_at) == seconds  # who was told waits no more
    await started(*tasks)


@virtually
async def test_held_back_calls_are_not_ahead() -> None:
    """Held back calls are not ahead of others."""
    limiter = Limiter(spacing=1)
    await limiter.refused_once(CLAIM, 100)
    tasks = [limiter.wait(CLAIM) for _ in range(50)]
    await asyncio.sleep(0)
    assert (await limiter.acquire(READ, 2)).started == 1
    await started(*tasks)


@virtually
async def test_a_closed_gate_is_certain() -> None:
    limiter = Limiter()
    await limiter.refused_once(READ, 10)
    assert await limiter.too_late(9.9) == 10
    assert (await limiter.acquire(READ, 10)).started == 10  # exactly in time


@virtually
async def test_who_need_not_wait_is_never_too_late() -> None:
    assert (await Limiter().acquire(READ, -1)).started == 0


@virtually
async def test_a_closing_gate_tells_who_waits() -> None:
    """Who waits is told when its gate closes."""
    limiter = Limiter(spacing=1)
    await limiter.acquire(READ, FAR)
    early, exact, late = (limiter.wait(ends_at=each) for each in (60, 63, FAR))
    await asyncio.sleep(0.5)
    limiter.close(60, READ)
    with pytest.raises(TooLongError) as caught:
        await early
    assert (caught.value.seconds, now()) == (59.5, 1)
    assert await started(exact, late, after=100) == [60.5, 61.5]


@virtually
async def test_the_queue_forgets_who_left_it() -> None:
    """Those who leave the queue are forgotten, and those who wait are told of a gate that opens too late for them."""
    limiter = Limiter(slots=1)
    under_way = await limiter.acquire(READ, FAR)
    staying = [limiter.wait(ends_at=ends_at) for ends_at in (3, 60, 2)]
    for _ in range(500):
        leaving = limiter.wait(ends_at=4)
        await asyncio.sleep(0)
        leaving.cancel()
    await asyncio.sleep(0)
    gc.collect()
    assert sum(isinstance(each, Waiting) for each in gc.get_objects()) < 100
    limiter.refuse(under_way, retry_after=5)
    await asyncio.sleep(0)
    assert [task.done() for task in staying] == [True, False, True]
    staying[1].cancel()
    with pytest.raises(TooLongError):
        staying[0].result()
    with pytest.raises(TooLongError):
        staying[2].result()


@virtually
async def test_the_first_is_told_when_one_passed() -> None:
    """The first is told when another passed.

    Who waits for a slot learns of the declared spacing when it comes to the front.
    """
    limiter = Limiter(spacing=5, slots=1)
    permit = await limiter.acquire(READ, FAR)
    front, behind = limiter.wait(), limiter.wait(ends_at=11)
    await asyncio.sleep(3)
    front.cancel()
    await asyncio.sleep(4)
    limiter.release(permit)
    assert await started(behind, after=1) == [7]


async def test_an_ended_wait_is_told_as_0_seconds() -> None:
    """A wait that is over when told is none. A busy event loop may take its time."""
    clock = HandClock()
    limiter = RateLimiter(clock, RateLimits(), sequence([]), max_concurrency=1)
    await limiter.acquire(READ, FAR)
    waiting = asyncio.create_task(limiter.acquire(READ, clock.now + 5))
    await asyncio.sleep(0)
    limiter.close(10)
    clock.now += 30
    with pytest.raises(TooLongError) as caught:
        await waiting
    assert caught.value.seconds == 0
