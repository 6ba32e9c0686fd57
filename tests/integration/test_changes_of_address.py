"""A server that moves, or that answers at one of its addresses only."""

import socket
import ssl
from typing import Any

import pytest
import trustme
from peer import Connection, answer_all, peer

from contracts_client import APIConnectionError, BearerToken, ContractsClient, ResponseDecodeError, RetryPolicy

AUTH = BearerToken("t0ken")
BOTH = pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])


@BOTH
@pytest.mark.parametrize(("lifetime", "connections"), [(1e-9, 3), (300, 1)])
async def test_an_old_connection_is_replaced(transport: Any, lifetime: float, connections: int) -> None:
    """A connection past its lifetime is replaced."""
    async with (
        peer(answer_all) as server,
        ContractsClient(
            "acme-shop", auth=AUTH, base_url=server.url, transport=transport, connection_lifetime=lifetime
        ) as client,
    ):
        for _ in range(3):
            with pytest.raises(ResponseDecodeError):  # it answers, though with no contract
                await client.get_contract("c-1")
        assert (server.connections, server.most_open) == (connections, 1)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    """Let the name localhost have these addresses."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, family: int = 0, *more: Any, **options: Any) -> Any:
        if host not in {"localhost", b"localhost"}:
            return resolve(host, port, family, *more, **options)
        found = [each for name in hosts for each in resolve(name, port, 0, socket.SOCK_STREAM)]
        found = [each for each in found if family in {0, each[0]}]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address of that family")
        return found

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def both_families() -> tuple[socket.socket, socket.socket]:
    """Return a socket of each family on the same port of this machine."""
    for _ in range(20):
        v6 = socket.create_server(("::1", 0), family=socket.AF_INET6)
        try:
            return v6, socket.create_server(("127.0.0.1", v6.getsockname()[1]))
        except OSError:
            v6.close()
    raise AssertionError("no port is free in both families")


async def hang_up(connection: Connection) -> None:
    """Close before a byte of the handshake."""
    await connection.reader.read(1)


@BOTH
@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
@pytest.mark.parametrize("broken_one", [0, 1], ids=["IPv6", "IPv4"])
async def test_a_handshake_tries_the_other_family(
    transport: Any, broken_one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failed handshake is retried in the other family.

    Both addresses can be connected to, so the first one would be chosen again and again.
    """
    resolve_to(monkeypatch, "::1", "127.0.0.1")
    authority = trustme.CA()
    context, mine = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("localhost").configure_cert(context)
    authority.configure_trust(mine)
    sockets = both_families()
    port = sockets[0].getsockname()[1]
    async with (
        peer(hang_up, listening=sockets[broken_one]) as broken,
        peer(answer_all, context, listening=sockets[1 - broken_one]) as server,
    ):
        async with ContractsClient(
            "acme-shop",
            auth=AUTH,
            base_url=f"https://localhost:{port}",
            transport=transport,
            ssl_context=mine,
            retry=RetryPolicy(backoff_base=0),
        ) as client:
            client._session._transports[0]._connections._failed = (  # type: ignore[attr-defined] # as the first attempt
                None if broken_one == 0 else ("::1", port)
            )
            with pytest.raises(ResponseDecodeError):
                await client.get_contract("c-1")
        assert (broken.connections, len(server.requests)) == (1, 1)


@BOTH
@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
async def test_a_single_family_is_retried(transport: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of one family is retried where it is."""
    resolve_to(monkeypatch, "127.0.0.1")
    listening = socket.create_server(("127.0.0.1", 0))
    async with peer(hang_up, listening=listening) as server:
        url = f"https://localhost:{listening.getsockname()[1]}"
        async with ContractsClient(
            "acme-shop", auth=AUTH, base_url=url, transport=transport, retry=RetryPolicy(backoff_base=0)
        ) as client:
            with pytest.raises(APIConnectionError):
                await client.get_contract("c-1")
    assert server.connections == 2
