"""Proxies of the environment: what passes, and whose fault it is told to be if it does not."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import fault_sites as sites
import pytest
from canaries import BODY, CODE, CUSTOMER, assert_error_shows_nothing
from fault_talks import PAGE, answer, greeting, healthy, nothing, saying
from peer import Connection, Talk, peer

from contracts_client import APIConnectionError, APITimeoutError, ConfigurationError, ContractsClient
from contracts_client.transport.library import Timeout

MakeClient = Callable[..., ContractsClient]
MakeProxy = Callable[[], AbstractAsyncContextManager[str]]


async def read(client: ContractsClient) -> Any:
    return await client.list_contracts(customer_number=CUSTOMER)


async def claim(client: ContractsClient) -> Any:
    return await client.claim_personnel_ticket(CODE, customer_number=CUSTOMER)


def tunnel(port: int, status: bytes = b"200 OK") -> Talk:
    """A proxy that connects to one port, and ignores which one it is asked for."""

    async def talk(connection: Connection) -> None:
        assert (await connection.request()).startswith(b"CONNECT api.example.com:443 ")
        await connection.say(b"HTTP/1.1 " + status + b"\r\n\r\n")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        there = asyncio.create_task(copy(connection.reader, writer))
        try:
            await copy(reader, connection.writer)
        finally:
            there.cancel()
            writer.close()

    return talk


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()


async def test_an_environment_proxy_carries_calls(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment carries reads and claims."""
    context = sites.server_context(sites.authority(), "api.example.com")
    async with peer(healthy, context) as server, peer(tunnel(int(server.url.rpartition(":")[2]))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        client = make_client("https://api.example.com", ssl_context=sites.trusting())
        assert (await read(client)).items
        assert (await claim(client)).success
    assert proxy.connections == 2
    assert not any(b"t0ken" in request for request in proxy.requests)


async def test_a_proxy_refusal_is_a_passing_fault(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that refuses is a fault that may pass even for a claim."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(answer(BODY.encode(), "502 Bad Gateway"))

    async with peer(talk) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        client = make_client("https://api.example.com", ssl_context=sites.trusting())
        with pytest.raises(APIConnectionError, match=r"^claim_.*it can't reach the server") as caught:
            await claim(client)
    assert (caught.value.attempts, caught.value.safe_to_retry) == (3, True)
    assert_error_shows_nothing(caught.value)


async def _garbage(connection: Connection) -> None:
    await connection.request()
    await connection.say(b"garbage\r\n\r\n")


@pytest.mark.parametrize(
    ("talk", "error", "attempts"),
    [
        pytest.param(saying(), APIConnectionError, 2, id="closes"),
        pytest.param(nothing, APITimeoutError, 3, id="says nothing"),
        pytest.param(_garbage, APIConnectionError, 3, id="talks nonsense"),
        pytest.param(saying(b"HTTP/1.1 200 OK\r\n\r\n"), APIConnectionError, 2, id="closes once it is connected"),
    ],
)
async def test_a_claim_a_proxy_stops_was_not_sent(
    make_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
    talk: Talk,
    error: type[APIConnectionError],
    attempts: int,
) -> None:
    """A claim that does not get through a proxy was never sent."""
    async with peer(talk) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        client = make_client("https://api.example.com", ssl_context=sites.trusting(), timeout=Timeout(20, read=0.3))
        for call in (claim, read):
            with pytest.raises(APIConnectionError) as caught:
                await call(client)
            assert type(caught.value) is error
            assert (caught.value.attempts, caught.value.safe_to_retry) == (attempts, True)
            assert_error_shows_nothing(caught.value)
    assert all(request.startswith(b"CONNECT ") for request in proxy.requests)


@pytest.mark.parametrize(
    ("status", "attempts", "why"),
    [
        ("400 Bad Request", 1, "check its address and its rules"),
        ("401 Unauthorized", 1, "it wants other credentials in the proxy's address"),
        ("403 Forbidden", 1, "its rules forbid this server or port"),
        ("405 Method Not Allowed", 1, "check its address and its rules"),
        ("407 Proxy Authentication Required", 1, "it wants other credentials in the proxy's address"),
        ("501 Not Implemented", 1, "check its address and its rules"),
        ("408 Request Timeout", 3, "check its address and its rules"),
        ("429 Too Many Requests", 3, "check its address and its rules"),
        ("503 Service Unavailable", 3, "it can't reach the server"),
    ],
)
async def test_a_final_proxy_refusal_ends_a_call(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, status: str, attempts: int, why: str
) -> None:
    """A proxy that refuses for good is asked once, and its error says why, where, and nothing of its credentials."""
    async with peer(saying(answer(BODY.encode(), status))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//acme:pr0xy-s3cret@"))
        client = make_client("https://api.example.com/base", ssl_context=sites.trusting())
        for call in (claim, read):
            with pytest.raises(APIConnectionError) as caught:
                await call(client)
            assert (caught.value.attempts, caught.value.safe_to_retry) == (attempts, attempts > 1)
            where = f"ProxyError {THROUGH} {proxy.url}"
            assert caught.value.message == f"the proxy refused (status {status[:3]}): {why} ({where})"
    assert proxy.connections == 2 * attempts


CHECK = "check HTTPS_PROXY and ALL_PROXY, or pass trust_env=False"
THROUGH = "at https://api.example.com:443 through the proxy"


@asynccontextmanager
async def _closed() -> AsyncIterator[str]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


@asynccontextmanager
async def _plain_but_called_https() -> AsyncIterator[str]:
    async with peer(greeting(answer(b"no", "400 Bad Request"))) as proxy:
        yield proxy.url.replace("http", "https")


@asynccontextmanager
async def _silent() -> AsyncIterator[str]:
    async with peer(nothing) as proxy:
        yield proxy.url


@asynccontextmanager
async def _closing() -> AsyncIterator[str]:
    async with peer(saying()) as proxy:
        yield proxy.url


@asynccontextmanager
async def _into_plain_http() -> AsyncIterator[str]:
    async with peer(greeting(answer(b"no"))) as server, peer(tunnel(int(server.url.rpartition(":")[2]))) as proxy:
        yield proxy.url


@pytest.mark.parametrize(
    ("make_proxy", "told"),
    [
        (_closed, f"the proxy can't be reached: nothing listens on its port; {CHECK} (ConnectError"),
        (_plain_but_called_https, "the proxy does not speak TLS on this port: check the port; the address of a proxy"),
        (
            _silent,
            "the proxy did not ",
        ),  # answer, or accept a connection, of which aiohttp takes the CONNECT for a part
        (_closing, f"the proxy broke the connection before it let the request through; {CHECK} (Re"),
        (_into_plain_http, "the server does not speak TLS on this port: check the port (ConnectError"),
    ],
)
async def test_a_fault_names_proxy_or_server(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, make_proxy: MakeProxy, told: str
) -> None:
    """A fault on the way to a proxy is told to be the proxy's, and one behind it the server's."""
    async with make_proxy() as url:
        monkeypatch.setenv("HTTPS_PROXY", url)
        client = make_client("https://api.example.com", ssl_context=sites.trusting(), timeout=Timeout(2))
        with pytest.raises(APIConnectionError) as caught:
            await read(client)
    assert caught.value.message.startswith(told)
    assert caught.value.message.endswith(f"{THROUGH} {url})")


@pytest.mark.parametrize(
    ("quoted", "plain"),
    [("acme:p%C3%A4ss%40", "acme:p\u00e4ss@"), ("a%3Ame:%D1%91", "a:me:\u0451"), ("acme", "acme:"), (":pass", ":pass")],
)
async def test_a_proxy_gets_its_credentials(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, quoted: str, plain: str
) -> None:
    """A proxy gets its user name and password in UTF-8, whatever characters they have."""
    async with peer(saying(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", f"//{quoted}@"))
        client = make_client("https://api.example.com", ssl_context=sites.trusting())
        with pytest.raises(APIConnectionError, match="status 407"):
            await read(client)
    credentials = base64.b64encode(plain.encode())
    assert b"\r\nproxy-authorization: basic " + credentials.lower() in proxy.requests[0].lower()


async def test_a_reused_tunnel_is_the_server_s(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault on a tunnel that was used before is told to be the server's."""

    async def once(connection: Connection) -> None:
        await connection.request()
        await connection.say(answer(PAGE))
        await connection.request()
        await nothing(connection)

    context = sites.server_context(sites.authority(), "api.example.com")
    async with peer(once, context) as server, peer(tunnel(int(server.url.rpartition(":")[2]))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        client = make_client("https://api.example.com", ssl_context=sites.trusting(), retry=None)
        await read(client)
        with pytest.raises(APITimeoutError, match=r"the server did not answer in time .* through the proxy"):
            await read(client.with_options(timeout=Timeout(20, read=0.3)))


async def test_a_proxy_s_unknown_name_is_its_own(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy whose name is unknown is named, with the variables to check."""
    monkeypatch.setenv("HTTPS_PROXY", "http://acme:pr0xy-s3cret@proxy.acme.example:3128")
    async with sites.unknown_name(healthy):
        client = make_client("https://api.example.com", ssl_context=sites.trusting())
        with pytest.raises(APIConnectionError) as caught:
            await read(client)
    where = f"ConnectError {THROUGH} http://proxy.acme.example:3128"
    assert caught.value.message == f"the proxy's name can't be resolved; {CHECK} ({where})"


@pytest.mark.parametrize("address", ["http://acme:1/ss@proxy.example:3128", "http://acme:1#2@proxy.example:3128"])
def test_a_proxy_s_password_is_encoded(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """A proxy's password that is not percent-encoded is refused, since the host would be part of it."""
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(ConfigurationError, match="user name and password percent-encoded") as caught:
        ContractsClient("acme-shop", base_url="https://api.example.com")
    assert "acme" not in str(caught.value)
