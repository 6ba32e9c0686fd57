"""The library aiohttp in the shape of httpx: a connection answers one request at a time. No other module imports it."""

from __future__ import annotations

import asyncio
import base64
import selectors
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from math import inf
from typing import Any, Final

import aiohttp
from attrs import define
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from .. import defaults
from .interface import RequestTrace
from .library import AsyncTransport, Library

_FAMILIES: Final = {None: socket.AF_UNSPEC, "0.0.0.0": socket.AF_INET, "::": socket.AF_INET6}  # noqa: S104 # nobody listens
_FRAMING: Final = frozenset({b"content-length", b"transfer-encoding"})
_TURNS_OF_CLOSING: Final = 2  # of the event loop
# epoll would need a file of its own.
_Selector: Final[type[selectors.BaseSelector]] = getattr(selectors, "PollSelector", selectors.SelectSelector)
_SWITCHING: Final = 101  # to another protocol, which was not asked for


@define(eq=False, repr=False)
class Message:
    """A request to aiohttp.

    Attributes:
        method: The HTTP method.
        url: The URL, quoted already.
        headers: All headers but those of the connection.
        content: The body, or None.
        timeout: Seconds for each phase, by httpx's names.
        trace: Updated while the exchange goes on.
    """

    method: str
    url: URL
    headers: CIMultiDict[str]
    content: bytes | None
    timeout: Mapping[str, float | None]
    trace: RequestTrace


@define(eq=False, repr=False)
class Answer:
    """The head of a response, and the stream of its body, as httpx's Response has them."""

    status_code: int
    headers: dict[str, str]
    stream: AsyncIterator[bytes]
    extensions: Mapping[str, Any]
    response: aiohttp.ClientResponse

    async def aclose(self) -> None:
        """Close the connection of a response that was not read to its end."""
        if not self.response.closed:
            self.response.close()


class _Connector(aiohttp.TCPConnector):
    """At most one connection, which tells the trace how far its request got.

    Args:
        context: What servers are verified with.
        family: The family of addresses.
    """

    def __init__(self, context: ssl.SSLContext, family: socket.AddressFamily) -> None:
        super().__init__(  # pyright: ignore[reportUnknownMemberType] # the type of an address
            ssl=context,
            family=family,
            limit=1,
            resolver=aiohttp.ThreadedResolver(),  # the system's, as httpx uses, even if aiodns is installed
            use_dns_cache=False,
            keepalive_timeout=defaults.KEEPALIVE_EXPIRY,
            timeout_ceil_threshold=inf,  # by default, timeouts of more than 5 s are rounded up
            socket_factory=self._new_socket,
        )
        self.trace = RequestTrace()
        self._protocol: Any = None
        self._open: Any = None
        self._unread = _Selector()
        self._address: tuple[object, ...] | None = None

    def _new_socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, self._address = info
        return socket.socket(family, kind, protocol)

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Any], timeout: aiohttp.ClientTimeout
    ) -> aiohttp.connector.Connection:
        trace = self.trace
        trace.sent = False  # not even by way of a proxy
        if not self._is_reusable():
            # One that is being closed goes first, so that there are never more than slots.
            for _ in range(_TURNS_OF_CLOSING):
                await asyncio.sleep(0)
        try:
            connection = await super().connect(req, traces, timeout)
        except BaseException as error:
            is_of_handshake = req.is_ssl() and _is_of_handshake(error)
            if is_of_handshake or (req.is_ssl() and isinstance(error, TimeoutError | asyncio.CancelledError)):
                trace.address, trace.stream = self._address, self
            if is_of_handshake:
                trace.opened = True
                # A proxy that speaks plain http has no handshake of its own.
                trace.past_proxy = req.proxy is not None and req.proxy.scheme == "http"
            if _is_end_of_handshake(error):
                eof = ssl.SSLEOFError()
                raise aiohttp.ClientConnectorSSLError(req.connection_key, eof) from eof
            raise
        if connection.protocol is not self._protocol:
            trace.note_connected()
            made: Any = connection.transport
            self._protocol, self._open, self._unread = connection.protocol, made, _Selector()
            self._unread.register(made.get_extra_info("socket"), selectors.EVENT_READ)
        try:
            trace.note_sending()
        except BaseException:
            connection.close()
            raise
        trace.note_waiting()
        return connection

    def _is_reusable(self) -> bool:
        """Tell whether there is an idle connection. It is closed if it holds a response that nobody had asked for."""
        if self._protocol is None or not self._protocol.is_connected():
            return False
        if self._protocol.should_close or self._unread.select(0):
            self._open.abort()
            return False
        return True

    async def aclose(self) -> None:
        """Close the connection at once. TLS would wait for the server's word otherwise."""
        if self._open is not None:
            self._open.abort()


class Connection:
    """A session of aiohttp with at most one connection, in the shape of a transport of httpx.

    Args:
        context: What servers are verified with.
        proxy: The address of a proxy, or None.
        family: The family of addresses.
    """

    def __init__(self, context: ssl.SSLContext, proxy: str | None, family: socket.AddressFamily) -> None:
        self._connector = _Connector(context, family)
        self._proxy, self._proxy_headers = _without_credentials(proxy)
        self._session = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            middlewares=(_send_once,),
            max_line_size=defaults.MAX_HEAD_LINE_BYTES,
            max_field_size=defaults.MAX_HEAD_LINE_BYTES,
        )
        # Instrumentors add these to every session. They would report the URL, and with it a customer's number.
        self._session.trace_configs.clear()
        self._phases: Mapping[str, float | None] | None = None
        self._timeout = aiohttp.ClientTimeout()

    async def handle_async_request(self, message: Message) -> Answer:
        """Send a request, and return the head of its response."""
        trace = self._connector.trace = message.trace
        if message.timeout != self._phases:
            self._phases, self._timeout = message.timeout, _timeout(message.timeout)
        response = await self._session.request(
            message.method,
            message.url,
            headers=message.headers,
            data=message.content,
            skip_auto_headers=("Content-Type",) if message.content is None and message.method == "POST" else None,
            allow_redirects=False,
            proxy=self._proxy,
            proxy_headers=self._proxy_headers,
            timeout=self._timeout,
        )
        trace.note_answer()
        return Answer(
            response.status,
            _joined(response.headers),
            response.content.iter_any(),
            {},
            response,
        )

    async def aclose(self) -> None:
        """Close the connection."""
        await self._connector.aclose()
        await self._session.close()


def _without_credentials(proxy: str | None) -> tuple[URL | None, dict[str, str] | None]:
    """Return the address of a proxy, and the header of its credentials: aiohttp has Latin-1 only, and no colon."""
    url = None if proxy is None else URL(proxy)
    if url is None or (url.raw_user is None and url.raw_password is None):
        return url, None
    credentials = base64.b64encode(f"{url.user or ''}:{url.password or ''}".encode()).decode()
    return url.with_user(None), {"Proxy-Authorization": f"Basic {credentials}"}


def _is_of_handshake(error: BaseException) -> bool:
    return isinstance(error, aiohttp.ClientSSLError) or (
        isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.__cause__, ConnectionResetError)
    )


def _is_end_of_handshake(error: BaseException) -> bool:
    # asyncio tells so by an error without a number.
    cause = error.__cause__
    return _is_of_handshake(error) and isinstance(cause, ConnectionResetError) and cause.errno is None


async def _send_once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Send a request. aiohttp would send some a second time after the errors that this gives other names."""
    try:
        response = await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise DroppedError from error
    # aiohttp's parser in Python, for machines without the one in C, takes the first of several lengths.
    if response.status == _SWITCHING or len(response.headers.getall("Content-Length", ())) > 1:
        response.close()
        raise aiohttp.ClientPayloadError
    return response


class DroppedError(aiohttp.ClientError):
    """The connection ended before the head of a response."""


def _timeout(phases: Mapping[str, float | None]) -> aiohttp.ClientTimeout:
    connect, read = (None if phases.get(name) == inf else phases.get(name) for name in ("connect", "read"))
    # The first one holds for the name, the connection, a proxy and TLS together. aiohttp has none for writing.
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_read=read, ceil_threshold=inf)


def _joined(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    """Return headers by lower-case name, with a comma between the values of one that comes again."""
    found: dict[str, str] = {}
    for name, value in headers.items():
        lower = name.lower()
        text = value if value.isascii() else _encodable(value)
        found[lower] = f"{found[lower]}, {text}" if lower in found else text
    return found


def _encodable(value: str) -> str:
    # aiohttp marks bytes that are no UTF-8 by surrogates, which can't be encoded.
    return value.encode(errors="surrogateescape").decode(errors="replace")


class AiohttpLibrary(Library):
    """aiohttp, as Library has httpx."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What its transports raise."""
        return (aiohttp.ClientError,)

    @property
    def takes_socks(self) -> bool:
        """Whether it can use a SOCKS proxy."""
        return False

    def name_of(self, error: Exception) -> str:
        """Return httpx's name of a fault."""
        if isinstance(error, DroppedError):  # or the connection was damaged on the way
            damaged = error.__cause__ is not None and isinstance(error.__cause__.__cause__, ssl.SSLError)
            return "RemoteProtocolError" if damaged else "ReadError"
        return next((name for kind, name in _NAMES.items() if isinstance(error, kind)), type(error).__name__)

    def is_timeout_error(self, error: Exception) -> bool:
        """Tell whether a timeout ran out."""
        return isinstance(error, aiohttp.ServerTimeoutError)

    def new_request(
        self,
        method: str,
        url: str,
        headers: list[tuple[str, str]],
        content: bytes | None,
        *,
        timeout: dict[str, float | None],
        trace: RequestTrace,
    ) -> Message:
        """Return a request of this library."""
        return Message(method, URL(url, encoded=True), CIMultiDict(headers), content, timeout, trace)

    def request(self, request: Any, trace: RequestTrace) -> Message:
        """Return a request of this library that is the same as one of httpx, read before."""
        headers = [
            (name.decode("ascii"), value.decode("utf-8", "surrogateescape"))
            for name, value in request.headers.raw
            if name.lower() not in _FRAMING
        ]
        timeout = request.extensions.get("timeout", {})
        return self.new_request(
            request.method, str(request.url), headers, request.content or None, timeout=timeout, trace=trace
        )

    def transport(self, context: ssl.SSLContext, *, proxy: str | None, local_address: str | None) -> AsyncTransport:
        """Return a transport with at most one connection. See ``Library.transport``."""
        context.set_alpn_protocols(["http/1.1"])
        return Connection(context, proxy, _FAMILIES[local_address])


# The first one that fits.
_NAMES: Final[dict[type[Exception], str]] = {
    aiohttp.ConnectionTimeoutError: "ConnectTimeout",
    aiohttp.ServerTimeoutError: "ReadTimeout",
    aiohttp.ClientHttpProxyError: "ProxyError",
    aiohttp.ClientConnectorError: "ConnectError",
    aiohttp.ClientOSError: "ReadError",
    aiohttp.ClientConnectionResetError: "WriteError",
    aiohttp.ClientConnectionError: "ReadError",
    aiohttp.ClientPayloadError: "RemoteProtocolError",
    aiohttp.ClientResponseError: "RemoteProtocolError",
}

AIOHTTP: Final = AiohttpLibrary(aiohttp, "aiohttp")
