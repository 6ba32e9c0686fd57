"""The interface of transports: a request, and how it is sent. Independent of httpx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from attrs import field, frozen

from ..openapi.operation import Response
from .trace import RequestTrace


class PhaseTimeouts(Protocol):
    """Seconds for each phase of an exchange: an httpx.Timeout is one."""

    def as_dict(self) -> dict[str, float | None]:
        """Return seconds, or None for no end, by the names connect, read, write and pool."""
        ...


@frozen(kw_only=True)
class TransportRequest:
    """One request, complete except for what a user's httpx.Auth adds. Its repr shows no value.

    Attributes:
        method: The HTTP method.
        path: The quoted path below the base URL.
        query: Names and values, not quoted yet.
        headers: Names and values.
        body: The body, or None.
        timeout: Seconds for each phase of the exchange.
        deadline: When to stop waiting for the response, on the client's clock.
        auth: A user's httpx.Auth, or None.
        trace: Updated while the exchange goes on.
        fresh: Whether to use a new connection, since a server may close an idle one just as it is used again.
        on_late: Called with the outcome of the exchange if the request was sent and its caller was cancelled.
    """

    method: str
    path: str = field(repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    timeout: PhaseTimeouts
    deadline: float
    auth: object | None = field(default=None, repr=False)
    trace: RequestTrace = field(factory=RequestTrace, repr=False)
    fresh: bool = False
    on_late: Callable[[Response | BaseException], None] | None = field(default=None, repr=False)


class Transport(Protocol):
    """Sends a request to one server, and reads the whole response."""

    async def send(self, request: TransportRequest) -> Response:
        """Exchange a request for a response of any status.

        Raises:
            ExchangeError: There is no whole response.
            ClientClosedError: The transport is closed.
            ConfigurationError: It belongs to another event loop, or can't be opened as it is configured.
        """
        ...

    async def aclose(self, drain: float | None = None) -> None:
        """Wait a bounded time for exchanges that go on without their callers, then close every connection.

        Args:
            drain: Seconds to wait, from 0; None for those of ``defaults``.
        """
        ...
