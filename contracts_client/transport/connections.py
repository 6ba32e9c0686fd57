"""The connections to one server: a pool that is opened when it is first needed, and single ones that are used once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Final
from urllib.parse import urlsplit

from .. import defaults
from .library import AsyncTransport, TransportOptions, library_of
from .log_filter import silence, talking
from .network import LazyContext, context_without_authorities, environment_proxy

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


class Pool:
    """The transport to one server.

    Args:
        base_url: Where it is.
        options: How to reach it.
        connections: How many connections there may be, and how many are kept.
        tls: The SSL context, where it is shared with other pools.

    Raises:
        ConfigurationError: It can't be reached in that way.
    """

    def __init__(self, base_url: str, options: TransportOptions, *, connections: int, tls: LazyContext | None) -> None:
        self.library = library_of(options.transport)
        self._given = None if isinstance(options.transport, str) else options.transport
        self._closes_given = options.closes_transport
        self._connections = connections
        self._proxy = environment_proxy(base_url) if options.trust_env and self._given is None else None
        self._is_plain = urlsplit(base_url).scheme == "http"
        self._own_context = options.ssl_context
        self._tls = LazyContext(options.ssl_context, trust_env=options.trust_env) if tls is None else tls
        self._opening = asyncio.Lock()
        self._transport: AsyncTransport | None = None

    @property
    def is_own(self) -> bool:
        """Whether the connections are opened here, rather than by a transport of the user's."""
        return self._given is None

    @property
    def is_pooled(self) -> bool:
        """Whether the connections are in a pool of the library's own, whoever made it."""
        return self._given is None or self.library.is_pool(self._given)

    @asynccontextmanager
    async def transport(self, *, fresh: bool) -> AsyncGenerator[AsyncTransport, None]:
        """Lend the transport for one exchange.

        Args:
            fresh: Whether to lend one of its own instead, which has no connection yet and is closed at the end. A
                transport of the user's is lent as it is, and whatever used connection it offers is refused.

        Raises:
            ConfigurationError: The environment names certificate authorities that can't be read.
        """
        silence(self.library.core)
        if fresh and self._given is None:
            alone = await self._make(connections=1, keepalive_connections=0)
            try:
                yield alone
            finally:
                await _close(alone)
        else:
            yield self._transport or await self._open()

    async def _open(self) -> AsyncTransport:
        async with self._opening:
            if self._transport is None:
                self._transport = self._given or await self._make(
                    connections=self._connections, keepalive_connections=self._connections
                )
            return self._transport

    async def _make(self, *, connections: int, keepalive_connections: int) -> AsyncTransport:
        if not self.library.is_loaded:
            await asyncio.to_thread(self.library.load)  # tens of milliseconds, once: not on the loop
        return self.library.pool(
            await self._context(),
            proxy=self._proxy,
            connections=connections,
            keepalive_connections=keepalive_connections,
        )

    async def _context(self) -> SSLContext:
        if self._is_plain and self._own_context is None:
            return context_without_authorities()
        return await self._tls.get()

    async def aclose(self) -> None:
        """Close every connection. No exchange may be under way."""
        closing = self._transport if self._given is None else self._given if self._closes_given else None
        if closing is not None:
            await _close(closing)


async def _close(transport: AsyncTransport) -> None:
    try:
        # What closes late is not waited for, and what fails to must not hide how a call, or an 'async with', ended.
        async with asyncio.timeout(defaults.DRAIN_TIMEOUT):
            with talking():
                await transport.aclose()
    except Exception as error:  # noqa: BLE001 # a transport of the user's may raise anything
        logger.warning("a connection could not be closed: %s", type(error).__name__)
