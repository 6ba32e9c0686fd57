"""Rate limits: how long a call waits, when it does not, and what its waiting costs the others."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from canaries import TOKEN
from fault_case import HealingClock
from fault_talks import answer, answering, good
from peer import Connection, Talk, peer
from simulated_api import CONTRACT, ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    APITimeoutError,
    BearerToken,
    ContractsClient,
    RateLimitError,
    RateLimits,
    ServerError,
    defaults,
)

MakeClient = Callable[..., ContractsClient]


def first(raw: bytes) -> Talk:
    """Answer the first request with that, and all others as they deserve."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            await connection.say(raw if len(connection.peer.requests) == 1 else good(request))

    return talk


def limited(**headers: str) -> bytes:
    return answer({}, "429 Too Many Requests", {name.replace("_", "-"): value for name, value in headers.items()})


async def test_two_seconds_are_waited_not_more(make_client: MakeClient, clock: HealingClock) -> None:
    """Two seconds are waited and not much more."""
    async with peer(first(limited(Retry_After="2"))) as server:
        await make_client(server.url).list_contracts()
    assert 2.0 <= sum(clock.slept) <= 2.2


async def test_all_calls_of_the_operation_wait(make_client: MakeClient, clock: HealingClock) -> None:
    async with peer(first(limited(Retry_After="2"))) as server:
        client = make_client(server.url, retry=None)
        with pytest.raises(RateLimitError):
            await client.list_contracts()
        await client.claim_personnel_ticket("A-B-C", customer_number=1)
        assert clock.slept == []  # another operation
        await client.list_contracts()
    assert 1.9 <= sum(clock.slept) <= 2.2


async def test_an_unstated_wait_is_drawn_in_bounds(make_client: MakeClient, clock: HealingClock) -> None:
    """Without a word the wait is drawn and bounded."""
    async with peer(first(limited())) as server:
        await make_client(server.url).list_contracts()
    assert 0 <= sum(clock.slept) <= defaults.PAUSE_BASE + defaults.FIRST_SPACING


@pytest.mark.parametrize(
    ("value", "options"),
    [("61", {"deadline": 1_000}), ("30", {"deadline": 20}), ("Fri, 31 Dec 9999 23:59:59 GMT", {})],
    ids=["longer than is obeyed", "longer than the deadline", "the end of the calendar"],
)
async def test_a_wait_that_is_too_long_is_raised(
    make_client: MakeClient, clock: HealingClock, value: str, options: dict[str, Any]
) -> None:
    async with peer(answering(limited(Retry_After=value))) as server:
        with pytest.raises(RateLimitError) as caught:
            await make_client(server.url).list_contracts(**options)
    assert (caught.value.attempts, clock.slept) == (1, [])
    assert caught.value.retry_after is not None
    assert caught.value.retry_after >= 30


async def test_no_wait_past_the_deadline_begins(make_client: MakeClient, clock: HealingClock) -> None:
    """A wait past the deadline is not begun."""
    async with peer(answering(answer(b"", "503 Service Unavailable", {"Retry-After": "30"}))) as server:
        with pytest.raises(ServerError) as caught:
            await make_client(server.url).list_contracts(deadline=20)
    assert (caught.value.attempts, caught.value.retry_after, clock.slept) == (1, 30.0, [])


async def test_a_permit_too_late_is_not_awaited(make_client: MakeClient, clock: HealingClock) -> None:
    """A permit after the deadline is not awaited."""
    async with peer(first(limited(Retry_After="50"))) as server:
        client = make_client(server.url)
        with pytest.raises(RateLimitError):
            await client.list_contracts(deadline=10)
        with pytest.raises(APITimeoutError, match="nothing was sent") as caught:
            await client.list_contracts(deadline=10)
    assert (caught.value.attempts, caught.value.safe_to_retry, clock.slept) == (0, True, [])
    assert caught.value.retry_after is not None
    assert 49 <= caught.value.retry_after <= 55
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"RateLimit": '"m";r=0;t=20'}, 20),
        ({"RateLimit": '"m";r=0;t=20', "Retry-After": "3"}, 0),  # of a success: it says nothing there
        ({"RateLimit": '"m";r=5;t=20'}, 0),
    ],
    ids=["used up", "Retry-After knows better", "some left"],
)
async def test_a_limit_that_is_announced_is_kept(
    make_client: MakeClient, clock: HealingClock, headers: dict[str, str], seconds: float
) -> None:
    async with peer(first(answer({"items": [], "totalItems": 0, "totalPages": 0}, headers=headers))) as server:
        client = make_client(server.url)
        await client.list_contracts()
        await client.list_contracts()
    assert seconds - 1 <= sum(clock.slept) <= seconds + 1


def client_of(api: ScriptedApi, **options: Any) -> ContractsClient:
    """A client on virtual time."""
    return ContractsClient("acme-shop", auth=BearerToken(TOKEN), transport=api, clock=VirtualClock(), **options)


def test_who_is_cancelled_delays_nobody() -> None:
    """Who is cancelled in the queue delays nobody."""

    async def main() -> list[float]:
        api = ScriptedApi()
        async with client_of(api, limits=RateLimits(per_minute=1), deadline=200) as client:
            calls = [asyncio.create_task(client.list_contracts().collect()) for _ in range(3)]
            await asyncio.sleep(30)
            calls[1].cancel()
            await asyncio.wait(calls)
        return api.times

    first_permit, second_permit = run_virtually(main())
    assert 60 <= second_permit - first_permit < 61


def test_an_outage_gets_no_multiplied_load() -> None:
    """An outage is not met with many times the load."""
    api = ScriptedApi(*[503] * 5_000)

    async def main() -> list[Any]:
        async with client_of(api) as client:
            calls = (client.list_contracts().collect() for _ in range(500))
            return await asyncio.gather(*calls, return_exceptions=True)

    assert {type(each) for each in run_virtually(main())} == {ServerError}
    assert 500 < len(api.requests) <= 500 * 1.25


def numbered_page(number: int) -> httpx.Response:
    page = {"items": [{**CONTRACT, "uuid": f"c-{number}"}], "totalItems": 10_000, "totalPages": 10_000}
    return httpx.Response(200, json=page)


def test_one_call_waits_for_no_long_listing() -> None:
    """A single call waits for no long listing.

    Permits are given in the order of the calls, and a listing makes no more than a few at once.
    """
    api = ScriptedApi(*map(numbered_page, range(1, 300)))

    async def main() -> tuple[int, int]:
        async with client_of(api, limits=RateLimits(spacing=1), retry=None) as client:
            listing = asyncio.create_task(client.list_contracts(limit=100).collect())
            await asyncio.sleep(10.5)
            before = len(api.requests)
            await client.list_contracts(uuid="another")
            after = len(api.requests)
            assert len(await listing) == 100
            return before, after

    before, after = run_virtually(main())
    assert before >= 10
    assert after - before <= 2 + defaults.PREFETCH
