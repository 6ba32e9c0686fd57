"""The line at the edges of its rules: what it learns, what it forgets, and what it tells those who would be late."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from simulated_api import sequence
from virtual_time import VirtualClock, run_virtually

from contracts_client import RateLimits, defaults
from contracts_client.resilience.rate_limiter import Permit, RateLimiter, TooLongError

FAR = 1e9


def a_pacer(*drawn: float, limits: RateLimits | None = None, max_concurrency: int = 100) -> RateLimiter:
    return RateLimiter(VirtualClock(), limits or RateLimits(), sequence(drawn), max_concurrency=max_concurrency)


def virtually(main: Callable[[], Awaitable[object]]) -> None:
    async def run() -> None:
        await main()

    run_virtually(run())


def waiting_for_a_turn(rate_limiter: RateLimiter, number: int) -> list[asyncio.Future[Permit]]:
    return [asyncio.ensure_future(rate_limiter.turn(FAR)) for _ in range(number)]


async def told(rate_limiter: RateLimiter, give_up_at: float) -> float:
    """How long somebody who would be late is told to have to wait."""
    with pytest.raises(TooLongError) as caught:
        await rate_limiter.turn(give_up_at)
    return caught.value.seconds


def test_the_least_and_the_most_of_declared_limits_are_allowed() -> None:
    assert RateLimits(per_minute=1, spacing=0) == RateLimits(per_minute=1)
    assert RateLimits(spacing=60).spacing == 60


def test_a_line_that_was_never_closed_is_open_and_keeps_nothing_apart() -> None:
    async def main() -> None:
        rate_limiter = a_pacer()
        assert (rate_limiter.pause(), rate_limiter.spacing) == (0, 0)

    virtually(main)


def test_a_pause_passes() -> None:
    async def main() -> None:
        rate_limiter, left = a_pacer(), list[float]()
        rate_limiter.close(2)
        for _ in range(4):
            left.append(rate_limiter.pause())
            await asyncio.sleep(0.75)
        assert left == [2, 1.25, 0.5, 0]

    virtually(main)


def test_requests_that_were_refused_together_count_as_one_refusal() -> None:
    """Also those that were sent at the very moment at which the first refusal came."""

    async def main() -> None:
        rate_limiter = a_pacer()
        turns = [await rate_limiter.turn(FAR) for _ in range(3)]
        for turn in turns:
            rate_limiter.refused(turn, None)
        assert (rate_limiter.spacing, rate_limiter.pause()) == (defaults.FIRST_SPACING, defaults.PAUSE_BASE)

    virtually(main)


def test_the_spacing_grows_by_half_with_each_refusal_up_to_its_most() -> None:
    async def main() -> None:
        rate_limiter, learned = a_pacer(), list[float]()
        for _ in range(14):
            rate_limiter.refused(await rate_limiter.turn(FAR), 1)
            learned.append(rate_limiter.spacing)
        assert learned[:3] == pytest.approx([0.1, 0.15, 0.225])
        assert learned[-2:] == [defaults.MAX_SPACING] * 2

    virtually(main)


def test_the_spacing_shrinks_by_a_hundredth_with_each_answer_and_is_none_in_the_end() -> None:
    async def main() -> None:
        rate_limiter, learned = a_pacer(), list[float]()
        rate_limiter.refused(await rate_limiter.turn(FAR), 1)
        while rate_limiter.spacing:
            learned.append(rate_limiter.spacing)
            rate_limiter.answered(await rate_limiter.turn(FAR))
        assert learned == pytest.approx([0.1 * 0.99**answers for answers in range(len(learned))])
        assert defaults.MIN_SPACING <= learned[-1] < defaults.MIN_SPACING / 0.99

    virtually(main)


def test_an_answer_ends_a_row_of_refusals() -> None:
    async def main() -> None:
        rate_limiter, pauses = a_pacer(), list[float]()
        for answered in (False, False, True, False):
            turn = await rate_limiter.turn(FAR)
            if answered:
                rate_limiter.answered(turn)
            else:
                rate_limiter.refused(turn, None)
                pauses.append(rate_limiter.pause())
        assert pauses == pytest.approx([1, 2, 1])

    virtually(main)


def test_the_answer_to_a_request_sent_at_the_moment_of_a_refusal_does_not_open_the_line() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(0.0, 0.0)
        refused, other = await rate_limiter.turn(FAR), await rate_limiter.turn(FAR)
        rate_limiter.refused(refused, None)
        rate_limiter.answered(other)
        first, second = waiting_for_a_turn(rate_limiter, 2)
        await asyncio.sleep(defaults.ALONE_LIMIT)
        assert (first.done(), second.done()) == (True, False)
        second.cancel()

    virtually(main)


def test_after_each_further_refusal_a_request_goes_alone_again() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(0.0, 0.0, 0.0)
        rate_limiter.refused(await rate_limiter.turn(FAR), None)
        for _ in range(2):
            first, second = waiting_for_a_turn(rate_limiter, 2)
            await asyncio.sleep(defaults.ALONE_LIMIT)
            assert (first.done(), second.done()) == (True, False)
            second.cancel()
            rate_limiter.refused(first.result(), None)

    virtually(main)


def test_who_can_go_exactly_as_its_time_ends_goes_and_who_can_not_is_told() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(limits=RateLimits(spacing=1))
        await rate_limiter.turn(FAR)
        assert await told(rate_limiter, 0.999) == 1
        assert (await rate_limiter.turn(1)).started == 1

    virtually(main)


def test_who_need_not_wait_is_let_through_however_late_it_is() -> None:
    async def main() -> None:
        assert (await a_pacer().turn(-1)).started == 0

    virtually(main)


def test_who_would_be_late_is_told_of_all_who_wait_before_it() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(limits=RateLimits(spacing=2))
        await rate_limiter.turn(FAR)
        waiting = waiting_for_a_turn(rate_limiter, 3)
        await asyncio.sleep(0.5)
        assert await told(rate_limiter, 5) == 1.5 + 3 * 2
        for each in waiting:
            each.cancel()

    virtually(main)


def test_who_was_told_to_be_late_waits_no_more() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(limits=RateLimits(spacing=2))
        await rate_limiter.turn(FAR)
        assert [await told(rate_limiter, 1) for _ in range(3)] == [2, 2, 2]

    virtually(main)


def test_a_minute_that_has_room_holds_nobody_back_and_one_that_has_none_until_it_ends() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(limits=RateLimits(per_minute=2))
        await rate_limiter.turn(0)
        await asyncio.sleep(20)
        await rate_limiter.turn(20)
        await asyncio.sleep(10)
        assert await told(rate_limiter, 59) == 30
        await asyncio.sleep(30)
        assert (await rate_limiter.turn(60)).started == 60

    virtually(main)


def test_a_new_minute_begins_with_its_first_request_and_has_all_of_its_room() -> None:
    async def main() -> None:
        rate_limiter = a_pacer(limits=RateLimits(per_minute=2))
        for _ in range(2):
            await rate_limiter.turn(0)
        await asyncio.sleep(90)
        for _ in range(2):
            await rate_limiter.turn(90)
        assert await told(rate_limiter, 140) == 60

    virtually(main)


@pytest.mark.parametrize("seconds", [60, 70])
def test_those_who_wait_for_a_place_have_the_room_of_a_minute_that_has_not_begun(seconds: float) -> None:
    async def main() -> None:
        rate_limiter = a_pacer(limits=RateLimits(per_minute=2), max_concurrency=1)
        await rate_limiter.turn(FAR)
        await asyncio.sleep(seconds)
        first, second = (asyncio.ensure_future(rate_limiter.turn(100)) for _ in range(2))
        await asyncio.sleep(0)
        assert await told(rate_limiter, 100) == 60
        assert not first.done()
        assert not second.done()
        first.cancel()
        second.cancel()

    virtually(main)


def test_who_waits_and_can_go_exactly_as_its_time_ends_stays_in_the_line() -> None:
    async def main() -> None:
        rate_limiter = a_pacer()
        rate_limiter.close(1)
        waiting = asyncio.ensure_future(rate_limiter.turn(2))
        await asyncio.sleep(0)
        rate_limiter.close(2)
        assert (await waiting).started == 2

    virtually(main)
