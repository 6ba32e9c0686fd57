"""The interface of transports: a request, the trace of its exchange, and the error of an exchange that failed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from attrs import field

from ..openapi.classes import define
from ..openapi.operation import Response


class ExchangeError(Exception):
    """An exchange brought no whole response.

    Attributes:
        never_sent: Whether it is certain that the server saw nothing of the request.
        timed_out: Whether a timeout ran out.
        unusable: Whether a whole response came that can't be used, such as one that is too large.
        transient: Whether a retry may succeed.
        stale: Whether an idle connection turned out to be dead, so that an immediate retry may succeed.
        retry_once: Whether one retry may succeed, and a second one would not.
    """

    def __init__(
        self,
        message: str,
        *,
        never_sent: bool = False,
        timed_out: bool = False,
        unusable: bool = False,
        transient: bool = True,
        stale: bool = False,
        retry_once: bool = False,
    ) -> None:
        super().__init__(message)
        self.never_sent = never_sent
        self.timed_out = timed_out
        self.unusable = unusable
        self.transient = transient
        self.stale = stale
        self.retry_once = retry_once


class UsedConnectionError(ExchangeError):
    """A transport used a connection that had served another request, although a new one is required."""

    def __init__(self) -> None:
        super().__init__("the transport has no connection but those used before", never_sent=True)


class RequestTrace:
    """The progress of an exchange, as far as its transport reports it.

    Attributes:
        sent: Whether the server may have seen something of the request.
        executed: Whether a request before this one may have been executed: one of the same flow of an httpx.Auth, or
            the same one, which a transport of the user's now sends again by itself.
        detached: Whether the exchange goes on without its caller.
        busy: Whether cancelling the exchange now could cost a pool of the user's a connection.
        reused: Whether the request was sent on a connection that had served another before.
        begun: Whether the request was sent over HTTP/1.1 already, so that another try sends it again.
        answered: Whether the head of the response is there.
        unasked: Whether that response was on the connection before the request, so that it answers another one.
        past_proxy: Whether the proxy, if there is one, has let the exchange through, so that a fault is not its own.
        opened: Whether a connection was made for it.
        address: The address of that connection, or None.
        stream: The stream of that connection until the request is sent. httpcore leaves it open if a handshake is
            cancelled.
    """

    __slots__ = (
        "_asks_proxy",
        "_cancelled",
        "_connected",
        "_fresh",
        "_waited",
        "address",
        "answered",
        "begun",
        "busy",
        "detached",
        "executed",
        "opened",
        "past_proxy",
        "reused",
        "sent",
        "stream",
        "unasked",
    )

    def __init__(self) -> None:
        self.sent = False
        self.executed = False
        self.detached = False
        self.busy = False
        self.opened = False
        self.address: tuple[object, ...] | None = None
        self.stream: Any = None
        self._cancelled = False
        self._fresh = False
        self._asks_proxy = False
        self._reset()

    def _reset(self) -> None:
        self.reused = False
        self.answered = False
        self.unasked = False
        self.begun = False
        self.past_proxy = False
        self._connected = False
        self._waited = False

    @property
    def seen(self) -> bool:
        """Whether the server may have seen something of this request, or have executed one before it."""
        return self.sent or self.executed

    def begin(self, *, pooled: bool, fresh: bool = False) -> None:
        """Start over with a request. It counts as sent from here on, since a transport may report nothing.

        Args:
            pooled: Whether it goes to a pool of the user's, which may lose a connection if it is cancelled.
            fresh: Whether to refuse a connection that has served another request.

        Raises:
            ExchangeError: It was cancelled.
        """
        if self._cancelled:
            raise self._caller_cancelled()
        self._reset()
        self._fresh = fresh
        self.sent = True
        self.busy = pooled

    def cancel(self) -> None:
        """End the exchange at its next step, since its caller was cancelled."""
        self._cancelled = True

    def _caller_cancelled(self) -> ExchangeError:
        return ExchangeError("its caller had gone", never_sent=not self.seen, transient=False)

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Note what httpx reports. This awaits nothing, so that the trace is up to date.

        Raises:
            ExchangeError: The exchange was cancelled. The transport closes its connection then.
            UsedConnectionError: The request needs a new connection, and is about to be sent on another. The transport
                closes that connection then.
        """
        part, _, state = event.rpartition(".")
        step = part.rpartition(".")[2]
        if step in _CONNECTING and state == "started":
            # What was sent so far, to a proxy or on a closed HTTP/2 connection, was no request to the server. Over
            # HTTP/1.1 it was one, and is being sent again.
            self.executed |= self.begun
            self.sent = False
            self.busy = self._connected = True
            self.answered = False
        elif step in _OPENING and state == "complete":
            self.opened = True
            self.stream = info.get("return_value")
            self.address = _address_of(self.stream)
        elif step == "setup_socks5_connection":
            self.past_proxy = state == "complete"
        elif step == "send_request_headers" and state == "started":
            self.note_sending(is_for_proxy=_is_for_proxy(info), is_http11=part.startswith("http11"))
        elif step in _RECEIVING:
            # While it waits for the response, httpcore closes the connection of an exchange that is cancelled.
            self.busy = state != "started"
            if self._cancelled and state == "started":
                raise self._caller_cancelled()
            if step == "receive_response_headers":
                if state == "started":
                    self.note_waiting()
                elif state == "complete":
                    self.note_answer()

    def note_connected(self) -> None:
        """Note that a connection was made for the request."""
        self.opened = self._connected = True

    def note_sending(self, *, is_for_proxy: bool = False, is_http11: bool = True) -> None:
        """Note that the request is about to be sent.

        Raises:
            ExchangeError: The exchange was cancelled.
            UsedConnectionError: The request needs a new connection, and is about to be sent on another.
        """
        self.executed |= self.begun
        self.reused = not self._connected
        self._asks_proxy = is_for_proxy
        self.past_proxy = not is_for_proxy
        if self.reused and self._fresh and is_http11:
            self.sent = False
            raise UsedConnectionError
        if self._cancelled:
            raise self._caller_cancelled()
        self.busy = True
        self.sent = not is_for_proxy
        if self.sent:
            self._connected = False
            self.begun = is_http11
            self.stream = None  # httpcore closes it from here on

    def note_waiting(self) -> None:
        """Note that the response is waited for."""
        if self.reused:
            # Reading from a socket takes at least one cycle of the event loop. A response that comes sooner was in a
            # buffer already.
            self._waited = False
            asyncio.get_running_loop().call_soon(self._note_wait)

    def note_answer(self) -> None:
        """Note that the head of the response is there."""
        self.answered = True
        self.past_proxy |= self._asks_proxy
        self.unasked = self.reused and not self._waited

    def _note_wait(self) -> None:
        self._waited = True


def _address_of(stream: Any) -> tuple[object, ...] | None:
    find = getattr(stream, "get_extra_info", None)
    address: object = None if find is None else find("server_addr")
    return cast("tuple[object, ...]", address) if isinstance(address, tuple) else None


def _is_for_proxy(info: object) -> bool:
    """Tell whether a request is only the CONNECT to a proxy. In doubt it is not."""
    request: object = cast("dict[str, object]", info).get("request") if isinstance(info, dict) else None
    return getattr(request, "method", None) == b"CONNECT"


_OPENING = frozenset({"connect_tcp", "connect_unix_socket"})
_CONNECTING = _OPENING | {"start_tls"}
_RECEIVING = frozenset({"receive_response_headers", "receive_response_body"})


class PhaseTimeouts(Protocol):
    """Seconds for each phase of an exchange: an httpx.Timeout is one."""

    def as_dict(self) -> dict[str, float | None]:
        """Return seconds, or None for no end, by the names connect, read, write and pool."""
        ...


@define(kw_only=True)
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
