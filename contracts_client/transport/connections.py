"""The connections to one server: one a slot, lent to one exchange at a time, and closed if the exchange fails.

A pool of httpx loses a connection for good if a request is cancelled at the wrong moment. So each connection here is a
transport of its own: what happens to one harms no other.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
from collections.abc import Coroutine
from contextlib import suppress
from math import inf
from ssl import SSLContext
from typing import Any, Final
from urllib.parse import urlsplit

from .. import defaults
from ..clock import Clock
from ..openapi.classes import define
from .failures import Route
from .interface import RequestTrace
from .library import AsyncTransport, TransportOptions, library_of, quiet, silence
from .network import LazyContext, context_without_authorities, environment_proxy

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


@define(eq=False)
class Connection:
    """A transport with at most one connection.

    Attributes:
        transport: The library's transport.
        expires_at: When it is too old to be used again.
        idle_since: When it was given back.
    """

    transport: AsyncTransport
    expires_at: float = inf
    idle_since: float = -inf


class Connections:
    """The connections to one server. The last one that was given back is lent first.

    Args:
        base_url: Base URL of the server.
        options: How to reach it.
        limit: Most connections, if no more are lent.
        clock: The clock of the connections' ages.
        tls: The SSL context, if it is shared with other servers.

    Raises:
        ConfigurationError: The server can't be reached in that way.
    """

    def __init__(
        self, base_url: str, options: TransportOptions, *, limit: int, clock: Clock, tls: LazyContext | None
    ) -> None:
        self.library = library_of(options.transport)
        self.given = None if isinstance(options.transport, str) else options.transport
        self._closes_given = options.closes_transport
        self._limit = limit
        self._lifetime = options.connection_lifetime
        self._clock = clock
        self._proxy = environment_proxy(base_url, self.library) if options.trust_env and self.given is None else None
        self.route = Route(base_url, self._proxy)
        self._address = urlsplit(base_url)
        self._failed: tuple[object, ...] | None = None  # the address of the last handshake that failed
        self._own_context = options.ssl_context
        self._tls = LazyContext(options.ssl_context, trust_env=options.trust_env) if tls is None else tls
        self._context: SSLContext | None = None
        self._idle: list[Connection] = []
        self._lent = 0
        self._all_back: asyncio.Event | None = None
        self._closing: set[asyncio.Task[None]] = set()

    async def take(self, *, fresh: bool) -> Connection:
        """Lend a connection. Hand it to ``give_back`` or ``discard`` afterwards.

        Args:
            fresh: Whether it must not have served another request.

        Raises:
            ConfigurationError: The environment names certificate authorities that can't be read.
        """
        if self._context is None:
            self._context = await self._prepare()
        if self._idle:
            self._close_expired()
        if self._idle and not fresh:
            connection = self._idle.pop()
        else:
            # After a failed handshake, try an address of the other family if the server has one.
            local_address = None if self._failed is None else await self._other_family(self._failed)
            made = self.library.transport(self._context, proxy=self._proxy, local_address=local_address)
            connection = Connection(made)
        self._lent += 1
        if self._idle and self._lent + len(self._idle) > self._limit:
            self._close(self._idle.pop(0))
        return connection

    async def _prepare(self) -> SSLContext:
        silence(self.library.core)
        if not self.library.is_loaded:
            await asyncio.to_thread(self.library.load)  # tens of milliseconds, once: not on the loop
        if self._address.scheme == "http" and self._own_context is None:
            return context_without_authorities()
        return await self._tls.get()

    async def _other_family(self, failed: tuple[object, ...]) -> str | None:
        """Return the local address that selects the other family of addresses, or None if the server has no other."""
        self._failed = None  # the attempt after the next one may take any family
        is_v6 = ":" in str(failed[0])
        other, local = (socket.AF_INET, "0.0.0.0") if is_v6 else (socket.AF_INET6, "::")  # noqa: S104 # nobody listens
        try:
            async with asyncio.timeout(defaults.CONNECT_TIMEOUT):
                await asyncio.get_running_loop().getaddrinfo(
                    self._address.hostname, self._address.port, family=other, type=socket.SOCK_STREAM
                )
        except OSError:  # a TimeoutError is one
            return None
        return local

    def give_back(self, connection: Connection, trace: RequestTrace) -> None:
        """Keep a connection for the next exchange."""
        now = connection.idle_since = self._clock.monotonic()
        if trace.opened:
            connection.expires_at = now + self._lifetime * (1 - random.random() * defaults.LIFETIME_JITTER)  # noqa: S311
        self._idle.append(connection)
        self._return_slot()
        self._close_expired()

    def discard(self, connection: Connection, trace: RequestTrace) -> None:
        """Close a connection whose exchange failed or was cancelled."""
        if trace.stream is not None and self._proxy is None:
            self._failed = trace.address
        self._close(connection, trace.stream)
        self._return_slot()

    def _return_slot(self) -> None:
        self._lent -= 1
        if self._all_back is not None and not self._lent:
            self._all_back.set()

    def _close_expired(self) -> None:
        now = self._clock.monotonic()
        # The bottom one has been idle for the longest time. The age of the top one counts when it is lent.
        while self._idle and now - self._idle[0].idle_since > defaults.KEEPALIVE_EXPIRY:
            self._close(self._idle.pop(0))
        while self._idle and now >= self._idle[-1].expires_at:
            self._close(self._idle.pop())

    def _close(self, connection: Connection, stream: Any = None) -> None:
        # In a task of its own, since the caller of an exchange may be cancelled again and again while it ends.
        task = asyncio.get_running_loop().create_task(_close_all(connection.transport, stream))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def aclose(self) -> None:
        """Close every connection. A lent one is closed when it is given back."""
        if self.given is not None:
            if self._closes_given:
                await close(self.given.aclose())
            return
        while self._idle:
            self._close(self._idle.pop())
        if self._lent:
            self._all_back = asyncio.Event()
            with suppress(TimeoutError):
                await _within(self._all_back.wait())
        while self._idle:
            self._close(self._idle.pop())
        if self._closing:
            await asyncio.wait(self._closing, timeout=defaults.DRAIN_TIMEOUT)


async def _close_all(transport: AsyncTransport, stream: Any) -> None:
    if stream is not None:
        await close(stream.aclose())
    await close(transport.aclose())


async def close(closing: Coroutine[Any, Any, object]) -> None:
    """Wait a bounded time for something to close."""
    try:
        # A failure to close must not hide the outcome of a call or of an 'async with'.
        with quiet():
            await _within(closing)
    except Exception as error:  # noqa: BLE001 # a transport of the user's may raise anything
        logger.warning("a connection could not be closed: %s", type(error).__name__)


async def _within(waiting: Coroutine[Any, Any, object]) -> None:
    async with asyncio.timeout(defaults.DRAIN_TIMEOUT):
        await waiting
