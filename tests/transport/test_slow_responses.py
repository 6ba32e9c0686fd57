"""A response that drips ends with its call, and so does its connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from peer import OK, Connection, MakeTransport, a_request, peer, settled, start

from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.library import Timeout, TransportOptions

DRIPS: dict[str, tuple[bytes, bytes]] = {
    "status line": (b"HTTP/1.1 200 ", b"O"),
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
async def test_slow_responses_leave_nothing_open(drip: tuple[bytes, bytes], make_transport: MakeTransport) -> None:
    """Fifty dripping responses leave nothing behind."""

    async def give_up(seconds: float) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                await own_transport.send(a_request("/drip", seconds=seconds, timeout=ENDLESS))

    async with peer(dripping(*drip)) as server:
        own_transport = make_transport(server.url, max_concurrency=2)
        for turn in range(50):
            await asyncio.wait_for(asyncio.gather(*(give_up(0.004 + turn / 5000) for _ in range(3))), 10)
        await settled(lambda: server.open == 0)
        async with asyncio.timeout(5):
            for _ in range(3):
                answers = await asyncio.gather(*(own_transport.send(a_request()) for _ in range(2)))
                assert [answer.body for answer in answers] == [b"ok", b"ok"]
        await settled(lambda: server.open <= 2)


async def test_a_slow_proxy_costs_no_connection(make_transport: MakeTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that drips costs no connection."""

    async def talk(connection: Connection) -> None:
        assert (await connection.request()).startswith(b"CONNECT api.example.com:443")
        await connection.drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")

    async with peer(talk) as proxy:
        for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("https_proxy", proxy.url)
        own_transport = make_transport("https://api.example.com")
        for turn in range(10):
            call = start(own_transport.send(a_request(timeout=ENDLESS)))
            await settled(lambda turn=turn: len(proxy.requests) == turn + 1)  # type: ignore[misc]
            call.cancel()
            await asyncio.wait([call])
        await settled(lambda: proxy.open == 0)
    assert proxy.connections == 10


class SlowlyClosed(httpx.AsyncByteStream):
    """A body that takes its time to be closed."""

    def __init__(self) -> None:
        self.closing, self.go_on, self.closed = asyncio.Event(), asyncio.Event(), False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"ok"

    async def aclose(self) -> None:
        self.closing.set()
        await self.go_on.wait()
        self.closed = True


async def test_a_closing_response_is_not_cancelled() -> None:
    """A response that is being closed is not cancelled. A pool of the user's may lose a connection then."""
    stream = SlowlyClosed()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=stream))
    made = HttpxTransport("http://127.0.0.1:9", TransportOptions(transport=transport), max_concurrency=1, max_bytes=99)
    call = start(made.send(a_request()))
    await stream.closing.wait()
    call.cancel()
    await asyncio.wait([call])
    assert call.cancelled()
    stream.go_on.set()
    await settled(lambda: not made._tasks)
    assert stream.closed
    await made.aclose()
