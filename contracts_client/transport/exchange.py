"""One exchange over a transport: a request and its whole response, or several of a user's httpx.Auth."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterable, Callable
from contextlib import AbstractContextManager, aclosing, nullcontext
from math import inf
from typing import Any, Final, cast
from urllib.parse import quote, unquote

from ..clock import Clock
from ..headers import CLIENT_NAME, CORRELATION_ID, is_sendable, received
from ..openapi.operation import Response
from .body import BodyError, BodyReader
from .failures import Route, failure_of
from .interface import ExchangeError, RequestTrace, TransportRequest, UsedConnectionError
from .library import HTTPX, AsyncTransport, Auth, Library, library_of_auth, library_of_error, quiet
from .lifecycle import is_being_cancelled

_SUCCESS = range(200, 300)
_CODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_UNAUTHORIZED: Final = 401
_SERVER_ERRORS: Final = 500
_ALWAYS_SENT = frozenset({CLIENT_NAME, CORRELATION_ID})
# Statuses that a gateway in front of the API sends by itself, perhaps with a correlation id of its own.
_BY_GATEWAYS = frozenset({401, 429})
_MOST_CONNECTIONS: Final = 100  # that a transport of the user's keeps open; it is httpx's own bound
_SUPPRESS: Final = "suppress_http_instrumentation"
_LEAST: Final = 0.001
"""Seconds for a phase that has none left: 0 may mean no end to a transport."""


class Exchange:
    """How to exchange requests for responses with one server.

    Args:
        library: The library of the transports.
        base_url: The base URL of every request.
        max_bytes: Bytes of one response body.
        clock: The clock of the requests' deadlines.
        given: A transport of the user's for all requests, or None.
        route: How the server is reached, for errors.
    """

    def __init__(
        self,
        library: Library,
        base_url: str,
        *,
        max_bytes: int,
        clock: Clock,
        given: AsyncTransport | None,
        route: Route,
    ) -> None:
        self._library = library
        self._broken: tuple[type[Exception], ...] = (BodyError, ExchangeError, *library.errors)
        self._is_own = given is None
        self._is_users_pool = given is not None and library.is_pool(given)
        self._base_url = base_url
        self._max_bytes = max_bytes
        self._clock = clock
        self._route = route
        self._origin = _origin(HTTPX.new_request("GET", base_url, [], None, timeout={}, trace=RequestTrace()))

    async def run(self, transport: AsyncTransport, request: TransportRequest) -> Response | ExchangeError:
        """Return the response to a request, or the error of an exchange without one."""
        failure: ExchangeError
        try:
            with quiet():
                library = None if request.auth is None else library_of_auth(request.auth)
                if library is not None:
                    return await self._flow(transport, request, library)
                return await self._round_trip(transport, self._request(self._library, request), request)
        except asyncio.CancelledError:
            if is_being_cancelled():
                raise
            # The exchange was not cancelled, so its caller must not see a CancelledError.
            failure = ExchangeError(f"the connection failed (CancelledError at {self._route})", transient=False)
        except Exception as error:  # noqa: BLE001 # a transport or an httpx.Auth of the user's may raise anything
            library = library_of_error(error, self._library)
            failure = failure_of(
                error,
                library,
                request.trace,
                is_own=self._is_own,
                route=self._route,
                has_auth=request.auth is not None,
            )
        # What is certain of the last request, or of a transport's last try, says nothing about earlier ones.
        failure.never_sent &= not request.trace.executed
        # The variables of the frames that it came through hold the request and the body: drop them. httpx's error,
        # which holds them too, is not its context.
        return failure.with_traceback(None)

    async def _flow(self, transport: AsyncTransport, request: TransportRequest, library: Library) -> Response:
        """Make the exchanges of a user's Auth, which needs requests and responses of its own library."""
        message = self._request(library, request)
        host = message.headers["host"]
        flow = cast("Auth", request.auth).async_auth_flow(message)
        try:
            asked = await anext(flow)
            while True:
                _apply_header_policy(asked, host, request)
                if _origin(asked) != self._origin:
                    raise _elsewhere()
                await asked.aread()
                response = await self._round_trip(transport, self._library.request(asked, request.trace), request)
                request.trace.executed |= response.status != _UNAUTHORIZED
                # The body's coding is undone by now.
                headers = {name: value for name, value in response.headers.items() if name not in _CODED}
                try:
                    answer = library.new_response(response.status, headers, response.body, asked)
                    asked = await flow.asend(answer)
                except StopAsyncIteration:
                    return response
        finally:
            await flow.aclose()

    def _request(self, library: Library, request: TransportRequest) -> Any:
        if not request.path.startswith("/"):
            raise _elsewhere()
        query = "&".join([f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in request.query])
        return library.new_request(
            request.method,
            f"{self._base_url}{request.path}{'?' if query else ''}{query}",
            [*request.headers, ("Accept-Encoding", "gzip")],
            request.body,
            timeout=self._phases(request),
            trace=request.trace,
        )

    def _phases(self, request: TransportRequest) -> dict[str, float | None]:
        # No phase goes beyond the call's deadline, so that a transport of the user's ends by itself.
        left = max(_LEAST, request.deadline - self._clock.monotonic())
        return {
            name: left if seconds is None and left < inf else seconds if seconds is None else min(seconds, left)
            for name, seconds in request.timeout.as_dict().items()
        }

    async def _round_trip(self, transport: AsyncTransport, message: Any, request: TransportRequest) -> Response:
        trace = request.trace
        try:
            with _uninstrumented():
                if request.fresh:
                    answer = await self._ask_fresh(transport, message, request)
                else:
                    trace.begin(pooled=self._is_users_pool)
                    answer = await transport.handle_async_request(message)
            async with aclosing(answer):
                try:
                    return await self._take(answer, message, request)
                finally:
                    trace.busy = True  # while the response is closed, which closes a connection of the user's too
        finally:
            trace.busy = False

    async def _ask_fresh(self, transport: AsyncTransport, message: Any, request: TransportRequest) -> Any:
        # Each refused connection is closed, so that a transport of the user's soon has none left and makes a new one.
        refused = 0
        while True:
            request.trace.begin(fresh=True, pooled=self._is_users_pool)
            try:
                return await transport.handle_async_request(message)
            except UsedConnectionError:
                refused += 1
                if refused == _MOST_CONNECTIONS or request.trace.begun:
                    raise  # if it was sent already, the transport itself is sending it again

    async def _take(self, answer: Any, message: Any, request: TransportRequest) -> Response:
        headers = {(lower := name.lower()): received(lower, value) for name, value in answer.headers.items()}
        status: int = answer.status_code
        # A response that is left unread closes its connection, as it has to here.
        if request.trace.unasked:
            raise ExchangeError("the connection held a response that nobody had asked for", stale=True)
        if _is_someone_elses(status, headers, message):
            raise ExchangeError(
                "the response carries the correlation id of another request", unusable=True, transient=False
            )
        try:
            # The headers of a response to HEAD describe a body that does not come.
            body = await self._read_body(answer, {} if message.method == "HEAD" else headers)
        except self._broken:
            if status in _SUCCESS:
                raise
            body = b""  # the status of an error says enough without its body
        if "transfer-encoding" in headers and "content-length" in headers:
            await _close_connection(answer)  # with two lengths, the start of the next response is unknown
        return Response(status=status, headers=headers, body=body)

    async def _read_body(self, answer: Any, headers: dict[str, str]) -> bytes:
        reader = BodyReader(headers, self._max_bytes)
        # A transport for asyncio answers with an asynchronous stream, though its type allows for the other kind.
        async for chunk in cast("AsyncIterable[bytes]", answer.stream):
            reader.feed(chunk)
        return reader.finish()


def _uninstrumented() -> AbstractContextManager[object]:
    """Keep OpenTelemetry's instrumentors of HTTP libraries, if any is loaded, from making a span of a request.

    Its attributes would hold the URL, and with it a customer's number or reference. Its context would be sent instead
    of the context of the call's span.
    """
    utils = sys.modules.get("opentelemetry.instrumentation.utils")
    suppress: Callable[[], AbstractContextManager[object]] = getattr(utils, _SUPPRESS, nullcontext)
    return suppress()


async def _close_connection(answer: Any) -> None:
    stream = answer.extensions.get("network_stream")
    if stream is not None:
        await stream.aclose()


def _origin(message: Any) -> tuple[object, ...]:
    return (message.url.scheme, message.url.host, message.url.port, message.url.userinfo)


def _elsewhere() -> ExchangeError:
    return _unsendable("the request would have gone elsewhere than to the API (UnsupportedProtocol)")


def _unsendable(why: str) -> ExchangeError:
    return ExchangeError(why, never_sent=True, transient=False)


def _apply_header_policy(message: Any, host: str, request: TransportRequest) -> None:
    """Apply the header policy to a request that a user's httpx.Auth has made or changed, and check that it can be sent.

    Raises:
        ExchangeError: It must not be sent.
    """
    for name, value in request.headers:
        if name in _ALWAYS_SENT:
            message.headers[name] = value
    if message.headers.get("host") != host:
        raise _elsewhere()
    if not all(is_sendable(name, value) for name, value in message.headers.raw):
        raise _unsendable("the httpx.Auth set a header with a name or a value that can't be sent")


def _is_someone_elses(status: int, headers: dict[str, str], message: Any) -> bool:
    """Tell whether a response names another correlation id than its request: the API echoes it, perhaps URL-encoded."""
    echoed = headers.get(CORRELATION_ID.lower())
    sent = message.headers.get(CORRELATION_ID)
    if echoed is None or not echoed.strip(", \t"):
        return False  # an empty one says as little as none
    if sent is None or status >= _SERVER_ERRORS or status in _BY_GATEWAYS:
        return False
    # If the API and a gateway in front of it both echo it, the two make a list.
    found = {each.strip().lower() for each in (echoed, *echoed.split(","))}
    return sent.lower() not in found | set(map(str.lower, map(unquote, found)))
