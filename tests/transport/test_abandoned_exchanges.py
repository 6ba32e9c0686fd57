"""An exchange that nobody waits for any more gives its place back soon, whatever it hangs in."""

import asyncio
import importlib
from collections.abc import AsyncGenerator, AsyncIterator
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

ENDLESS = Timeout(None)


class Endless(httpx.AsyncByteStream):
    """A body that never starts."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""


class Hanging(httpx.AsyncBaseTransport):
    """Hangs where it is told to, and reports nothing, as an app's transport does."""

    def __init__(self, where: str) -> None:
        self.where = where

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.where == "answer":
            await asyncio.Event().wait()
        if self.where == "body":
            return httpx.Response(200, stream=Endless())
        return httpx.Response(200, content=b"ok")


class HangingAuth(httpx.Auth):
    """Hangs where it is told to."""

    def __init__(self, where: str) -> None:
        self.where = where

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        if self.where == "before":
            await asyncio.Event().wait()
        yield request
        if self.where == "after":
            await asyncio.Event().wait()


@pytest.mark.parametrize("deadline", [0.02, inf], ids=["deadline", "caller left"])
@pytest.mark.parametrize("where", ["answer", "body", "before", "after"])
async def test_what_a_user_s_transport_or_auth_hangs_in_costs_no_place(where: str, deadline: float) -> None:
    auth, transport = HangingAuth(where), Hanging(where)
    exchanger = HttpxTransport(
        "http://127.0.0.1:9", TransportOptions(transport=transport), max_concurrency=2, max_bytes=1_000
    )
    async with asyncio.timeout(10):
        calls = [start(exchanger.send(wire(seconds=deadline, auth=auth))) for _ in range(2)]
        if deadline == inf:
            await asyncio.sleep(0.01)
            for call in calls:
                call.cancel()
        for failure in await asyncio.gather(*calls, return_exceptions=True):
            assert isinstance(failure, asyncio.CancelledError if deadline == inf else ExchangeError)
        transport.where = auth.where = "nowhere"
        answers = await asyncio.gather(*(exchanger.send(wire(auth=auth)) for _ in range(2)))
    assert [answer.body for answer in answers] == [b"ok", b"ok"]
    await exchanger.aclose()


async def test_a_transport_that_can_t_be_cancelled_costs_no_place_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defaults, "HANG_UP_LIMIT", 0.02)
    held = asyncio.Event()

    class Stubborn(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            while request.url.path == "/hang" and not held.is_set():
                try:
                    await held.wait()
                except asyncio.CancelledError:
                    continue
            return httpx.Response(200, content=b"ok")

    exchanger = HttpxTransport(
        "http://127.0.0.1:9", TransportOptions(transport=Stubborn()), max_concurrency=1, max_bytes=1_000
    )
    async with asyncio.timeout(10):
        stuck = start(exchanger.send(wire("/hang", seconds=0)))
        assert (await exchanger.send(wire())).body == b"ok"
        held.set()
        with pytest.raises(ExchangeError, match="too slowly"):
            await stuck
        # Its end gives no second place back.
        assert exchanger._gate._value == 1
        await exchanger.aclose()


@pytest.mark.parametrize("whose", ["our pool", "a user's pool"])
async def test_callers_that_leave_a_silent_server_leave_their_places_at_once(
    make_exchanger: MakeExchanger, library: str, whose: str
) -> None:
    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            if b"/silent" in request:
                await connection.gone()
                return
            await connection.say(OK)

    async with peer(talk) as server, asyncio.timeout(10):
        options = {"transport": importlib.import_module(library).AsyncHTTPTransport()} if "user" in whose else {}
        exchanger = make_exchanger(server.url, **options)
        for _ in range(5):
            calls = [start(exchanger.send(wire("/silent"))) for _ in range(2)]
            asked = len(server.requests) + 2
            await settled(lambda asked=asked: len(server.requests) == asked)  # type: ignore[misc]
            for call in calls:
                call.cancel()
            answers = await asyncio.gather(*(exchanger.send(wire()) for _ in range(2)))
            assert [answer.body for answer in answers] == [b"ok", b"ok"]


@pytest.mark.parametrize("what", ["a read", "a claim"])
async def test_a_handshake_that_never_ends_is_cancelled_after_a_while_and_its_connection_closed(
    what: str, make_exchanger: MakeExchanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it was sent, so a claim has no outcome to wait for."""
    monkeypatch.setattr(defaults, "HANG_UP_LIMIT", 0.05)
    told: list[Any] = []
    options = {"on_late": told.append, "fresh": True} if what == "a claim" else {}
    async with peer(Connection.gone) as server, asyncio.timeout(10):
        exchanger = make_exchanger(server.url.replace("http:", "https:"))
        calls = [start(exchanger.send(wire(seconds=inf, timeout=ENDLESS, **options))) for _ in range(2)]
        await settled(lambda: server.open == 2)
        for call in calls:
            call.cancel()
        await settled(lambda: server.open == 0 and not exchanger._tasks)
        pool: Any = exchanger._pool._transport
        assert pool is None or not pool._pool.connections
        assert exchanger._gate._value == 2
    assert not told


async def test_a_claim_that_was_sent_without_a_deadline_has_one_once_its_caller_has_gone(
    make_exchanger: MakeExchanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(defaults, "DEADLINE", 0.05)
    told: list[Any] = []
    async with peer(Connection.gone) as server, asyncio.timeout(10):
        exchanger = make_exchanger(server.url)
        wanted = wire(seconds=inf, timeout=ENDLESS, on_late=told.append, fresh=True)
        call = start(exchanger.send(wanted))
        await settled(lambda: wanted.progress.sent)
        call.cancel()
        await settled(lambda: bool(told) and not exchanger._tasks)
    assert told[0].timed_out


@pytest.mark.parametrize("whose", ["our pool", "a user's pool"])
async def test_an_exchange_that_was_answered_no_longer_closes_the_connection_that_it_made(
    make_exchanger: MakeExchanger, library: str, whose: str
) -> None:
    """An httpx.Auth hangs after the response, whose connection serves another request by then."""
    answered, answer = asyncio.Event(), asyncio.Event()

    class HangingOnceAnswered(httpx.Auth):
        async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
            yield request
            answered.set()
            await asyncio.Event().wait()

    async def talk(connection: Connection) -> None:
        while True:
            if b"/held" in await connection.request():
                await answer.wait()
            await connection.say(OK)

    async with peer(talk) as server, asyncio.timeout(10):
        options = {"transport": importlib.import_module(library).AsyncHTTPTransport()} if "user" in whose else {}
        exchanger = make_exchanger(server.url, **options)
        hanging = start(exchanger.send(wire(seconds=0.2, auth=HangingOnceAnswered())))
        await answered.wait()
        other = start(exchanger.send(wire("/held")))
        with pytest.raises(ExchangeError, match="in time"):
            await hanging
        answer.set()
        assert (await other).body == b"ok"
        assert server.connections == 1


async def test_an_exchange_that_is_slow_to_connect_is_not_taken_for_one_that_hangs(
    make_exchanger: MakeExchanger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy event loop it goes on all the same, and to cancel it in between would cost httpx a connection."""
    monkeypatch.setattr(defaults, "HANG_UP_LIMIT", 0.02)

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            for _ in range(100):
                await request.extensions["trace"]("connection.connect_tcp.started", {})
                await asyncio.sleep(0.001)
            return httpx.Response(404)

    exchanger = make_exchanger("http://127.0.0.1:9", transport=Slow())
    assert (await exchanger.send(wire(seconds=0))).status == 404  # too late, but whole
