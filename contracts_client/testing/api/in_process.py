"""One request on its way to the fake and back, told to the client as httpx's own transport tells it.

Whether anything was sent, which decides whether a claim may be sent again, is known to the client by what its transport
reports. So the fake reports the same steps in the same order: connecting, unless an idle connection is used again,
sending, receiving. The server goes on in a task of its own, also if the client is cancelled.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from math import inf
from typing import Any, Final

import httpx

from ...transport.interface import UsedConnectionError
from ..clock import ManualClock
from ..faults.exchange import DRIPS, Answer, Exchange, Server
from ..records.operations import TOKEN
from ..records.recording import RecordedRequest

_ALONE: Final = frozenset({TOKEN, "claim_personnel_ticket"})
"""What the client sends on a connection of its own."""

_A_DAY: Final = 86_400.0
"""Seconds after which even a client without timeouts has lost its connection."""

# What httpcore calls the steps of an exchange.
_CONNECTING: Final = "connection.connect_tcp"
_HEADERS: Final = "http11.send_request_headers"
_BODY: Final = "http11.send_request_body"
_ANSWER: Final = "http11.receive_response_headers"
_CONTENT: Final = "http11.receive_response_body"


class InProcessServer(Server):
    """The application, the time, and the connections that are idle.

    Args:
        answer: Has a request answered by the application.
        clock: The time.

    Attributes:
        idle: How many connections are open and unused.
    """

    def __init__(self, answer: Callable[[httpx.Request], Awaitable[Answer]], clock: ManualClock) -> None:
        super().__init__(answer)
        self.clock = clock
        self.idle = 0


class InProcessExchange(Exchange):
    """One request.

    Args:
        server: What all share.
        request: The request, read.
        record: What is kept of it.
        left: Set when nobody waits for the answer any more.
    """

    server: InProcessServer

    def __init__(
        self, server: InProcessServer, request: httpx.Request, record: RecordedRequest, left: asyncio.Event
    ) -> None:
        super().__init__(server, request, record)
        self._left = left
        self._alone = record.operation in _ALONE
        self._extensions: dict[str, Any] = request.extensions

    async def begin(self) -> None:
        """Begin to send the request, on a connection that is idle or, where there is none for it, on a new one."""
        if self.server.idle and not self._alone:
            self.server.idle -= 1
            with suppress(UsedConnectionError):
                await self._report(_HEADERS, "started")
                return
        await self._report(_CONNECTING, "started")
        await self._report(_CONNECTING, "complete")
        await self._report(_HEADERS, "started")

    async def send(self) -> None:
        """Send the request."""
        await self.begin()
        await self._report(_HEADERS, "complete")
        await self._report(_BODY, "started")
        await self._report(_BODY, "complete")

    async def receive(self, work: Coroutine[Any, Any, Answer], drip: float | None = None) -> httpx.Response:
        """Wait for the server's answer.

        Args:
            work: What the server does, which goes on if the client leaves.
            drip: Seconds between the bytes of the body, or None for all at once.

        Raises:
            httpx.ReadTimeout: It took too long, by the clock.
        """
        await self._report(_ANSWER, "started")
        task = self.server.start(self.noted(work))
        seconds = self._timeout("read")
        try:
            async with self.server.clock.timeout_at(self.server.clock.monotonic() + seconds):
                answer = await asyncio.shield(task)
        except TimeoutError:
            raise httpx.ReadTimeout("", request=self.request) from None
        await asyncio.sleep(0)  # an answer never lies on the connection before it was asked for
        await self._report(_ANSWER, "complete")
        return self.respond(answer, self._body(answer.body, drip), drips=drip is not None)

    async def hush(self) -> httpx.Response:
        """Have the request read, and never answered.

        Raises:
            httpx.ReadTimeout: In the end.
        """
        await self._report(_ANSWER, "started")
        await self._wait(self._timeout("read"))
        raise httpx.ReadTimeout("", request=self.request)

    async def refuse(self, *, slowly: bool) -> httpx.Response:
        """Have no connection.

        Raises:
            httpx.ConnectError: It is refused.
            httpx.ConnectTimeout: Nothing happens, and that slowly.
        """
        await self._report(_CONNECTING, "started")
        if slowly:
            await self._wait(self._timeout("connect"))
            raise httpx.ConnectTimeout("", request=self.request)
        # The cause that a refusal of the system has, by which the client tells that nothing listens.
        raise httpx.ConnectError("", request=self.request) from ConnectionRefusedError(errno.ECONNREFUSED, "refused")

    async def drop(self) -> httpx.Response:
        """End the connection without a byte of an answer, and those that are idle.

        Raises:
            httpx.RemoteProtocolError: Always.
        """
        self.server.idle = 0
        await self._report(_ANSWER, "started")
        raise httpx.RemoteProtocolError("Server disconnected without sending a response.", request=self.request)

    async def _body(self, body: bytes, drip: float | None) -> AsyncIterator[bytes]:
        await self._report(_CONTENT, "started")
        if drip is not None:
            for _ in range(DRIPS):
                yield await self._drop_of(drip)
        yield body
        await self._report(_CONTENT, "complete")
        self.server.idle += not self._alone

    async def _drop_of(self, drip: float) -> bytes:
        read_timeout = self._timeout("read")
        await self._wait(min(drip, read_timeout))
        if drip > read_timeout:
            raise httpx.ReadTimeout("", request=self.request)
        if self._left.is_set():
            raise httpx.ReadError("", request=self.request)  # the client has hung up
        return b" "

    def _timeout(self, phase: str) -> float:
        seconds: float | None = self._extensions.get("timeout", {}).get(phase)
        return inf if seconds is None else seconds

    async def _wait(self, seconds: float) -> None:
        """Let time pass, but no longer than somebody waits for what comes then."""
        left = asyncio.ensure_future(self._left.wait())
        over = asyncio.ensure_future(self.server.clock.wait(min(seconds, _A_DAY)))
        try:
            await asyncio.wait({left, over}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            over.cancel()

    async def _report(self, step: str, state: str) -> None:
        trace: Callable[[str, dict[str, Any]], Awaitable[None]] | None = self._extensions.get("trace")
        if trace is not None:
            await trace(f"{step}.{state}", {})
