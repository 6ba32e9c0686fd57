"""The line that every request of a client passes: closed for all by a refusal, opened again one by one."""

import asyncio
from typing import Any

import httpx
import pytest
from simulated_api import PAGE, ScriptedApi, sequence
from virtual_time import HandClock, VirtualClock, run_virtually

from contracts_client import (
    APITimeoutError,
    BearerToken,
    ConfigurationError,
    ContractsClient,
    RateLimits,
    defaults,
)
from contracts_client.resilience.rate_limiter import Permit, RateLimiter, TooLongError

FAR = 1e9


def a_pacer(*drawn: float, limits: RateLimits | None = None, max_concurrency: int = 100) -> RateLimiter:
    return RateLimiter(VirtualClock(), limits or RateLimits(), sequence(drawn), max_concurrency=max_concurrency)


async def now() -> float:
    return asyncio.get_running_loop().time()


def test_nothing_is_held_back_as_long_as_nothing_is_refused() -> None:
    async def main() -> float:
        rate_limiter = a_pacer()
        for _ in range(1000):
            rate_limiter.answered(await rate_limiter.turn(FAR))
        return await now()

    assert run_virtually(main()) == 0


def test_a_refusal_holds_everybody_back_for_as_long_as_the_server_asks_and_a_little_more() -> None:
    async def main() -> tuple[float, float]:
        rate_limiter = a_pacer(1.0)
        rate_limiter.refused(await rate_limiter.turn(FAR), 10)
        pause = rate_limiter.pause()
        await rate_limiter.turn(FAR)
        return pause, await now()

    pause, passed = run_virtually(main())
    assert pause == pytest.approx(10.5)
    assert passed == pytest.approx(10.5)


@pytest.mark.parametrize(("drawn", "waited"), [(1.0, 1.0), (0.25, 0.25), (0.0, 0.1)])
def test_without_a_word_of_the_server_the_first_pause_is_drawn_from_a_second(drawn: float, waited: float) -> None:
    """The spacing that is learned from a refusal is the least of it."""

    async def main() -> float:
        rate_limiter = a_pacer(drawn)
        rate_limiter.refused(await rate_limiter.turn(FAR), None)
        await rate_limiter.turn(FAR)
        return await now()

    assert run_virtually(main()) == pytest.approx(waited)


def test_pauses_double_while_refusals_go_on_up_to_a_bound() -> None:
    async def main() -> list[float]:
        rate_limiter, pauses = a_pacer(), []
        for _ in range(12):
            rate_limiter.refused(await rate_limiter.turn(FAR), None)
            pauses.append(rate_limiter.pause())
        return pauses

    assert run_virtually(main()) == [1, 2, 4, 8, 16, *[defaults.PAUSE_MAX] * 7]


def test_after_a_pause_one_request_goes_alone_and_the_others_wait_for_what_comes_of_it() -> None:
    async def main() -> tuple[int, int]:
        rate_limiter = a_pacer(0.0)
        rate_limiter.refused(await rate_limiter.turn(FAR), None)
        alone = await rate_limiter.turn(FAR)
        others = [asyncio.ensure_future(rate_limiter.turn(FAR)) for _ in range(5)]
        await asyncio.sleep(defaults.ALONE_LIMIT - 1)
        before = sum(other.done() for other in others)
        rate_limiter.answered(alone)
        await asyncio.sleep(100)
        return before, sum(other.done() for other in others)

    assert run_virtually(main()) == (0, 5)


def test_a_refusal_of_what_was_under_way_before_another_one_teaches_nothing_new() -> None:
    async def main() -> tuple[float, float]:
        rate_limiter = a_pacer()
        turns = [await rate_limiter.turn(FAR) for _ in range(10)]
        await asyncio.sleep(0.1)
        for turn in turns:
            rate_limiter.refused(turn, None)
        return rate_limiter.spacing, rate_limiter.pause()

    assert run_virtually(main()) == (defaults.FIRST_SPACING, 1.0)


def test_the_spacing_grows_by_half_with_each_refusal_and_shrinks_with_each_success_until_it_is_gone() -> None:
    async def main() -> tuple[list[float], float, int]:
        rate_limiter, learned = a_pacer(), []
        for _ in range(3):
            rate_limiter.refused(await rate_limiter.turn(FAR), 1)
            learned.append(rate_limiter.spacing)
        for _ in range(20):
            rate_limiter.refused(await rate_limiter.turn(FAR), 1)
        most, successes = rate_limiter.spacing, 0
        while rate_limiter.spacing:
            rate_limiter.answered(await rate_limiter.turn(FAR))
            successes += 1
        return learned, most, successes

    learned, most, successes = run_virtually(main())
    assert learned == pytest.approx([0.1, 0.15, 0.225])
    assert most == defaults.MAX_SPACING
    assert successes < 700


def test_a_pause_is_bounded_whatever_the_server_says_and_a_shorter_one_does_not_open_the_line() -> None:
    async def main() -> tuple[float, float]:
        rate_limiter = a_pacer()
        rate_limiter.close(1e9)
        longest = rate_limiter.pause()
        rate_limiter.close(1)
        return longest, rate_limiter.pause()

    assert run_virtually(main()) == (defaults.MAX_PAUSE, defaults.MAX_PAUSE)


def test_the_minute_of_a_quota_begins_with_its_first_request() -> None:
    async def main() -> list[float]:
        rate_limiter, times = a_pacer(limits=RateLimits(per_minute=2)), []
        await asyncio.sleep(45)
        for _ in range(5):
            rate_limiter.answered(await rate_limiter.turn(FAR))
            times.append(await now())
        return times

    assert run_virtually(main()) == [45, 45, 105, 105, 165]


def test_declared_spacing_is_kept() -> None:
    async def main() -> list[float]:
        rate_limiter, times = a_pacer(limits=RateLimits(spacing=0.5)), []
        for _ in range(3):
            rate_limiter.answered(await rate_limiter.turn(FAR))
            times.append(await now())
        return times

    assert run_virtually(main()) == [0, 0.5, 1.0]


def test_who_would_be_too_late_is_told_at_once_and_for_how_long_the_line_is() -> None:
    async def main() -> tuple[float, float]:
        rate_limiter = a_pacer(limits=RateLimits(per_minute=10))
        for _ in range(10):
            rate_limiter.answered(await rate_limiter.turn(FAR))
        waiting = [asyncio.ensure_future(rate_limiter.turn(FAR)) for _ in range(15)]
        await asyncio.sleep(0)
        with pytest.raises(TooLongError) as caught:
            await rate_limiter.turn(100)
        for each in waiting:
            each.cancel()
        return caught.value.seconds, await now()

    assert run_virtually(main()) == (120, 0)


def test_who_waits_is_told_when_a_pause_of_another_makes_it_too_late() -> None:
    async def main() -> tuple[float, float]:
        rate_limiter = a_pacer(limits=RateLimits(spacing=1))
        await rate_limiter.turn(FAR)
        waiting = asyncio.ensure_future(rate_limiter.turn(10))
        await asyncio.sleep(0.5)
        rate_limiter.close(60)
        with pytest.raises(TooLongError) as caught:
            await waiting
        return caught.value.seconds, await now()

    assert run_virtually(main()) == (59.5, 1.0)


def test_who_is_cancelled_while_waiting_takes_nobody_s_turn() -> None:
    async def main() -> tuple[float, int]:
        rate_limiter = a_pacer(limits=RateLimits(spacing=1), max_concurrency=2)
        await rate_limiter.turn(FAR)
        waiting = [asyncio.ensure_future(rate_limiter.turn(FAR)) for _ in range(20)]
        await asyncio.sleep(0.5)
        for each in waiting:
            each.cancel()
        await asyncio.sleep(0)
        turn = await rate_limiter.turn(FAR)
        return await now(), int(isinstance(turn, Permit))

    assert run_virtually(main()) == (1.0, 1)


def test_no_more_requests_are_under_way_than_there_are_places() -> None:
    async def main() -> tuple[int, int]:
        rate_limiter = a_pacer(max_concurrency=3)
        turns = [asyncio.ensure_future(rate_limiter.turn(FAR)) for _ in range(10)]
        await asyncio.sleep(1)
        first = sum(turn.done() for turn in turns)
        rate_limiter.unanswered(turns[0].result())
        rate_limiter.unanswered(turns[0].result())  # twice is as good as once
        await asyncio.sleep(1)
        second = sum(turn.done() for turn in turns)
        for turn in turns:
            turn.cancel()
        return first, second

    assert run_virtually(main()) == (3, 4)


def test_places_that_come_free_together_are_taken_together_and_in_order() -> None:
    async def main() -> list[int]:
        rate_limiter = a_pacer(max_concurrency=3)
        under_way = [await rate_limiter.turn(FAR) for _ in range(3)]
        started: list[int] = []

        async def caller(number: int) -> None:
            await rate_limiter.turn(FAR)
            started.append(number)

        async with asyncio.TaskGroup() as callers:
            tasks = [callers.create_task(caller(number)) for number in range(5)]
            await asyncio.sleep(1)
            for turn in under_way:
                rate_limiter.answered(turn)
            await asyncio.sleep(0)  # one turn of the event loop, and no more
            at_once = list(started)
            for task in tasks:
                task.cancel()
        return at_once

    assert run_virtually(main()) == [0, 1, 2]


def test_a_request_that_goes_alone_and_is_never_answered_lets_the_next_one_try() -> None:
    async def main() -> bool:
        rate_limiter = a_pacer(0.0)
        rate_limiter.refused(await rate_limiter.turn(FAR), None)
        alone = await rate_limiter.turn(FAR)
        following = asyncio.ensure_future(rate_limiter.turn(FAR))
        await asyncio.sleep(1)
        rate_limiter.unanswered(alone)
        await asyncio.sleep(1)
        return following.done()

    assert run_virtually(main())


def test_a_limit_that_is_used_up_holds_the_client_back_before_a_429_has_to() -> None:
    async def main() -> list[float]:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), auth=BearerToken("t")) as client:
            await client.get_contract("c-1")
            await client.get_contract("c-1")
        return api.times

    used_up = httpx.Response(200, json=PAGE, headers={"RateLimit": '"m";r=0;t=20'})
    api = ScriptedApi(used_up, latency=0)
    assert run_virtually(main()) == [0, 20]


def test_one_call_s_refusal_holds_another_call_back() -> None:
    async def main() -> list[float]:
        async with ContractsClient(
            "acme-shop", transport=api, clock=VirtualClock(), auth=BearerToken("t"), max_concurrency=1
        ) as client:
            await asyncio.gather(client.get_contract("c-1"), client.get_contract("c-1"))
        return api.times

    api = ScriptedApi(httpx.Response(429, headers={"Retry-After": "9"}), latency=0)
    first, *others = run_virtually(main())
    assert first == 0
    assert len(others) == 2
    assert all(other >= 9 for other in others)


@pytest.mark.parametrize("value", [0, -1, True, 1.5, "60"])
def test_a_quota_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="per_minute must be an integer from 1, or None"):
        RateLimits(per_minute=value)


@pytest.mark.parametrize("value", [-0.1, 61, True, "1", float("nan")])
def test_a_spacing_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="spacing must be a number of seconds from 0 to 60"):
        RateLimits(spacing=value)


@pytest.mark.parametrize("value", [5, RateLimits, {"per_minute": 1}])
def test_limits_that_are_none_are_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="limits must be RateLimits, or None"):
        ContractsClient("acme-shop", limits=value)


def test_an_answer_to_what_was_under_way_before_a_refusal_does_not_open_the_line() -> None:
    async def main() -> list[float]:
        rate_limiter = a_pacer(0.0)
        before, refused = await rate_limiter.turn(FAR), await rate_limiter.turn(FAR)
        rate_limiter.refused(refused, None)
        rate_limiter.answered(before)
        passed: list[float] = []

        async def go() -> None:
            turn = await rate_limiter.turn(FAR)
            passed.append(await now())
            await asyncio.sleep(1)
            rate_limiter.answered(turn)

        await asyncio.gather(go(), go())
        return passed

    first, second = run_virtually(main())
    assert second >= first + 1  # one goes alone, and the other waits for what comes of it


def test_a_request_that_goes_alone_holds_the_others_for_some_seconds_at_the_most() -> None:
    """Each that is not answered costs so many seconds, and none of them all the time that there is."""

    async def main() -> tuple[list[float], float]:
        rate_limiter, tried = a_pacer(0.0), []
        rate_limiter.refused(await rate_limiter.turn(FAR), None)
        tried = [(await rate_limiter.turn(FAR)).started for _ in range(4)]
        turn = await rate_limiter.turn(FAR)
        rate_limiter.answered(turn)
        opened = turn.started
        await rate_limiter.turn(FAR)
        return tried, await now() - opened

    tried, then = run_virtually(main())
    assert tried == pytest.approx([0.1 + each * defaults.ALONE_LIMIT for each in range(4)])
    assert then == pytest.approx(0.1, rel=0.02)  # the spacing


def test_an_answer_that_comes_too_late_to_hold_the_others_does_not_end_the_wait_for_the_next_one() -> None:
    async def main() -> float:
        rate_limiter = a_pacer(0.0)
        rate_limiter.refused(await rate_limiter.turn(FAR), None)
        slow, other = await rate_limiter.turn(FAR), await rate_limiter.turn(FAR)
        third = asyncio.ensure_future(rate_limiter.turn(FAR))
        await asyncio.sleep(1)
        rate_limiter.unanswered(slow)
        assert (await third).started == pytest.approx(other.started + defaults.ALONE_LIMIT)
        return other.started - slow.started

    assert run_virtually(main()) == pytest.approx(defaults.ALONE_LIMIT)


def test_one_goes_at_a_time_where_an_earlier_call_came_back_to_the_line_meanwhile() -> None:
    async def main() -> list[float]:
        rate_limiter = a_pacer(0.0)
        refused, earlier = await rate_limiter.turn(FAR), await rate_limiter.turn(FAR)
        rate_limiter.refused(refused, None)
        alone = await rate_limiter.turn(FAR)
        later = asyncio.ensure_future(rate_limiter.turn(FAR))
        await asyncio.sleep(1)
        rate_limiter.unanswered(earlier)
        again = await rate_limiter.turn(FAR, earlier)
        return [turn.started - alone.started for turn in (again, await later)]

    assert run_virtually(main()) == pytest.approx([defaults.ALONE_LIMIT, 2 * defaults.ALONE_LIMIT])


def test_the_others_go_on_though_the_request_that_goes_alone_after_a_429_gets_no_answer() -> None:
    class Silent(ScriptedApi):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if len(self.requests) == 1:
                self.requests.append(request)
                self.times.append(await now())
                await asyncio.Event().wait()
            return await super().handle_async_request(request)

    async def main() -> float:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), auth=BearerToken("t")) as client:
            calls = [client.get_contract("c-1", deadline=8) for _ in range(20)]
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
            (failure,) = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
            assert isinstance(failure, APITimeoutError)
            assert failure.attempts
            return await now()

    api = Silent(httpx.Response(429, headers={"Retry-After": "1"}))
    assert run_virtually(main()) == 8
    assert max(api.times) < 1.1 + defaults.ALONE_LIMIT + 20 * defaults.FIRST_SPACING


def test_a_call_that_was_refused_keeps_its_place_in_front_of_those_that_came_later() -> None:
    async def main() -> list[str]:
        rate_limiter, order = a_pacer(), []

        async def go(name: str, last: Permit | None) -> None:
            turn = await rate_limiter.turn(FAR, last)
            order.append(name)
            await asyncio.sleep(0.01)
            rate_limiter.answered(turn)

        first, second = await rate_limiter.turn(FAR), await rate_limiter.turn(FAR)
        later = [asyncio.ensure_future(go(name, None)) for name in ("third", "fourth")]
        rate_limiter.refused(second, 1)
        rate_limiter.refused(first, 1)
        await asyncio.sleep(0.5)
        await asyncio.gather(go("second", second), go("first", first), *later)
        return order

    # One that was not refused yet tries for all.
    assert run_virtually(main()) == ["third", "first", "second", "fourth"]


def test_a_call_that_was_refused_often_goes_to_the_end_of_the_line() -> None:
    async def main() -> tuple[int, int]:
        rate_limiter = a_pacer()
        turn = await rate_limiter.turn(FAR)
        for _ in range(defaults.REFUSALS_IN_FRONT - 1):
            rate_limiter.refused(turn, 1)
            turn = await rate_limiter.turn(FAR, turn)
        number = turn.number
        other = asyncio.ensure_future(rate_limiter.turn(FAR))
        await asyncio.sleep(0)
        rate_limiter.refused(turn, 1)
        again = await rate_limiter.turn(FAR, turn)
        return number, again.number - (await other).number

    assert run_virtually(main()) == (0, 1)


def test_among_calls_that_were_all_refused_the_one_that_was_refused_the_least_tries() -> None:
    async def main() -> list[int]:
        rate_limiter = a_pacer()
        twice, once = await rate_limiter.turn(FAR), await rate_limiter.turn(FAR)
        for _ in range(2):
            rate_limiter.refused(twice, 1)
        rate_limiter.refused(once, 1)
        waiting = [asyncio.ensure_future(rate_limiter.turn(FAR, turn)) for turn in (twice, once)]
        await asyncio.sleep(2)
        return [turn.result().number for turn in waiting if turn.done()]

    assert run_virtually(main()) == [1]


def test_who_will_be_too_late_is_told_as_soon_as_a_refusal_shows_it_and_how_long_all_in_front_take() -> None:
    async def main() -> tuple[list[float], int, float]:
        rate_limiter = a_pacer(0.0, max_concurrency=1)
        turn = await rate_limiter.turn(FAR)
        waiting = [asyncio.ensure_future(rate_limiter.turn(5.0)) for _ in range(100)]
        await asyncio.sleep(0.03)
        rate_limiter.refused(turn, 1)
        await asyncio.sleep(0)
        waits: list[float] = []
        for each in waiting:
            if each.done():
                error = each.exception()
                assert isinstance(error, TooLongError)
                waits.append(error.seconds)
            each.cancel()
        return waits, len(waiting) - len(waits), await now()

    waits, left, passed = run_virtually(main())
    assert left == 40  # a second of pause, and a tenth for each
    assert waits == pytest.approx([5.0] * 60)
    assert passed == pytest.approx(0.03)


def test_a_wait_that_is_over_by_the_time_its_caller_is_told_is_none() -> None:
    """A busy event loop may take its time."""

    async def main() -> None:
        clock = HandClock()
        rate_limiter = RateLimiter(clock, RateLimits(), sequence([]), max_concurrency=1)
        await rate_limiter.turn(FAR)
        waiting = asyncio.create_task(rate_limiter.turn(clock.now + 5))
        await asyncio.sleep(0)
        rate_limiter.close(10)
        clock.now += 30
        with pytest.raises(TooLongError) as caught:
            await waiting
        assert caught.value.seconds == 0

    asyncio.run(main())


def test_a_herd_beyond_what_its_deadline_allows_is_served_from_the_front_and_the_rest_fails_early() -> None:
    class Window(httpx.AsyncBaseTransport):
        started, used = float("-inf"), 0

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(0.03)
            if await now() >= self.started + 1:
                self.started, self.used = await now(), 0
            self.used += 1
            refusal = httpx.Response(429, headers={"Retry-After": "1"})
            return httpx.Response(200, json=PAGE) if self.used <= 10 else refusal

    async def main() -> None:
        async def call(number: int) -> None:
            (outcome,) = await asyncio.gather(client.get_contract("c-1"), return_exceptions=True)
            if not isinstance(outcome, BaseException):
                served.append(number)
                return
            assert isinstance(outcome, APITimeoutError)
            assert outcome.attempts == 0
            assert outcome.retry_after is not None
            failed[number] = await now()
            assert failed[number] + outcome.retry_after >= 5

        async with ContractsClient(
            "acme-shop", transport=Window(), clock=VirtualClock(), auth=BearerToken("t"), deadline=5
        ) as client:
            await asyncio.gather(*(call(number) for number in range(150)))

    served: list[int] = []
    failed: dict[int, float] = {}
    run_virtually(main())
    assert len(served) >= 30
    assert sorted(served) == list(range(len(served)))
    assert max(failed.values()) < 3
    assert sum(when < 0.1 for when in failed.values()) > 80
