"""Where the cases take place: servers that are there, that are not, that hide behind a name, TLS or a proxy."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from unittest import mock

import trustme
from fault_case import MakeSite, Site
from fault_proxy import NOTHING, Spoil, fault_proxy
from fault_talks import healthy
from peer import Connection, Peer, Talk, peer


def _until_healed(talk: Talk) -> Talk:
    async def either(connection: Connection) -> None:
        await (healthy if connection.peer.healed else talk)(connection)

    return either


def _healer(made: Peer) -> Callable[[], Any]:
    async def heal() -> None:
        made.healed = True

    return heal


@asynccontextmanager
async def plain(talk: Talk) -> AsyncIterator[Site]:
    """A server on loopback, without TLS."""
    async with peer(_until_healed(talk)) as made:
        yield Site(made.url, _healer(made), made)


@asynccontextmanager
async def _later(listening: socket.socket, url: str) -> AsyncIterator[Site]:
    """Nobody, until the fault has passed."""
    async with AsyncExitStack() as stack:

        async def heal() -> None:
            if site.peer is None:
                site.peer = await stack.enter_async_context(peer(healthy, listening=listening))

        site = Site(url, heal)
        yield site


@asynccontextmanager
async def closed_port(_: Talk) -> AsyncIterator[Site]:
    """A port that refuses, since nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        async with _later(bound, f"http://127.0.0.1:{bound.getsockname()[1]}") as site:
            yield site


@contextmanager
def _full(family: socket.AddressFamily, host: str, port: int = 0) -> Iterator[socket.socket]:
    """A socket that listens and whose backlog is full, so that the kernel leaves every SYN without an answer."""
    with socket.socket(family) as listening, socket.socket(family) as filler:
        listening.bind((host, port))
        listening.listen(0)
        filler.connect(listening.getsockname())
        yield listening


@asynccontextmanager
async def black_hole(_: Talk) -> AsyncIterator[Site]:
    """A port that answers to nothing."""
    with _full(socket.AF_INET, "127.0.0.1") as listening:
        yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", _nothing_heals)


async def _nothing_heals() -> None:
    """Some faults stay."""


def _resolving(found: Callable[[], list[tuple[str, int]]]) -> Any:
    """Let names be resolved by a function: nothing leaves the machine."""

    def getaddrinfo(host: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, number))
            for address, number in found()
        ]

    return mock.patch("socket.getaddrinfo", getaddrinfo)


@asynccontextmanager
async def unknown_name(_: Talk) -> AsyncIterator[Site]:
    """A name that there is not, at first."""
    async with peer(healthy) as made:
        port = int(made.url.rpartition(":")[2])

        def found() -> list[tuple[str, int]]:
            if not made.healed:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return [("127.0.0.1", port)]

        with _resolving(found):
            yield Site(f"http://localhost:{port}", _healer(made), made)


@asynccontextmanager
async def hanging_resolver(_: Talk) -> AsyncIterator[Site]:
    """A name of which the resolver has nothing to say for a long time."""
    over = threading.Event()

    def found() -> list[tuple[str, int]]:
        over.wait(30)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with _resolving(found):
        try:
            yield Site("http://localhost:9", _nothing_heals)
        finally:
            over.set()  # the threads end before the names are what they were
            await asyncio.get_running_loop().shutdown_default_executor()


@asynccontextmanager
async def dead_ipv6(talk: Talk) -> AsyncIterator[Site]:
    """A name with two addresses, the first of which is a black hole."""
    async with peer(talk) as made:
        port = int(made.url.rpartition(":")[2])
        with _full(socket.AF_INET6, "::1", port), _resolving(lambda: [("::1", port), ("127.0.0.1", port)]):
            yield Site(f"http://localhost:{port}", _healer(made), made)


@cache
def authority() -> trustme.CA:
    """An authority of the tests' own."""
    return trustme.CA()


@cache
def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def server_context(issuer: trustme.CA, host: str = "localhost", *, expired: bool = False) -> ssl.SSLContext:
    """The context of a server with a certificate."""
    now = datetime.now(UTC)
    dates = {"not_before": now - timedelta(days=2), "not_after": now - timedelta(days=1)} if expired else {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(host, **dates).configure_cert(context)
    return context


def _outdated() -> ssl.SSLContext:
    context = server_context(authority())
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # which is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _demanding() -> ssl.SSLContext:
    context = server_context(authority())
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def tls(make: Callable[[], ssl.SSLContext], spoil: Spoil = NOTHING) -> MakeSite:
    """A server with TLS, behind a proxy that spoils what passes until the fault has passed."""

    @asynccontextmanager
    async def site(talk: Talk) -> AsyncIterator[Site]:
        async with (
            peer(_until_healed(talk), make()) as made,
            fault_proxy(int(made.url.rpartition(":")[2]), spoil) as proxy,
        ):

            async def heal() -> None:
                made.healed = True
                proxy.spoil = NOTHING

            yield Site(f"https://localhost:{proxy.port}", heal, made, {"ssl_context": trusting()})

    return site


def good_tls(spoil: Spoil = NOTHING) -> MakeSite:
    """A server whose certificate is in order."""
    return tls(lambda: server_context(authority()), spoil)


wrong_host = tls(lambda: server_context(authority(), "elsewhere.example"))
unknown_authority = tls(lambda: server_context(trustme.CA()))
expired_certificate = tls(lambda: server_context(authority(), expired=True))
outdated_tls = tls(_outdated)
client_certificate_demanded = tls(_demanding)


@asynccontextmanager
async def no_tls(talk: Talk) -> AsyncIterator[Site]:
    """A server that does not speak TLS where the client does."""
    async with peer(talk) as made:
        yield Site(made.url.replace("http://127.0.0.1", "https://localhost"), _nothing_heals, made)


def behind(spoil: Spoil) -> MakeSite:
    """A plain server behind a proxy that spoils what passes until the fault has passed."""

    @asynccontextmanager
    async def site(talk: Talk) -> AsyncIterator[Site]:
        async with peer(talk) as made, fault_proxy(int(made.url.rpartition(":")[2]), spoil) as proxy:

            async def heal() -> None:
                proxy.spoil = NOTHING

            yield Site(f"http://127.0.0.1:{proxy.port}", heal, made)

    return site
