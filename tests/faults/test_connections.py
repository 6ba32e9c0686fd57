"""Connections that are used again, or must not be: what one exchange leaves behind never reaches the next call."""

import asyncio
import resource
from collections.abc import Callable
from typing import Any

import pytest
from canaries import CODE, CUSTOMER, assert_error_shows_nothing
from fault_case import HealingClock
from fault_proxy import fault_proxy
from fault_talks import CLAIM, ITEM, PAGE, answer, good, good_body, healthy
from peer import Connection, Talk, peer, settled

from contracts_client import (
    APIConnectionError,
    APIStatusError,
    ConfigurationError,
    Consumption,
    ContractsClient,
    InvalidArgumentError,
    NotFoundError,
    OutcomeUnknownError,
    ServerError,
)
from contracts_client.transport.library import Timeout

MakeClient = Callable[..., ContractsClient]


async def read(client: ContractsClient) -> Any:
    return await client.list_contracts(customer_number=CUSTOMER)


async def claim(client: ContractsClient) -> Any:
    return await client.claim_personnel_ticket(CODE, customer_number=CUSTOMER)


def dead_on_second_use(*, resets: bool) -> Talk:
    """Answer the first request of a connection, and end it when the second comes."""

    async def talk(connection: Connection) -> None:
        await connection.say(good(await connection.request()))
        await connection.request()
        if resets:
            connection.reset()

    return talk


@pytest.mark.parametrize("resets", [False, True], ids=["closed", "reset"])
async def test_a_dead_connection_is_retried_free(make_client: MakeClient, clock: HealingClock, *, resets: bool) -> None:
    """A read that meets a dead connection is made again at once and for nothing."""
    async with peer(dead_on_second_use(resets=resets)) as server:
        client = make_client(server.url)
        await read(client)
        await read(client)
    assert (server.connections, len(server.requests)) == (2, 3)
    assert clock.slept == [0.0]


async def test_a_read_meets_one_dead_connection(make_client: MakeClient, clock: HealingClock) -> None:
    """Where all connections have died a read meets one of them and no more."""
    all_there = asyncio.Barrier(5)

    async def talk(connection: Connection) -> None:
        request = await connection.request()
        if connection.number <= 5:
            await all_there.wait()  # so that each call has a connection of its own
        await connection.say(good(request))
        await connection.request()
        connection.reset()

    async with peer(talk) as server:
        client = make_client(server.url)
        await asyncio.gather(*(read(client) for _ in range(5)))
        await read(client)
    assert (server.connections, len(server.requests)) == (6, 7)
    assert clock.slept == [0.0]


async def test_a_claim_never_meets_a_dead_one(make_client: MakeClient) -> None:
    """A claim never meets one since its connection is its own."""
    async with peer(dead_on_second_use(resets=True)) as server:
        client = make_client(server.url)
        await read(client)
        for _ in range(3):
            assert (await claim(client)).success
        await settled(lambda: server.open <= 1)  # nor does it leave one behind
    assert (server.connections, len(server.requests)) == (4, 4)


async def test_an_unasked_response_is_not_used(make_client: MakeClient) -> None:
    """A response that nobody asked for reaches nobody."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        stray = {**PAGE, "items": [{**ITEM, "uuid": "somebody-else-s"}]}
        await connection.say(answer(PAGE) + answer(stray))
        await healthy(connection)

    async with peer(talk) as server:
        client = make_client(server.url)
        for _ in range(4):
            assert [item.uuid for item in (await read(client)).items] == ["c-1"]


async def test_a_late_unasked_response_is_not_used(make_client: MakeClient) -> None:
    """A response that nobody asked for reaches nobody however late it comes."""

    async def talk(connection: Connection) -> None:
        await connection.say(good(await connection.request()))
        await late.wait()
        await connection.say(answer({**PAGE, "items": [{**ITEM, "uuid": "somebody-else-s"}]}))
        said.set()
        await healthy(connection)

    late, said = asyncio.Event(), asyncio.Event()
    async with peer(talk) as server:
        client = make_client(server.url)
        await read(client)
        late.set()
        await said.wait()
        await asyncio.sleep(0.05)  # for the kernel to hand it over
        assert [item.uuid for item in (await read(client)).items] == ["c-1"]


@pytest.mark.parametrize("cut", [None, 60])
async def test_an_unread_response_is_not_used(make_client: MakeClient, cut: int | None) -> None:
    """A response that nobody asked for, and that the event loop has not read yet, reaches nobody."""

    async def talk(connection: Connection) -> None:
        known.append(connection)
        await healthy(connection)

    known: list[Connection] = []
    async with peer(talk) as server:
        client = make_client(server.url)
        await read(client)
        known[0].writer.write(answer({**PAGE, "items": [{**ITEM, "uuid": "somebody-else-s"}]})[:cut])
        assert [item.uuid for item in (await read(client)).items] == ["c-1"]


async def test_a_claim_gets_only_its_own_answer(make_client: MakeClient) -> None:
    """A claim is never answered by what was meant for another."""

    async def talk(connection: Connection) -> None:
        request = await connection.request()
        await connection.say(good(request) + answer({"success": False}))
        await healthy(connection)

    async with peer(talk) as server:
        client = make_client(server.url)
        await read(client)
        assert (await claim(client)).success


async def test_two_lengths_end_the_connection(make_client: MakeClient, transport: Any) -> None:
    """A connection whose response had two lengths is not used again."""
    if transport == "aiohttp":
        pytest.skip("it refuses such a response")

    async def talk(connection: Connection) -> None:
        while True:
            body = good_body(await connection.request())
            head = answer(b"", headers={"Transfer-Encoding": "chunked"})
            await connection.say(head, b"%x\r\n" % len(body), body, b"\r\n0\r\n\r\n")

    async with peer(talk) as server:
        client = make_client(server.url)
        for _ in range(3):
            await read(client)
    assert server.connections == 3


async def test_a_broken_response_ends_a_connection(make_client: MakeClient) -> None:
    """A connection whose response broke is not used again."""

    async def talk(connection: Connection) -> None:
        while True:
            await connection.request()
            await connection.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}")

    async with peer(talk) as server:
        client = make_client(server.url, retry=None)
        for _ in range(3):
            with pytest.raises(APIConnectionError):
                await read(client)
    assert server.connections == 3


async def test_a_large_body_is_refused_unsent(make_client: MakeClient) -> None:
    """A body that would take long to send is refused before anything is."""
    async with peer(healthy) as server:
        consumptions = [Consumption(contract_uuid=f"contract-{n:032}", customer_number=CUSTOMER) for n in range(2_000)]
        with pytest.raises(InvalidArgumentError, match="65536 bytes") as caught:
            await make_client(server.url).validate_consumption(consumptions)
    assert_error_shows_nothing(caught.value)
    assert server.connections == 0


async def test_a_redirect_elsewhere_gets_nothing(make_client: MakeClient) -> None:
    """Neither token nor headers nor body follow a redirect to another host."""
    async with peer(healthy) as elsewhere:

        async def talk(connection: Connection) -> None:
            for status in ("302 Found", "307 Temporary Redirect"):
                await connection.request()
                await connection.say(answer(b"", status, {"Location": f"{elsewhere.url}/x"}))

        async with peer(talk) as server:
            client = make_client(server.url)
            with pytest.raises(APIStatusError):
                await read(client)
            with pytest.raises(OutcomeUnknownError):
                await claim(client)
    assert elsewhere.connections == 0


async def test_cookies_are_never_sent_back(make_client: MakeClient) -> None:
    async with peer(healthy) as server:  # each of its answers sets one
        client = make_client(server.url)
        for _ in range(2):
            await read(client)
    assert not any(b"cookie" in request.lower() for request in server.requests)


async def test_too_many_open_files_are_reported(make_client: MakeClient) -> None:
    """A process that may open no more files says so."""
    client = make_client("http://127.0.0.1:9")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, limits[1]))
    try:
        for call in (read, claim):
            with pytest.raises(APIConnectionError, match="too many open files: raise the limit") as caught:
                await call(client)
            assert caught.value.safe_to_retry
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_a_proxy_s_missing_extra_is_named(transport: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that needs an extra is named with it."""
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", "socks5://user:pw@127.0.0.1:9")
    with pytest.raises(ConfigurationError, match=r"httpx\[socks\]") as caught:
        ContractsClient("acme-shop", transport=transport)
    assert "pw" not in str(caught.value)
    ContractsClient("acme-shop", transport=transport, trust_env=False)


async def test_latency_is_no_fault(make_client: MakeClient) -> None:
    async with peer(healthy) as server, fault_proxy(int(server.url.rpartition(":")[2])) as proxy:
        client = make_client(f"http://127.0.0.1:{proxy.port}", timeout=Timeout(20))
        await asyncio.gather(*(read(client) for _ in range(5)))
    assert proxy.connections <= 5


async def test_an_error_body_is_bounded(make_client: MakeClient) -> None:
    long = {"message": "x" * 100_000, "errorCode": "y" * 100_000, "path": "/" * 100_000}

    async def talk(connection: Connection) -> None:
        while True:
            await connection.request()
            await connection.say(answer(long, "404 Not Found"))

    async with peer(talk) as server:
        with pytest.raises(NotFoundError) as caught:
            await make_client(server.url).list_contracts_by_external_ref(CODE)
    body = caught.value.error
    assert body is not None
    assert all(len(str(each)) <= 2048 for each in (body.message, body.error_code, body.path))
    assert len(str(caught.value)) < 500


async def test_the_last_of_two_equal_names_counts(make_client: MakeClient) -> None:
    """The last of two values by the same name counts."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(answer(b'{"success": false, "customerNumber": 1, "success": true, "customerNumber": 2}'))

    async with peer(talk) as server:
        outcome = await make_client(server.url).claim_personnel_ticket(CODE, customer_number=CUSTOMER)
    assert (outcome.success, outcome.customer_number) == (True, 2)


async def test_a_status_after_a_retry_is_raised(make_client: MakeClient) -> None:
    """A retry that meets a status is that status."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        if connection.number > 1:
            await connection.say(answer(CLAIM, "503 Service Unavailable"))

    async with peer(talk) as server:
        with pytest.raises(ServerError) as caught:
            await read(make_client(server.url))
    assert caught.value.attempts == 3
