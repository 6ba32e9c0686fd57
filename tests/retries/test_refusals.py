"""What refusals cost the calls of a client: through the client, on virtual time."""

import asyncio
import random
from itertools import pairwise
from typing import Any

import httpx
import pytest
from simulated_api import ScriptedApi, page
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    APITimeoutError,
    BearerToken,
    ConfigurationError,
    ContractsClient,
    RateLimitError,
    RateLimits,
    defaults,
)


def now() -> float:
    return asyncio.get_running_loop().time()


def a_client(api: httpx.AsyncBaseTransport, **options: Any) -> ContractsClient:
    return ContractsClient("acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock(), **options)


async def claim(client: ContractsClient) -> float:
    await client.claim_personnel_ticket("ABC-DEF-1", customer_number=1)
    return now()


class ClaimsLimited(httpx.AsyncBaseTransport):
    """Refuses claims, and others as told.

    Args:
        refusal: What claims are refused with.
        refuses_reads: How many reads are refused too.
    """

    def __init__(self, refusal: httpx.Response, refuses_reads: int = 0) -> None:
        self._refusal = refusal
        self._refuses_reads = refuses_reads

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.01)
        if request.method == "POST":
            return self._refusal
        if self._refuses_reads:
            self._refuses_reads -= 1
            return httpx.Response(429, headers={"Retry-After": "4"})
        return page()


def refused(code: str = "", **headers: str) -> httpx.Response:
    body = {"fault": {"faultstring": "no", "detail": {"errorcode": code}}} if code else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(429, json=body, headers={"Retry-After": "9", **named})


@pytest.mark.parametrize(
    ("refusal", "refused_reads", "seconds"),
    [
        (refused(), 0, 0.02),
        (refused(), 1, 4.03),
        (refused("policies.ratelimit.SpikeArrestViolation"), 0, 0.02),
        (refused("policies.ratelimit.QuotaViolation"), 0, 9.02),
        (refused(RateLimit='"minute";r=0;t=9'), 0, 0.02),
        (refused(RateLimit='"per-token";r=0;t=9'), 0, 9.02),
        (refused(Rate_Limit_Available="0"), 0, 9.02),
    ],
)
def test_a_refused_claim_holds_shared_reads(
    refusal: httpx.Response, refused_reads: int, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused claim holds reads if shared.

    That is where a read is refused too, or the response says that the quota is the token's.
    """
    monkeypatch.setattr(random, "random", lambda: 0.0)

    async def main() -> float:
        async with a_client(ClaimsLimited(refusal, refused_reads)) as client:
            with pytest.raises(RateLimitError):
                await claim(client)
            await client.get_contract("c-1")
            return now()

    assert run_virtually(main()) == pytest.approx(seconds)


def test_limited_claims_cost_reads_nothing() -> None:
    """Claims are refused all the time; reads go on as if there were none."""

    async def main() -> float:
        async def claims(client: ContractsClient) -> None:
            for _ in range(20):
                with pytest.raises(RateLimitError):
                    await claim(client)

        async def reads(client: ContractsClient) -> float:
            slowest = 0.0
            for _ in range(500):
                began = now()
                await client.list_contracts()
                slowest = max(slowest, now() - began)
            return slowest

        async with a_client(ClaimsLimited(refused()), deadline=1000) as client:
            _, slowest = await asyncio.gather(claims(client), reads(client))
        return slowest

    assert run_virtually(main()) == pytest.approx(0.01)


def test_the_rate_of_a_spike_arrest_is_kept() -> None:
    async def main() -> list[float]:
        async with a_client(api) as client:
            await asyncio.gather(*(client.get_contract("c-1") for _ in range(4)))
        return api.times

    refusals = [httpx.Response(429, headers={"Retry-After": "1", "Spike-Allowed": "2ps"}) for _ in range(4)]
    api = ScriptedApi(*refusals)
    retried = run_virtually(main())[4:]
    assert [later - earlier for earlier, later in pairwise(retried)] == pytest.approx([0.5] * 3, abs=0.02)


@pytest.mark.parametrize("retry_after", ["1", "20"])
def test_retries_after_503_come_back_spread(retry_after: str) -> None:
    """As they do after a 429, and never before the time asked for."""

    async def main() -> list[float]:
        async with a_client(api, max_concurrency=50) as client:
            await asyncio.gather(*(client.get_contract("c-1") for _ in range(20)))
        return sorted(api.times[20:])

    api = ScriptedApi(*[httpx.Response(503, headers={"Retry-After": retry_after}) for _ in range(20)])
    random.seed(1)
    times = run_virtually(main())
    asked = 0.01 + float(retry_after)
    assert asked <= times[0]
    assert times[-1] <= asked + defaults.BACKOFF_BASE
    assert max(sum(each <= other < each + 0.052 for other in times) for each in times) < 8


def test_a_refusal_holds_another_call_back() -> None:
    async def main() -> list[float]:
        async with a_client(api, max_concurrency=1) as client:
            await asyncio.gather(client.get_contract("c-1"), client.get_contract("c-1"))
        return api.times

    api = ScriptedApi(httpx.Response(429, headers={"Retry-After": "9"}), latency=0)
    first, *others = run_virtually(main())
    assert (first, len(others)) == (0, 2)
    assert min(others) >= 9


def test_a_probe_without_answer_stops_nobody() -> None:
    class Silent(ScriptedApi):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if len(self.requests) == 1:
                self.requests.append(request)
                self.times.append(now())
                await asyncio.Event().wait()
            return await super().handle_async_request(request)

    async def main() -> float:
        async with a_client(api) as client:
            calls = [client.get_contract("c-1", deadline=8) for _ in range(20)]
            outcomes = await asyncio.gather(*calls, return_exceptions=True)
            (failure,) = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
            assert isinstance(failure, APITimeoutError)
            assert failure.attempts
            return now()

    api = Silent(httpx.Response(429, headers={"Retry-After": "1"}))
    assert run_virtually(main()) == 8
    assert max(api.times) < 1.1 + defaults.PROBE_LIMIT + 20 * defaults.FIRST_SPACING


class Window(httpx.AsyncBaseTransport):
    """Serves ten requests a second, and refuses the others."""

    started, used = float("-inf"), 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.03)
        if now() >= self.started + 1:
            self.started, self.used = now(), 0
        self.used += 1
        return page() if self.used <= 10 else httpx.Response(429, headers={"Retry-After": "1"})


async def outcomes_of(calls: int, deadline: float) -> tuple[list[int], dict[int, tuple[BaseException, float]]]:
    """The calls that were served, in order, and the errors of the others, with their times."""
    served, failed = list[int](), dict[int, tuple[BaseException, float]]()

    async def call(number: int) -> None:
        (outcome,) = await asyncio.gather(client.get_contract("c-1"), return_exceptions=True)
        if isinstance(outcome, BaseException):
            failed[number] = outcome, now()
        else:
            served.append(number)

    async with a_client(Window(), deadline=deadline) as client:
        await asyncio.gather(*(call(number) for number in range(calls)))
    return served, failed


def test_a_learned_spacing_refuses_no_call() -> None:
    """It shrinks with each success, so nothing is certain of the calls at the end of the queue."""

    async def main() -> float:
        async with a_client(api, deadline=12) as client:
            await asyncio.gather(*(client.get_contract("c-1") for _ in range(200)))
        return now()

    api = ScriptedApi(*[httpx.Response(429, headers={"Retry-After": "1"}) for _ in range(20)])
    assert run_virtually(main()) < 12


def test_too_many_calls_are_served_in_order() -> None:
    """A herd beyond its deadline is served in order."""
    served, failed = run_virtually(outcomes_of(150, 5))
    assert len(served) >= 20
    assert sorted(served) == list(range(len(served)))
    assert {type(error) for error, _ in failed.values()} <= {APITimeoutError, RateLimitError}
    assert all(when <= 5 for _, when in failed.values())
    last, _ = failed[149]
    assert isinstance(last, APITimeoutError)
    assert last.message == "the deadline of 5 s ran out in the queue of the rate limiter; nothing was sent"
    assert (last.attempts, last.safe_to_retry) == (0, True)


def test_a_queue_timeout_raises_the_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is raised if time ends in the queue.

    Not a timeout: the call was answered, and its next attempt never came to be sent.
    """
    monkeypatch.setattr(random, "random", lambda: 0.0)

    async def main() -> tuple[Any, float]:
        async with a_client(api) as client:
            long, short = client.get_contract("c-1"), client.get_contract("c-2", deadline=2)
            _, outcome = await asyncio.gather(long, short, return_exceptions=True)
            return outcome, now()

    class Slow(ScriptedApi):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.latency = 0 if len(self.requests) < 2 else 2.5
            return await super().handle_async_request(request)

    api = Slow(*[httpx.Response(429, headers={"Retry-After": "1"})] * 2)
    outcome, when = run_virtually(main())
    assert isinstance(outcome, RateLimitError)
    assert (outcome.attempts, outcome.retry_after, when >= 2) == (1, 1, True)


@pytest.mark.parametrize("value", [0, -1, True, 1.5, "60"])
def test_a_quota_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="per_minute must be an integer from 1, or None"):
        RateLimits(per_minute=value)


@pytest.mark.parametrize("value", [-0.1, 61, True, "1", float("nan")])
def test_a_spacing_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="spacing must be a number of seconds from 0 to 60"):
        RateLimits(spacing=value)


def test_declared_limits_may_be_at_bounds() -> None:
    """The bounds of declared limits are allowed."""
    assert RateLimits(per_minute=1, spacing=0) == RateLimits(per_minute=1)
    assert RateLimits(spacing=60).spacing == 60


@pytest.mark.parametrize("value", [5, RateLimits, {"per_minute": 1}])
def test_limits_that_are_none_are_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="limits must be RateLimits, or None"):
        ContractsClient("acme-shop", limits=value)
