"""Deadlines, timeouts, cancelling, closing and broken bodies, over real sockets."""

import asyncio
import gzip
import zlib

import httpx
import pytest
from raw_server import always, hang_up, in_turn, json_answer, page_answer, raw_server, silence

from contracts_client import (
    APIConnectionError,
    APITimeoutError,
    BearerToken,
    ClientClosedError,
    ConfigurationError,
    Consumption,
    ContractsClient,
    OutcomeUnknownError,
    ResponseDecodeError,
    defaults,
)
from contracts_client.transport.network import environment_proxy

AUTH = BearerToken("t0ken")


@pytest.fixture
def short_drain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing a client does not wait for a server that never answers."""
    monkeypatch.setattr(defaults, "DRAIN_TIMEOUT", 0.01)


async def test_a_connection_is_used_again() -> None:
    async with (
        raw_server(always(page_answer("c-1"))) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client,
    ):
        for _ in range(3):
            assert (await client.list_contracts()).items[0].uuid == "c-1"
    assert (server.connections, len(server.requests)) == (1, 3)


async def test_pages_are_fetched_until_the_last() -> None:
    answers = [
        page_answer("c-1", "c-2", total_pages=3),
        page_answer("c-3", "c-4", total_pages=3),
        page_answer("c-5", total_pages=3),
    ]
    async with (
        raw_server(in_turn(*answers)) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client,
    ):
        assert [contract.uuid async for contract in client.list_contracts()] == ["c-1", "c-2", "c-3", "c-4", "c-5"]
    assert [request.split(b" ")[1].partition(b"page=")[2] for request in server.requests] == [b"1", b"2", b"3"]


async def test_concurrency_is_bounded() -> None:
    under_way = most = 0

    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        under_way -= 1
        writer.write(page_answer("c-1"))

    async with (
        raw_server(handle) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=3) as client,
    ):
        await asyncio.gather(*(client.get_contract("c-1") for _ in range(50)))
    assert most <= 3
    assert server.connections <= 3


@pytest.mark.parametrize("options", [{"deadline": 0.2}, {"timeout": 0.2}], ids=["deadline", "timeout"])
@pytest.mark.usefixtures("short_drain")
async def test_a_silent_server_ends_a_read_in_time(options: dict[str, float]) -> None:
    async with (
        raw_server(silence) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, retry=None) as client,
    ):
        with pytest.raises(APITimeoutError, match=next(iter(options))) as caught:
            await client.get_contract("c-1", **options)
        assert caught.value.safe_to_retry
        assert caught.value.attempts == 1


@pytest.mark.parametrize("options", [{"deadline": 0.2}, {"timeout": 0.2}], ids=["deadline", "timeout"])
@pytest.mark.usefixtures("short_drain")
async def test_a_silent_server_hides_the_outcome(options: dict[str, float]) -> None:
    async with raw_server(silence) as server, ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client:
        with pytest.raises(OutcomeUnknownError, match=next(iter(options))):
            await client.claim_personnel_ticket("A-B-C", customer_number=1, **options)


async def test_a_dripping_body_ends_in_time() -> None:
    dripped = asyncio.Event()

    async def drip(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        try:
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        except ConnectionError:
            dripped.set()
            raise

    async with (
        raw_server(drip) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=1) as client,
    ):
        with pytest.raises(APITimeoutError):
            await client.get_contract("c-1", deadline=0.2)
        await asyncio.wait_for(dripped.wait(), 5)  # the exchange hung up by itself
        assert not client._session._transports[0]._tasks  # type: ignore[attr-defined]


async def test_a_cancelled_caller_frees_its_slot() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(page_answer("c-1"))

    async with (
        raw_server(handle) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=1) as client,
    ):
        call = asyncio.create_task(client.get_contract("c-1"))
        await asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        waiting = asyncio.create_task(client.get_contract("c-1"))
        go_on.set()
        assert (await waiting).uuid == "c-1"
    assert server.connections == 2  # that of the caller that left was closed


async def test_a_caller_cancelled_in_the_queue() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(page_answer("c-1"))

    async with (
        raw_server(handle) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=1) as client,
    ):
        first = asyncio.create_task(client.get_contract("c-1"))
        await asked.wait()
        with pytest.raises(APITimeoutError, match="deadline"):
            await client.get_contract("c-1", deadline=0.05)
        go_on.set()
        assert (await first).uuid == "c-1"
        assert (await client.get_contract("c-1")).uuid == "c-1"
    assert len(server.requests) == 2


async def test_a_claim_left_in_the_queue_is_unsent() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(page_answer("c-1"))

    async with (
        raw_server(handle) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=1) as client,
    ):
        first = asyncio.create_task(client.get_contract("c-1"))
        await asked.wait()
        with pytest.raises(APITimeoutError) as caught:
            await client.claim_personnel_ticket("A-B-C", customer_number=1, deadline=0.05)
        assert caught.value.safe_to_retry
        go_on.set()
        await first
    assert len(server.requests) == 1


async def test_a_refused_connection_is_retryable() -> None:
    async with raw_server(silence) as server:
        pass
    async with ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client:
        with pytest.raises(APIConnectionError, match="reached") as caught:
            await client.claim_personnel_ticket("A-B-C", customer_number=1)
    assert caught.value.safe_to_retry


async def test_a_lost_connection_hides_the_outcome() -> None:
    async with (
        raw_server(hang_up) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, retry=None) as client,
    ):
        with pytest.raises(OutcomeUnknownError):
            await client.claim_personnel_ticket("A-B-C", customer_number=1)
        with pytest.raises(APIConnectionError, match="broke"):
            await client.get_contract("c-1")


def answer(body: bytes, headers: str = "", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {size}\r\n{headers}\r\n".encode() + body
    )


async def call_once(raw: bytes, **options: int) -> None:
    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        writer.close()

    async with (
        raw_server(handle) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, retry=None, **options) as client,
    ):
        await client.get_contract("c-1")


async def test_a_gzip_body_is_undone() -> None:
    body = gzip.compress(page_answer("c-1").partition(b"\r\n\r\n")[2])
    await call_once(answer(body, "Content-Encoding: gzip\r\n"))


async def test_a_gzip_bomb_stops_at_the_cap() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    with pytest.raises(ResponseDecodeError, match="too large"):
        await call_once(answer(bomb, "Content-Encoding: gzip\r\n"), max_response_bytes=100_000)


async def test_a_body_announced_too_large() -> None:
    with pytest.raises(ResponseDecodeError, match="too large"):
        await call_once(answer(b"{}", length=50_000_000_000))


async def test_another_coding_than_gzip_is_refused() -> None:
    with pytest.raises(ResponseDecodeError, match="gzip"):
        await call_once(answer(zlib.compress(b"{}"), "Content-Encoding: deflate\r\n"))


@pytest.mark.parametrize(
    "raw",
    [
        answer(b'{"items": [', length=1000),
        answer(gzip.compress(b"{}")[:-4], "Content-Encoding: gzip\r\n"),
        answer(b"not gzip", "Content-Encoding: gzip\r\n"),
        b"HTTP/1.1 200 OK\r\nContent-Ty",
        b"abc\r\n\r\n",
    ],
    ids=["short body", "short gzip", "no gzip", "half headers", "no http"],
)
async def test_a_broken_body_is_no_partial_model(raw: bytes) -> None:
    with pytest.raises(APIConnectionError):
        await call_once(raw)


async def test_a_closed_client_says_so() -> None:
    client = ContractsClient("acme-shop", auth=AUTH)
    await client.aclose()
    await client.aclose()
    with pytest.raises(ClientClosedError, match="async with"):
        await client.get_contract("c-1")


async def test_closing_waits_and_refuses_new_calls() -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(page_answer("c-1"))

    async with raw_server(handle) as server:
        client = ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=1)
        call = asyncio.create_task(client.get_contract("c-1"))
        await asked.wait()
        queued = asyncio.create_task(client.get_contract("c-1"))
        await asyncio.sleep(0)
        closing = asyncio.create_task(client.aclose())
        await asyncio.sleep(0)
        with pytest.raises(ClientClosedError):
            await client.get_contract("c-1")
        go_on.set()
        await closing
        assert (await call).uuid == "c-1"
        assert (await queued).uuid == "c-1"


@pytest.mark.usefixtures("short_drain")
async def test_closing_ends_what_does_not_end() -> None:
    asked = asyncio.Event()

    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await silence(request, writer)

    async with raw_server(handle) as server:
        client = ContractsClient("acme-shop", auth=AUTH, base_url=server.url)
        read = asyncio.create_task(client.get_contract("c-1"))
        claim = asyncio.create_task(client.claim_personnel_ticket("A-B-C", customer_number=1))
        while len(server.requests) < 2:
            await asked.wait()
            await asyncio.sleep(0)
        await client.aclose()
        with pytest.raises(APIConnectionError, match="closed"):
            await read
        with pytest.raises(OutcomeUnknownError, match="closed"):
            await claim


@pytest.mark.usefixtures("short_drain")
async def test_closing_can_be_cancelled_and_redone() -> None:
    asked = asyncio.Event()

    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await silence(request, writer)

    async with raw_server(handle) as server:
        client = ContractsClient("acme-shop", auth=AUTH, base_url=server.url)
        call = asyncio.create_task(client.get_contract("c-1"))
        await asked.wait()
        closing = asyncio.create_task(client.aclose())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing
        await client.aclose()
        with pytest.raises(APIConnectionError, match="closed"):
            await call


async def test_a_silent_server_frees_its_slot() -> None:
    answers = [silence, always(page_answer("c-1"))]

    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        await answers.pop(0)(request, writer)

    async with (
        raw_server(handle) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, max_concurrency=1) as client,
    ):
        with pytest.raises(APITimeoutError):
            await client.get_contract("c-1", deadline=0.2, timeout=httpx.Timeout(None))
        assert (await client.get_contract("c-1", deadline=5)).uuid == "c-1"


async def test_a_view_shares_and_closes_nothing() -> None:
    async with (
        raw_server(always(page_answer("c-1"))) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client,
    ):
        async with client.with_options(timeout=1, deadline=2) as view:
            await view.get_contract("c-1")
        await client.get_contract("c-1")
    assert server.connections == 1


async def test_reading_goes_on_without_keep_alive() -> None:
    closing = json_answer({"isValid": True}, extra="Connection: close\r\n")
    async with (
        raw_server(always(closing)) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url) as client,
    ):
        for _ in range(2):
            assert (await client.validate_consumption([Consumption(contract_uuid="c", customer_number=1)])).is_valid
    assert server.connections == 2


def test_proxies_of_the_environment_count(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert environment_proxy("https://api.entur.io") is None
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:8080")
    assert environment_proxy("https://api.entur.io") == "http://proxy.example.com:8080"
    assert environment_proxy("https://127.0.0.1:1") is None
    monkeypatch.setenv("no_proxy", "entur.io")
    assert environment_proxy("https://api.entur.io") is None
    monkeypatch.setenv("no_proxy", "api.entur.io:443,api.staging.entur.io:8443,fd00::1")
    assert environment_proxy("https://api.entur.io") is None
    assert environment_proxy("https://api.entur.io:8443") is not None
    assert environment_proxy("https://api.staging.entur.io") is not None
    assert environment_proxy("https://api.staging.entur.io:8443") is None
    assert environment_proxy("https://[fd00::1]") is None
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("https_proxy", "proxy.example.com:8080")
    assert environment_proxy("https://api.entur.io") is not None
    for bad, words in {"socks5://proxy.example.com": "httpx", "ftp://user:pw@x": "no proxy"}.items():
        monkeypatch.setenv("https_proxy", bad)
        with pytest.raises(ConfigurationError, match=words) as caught:
            ContractsClient("acme-shop")
        assert "pw" not in str(caught.value)
        ContractsClient("acme-shop", trust_env=False)
