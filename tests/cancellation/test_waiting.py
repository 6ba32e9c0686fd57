"""Who waits for a turn: in order, bounded by its deadline, and gone without a trace where it is cancelled."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from benefits_server import benefits_server
from simulated_api import LimitedApi, ScriptedApi, page
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    APIConnectionError,
    APITimeoutError,
    BearerToken,
    ContractsClient,
    RateLimits,
    RetryPolicy,
    defaults,
)
from contracts_client.auth.credentials import AccessToken, TokenProvider


def a_client(api: httpx.AsyncBaseTransport, **options: Any) -> ContractsClient:
    return ContractsClient(
        "acme-shop", **{"auth": BearerToken("t"), "transport": api, "clock": VirtualClock(), **options}
    )


def test_500_tasks_are_served_in_order() -> None:
    """500 tasks on a pool of 10 are all served in the order in which they came."""
    api = LimitedApi(per_minute=10_000, spacing=0)
    most = under_way = 0

    class Counting(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal most, under_way
            under_way += 1
            most = max(most, under_way)
            try:
                return await api.handle_async_request(request)
            finally:
                under_way -= 1

    async def main() -> None:
        async with a_client(Counting(), max_concurrency=10, deadline=10) as client:
            await asyncio.gather(*(client.get_contract("c-1", correlation_id=f"{each}") for each in range(500)))

    run_virtually(main())
    assert api.order == [f"{each}" for each in range(500)]
    assert most == 10


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_500_tasks_share_10_connections(transport: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # On a busy machine a connection may be idle for seconds, and another then takes its place: not the subject here.
    monkeypatch.setattr(defaults, "KEEPALIVE_EXPIRY", 3600)
    async with (
        benefits_server() as server,
        ContractsClient(
            "acme-shop", auth=BearerToken("t"), base_url=server.url, transport=transport, max_concurrency=10
        ) as client,
    ):
        found = await asyncio.gather(*(client.get_contract("c-1") for _ in range(500)))
        assert len(found) == len(server.requests) == 500
        assert server.connections == 10


def test_a_deadline_ends_a_wait_for_a_permit() -> None:
    """A call that waits for a place is ended by its deadline and was not sent."""
    api = ScriptedApi(latency=1000)

    async def main() -> None:
        async with a_client(api, max_concurrency=1, deadline=2000) as client:
            first = asyncio.create_task(client.get_contract("c-1"))
            await asyncio.sleep(1)
            started = asyncio.get_running_loop().time()
            waiting = [asyncio.create_task(client.get_contract("c-1", deadline=30)) for _ in range(50)]
            for failure in await asyncio.gather(*waiting, return_exceptions=True):
                assert isinstance(failure, APITimeoutError)
                assert failure.safe_to_retry
                assert failure.attempts == 0
            assert asyncio.get_running_loop().time() - started == pytest.approx(30)
            await first
            await client.get_contract("c-1")

    run_virtually(main())
    assert len(api.requests) == 2


def test_a_cancelled_permit_goes_to_the_next() -> None:
    """A place in the line that was given up is the next one's.

    Of a hundred that wait for the spacing every second one is cancelled, and costs the others no time.
    """
    api = ScriptedApi()

    async def main() -> None:
        async with a_client(api, limits=RateLimits(spacing=1), deadline=1000) as client:
            calls = [asyncio.create_task(client.get_contract("c-1")) for _ in range(100)]
            await asyncio.sleep(0)
            for call in calls[1::2]:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
            assert [call.cancelled() for call in calls] == [False, True] * 50

    run_virtually(main())
    assert api.times == pytest.approx(range(50))


def test_a_cancelled_wait_returns_its_permit() -> None:
    """A call that is cancelled while it waits for its turn gives its place back."""
    api = ScriptedApi(latency=10)

    async def main() -> None:
        async with a_client(api, limits=RateLimits(spacing=1), max_concurrency=3, deadline=1000) as client:
            await client.get_contract("c-1")
            for _ in range(10):
                other = asyncio.create_task(client.get_contract("c-1"))
                call = asyncio.create_task(client.get_contract("c-1"))
                await asyncio.sleep(0.5)  # the first one is under way, the second one waits for the spacing
                call.cancel()
                await other
            await asyncio.gather(*(client.get_contract("c-1") for _ in range(3)))

    run_virtually(main())
    assert api.times[-1] - api.times[-3] == pytest.approx(2)  # each a second after the other: all three had a place


def test_a_cancelled_wait_is_not_counted() -> None:
    """A call that is cancelled while it waits does not count in the minute."""
    api = ScriptedApi()

    async def main() -> None:
        async with a_client(api, limits=RateLimits(per_minute=2), deadline=1000) as client:
            await client.get_contract("c-1")
            await client.get_contract("c-1")
            waiting = [asyncio.create_task(client.get_contract("c-1")) for _ in range(5)]
            await asyncio.sleep(1)
            for call in waiting:
                call.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            await asyncio.sleep(60)
            await asyncio.gather(client.get_contract("c-1"), client.get_contract("c-1"))

    run_virtually(main())
    assert [round(each) for each in api.times] == [0, 0, 61, 61]


def test_a_probe_after_429_may_be_cancelled() -> None:
    """The request that goes alone after a 429 may be cancelled. The others that wait for its outcome go on."""
    api = ScriptedApi(httpx.Response(429, headers={"Retry-After": "1"}), latency=1)

    async def main() -> None:
        async with a_client(api, deadline=1000) as client:
            alone = asyncio.create_task(client.get_contract("c-1"))
            await asyncio.sleep(1.5)  # it has been refused, and waits
            others = [asyncio.create_task(client.get_contract("c-1")) for _ in range(5)]
            while len(api.requests) < 2:  # noqa: ASYNC110 # time is virtual
                await asyncio.sleep(0.01)
            alone.cancel()
            await asyncio.gather(*others)

    run_virtually(main())
    assert len(api.requests) >= 6


async def _ten_seconds() -> AccessToken:
    await asyncio.sleep(10)
    return AccessToken("token")


async def _never() -> AccessToken:
    await asyncio.Event().wait()
    raise AssertionError


async def _behind(client: ContractsClient) -> list[asyncio.Task[Any]]:
    """Take the one place for long."""
    other = asyncio.create_task(client.get_contract("c-1", deadline=10_000))
    await asyncio.sleep(1)
    return [other]


class Dripping(httpx.AsyncByteStream):
    async def __aiter__(self) -> Any:
        while True:
            await asyncio.sleep(5)
            yield b" "


def dripping() -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": "application/json"}, stream=Dripping())


async def _nothing(_: ContractsClient) -> list[asyncio.Task[Any]]:
    return []


Before = Callable[[ContractsClient], Awaitable[list[asyncio.Task[Any]]]]
SLOW = RetryPolicy(max_attempts=20, backoff_base=9, backoff_max=9)
PHASES: dict[str, tuple[Callable[[], ScriptedApi], dict[str, Any], Before]] = {
    "token": (ScriptedApi, {"auth": TokenProvider(_never)}, _nothing),
    "gate": (lambda: ScriptedApi(latency=5000), {"max_concurrency": 1}, _behind),
    "attempt": (lambda: ScriptedApi(latency=5000), {}, _nothing),
    "attempts": (lambda: ScriptedApi(*[httpx.ConnectTimeout("x")] * 20, latency=9), {"retry": SLOW}, _nothing),
    "token and attempts": (
        lambda: ScriptedApi(*[httpx.ConnectError("x")] * 20, latency=9),
        {"auth": TokenProvider(_ten_seconds), "retry": SLOW},
        _nothing,
    ),
    "body": (lambda: ScriptedApi(dripping()), {}, _nothing),
}


@pytest.mark.parametrize("phase", PHASES)
def test_the_deadline_ends_each_phase(phase: str) -> None:
    """The deadline ends a call in each of its phases."""
    make, options, before = PHASES[phase]

    async def main() -> float:
        client = a_client(make(), **options)
        others = await before(client)
        loop = asyncio.get_running_loop()
        started = loop.time()
        with pytest.raises(APIConnectionError) as caught:
            await client.get_contract("c-1", deadline=60)
        elapsed = loop.time() - started
        assert caught.value.elapsed == pytest.approx(elapsed)
        await client.aclose()
        await asyncio.gather(*others, return_exceptions=True)
        return elapsed

    # At the deadline; or before, where the next wait would have outlasted it.
    assert 60 - 9 <= run_virtually(main()) <= 60.1


def test_a_page_in_time_meets_no_deadline() -> None:
    """A page that comes in time is no matter for the deadline."""

    async def main() -> None:
        async with a_client(ScriptedApi(page(), latency=59.9)) as client:
            assert (await client.get_contract("c-1", deadline=60)).uuid == "c-1"

    run_virtually(main())
