"""The only connection of a slot over httpx and httpx2: when it is used again, and what stays where there is none."""

import asyncio
import importlib
import ssl
from typing import Any

import pytest
from peer import OK, Connection, MakeTransport, a_request, answer_all, peer, settled

from contracts_client import defaults
from contracts_client.transport.library import Library, library_of
from contracts_client.transport.single_connection import SingleConnection

LAST = OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def used(transport: Any) -> Library:
    return library_of(transport)


@pytest.fixture(params=["one connection", "the library's pool"])
def pool(request: pytest.FixtureRequest, used: Library, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways: as the library is, and as if it kept its pool under another name."""
    its_own = used.module.AsyncHTTPTransport

    class Renamed:
        def __init__(self, **options: Any) -> None:
            inner = its_own(**options)
            self.handle_async_request, self.aclose = inner.handle_async_request, inner.aclose

    if request.param == "the library's pool":
        monkeypatch.setattr(used.module, "AsyncHTTPTransport", Renamed)
    return str(request.param)


async def bodies(own_transport: Any, count: int = 2) -> list[bytes]:
    return [(await own_transport.send(a_request())).body for _ in range(count)]


@pytest.mark.usefixtures("pool")
async def test_a_slot_uses_its_connection_again(make_transport: MakeTransport) -> None:
    async with peer(answer_all) as server:
        assert await bodies(make_transport(server.url), 3) == [b"ok"] * 3
        assert server.connections == 1


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize("ends", ["as it says", "half closed"])
async def test_an_ended_connection_is_replaced(ends: str, make_transport: MakeTransport) -> None:
    """A new connection takes the place of one that the server has ended, which is closed."""
    ended = asyncio.Event()

    async def talk(connection: Connection) -> None:
        await connection.request()
        if connection.number == 2:
            await connection.say(OK.replace(b"ok", b" 2"))
        elif ends == "as it says":
            await connection.say(LAST)
        else:
            await connection.say(OK)
            connection.writer.write_eof()
        ended.set()
        await connection.gone()

    async with peer(talk) as server, asyncio.timeout(10):
        own_transport = make_transport(server.url)
        first = await own_transport.send(a_request())
        await ended.wait()
        second = await own_transport.send(a_request(method="POST", body=b"{}"))
        assert (first.body, second.body) == (b"ok", b" 2")
        await settled(lambda: server.open == 1)


async def test_an_auth_gets_a_new_connection(used: Library, make_transport: MakeTransport) -> None:
    """An Auth whose first request ended the connection has its second one sent on another."""

    class Twice(used.module.Auth):  # type: ignore[name-defined, misc]
        async def async_auth_flow(self, request: Any) -> Any:
            yield request
            yield request

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(LAST)

    async with peer(talk) as server:
        assert (await make_transport(server.url).send(a_request(auth=Twice()))).body == b"ok"
        assert server.connections == 2


@pytest.mark.parametrize(("proxy", "kind"), [(None, "SingleConnection"), ("http://127.0.0.1:3128", "AsyncHTTPProxy")])
def test_a_proxy_keeps_the_library_s_pool(used: Library, proxy: str | None, kind: str) -> None:
    made: Any = used.transport(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), proxy=proxy, local_address=None)
    assert type(made._pool).__name__ == kind


async def test_a_connection_is_made_as_by_the_pool(used: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection has the context, the expiry and the local address that a pool would give it, and nothing else."""
    core, context = importlib.import_module(used.core), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asked: list[Any] = []

    class Refusing:
        def __init__(self, origin: Any, **options: Any) -> None:
            asked.append((str(origin), options))

        async def handle_async_request(self, _: Any) -> Any:
            raise core.ConnectError

    monkeypatch.setattr(core, "AsyncHTTPConnection", Refusing)
    made: Any = used.transport(context, proxy=None, local_address="::")
    with pytest.raises(used.module.ConnectError):
        await made.handle_async_request(used.module.Request("GET", "https://api.example/x"))
    options = {"ssl_context": context, "keepalive_expiry": defaults.KEEPALIVE_EXPIRY, "local_address": "::"}
    assert asked == [("https://api.example:443", options)]


async def test_an_unused_one_closes_nothing() -> None:
    await SingleConnection(pytest.fail).aclose()
