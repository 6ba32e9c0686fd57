"""The library below the interface: httpx, httpx2 by name, or a transport of either of the user's."""

import asyncio
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from peer import OK, Connection, MakeTransport, a_request, answer_all, once, peer

from contracts_client import (
    BearerToken,
    ClientCredentials,
    ConfigurationError,
    ContractsClient,
    InvalidArgumentError,
    NotFoundError,
)
from contracts_client.transport.interface import ExchangeError
from contracts_client.transport.library import HTTPX, library_of

AUTH = BearerToken("t0ken")


def mock_of(library: Any, handler: Any) -> Any:
    return library.MockTransport(handler)


def test_a_transport_is_known_by_its_library() -> None:
    """Each transport is known by its library."""
    assert library_of(None) is HTTPX
    assert library_of(httpx.AsyncHTTPTransport()) is HTTPX
    assert library_of("httpx2").module is httpx2
    assert library_of(httpx2.AsyncHTTPTransport()).module is httpx2
    assert library_of(httpx2.AsyncHTTPTransport()).core == "httpcore2"


@pytest.mark.parametrize("transport", ["httpx3", 1, object(), httpx.HTTPTransport(), httpx.AsyncClient])
def test_other_libraries_are_refused(transport: Any) -> None:
    """Anything else is refused with the choices."""
    with pytest.raises(ConfigurationError, match=r'httpx2.AsyncBaseTransport, "httpx2" or "aiohttp"'):
        ContractsClient("acme-shop", transport=transport)


@pytest.mark.parametrize("name", ["httpx2", "aiohttp"])
def test_a_missing_library_names_its_extra(name: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that is not installed is named with its extra."""
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "contracts_client.transport.aiohttp_library", raising=False)
    with pytest.raises(ConfigurationError, match=rf"contracts-client\[{name}\]") as caught:
        ContractsClient("acme-shop", transport=name)
    assert caught.value.__context__ is None
    with pytest.raises(ConfigurationError, match="AsyncBaseTransport"):
        ContractsClient("acme-shop", transport=object())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["httpx2", "aiohttp"])
def test_others_are_imported_on_demand(name: str) -> None:
    """httpx2 and aiohttp are imported only if they are asked for."""
    code = (
        f"import sys, httpx; from contracts_client import ContractsClient; name = '{name}'\n"
        "ContractsClient('a-b'); ContractsClient('a-b', transport=httpx.MockTransport(print))\n"
        "print(name in sys.modules); ContractsClient('a-b', transport=name); print(name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


async def test_a_call_uses_the_library_asked_for(transport: Any, library: str) -> None:
    """A call goes through the library that was asked for."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    async with (
        peer(talk) as server,
        ContractsClient("acme-shop", auth=AUTH, base_url=server.url, transport=transport) as client,
    ):
        with pytest.raises(NotFoundError):
            await client.get_contract("c-1")
        (api,) = client._session._transports
        (kept,) = api._connections._idle  # type: ignore[attr-defined]
        found = kept.transport._session if library == "aiohttp" else kept.transport
        assert type(found).__module__.partition(".")[0] == library


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["httpx", "httpx2"])
async def test_a_user_s_transport_may_be_of_either(module: Any) -> None:
    """A transport of the user's may be of either library."""

    def handle(request: Any) -> Any:
        assert isinstance(request, module.Request)
        assert request.headers["authorization"] == "Bearer t0ken"
        return module.Response(404)

    async with ContractsClient("acme-shop", auth=AUTH, transport=mock_of(module, handle)) as client:
        with pytest.raises(NotFoundError):
            await client.get_contract("c-1")


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["httpx", "httpx2"])
@pytest.mark.parametrize("fault", ["ReadTimeout", "ConnectError", "InvalidURL", "StreamClosed", "DecodingError"])
async def test_no_library_exception_escapes(module: Any, fault: str, make_transport: MakeTransport) -> None:
    """No exception of either library escapes."""

    def handle(_: Any) -> Any:
        raise getattr(module, fault)(*([] if fault == "StreamClosed" else ["5ecret"]))

    own_transport = make_transport("http://127.0.0.1:1", transport=mock_of(module, handle))
    with pytest.raises(ExchangeError, match=fault) as caught:
        await own_transport.send(a_request())
    assert "5ecret" not in str(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["httpx", "httpx2"])
async def test_a_claim_has_its_own_connection(module: Any, make_transport: MakeTransport) -> None:
    """A claim goes over a connection of its own on a transport of the user's too.

    The idle ones that the transport offers instead are not used: one may be dead, and nobody could tell.
    """
    both = asyncio.Barrier(2)

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            if request.startswith(b"GET"):
                await both.wait()
            await connection.say(OK.replace(b"ok", str(connection.number).encode().rjust(2)))

    async with peer(talk) as server:
        own_transport = make_transport(server.url, transport=module.AsyncHTTPTransport(trust_env=False))
        await asyncio.gather(own_transport.send(a_request()), own_transport.send(a_request()))
        assert (await own_transport.send(a_request(method="POST", body=b"{}", fresh=True))).body == b" 3"
        assert (await own_transport.send(a_request(method="POST", body=b"{}"))).body == b" 3"
        assert [request[:4] for request in server.requests] == [b"GET ", b"GET ", b"POST", b"POST"]


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["httpx", "httpx2"])
async def test_a_claim_goes_over_a_unix_socket_too(module: Any, make_transport: MakeTransport, tmp_path: Path) -> None:
    """A claim goes over a socket of this machine too. A connection to a sidecar is as new as one over TCP."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "api"))
    listening.listen()

    async with peer(once(OK), listening=listening) as server:
        own_transport = make_transport(
            "http://localhost", transport=module.AsyncHTTPTransport(uds=str(tmp_path / "api"))
        )
        assert (await own_transport.send(a_request(method="POST", body=b"{}", fresh=True))).body == b"ok"
        assert server.connections == 1


async def test_a_used_connection_sends_no_claim(
    make_transport: MakeTransport,
) -> None:
    """A transport that offers nothing but used connections has sent nothing."""

    async def handle(request: httpx.Request) -> httpx.Response:
        await request.extensions["trace"]("http11.send_request_headers.started", {})
        raise AssertionError("it was sent")

    request = a_request(fresh=True)
    with pytest.raises(ExchangeError, match="used before") as caught:
        await make_transport("http://127.0.0.1:1", transport=httpx.MockTransport(handle)).send(request)
    assert caught.value.never_sent
    assert not request.trace.sent


@pytest.mark.parametrize("second", ["can't connect", "offers a used connection"])
@pytest.mark.parametrize("module", [httpx, httpx2], ids=["httpx", "httpx2"])
async def test_a_resent_claim_may_be_executed(module: Any, second: str, make_transport: MakeTransport) -> None:
    """A claim that a transport sends again by itself may have been executed the first time.

    The second try may send nothing, and still the first one did.
    """

    class Again(module.AsyncHTTPTransport):  # type: ignore[name-defined, misc]
        async def handle_async_request(self, request: Any) -> Any:
            try:
                return await super().handle_async_request(request)
            except module.RemoteProtocolError:
                if second == "can't connect":
                    await request.extensions["trace"]("connection.connect_tcp.started", {})
                    raise module.ConnectError("no") from None
            other = await super().handle_async_request(module.Request("GET", request.url))
            await other.aread()
            return await super().handle_async_request(request)

    async def talk(connection: Connection) -> None:
        while (await connection.request()).startswith(b"GET"):
            await connection.say(OK)

    async with peer(talk) as server:
        own_transport = make_transport(server.url, transport=Again(trust_env=False))
        request = a_request(method="POST", body=b"{}", fresh=True)
        with pytest.raises(ExchangeError) as caught:
            await own_transport.send(request)
        assert not caught.value.never_sent
        assert request.trace.seen
        assert sum(each.startswith(b"POST") for each in server.requests) == 1


def challenge(module: Any) -> Any:
    """Return an Auth that asks twice: the second time with what the first answer said, and a body."""

    class Challenge(module.Auth):  # type: ignore[misc]
        requires_response_body = True

        def auth_flow(self, request: Any) -> Any:
            response = yield request
            assert isinstance(request, module.Request)
            assert isinstance(response, module.Response)
            request.headers["Authorization"] = f"Nonce {response.text}"
            yield request

    return Challenge()


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["Auth of httpx", "Auth of httpx2"])
async def test_an_auth_of_either_works_on_both(make_transport: MakeTransport, module: Any) -> None:
    async with peer(answer_all) as server:
        request = a_request(method="POST", body=b'{"a": 1}', auth=challenge(module), query=(("å/b", "c d&"),))
        assert (await make_transport(server.url).send(request)).body == b"ok"
    first, second = server.requests
    assert first.startswith(b"POST /x?%C3%A5%2Fb=c%20d%26 HTTP/1.1\r\n")
    assert second.startswith(b"POST /x?%C3%A5%2Fb=c%20d%26 HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Nonce ok\r\n" in second
    assert first.endswith(b'\r\n\r\n{"a": 1}')
    assert second.endswith(b'\r\n\r\n{"a": 1}')


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["of httpx", "of httpx2"])
async def test_either_auth_and_timeout_are_taken(transport: Any, module: Any) -> None:
    """A client takes either auth and timeout."""
    async with (
        peer(once(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) as server,
        ContractsClient(
            "acme-shop",
            auth=module.BasicAuth("user", "pass"),
            timeout=module.Timeout(5, read=3),
            base_url=server.url,
            transport=transport,
        ) as client,
    ):
        for view in (client, client.with_options(timeout=module.Timeout(4))):
            with pytest.raises(NotFoundError):
                await view.get_contract("c-1", timeout=module.Timeout(6))
        with pytest.raises(InvalidArgumentError, match="positive number of seconds, or None, for read"):
            await client.get_contract("c-1", timeout=module.Timeout(5, read=-1))
    assert len(server.requests) == 2
    assert all(b"\r\nAuthorization: Basic dXNlcjpwYXNz\r\n" in request for request in server.requests)


@pytest.mark.parametrize("module", [httpx, httpx2], ids=["of httpx", "of httpx2"])
async def test_a_fault_of_either_library_may_pass(make_transport: MakeTransport, module: Any) -> None:
    """An Auth fetches its token with a client of its own, of either library."""

    class Unreachable(module.Auth):  # type: ignore[misc]
        def auth_flow(self, request: Any) -> Any:
            raise module.ConnectError("no", request=request)
            yield request

    with pytest.raises(ExchangeError, match=r"^the server can't be reached .* of its httpx\.Auth\)$") as caught:
        await make_transport("http://127.0.0.1:9").send(a_request(auth=Unreachable()))
    assert caught.value.transient
    assert caught.value.never_sent


class Streaming(httpx.Auth):
    """Asks with a body that comes in pieces."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def async_auth_flow(self, request: httpx.Request) -> Any:
        async def body() -> Any:
            yield b"in "
            yield b"pieces"

        yield httpx.Request("PUT", self._url, content=body(), headers={"Content-Length": "9"})
        yield request


async def test_an_httpx_auth_may_send_in_pieces(make_transport: MakeTransport) -> None:
    """An httpx auth may ask with a body that comes in pieces."""
    async with peer(answer_all) as server:
        await make_transport(server.url).send(a_request(auth=Streaming(f"{server.url}/token")))
    assert server.requests[0].startswith(b"PUT /token")
    assert server.requests[0].endswith(b"in pieces")


class CountedTransport(httpx.AsyncBaseTransport):
    """Says when it is closed, and how many exchanges were under way then."""

    def __init__(self) -> None:
        self.closed: list[int] = []
        self.under_way = 0
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/token":
            return httpx.Response(200, json={"access_token": "t0ken"})
        self.under_way += 1
        self.asked.set()
        await self.go_on.wait()
        self.under_way -= 1
        return httpx.Response(404)

    async def aclose(self) -> None:
        self.closed.append(self.under_way)


async def test_a_user_s_transport_is_closed_once() -> None:
    """A transport of the user's is closed once and after the last exchange."""
    transport = CountedTransport()
    client = ContractsClient("acme-shop", auth=ClientCredentials("id", "secret"), transport=transport)
    call = asyncio.create_task(client.get_contract("c-1"))
    await transport.asked.wait()
    closing = asyncio.create_task(client.aclose())
    for _ in range(10):
        await asyncio.sleep(0)
    assert transport.closed == []
    transport.go_on.set()
    await closing
    assert transport.closed == [0]
    with pytest.raises(NotFoundError):
        await call


async def test_environment_secrets_are_not_used(
    make_transport: MakeTransport, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """The environment's trust and keys are not the library's business.

    No credentials of a .netrc are sent, and no cookie is kept.
    """
    (tmp_path / ".netrc").write_text("default login someone password 5ecret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    cookie = OK.replace(b"\r\nContent", b"\r\nSet-Cookie: a=5ecret; Path=/\r\nContent", 1)

    async def talk(connection: Connection) -> None:
        while True:
            await connection.request()
            await connection.say(cookie)

    async with peer(talk) as server:
        own_transport = make_transport(server.url)
        for _ in range(2):
            await own_transport.send(a_request())
    sent = b"".join(server.requests).lower()
    assert len(server.requests) == 2
    assert b"cookie" not in sent
    assert b"authorization" not in sent


async def test_a_redirect_is_a_plain_answer(make_transport: MakeTransport) -> None:
    """A redirect is an answer like another."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")

    async with peer(talk) as server:
        assert (await make_transport(server.url).send(a_request())).status == 307
    assert len(server.requests) == 1
