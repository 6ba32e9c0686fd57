"""A response that drips is given up with its call, and its place comes back whole."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from math import inf
from typing import Any

import httpx
import pytest
from peer import OK, Connection, MakeExchanger, peer, settled, start, wire

from contracts_client import defaults
from contracts_client.transport.exchange import HttpxTransport
from contracts_client.transport.library import Timeout, TransportOptions
from contracts_client.transport.trace import ExchangeError

pytestmark = pytest.mark.usefixtures("short_grace")

DRIPS: dict[str, tuple[bytes, bytes]] = {
    "status line": (b"", b"H"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n"),
    "endless 1xx": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b" "),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "silence": (b"", b""),
}
ENDLESS = Timeout(None)


def dripping(start_of_it: bytes, piece: bytes) -> Callable[[Connection], Awaitable[None]]:
    """Drip where the path says so; else answer once two requests are there, which takes two places."""
    both = asyncio.Barrier(2)

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            if b"/drip" in request:
                await connection.say(start_of_it)
                await (connection.drip(piece) if piece else connection.gone())
                return
            await both.wait()
            await connection.say(OK)

    return talk


@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
async def test_fifty_dripping_responses_that_nobody_waits_for_cost_a_pool_of_two_nothing(
    drip: tuple[bytes, bytes], make_exchanger: MakeExchanger
) -> None:
    async def give_up(seconds: float) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                await exchanger.send(wire("/drip", seconds=seconds, timeout=ENDLESS))

    async with peer(dripping(*drip)) as server:
        exchanger = make_exchanger(server.url, max_concurrency=2)
        for turn in range(50):
            # A place that isn't given back would make the third call wait for ever.
            await asyncio.wait_for(asyncio.gather(*(give_up(0.004 + turn / 5000) for _ in range(3))), 10)
        await settled(lambda: not exchanger._tasks)
        async with asyncio.timeout(5):
            for _ in range(3):
                answers = await asyncio.gather(*(exchanger.send(wire()) for _ in range(2)))
                assert [answer.body for answer in answers] == [b"ok", b"ok"]
        await settled(lambda: server.open <= 2)


@pytest.mark.parametrize("drip", [DRIPS["headers"], DRIPS["endless 1xx"], DRIPS["body"]], ids=["head", "1xx", "body"])
async def test_a_caller_without_a_timeout_of_its_own_learns_that_time_is_up(
    drip: tuple[bytes, bytes], make_exchanger: MakeExchanger
) -> None:
    async with peer(dripping(*drip)) as server:
        with pytest.raises(ExchangeError, match=r"slowly|in time") as caught:
            await asyncio.wait_for(make_exchanger(server.url).send(wire("/drip", seconds=0.03, timeout=ENDLESS)), 5)
    assert caught.value.timed_out
    assert caught.value.transient
    assert caught.value.__context__ is None


async def test_a_call_without_a_deadline_is_given_up_some_time_after_its_caller_has_gone(
    make_exchanger: MakeExchanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(defaults, "DEADLINE", 0.02)
    async with peer(dripping(*DRIPS["headers"])) as server:
        exchanger = make_exchanger(server.url)
        call = start(exchanger.send(wire("/drip", seconds=inf, timeout=ENDLESS)))
        await settled(lambda: bool(server.requests))
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await settled(lambda: not exchanger._tasks)


async def test_a_proxy_that_drips_costs_no_place_either(
    make_exchanger: MakeExchanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(connection: Connection) -> None:
        assert (await connection.request()).startswith(b"CONNECT api.example.com:443")
        await connection.drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")

    async with peer(talk) as proxy:
        for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("https_proxy", proxy.url)
        exchanger = make_exchanger("https://api.example.com")
        for _ in range(10):
            request = wire(seconds=0.02, timeout=ENDLESS)
            with pytest.raises(ExchangeError, match="in time"):
                await asyncio.wait_for(exchanger.send(request), 5)
        await settled(lambda: proxy.open == 0)
    assert proxy.connections == 10


async def test_an_exchange_that_still_connects_is_left_to_its_own_timeout(make_exchanger: MakeExchanger) -> None:
    connecting, go_on = asyncio.Event(), asyncio.Event()

    async def hold(event: str, info: Any) -> None:
        await trace(event, info)
        if event.endswith("connect_tcp.started"):
            connecting.set()
            await go_on.wait()

    async with peer(dripping(*DRIPS["headers"])) as server:
        exchanger = make_exchanger(server.url)
        request = wire("/drip", seconds=0.01)
        trace = request.progress.trace
        object.__setattr__(request, "progress", Held(request.progress, hold))
        call = start(exchanger.send(request))
        await connecting.wait()
        await asyncio.sleep(0.1)  # many times the grace
        assert not call.done()
        go_on.set()
        with pytest.raises(ExchangeError):
            await asyncio.wait_for(call, 5)


class SlowlyClosed(httpx.AsyncByteStream):
    """A body that is still coming when its call is given up, and that takes its time to be closed."""

    def __init__(self, request: httpx.Request) -> None:
        self._trace = request.extensions["trace"]
        self.closed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await self._trace("http11.receive_response_body.started", {})
        while True:
            await asyncio.sleep(0.002)
            yield b" "

    async def aclose(self) -> None:
        try:
            await asyncio.sleep(0.1)  # many times the grace
        except asyncio.CancelledError:
            self.closed.set_result(False)
            raise
        self.closed.set_result(True)


class SlowlyClosing(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.stream = SlowlyClosed(request)
        return httpx.Response(200, stream=self.stream)


async def test_a_response_that_is_being_closed_is_not_cancelled_on_top() -> None:
    transport = SlowlyClosing()
    exchanger = HttpxTransport(
        "http://127.0.0.1:9", TransportOptions(transport=transport), max_concurrency=1, max_bytes=1_000_000
    )
    with pytest.raises(ExchangeError, match="too slowly"):
        await asyncio.wait_for(exchanger.send(wire(seconds=0.02, timeout=ENDLESS)), 5)
    assert await transport.stream.closed
    await exchanger.aclose()


class Held:
    """The progress of an exchange, with another way to trace it."""

    def __init__(self, progress: Any, trace: Callable[[str, Any], Awaitable[None]]) -> None:
        self._progress = progress
        self.trace = trace

    def __getattr__(self, name: str) -> Any:
        return getattr(self._progress, name)
