"""The end of a client: calls under way have some time, then each learns what became of it, and nothing is left."""

import asyncio
from typing import Any

import httpx
import pytest
from benefits_server import PAGE, Exchange, answer, answer_rightly, benefits_server
from leftovers import settled, tasks_but
from simulated_api import ScriptedApi, page
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    APIConnectionError,
    BearerToken,
    ClientClosedError,
    ClientCredentials,
    ContractsClient,
    Environment,
    OutcomeUnknownError,
    RateLimitError,
    RetryPolicy,
    ServerError,
    defaults,
)
from contracts_client.auth.credentials import AccessToken, TokenProvider
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.library import TransportOptions

AUTH = BearerToken("t0ken")


def a_client(api: httpx.AsyncBaseTransport, **options: Any) -> ContractsClient:
    return ContractsClient("acme-shop", **{"auth": AUTH, "transport": api, "clock": VirtualClock(), **options})


def now() -> float:
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_closing_leaves_nothing_open(transport: Any) -> None:
    """After a client has closed there is no connection and no task."""
    async with benefits_server() as server:
        client = ContractsClient(
            "acme-shop",
            auth=ClientCredentials("id", "secret"),
            environment=Environment(api_url=server.url, auth_url=server.url),
            transport=transport,
        )
        await asyncio.gather(*(client.get_contract("c-1") for _ in range(5)))
        assert server.transports
        await client.aclose()
        assert not tasks_but()
        await settled(lambda: not server.transports)


def test_calls_that_have_begun_may_end() -> None:
    """All calls that have begun may end wherever they are.

    One is under way, one waits for a place, one for a token, one before a retry.
    """
    api = ScriptedApi(503, latency=1)

    async def token() -> AccessToken:
        await asyncio.sleep(0.5)
        return AccessToken("token")

    async def main() -> None:
        client = a_client(api, auth=TokenProvider(token), max_concurrency=1, retry=RetryPolicy(backoff_base=0.1))
        calls = [asyncio.create_task(client.get_contract("c-1")) for _ in range(3)]
        await asyncio.sleep(0.1)
        await client.aclose()
        assert all(call.done() for call in calls)
        assert [call.result().uuid for call in calls] == ["c-1"] * 3

    run_virtually(main())
    assert len(api.requests) == 4


def test_closing_ends_with_the_last_call() -> None:
    """Closing takes no longer than the last call."""

    async def main() -> None:
        client = a_client(ScriptedApi(latency=2))
        call = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        started = now()
        await client.aclose()
        assert now() - started == pytest.approx(1)
        await call

    run_virtually(main())


@pytest.mark.parametrize("status", [503, 429])
def test_a_retry_wait_ends_with_its_failure(status: int) -> None:
    """A call that waits before a retry ends with what it had failed with."""
    api = ScriptedApi(httpx.Response(status, headers={"Retry-After": "40"}))

    async def main() -> None:
        client = a_client(api)
        call = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        started = now()
        await client.aclose()
        assert now() - started == pytest.approx(defaults.DRAIN_TIMEOUT)
        with pytest.raises(ServerError if status == 503 else RateLimitError) as caught:
            await call
        assert caught.value.retry_after == 40
        assert not call.cancelling()

    run_virtually(main())
    assert len(api.requests) == 1


def test_a_queued_call_is_told_of_the_close() -> None:
    """A call that waits for its turn learns that the client is closed."""
    api = ScriptedApi(httpx.Response(429, headers={"Retry-After": "40"}))

    async def main() -> None:
        client = a_client(api)
        with pytest.raises(RateLimitError):
            await client.get_contract("c-1", retry=None)
        call = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        await client.aclose()
        with pytest.raises(ClientClosedError, match="async with") as caught:
            await call
        assert caught.value.__context__ is None
        assert not call.cancelling()

    run_virtually(main())
    assert len(api.requests) == 1


def test_a_call_without_a_permit_is_not_sent() -> None:
    """A call that waits for a place is not sent any more."""
    api = ScriptedApi(latency=1000)

    async def main() -> None:
        client = a_client(api, max_concurrency=1, deadline=2000)
        calls = [asyncio.create_task(client.get_contract("c-1")) for _ in range(3)]
        await asyncio.sleep(1)
        await client.aclose()
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(each) for each in outcomes] == [APIConnectionError, ClientClosedError, ClientClosedError]

    run_virtually(main())
    assert len(api.requests) == 1


def test_a_wait_for_a_token_ends_by_closing() -> None:
    """A call that waits for a token learns that the client is closed."""
    cancelled = asyncio.Event()

    async def token() -> AccessToken:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        raise AssertionError

    async def main() -> None:
        client = a_client(ScriptedApi(), auth=TokenProvider(token))
        call = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        await client.aclose()
        with pytest.raises(ClientClosedError):
            await call
        assert cancelled.is_set()
        assert not tasks_but()

    run_virtually(main())


def test_closing_ends_a_renewal_at_once() -> None:
    """A renewal in the background ends with the client and holds nothing up."""
    asked = 0

    async def token() -> AccessToken:
        nonlocal asked
        asked += 1
        if asked > 1:
            await asyncio.Event().wait()
        return AccessToken("token", expires_in=100)

    async def main() -> None:
        client = a_client(ScriptedApi(), auth=TokenProvider(token))
        await client.get_contract("c-1")
        await asyncio.sleep(60)  # half of its life is over
        await client.get_contract("c-1")
        assert asked == 2
        assert len(tasks_but()) == 1
        started = now()
        await client.aclose()
        assert now() == started
        assert not tasks_but()

    run_virtually(main())


def test_a_stuck_token_source_is_not_awaited() -> None:
    """A function that brings tokens and can't be hurried is not waited for for ever."""

    async def token() -> AccessToken:
        while True:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                continue
            return AccessToken("token")

    async def main() -> None:
        client = a_client(ScriptedApi(), auth=TokenProvider(token))
        call = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        started = now()
        await client.aclose()
        assert now() - started == pytest.approx(2 * defaults.DRAIN_TIMEOUT)
        with pytest.raises(ClientClosedError):
            await call
        await asyncio.gather(*tasks_but())

    run_virtually(main())


def test_a_stuck_claim_at_close_is_unknown() -> None:
    """A claim under way on a transport that can't be hurried is unknown all the same."""

    class Stubborn(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            while True:
                try:
                    await asyncio.sleep(1000)
                except asyncio.CancelledError:
                    continue
                return page()

    async def main() -> None:
        client = a_client(Stubborn(), deadline=3000)
        claim = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=7))
        read = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        started = now()
        await client.aclose()
        assert now() - started == pytest.approx(2 * defaults.DRAIN_TIMEOUT)
        with pytest.raises(OutcomeUnknownError, match="closed"):
            await claim
        with pytest.raises(APIConnectionError, match="closed"):
            await read
        await asyncio.gather(*tasks_but())

    run_virtually(main())


class Unclosable(ScriptedApi):
    def __init__(self, fault: Any) -> None:
        super().__init__()
        self._fault = fault

    async def aclose(self) -> None:
        if self._fault is None:
            await asyncio.Event().wait()
        raise self._fault


@pytest.mark.parametrize("fault", [RuntimeError("5ecret"), None], ids=["fails", "hangs"])
def test_a_stuck_transport_holds_nothing_up(fault: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A transport that does not close hides nothing and holds nothing up."""

    async def use() -> None:
        async with a_client(Unclosable(fault)) as client:
            await client.get_contract("c-1")
            raise KeyError("the user's own")

    async def main() -> None:
        with pytest.raises(KeyError, match="the user's own"):
            await use()
        assert now() < 2 * defaults.DRAIN_TIMEOUT

    run_virtually(main())
    assert f"could not be closed: {'TimeoutError' if fault is None else 'RuntimeError'}" in caplog.text
    assert "5ecret" not in caplog.text


async def test_an_error_inside_a_with_leaves_it() -> None:
    """An error inside async with is the one that leaves it."""

    async def use(url: str) -> None:
        async with ContractsClient("acme-shop", auth=AUTH, base_url=url) as client:
            await client.get_contract("c-1")
            raise ZeroDivisionError

    async with benefits_server() as server:
        with pytest.raises(ZeroDivisionError) as caught:
            await use(server.url)
        assert caught.value.__context__ is None
        await settled(lambda: not server.transports)


async def test_closing_twice_is_as_good_as_once() -> None:
    """Closing twice or at the same time is as good as once."""
    async with benefits_server() as server:
        client = ContractsClient("acme-shop", auth=AUTH, base_url=server.url)
        await client.get_contract("c-1")
        await asyncio.gather(*(client.aclose() for _ in range(5)))
        await client.aclose()
        await settled(lambda: not server.transports)
        assert not tasks_but()


async def test_a_closed_client_refuses_every_call() -> None:
    """Every operation of a closed client and of its views says so."""
    client = ContractsClient("acme-shop", auth=AUTH)
    view, listing = client.with_options(deadline=1), client.list_contracts()
    await client.aclose()
    with pytest.raises(ClientClosedError):
        await view.get_contract("c-1")
    with pytest.raises(ClientClosedError):
        await listing
    with pytest.raises(ClientClosedError):
        await client.find_claim("A-B-C", customer_number=7)
    with pytest.raises(ClientClosedError):
        await client.claim_personnel_ticket("A-B-C", customer_number=7)


async def test_a_listing_under_way_tells_of_close() -> None:
    """A listing that is read while its client closes says so."""
    many = {**PAGE, "totalItems": 9, "totalPages": 9}
    seen = []

    async def read(client: ContractsClient) -> None:
        async for contract in client.list_contracts():
            seen.append(contract.uuid)
            await client.aclose()

    async with benefits_server() as server:
        server.handler = lambda exchange: exchange.say(answer(many))
        with pytest.raises(ClientClosedError):
            await read(ContractsClient("acme-shop", auth=AUTH, base_url=server.url))
    assert seen == ["c-1"]


async def test_a_cancelled_close_goes_on() -> None:
    """Closing that is cancelled goes on in the background."""
    asked = asyncio.Event()
    held: list[Exchange] = []

    def hold(exchange: Exchange) -> None:
        held.append(exchange)
        asked.set()

    async with benefits_server() as server:
        server.handler = hold
        client = ContractsClient("acme-shop", auth=AUTH, base_url=server.url)
        call = asyncio.create_task(client.get_contract("c-1"))
        await asked.wait()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await client.aclose()
        assert not call.done()
        answer_rightly(held[0])
        assert (await call).uuid == "c-1"
        await settled(lambda: not server.transports and not tasks_but())


def test_an_ending_loop_closes_connections() -> None:
    """A loop that ends while a client closes takes its connections along.

    ``asyncio.run`` cancels what is left, the closing too, which then closes at once.
    """
    closed = []

    class Told(ScriptedApi):
        async def aclose(self) -> None:
            closed.append(now())

    async def main() -> asyncio.Task[Any]:
        client = a_client(Told(latency=100), deadline=200)
        call = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(1)
        closing = asyncio.create_task(client.aclose())
        await asyncio.sleep(1)
        closing.cancel()
        return call

    call = run_virtually(main())
    assert call.cancelled()
    assert closed == [pytest.approx(2)]


async def test_a_closed_client_is_not_opened_again() -> None:
    """A client that is closed is not opened again."""
    client = ContractsClient("acme-shop", auth=AUTH)
    await client.aclose()
    with pytest.raises(ClientClosedError):
        await client.__aenter__()


async def test_a_transport_may_be_closed_twice() -> None:
    own_transport = HttpxTransport(
        "http://127.0.0.1:1", TransportOptions(transport=ScriptedApi()), max_concurrency=1, max_bytes=1
    )
    await own_transport.aclose()
    await own_transport.aclose(0)
