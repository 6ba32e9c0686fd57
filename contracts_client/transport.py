"""The port to the network, and httpx behind it. No other module of the package imports httpx.

An exchange runs in a task of its own that is never cancelled while its pool lives, since cancelling httpx's pool loses
connections for good. Whoever waits for it can be cancelled at any moment: the exchange then ends by its own timeouts
and only then gives its place back.
"""

from __future__ import annotations

import asyncio
import importlib.util
import ssl
import urllib.request
from collections.abc import AsyncIterable, Callable, Mapping
from math import inf
from typing import Protocol, TypeAlias, cast
from urllib.parse import quote, urlencode, urlsplit

import httpx
from attrs import field, frozen

from . import defaults
from ._generated.client import Response
from .body import BodyError, BodyReader
from .environment import is_loopback
from .errors import ClientClosedError, ConfigurationError
from .port import ExchangeError, Progress

Auth: TypeAlias = httpx.Auth
Timeout: TypeAlias = httpx.Timeout
AsyncTransport: TypeAlias = httpx.AsyncBaseTransport

DEFAULT_TIMEOUT = httpx.Timeout(
    connect=defaults.CONNECT_TIMEOUT,
    read=defaults.READ_TIMEOUT,
    write=defaults.WRITE_TIMEOUT,
    pool=defaults.CONNECT_TIMEOUT,
)

_SUCCESS = range(200, 300)
_CODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)


@frozen(kw_only=True)
class Wire:
    """One request, complete but for what a user's httpx.Auth may add. Its repr shows no value.

    Attributes:
        method: The HTTP method.
        path: The quoted path below the base URL.
        query: Names and values, not quoted yet.
        headers: Names and values.
        body: The body, or None.
        timeout: Seconds for each phase of the exchange.
        give_up_at: When, on the exchanger's clock, not to wait for more of the response.
        auth: A user's httpx.Auth, or None.
        progress: Kept up to date while the exchange goes on.
        fresh: Whether to use a new connection: a server may close an idle one just as it is used again.
        on_late: Called with what came of the exchange where its caller was cancelled before.
    """

    method: str
    path: str = field(repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)
    timeout: Timeout
    give_up_at: float
    auth: Auth | None = field(default=None, repr=False)
    progress: Progress = field(factory=Progress, repr=False)
    fresh: bool = False
    on_late: Callable[[Response | BaseException], None] | None = field(default=None, repr=False)


class Exchanger(Protocol):
    """The port: sends a request to one server, and reads the whole response."""

    async def send(self, wire: Wire) -> Response:
        """Exchange a request for a response, whatever its status.

        Raises:
            ExchangeError: There is no whole response.
            ClientClosedError: The exchanger is closed.
        """
        ...

    async def aclose(self) -> None:
        """Wait a bounded time for exchanges under way, then close every connection."""
        ...


@frozen(kw_only=True)
class TransportOptions:
    """How to reach a server.

    Attributes:
        transport: A transport of the user's, or None for httpx's own.
        ssl_context: A context of the user's, or None for one with the usual authorities.
        trust_env: Whether proxy variables and SSL_CERT_FILE of the environment count.
        closes_transport: Whether a transport of the user's is closed along with the exchanger.
    """

    transport: AsyncTransport | None = None
    ssl_context: ssl.SSLContext | None = None
    trust_env: bool = True
    closes_transport: bool = True


class HttpxExchanger:
    """The port with httpx behind it, for one origin.

    Args:
        base_url: Every request goes below it.
        options: How to reach the server.
        max_concurrency: Exchanges under way at once; more wait for their turn, in order.
        max_bytes: Bytes of one response body.
    """

    def __init__(self, base_url: str, options: TransportOptions, *, max_concurrency: int, max_bytes: int) -> None:
        self._base_url = base_url
        self._options = options
        self._max_concurrency = max_concurrency
        self._max_bytes = max_bytes
        self._gate = asyncio.Semaphore(max_concurrency)
        self._tasks: set[asyncio.Task[Response]] = set()
        self._transport = options.transport
        self._proxy = environment_proxy(base_url) if options.trust_env and options.transport is None else None
        self._opening = asyncio.Lock()
        self._closed = False
        self._closing: asyncio.Task[None] | None = None

    async def send(self, wire: Wire) -> Response:
        """Exchange a request for a response. See Exchanger."""
        await self._gate.acquire()
        if self._closed:
            self._gate.release()
            raise ClientClosedError("the client is closed")
        # Nothing is awaited between acquire() and create_task(), so no place can be lost in between.
        task = asyncio.get_running_loop().create_task(self._exchange(wire))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if not task.cancelled() or (waiting is not None and waiting.cancelling()):
                raise
        raise ExchangeError("the client was closed before the answer came", transient=False)

    def _ended(self, task: asyncio.Task[Response]) -> None:
        self._tasks.discard(task)
        self._gate.release()
        if not task.cancelled():
            task.exception()  # whoever waited has it, or has gone: then it is nobody's

    async def _exchange(self, wire: Wire) -> Response:
        transport = self._transport or await self._open()
        try:
            return await self._converse(transport, self._request(wire), wire)
        except (BodyError, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            failure = _failure(error)
        except Exception as error:  # noqa: BLE001 # a transport or an httpx.Auth of the user's may raise anything
            failure = ExchangeError(f"the connection failed ({type(error).__name__})")
        raise failure  # outside the except block, so that httpx's error, which holds the request, is not its context

    def _request(self, wire: Wire) -> httpx.Request:
        query = urlencode(wire.query, quote_via=quote, safe="")
        return httpx.Request(
            wire.method,
            f"{self._base_url}{wire.path}{'?' if query else ''}{query}",
            headers=[*wire.headers, ("Accept-Encoding", "gzip")],
            content=wire.body,
            extensions={"timeout": self._phases(wire), "trace": wire.progress.trace},
        )

    def _phases(self, wire: Wire) -> dict[str, float | None]:
        # No phase outlasts the call's deadline, so that a call that was given up gives its place back.
        left = max(0.001, wire.give_up_at - asyncio.get_running_loop().time())
        return {
            name: left if seconds is None and left < inf else seconds if seconds is None else min(seconds, left)
            for name, seconds in wire.timeout.as_dict().items()
        }

    async def _converse(self, transport: AsyncTransport, request: httpx.Request, wire: Wire) -> Response:
        if wire.auth is None:
            return await self._round_trip(transport, request, wire)
        flow = wire.auth.async_auth_flow(request)
        try:
            asked = await anext(flow)
            while True:
                self._check_origin(asked, request)
                response = await self._round_trip(transport, asked, wire)
                try:
                    asked = await flow.asend(
                        httpx.Response(
                            response.status,
                            # The body's coding is undone by now.
                            headers={n: v for n, v in response.headers.items() if n not in _CODED},
                            content=response.body,
                            request=asked,
                        )
                    )
                except StopAsyncIteration:
                    return response
        finally:
            await flow.aclose()

    def _check_origin(self, asked: httpx.Request, first: httpx.Request) -> None:
        origins = [(url.scheme, url.host, url.port) for url in (asked.url, first.url)]
        if origins[0] != origins[1]:
            raise httpx.UnsupportedProtocol("the httpx.Auth asks for another origin than the API's")

    async def _round_trip(self, transport: AsyncTransport, request: httpx.Request, wire: Wire) -> Response:
        wire.progress.sent = True  # a transport that reports nothing is taken to have sent
        answer = await transport.handle_async_request(request)
        try:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            status = answer.status_code
            try:
                body = await self._read_body(answer, headers, wire)
            except (BodyError, httpx.HTTPError):
                if status in _SUCCESS:
                    raise
                body = b""  # the status of an error says enough, whatever its body is
            return Response(status=status, headers=headers, body=body)
        finally:
            await answer.aclose()

    async def _read_body(self, answer: httpx.Response, headers: dict[str, str], wire: Wire) -> bytes:
        reader = BodyReader(headers, self._max_bytes)
        now = asyncio.get_running_loop().time
        # A transport for asyncio answers with an asynchronous stream, though its type allows for the other kind.
        async for chunk in cast("AsyncIterable[bytes]", answer.stream):
            reader.feed(chunk)
            if now() > wire.give_up_at:
                raise httpx.ReadTimeout("the body came too slowly")
        return reader.finish()

    async def _open(self) -> AsyncTransport:
        async with self._opening:
            if self._transport is None:
                self._transport = await self._default_transport()
            return self._transport

    async def _default_transport(self) -> AsyncTransport:
        options = self._options
        context = options.ssl_context
        if context is None and urlsplit(self._base_url).scheme == "http":
            context = ssl.SSLContext(
                ssl.PROTOCOL_TLS_CLIENT
            )  # plain http has no use for it; if it had, it would verify
        if context is None:
            # Tens of milliseconds of reading certificates: not on the loop.
            context = await asyncio.to_thread(default_ssl_context, trust_env=options.trust_env)
        return httpx.AsyncHTTPTransport(
            verify=context,
            trust_env=False,
            http2=False,
            proxy=self._proxy,
            limits=httpx.Limits(
                max_connections=self._max_concurrency,
                max_keepalive_connections=self._max_concurrency,
                keepalive_expiry=defaults.KEEPALIVE_EXPIRY,
            ),
        )

    async def aclose(self) -> None:
        """Wait a bounded time for exchanges under way, then close every connection; twice is as good as once."""
        if self._closing is None:
            self._closed = True
            self._closing = asyncio.get_running_loop().create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=defaults.DRAIN_TIMEOUT)
            for task in late:
                task.cancel()  # the pool goes with them
            await asyncio.gather(*late, return_exceptions=True)
        if self._transport is not None and (self._options.transport is None or self._options.closes_transport):
            await self._transport.aclose()


def default_ssl_context(*, trust_env: bool) -> ssl.SSLContext:
    """Return a context that checks host names against the usual authorities. It logs no keys, whatever the environment.

    Raises:
        ConfigurationError: SSL_CERT_FILE or SSL_CERT_DIR of the environment names nothing that can be read.
    """
    try:
        context = httpx.create_ssl_context(trust_env=trust_env)
    except OSError:
        context = None
    if context is None:
        raise ConfigurationError(
            "no certificate authorities: SSL_CERT_FILE or SSL_CERT_DIR names nothing that can be read; "
            "mend it, pass ssl_context, or ignore the environment with trust_env=False"
        )
    context.keylog_filename = None  # type: ignore[assignment] # None is how it is turned off
    return context


def environment_proxy(url: str) -> httpx.Proxy | None:
    """Return the proxy that the environment names for a URL, or None. Loopback addresses need none.

    Raises:
        ConfigurationError: It names one that can't be used.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    proxies: Mapping[str, str] = urllib.request.getproxies()
    address = proxies.get(parts.scheme) or proxies.get("all")
    if not address:
        return None
    if address.startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise ConfigurationError(
            "the environment names a SOCKS proxy, which needs httpx[socks]; or pass trust_env=False"
        )
    try:
        return httpx.Proxy(address if "://" in address else f"http://{address}")
    except (ValueError, httpx.InvalidURL):
        pass  # its message holds the address, which may hold a password
    raise ConfigurationError("the environment names a proxy that is no proxy's URL; mend it, or pass trust_env=False")


def checked_timeout(value: object, refuse: Callable[[str], Exception]) -> tuple[Timeout, float | None]:
    """Return the timeouts of the phases of an attempt, and the seconds for all of it where a number was given.

    Args:
        value: A httpx.Timeout, or a positive number of seconds.
        refuse: Makes the error to raise of the rule that is broken.
    """
    if isinstance(value, httpx.Timeout):
        return value, None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= defaults.MAX_SECONDS:
        return httpx.Timeout(float(value)), float(value)
    raise refuse("must be an httpx.Timeout or a positive number of seconds")


def _failure(error: BodyError | httpx.HTTPError | httpx.InvalidURL | httpx.StreamError) -> ExchangeError:
    """Say what happened, without a word of httpx's own: its messages may quote what was sent."""
    if isinstance(error, BodyError):
        return ExchangeError(str(error), unusable=not error.truncated, transient=error.truncated)
    if isinstance(error, httpx.ConnectError) and _is_certificate_problem(error):
        return ExchangeError(
            "the server's TLS certificate or protocol was not accepted; for an authority of your own pass ssl_context, "
            "or name its file in SSL_CERT_FILE",
            never_sent=True,
            transient=False,
        )
    never_sent = isinstance(error, _NEVER_SENT)
    kinds: dict[type[Exception], str] = {
        httpx.ConnectError: "the server can't be reached",
        httpx.ConnectTimeout: "the server did not accept a connection in time",
        httpx.PoolTimeout: "no connection was free in time",
        httpx.WriteTimeout: "the server did not take the request in time",
        httpx.ReadTimeout: "the server did not answer in time",
        httpx.ProxyError: "the proxy refused",
        httpx.UnsupportedProtocol: "the request would have gone elsewhere than to the API",
    }
    what = kinds.get(type(error), "the connection broke before the whole response was there")
    return ExchangeError(
        f"{what} ({type(error).__name__})",
        never_sent=never_sent,
        timed_out=isinstance(error, httpx.TimeoutException),
        transient=not isinstance(error, httpx.UnsupportedProtocol),
    )


def _is_certificate_problem(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
