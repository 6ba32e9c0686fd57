"""A caller that leaves is free at once, wherever its exchange hangs, and nothing is left open."""

import asyncio
import importlib
from collections.abc import AsyncGenerator, AsyncIterator
from math import inf
from typing import Any

import httpx
import pytest
from peer import OK, Connection, MakeTransport, a_request, answer_all, peer, settled, start

from contracts_client import ContractsClient, ResponseDecodeError, defaults
from contracts_client.transport.interface import ExchangeError
from contracts_client.transport.library import Timeout

ENDLESS = Timeout(None)
OURS, USERS = "our connections", "a user's pool"
WHOSE = [("httpx", OURS), ("httpx2", OURS), ("aiohttp", OURS), ("httpx", USERS), ("httpx2", USERS)]


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


@pytest.mark.parametrize(
    ("where", "is_own"),
    [("answer", False), ("body", False), ("before", False), ("after", False), ("before", True), ("after", True)],
)
async def test_hanging_user_code_costs_no_slot(where: str, *, is_own: bool) -> None:
    """What a user's transport or auth hangs in costs no slot."""
    auth, transport = HangingAuth(where), Hanging(where)
    async with (
        asyncio.timeout(10),
        peer(answer_all) as server,
        ContractsClient(
            "acme-shop", auth=auth, base_url=server.url, transport=None if is_own else transport, max_concurrency=2
        ) as client,
    ):
        for _ in range(3):
            calls = [start(client.get_contract("c-1")) for _ in range(2)]
            await asyncio.sleep(0.01)
            for call in calls:
                call.cancel()
            await asyncio.wait(calls)
            assert all(call.cancelled() for call in calls)
        transport.where = auth.where = "nowhere"
        outcomes = await asyncio.gather(*(client.get_contract("c-1") for _ in range(2)), return_exceptions=True)
        assert [type(each) for each in outcomes] == [ResponseDecodeError] * 2  # they were answered, with no contract


@pytest.mark.parametrize(("library", "whose"), WHOSE)
async def test_who_leaves_a_silent_server_is_freed(make_transport: MakeTransport, library: str, whose: str) -> None:
    """Callers that leave a silent server leave their places at once."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            if b"/silent" in request:
                await connection.gone()
                return
            await connection.say(OK)

    async with peer(talk) as server, asyncio.timeout(10):
        options = {} if whose == OURS else {"transport": importlib.import_module(library).AsyncHTTPTransport()}
        own_transport = make_transport(server.url, **options)
        for _ in range(5):
            calls = [start(own_transport.send(a_request("/silent"))) for _ in range(2)]
            asked = len(server.requests) + 2
            await settled(lambda asked=asked: len(server.requests) == asked)  # type: ignore[misc]
            for call in calls:
                call.cancel()
            answers = await asyncio.gather(*(own_transport.send(a_request()) for _ in range(2)))
            assert [answer.body for answer in answers] == [b"ok", b"ok"]


@pytest.mark.parametrize("what", ["a read", "a claim"])
@pytest.mark.parametrize("leaves", [1, 2, 5], ids=["once", "twice", "five times"])
async def test_a_cancelled_handshake_is_cleaned_up(what: str, leaves: int, make_transport: MakeTransport) -> None:
    """A handshake that is cancelled leaves no connection.

    Nothing of it was sent, so a claim has no outcome to wait for. A scope of anyio cancels again and again.
    """
    told: list[Any] = []
    options = {"on_late": told.append, "fresh": True} if what == "a claim" else {}
    async with peer(Connection.gone) as server, asyncio.timeout(10):
        own_transport = make_transport(server.url.replace("http:", "https:"))
        calls = [start(own_transport.send(a_request(seconds=inf, timeout=ENDLESS, **options))) for _ in range(2)]
        await settled(lambda: server.open == 2)
        for _ in range(leaves):
            for call in calls:
                call.cancel()
            await asyncio.sleep(0)
        await settled(lambda: server.open == 0 and not own_transport._tasks)
        assert own_transport._connections._lent == 0
    assert not told


async def test_a_claim_left_behind_has_a_deadline(
    make_transport: MakeTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim that was sent without a deadline has one once its caller has gone."""
    monkeypatch.setattr(defaults, "DEADLINE", 0.05)
    told: list[Any] = []
    async with peer(Connection.gone) as server, asyncio.timeout(10):
        own_transport = make_transport(server.url)
        wanted = a_request(seconds=inf, timeout=ENDLESS, on_late=told.append, fresh=True)
        call = start(own_transport.send(wanted))
        await settled(lambda: wanted.trace.sent)
        call.cancel()
        await settled(lambda: bool(told) and not own_transport._tasks)
    assert told[0].timed_out


@pytest.mark.parametrize(("library", "whose"), WHOSE)
async def test_who_leaves_when_answered_harms_none(make_transport: MakeTransport, library: str, whose: str) -> None:
    """A caller that leaves once answered harms no other.

    An httpx.Auth hangs after the response, whose connection serves another request by then.
    """
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
        options = {} if whose == OURS else {"transport": importlib.import_module(library).AsyncHTTPTransport()}
        own_transport = make_transport(server.url, **options)
        hanging = start(own_transport.send(a_request(auth=HangingOnceAnswered())))
        await answered.wait()
        other = start(own_transport.send(a_request("/held")))
        await settled(lambda: len(server.requests) == 2)
        hanging.cancel()
        await asyncio.wait([hanging])
        answer.set()
        assert (await other).body == b"ok"
        assert server.connections == (1 if "user" in whose else 2)


async def test_closing_is_bounded_and_silent(make_transport: MakeTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transport that is closed waits no longer than it may for an exchange to end, and that is no error."""

    async def silent(connection: Connection) -> None:
        await connection.request()
        await connection.gone()

    async with peer(silent) as server:
        transport = make_transport(server.url)
        exchange = start(transport.send(a_request()))
        await settled(lambda: bool(server.requests))
        monkeypatch.setattr(defaults, "DRAIN_TIMEOUT", 0.0)
        await transport.aclose()
        with pytest.raises(ExchangeError, match="the client was closed"):
            await exchange
        await settled(lambda: not server.open)
