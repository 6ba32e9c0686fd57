"""What holds over aiohttp in particular. The rest is held to the same tests as httpx."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp.http_parser import HttpResponseParserPy
from peer import OK, Connection, a_request, answer_all, peer, start

from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import ExchangeError
from contracts_client.transport.library import TransportOptions


def transport_to(url: str) -> HttpxTransport:
    return HttpxTransport(url, TransportOptions(transport="aiohttp"), max_concurrency=1, max_bytes=1000)


async def test_a_cancelled_request_is_not_sent() -> None:
    """A request that is cancelled while it waits for its connection is not sent."""
    async with peer(answer_all) as server:
        transport, request = transport_to(server.url), a_request()
        call = start(transport.send(request))
        await asyncio.sleep(0)  # the connection is asked for
        request.trace.cancel()
        with pytest.raises(ExchangeError, match="its caller had gone") as caught:
            await call
        assert caught.value.never_sent
        await transport.aclose()
        assert (server.requests, server.open) == ([], 0)


async def test_traces_of_others_are_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """An instrumentor that adds its trace to every session learns of no request: it would report the URL."""
    told: list[Any] = []

    async def tell(*what: Any) -> None:
        told.append(what)

    config = aiohttp.TraceConfig()
    config.on_request_start.append(tell)
    make = aiohttp.ClientSession.__init__
    monkeypatch.setattr(
        aiohttp.ClientSession, "__init__", lambda self, **options: make(self, trace_configs=[config], **options)
    )
    async with peer(answer_all) as server:
        transport = transport_to(server.url)
        await transport.send(a_request())
        await transport.aclose()
    assert told == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_aiohttp_sends_nothing_by_itself(method: str) -> None:
    """A request whose connection ends without an answer is sent once, though aiohttp would repeat it."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(OK)
        await connection.request()

    async with peer(talk) as server:
        transport = transport_to(server.url)
        await transport.send(a_request())
        with pytest.raises(ExchangeError) as caught:
            await transport.send(a_request(method=method))
        assert (caught.value.stale, len(server.requests), server.connections) == (True, 2, 1)
        await transport.aclose()


@pytest.mark.parametrize("headers", [b"Content-Length: 1\r\nContent-Length: 2\r\n", b"Content-Length: 1, 2\r\n"])
async def test_the_parser_in_python_is_as_strict(monkeypatch: pytest.MonkeyPatch, headers: bytes) -> None:
    """A response with two lengths is refused without aiohttp's parser in C too, and its connection closed."""
    monkeypatch.setattr("aiohttp.client_proto.HttpResponseParser", HttpResponseParserPy)
    async with peer(lambda connection: _say(connection, b"HTTP/1.1 200 OK\r\n" + headers + b"\r\nok")) as server:
        transport = transport_to(server.url)
        with pytest.raises(ExchangeError, match="RemoteProtocolError"):
            await transport.send(a_request())
        await transport.aclose()


async def test_odd_bytes_of_a_header_are_readable() -> None:
    """A response's header that is no UTF-8 can be logged and encoded."""
    async with peer(
        lambda connection: _say(connection, OK.replace(b"\r\n", b"\r\nX-Odd: \xe6\r\nX-Odd: 2\r\n", 1))
    ) as server:
        transport = transport_to(server.url)
        assert (await transport.send(a_request())).headers["x-odd"] == "\ufffd, 2"
        await transport.aclose()


async def _say(connection: Connection, what: bytes) -> None:
    await connection.request()
    await connection.say(what)
