"""The transport over httpx: most exchanges run in their caller's task, and some in a task that may outlive it."""

from __future__ import annotations

import asyncio
from math import inf
from typing import TypeAlias

from .. import defaults
from ..clock import Clock, LoopClock
from ..errors import ConfigurationError
from ..openapi.classes import define
from ..openapi.operation import Response
from .connections import Connections, close
from .exchange import Exchange
from .failures import failure_of
from .interface import ExchangeError, TransportRequest
from .library import TransportOptions
from .lifecycle import Lifetime, closed_error
from .network import LazyContext

_Outcome: TypeAlias = Response | ExchangeError | ConfigurationError


@define(eq=False)
class _Detached:
    """An exchange in a task of its own.

    Attributes:
        request: The request.
        cancelled: The error of the exchange if it is cancelled.
        timer: Cancels the exchange at its deadline if its caller was cancelled.
    """

    request: TransportRequest
    cancelled: ExchangeError
    timer: asyncio.TimerHandle | None = None


class HttpxTransport:
    """The transport over httpx, for one origin.

    A read runs in its caller's task, and ends with it. These run in a task of their own:

    - a request with ``on_late``: if it was sent, it goes on without its caller until its deadline;
    - any request to a transport of the user's, since some of these must not, or can't, be cancelled.

    Args:
        base_url: The base URL of every request.
        options: How to reach the server.
        max_concurrency: Most requests under way at once, which the caller ensures. Idle connections don't exceed it.
        max_bytes: Bytes of one response body.
        clock: The clock of the requests' deadlines.
        tls: The SSL context, if it is shared with other transports.
        life: The lifetime of the client, if it is shared with other transports.

    Raises:
        ConfigurationError: The server can't be reached in that way.
    """

    def __init__(
        self,
        base_url: str,
        options: TransportOptions,
        *,
        max_concurrency: int,
        max_bytes: int,
        clock: Clock | None = None,
        tls: LazyContext | None = None,
        life: Lifetime | None = None,
    ) -> None:
        self._clock = LoopClock() if clock is None else clock
        self._life = Lifetime() if life is None else life
        self._connections = Connections(base_url, options, limit=max_concurrency, clock=self._clock, tls=tls)
        self._given = self._connections.given
        self._exchange = Exchange(
            self._connections.library,
            base_url,
            max_bytes=max_bytes,
            clock=self._clock,
            given=self._given,
            route=self._connections.route,
        )
        self._scopes: set[asyncio.Timeout] = set()
        self._tasks: dict[asyncio.Task[_Outcome], _Detached] = {}
        self._closed = False
        self._closing: asyncio.Task[None] | None = None

    async def send(self, request: TransportRequest) -> Response:
        """Exchange a request for a response. See Transport."""
        if self._closed:
            raise closed_error()
        outcome: _Outcome
        scope = asyncio.timeout(None)
        self._scopes.add(scope)
        try:
            async with scope:
                if self._given is None and request.on_late is None:
                    outcome = await self._run(request)
                else:
                    outcome = await self._run_detached(request, scope)
        except TimeoutError:  # the scope's, which aclose() ends
            outcome = _closed_too_early()
        finally:
            self._scopes.discard(scope)
        if isinstance(outcome, Response):
            return outcome
        raise outcome

    async def _run(self, request: TransportRequest) -> _Outcome:
        """Make an exchange, and return its outcome. An error is returned too, since there may be no caller left."""
        trace, is_kept = request.trace, False
        if self._given is not None:
            try:
                return await self._exchange.run(self._given, request)
            finally:
                if trace.stream is not None:
                    await close(trace.stream.aclose())
        try:
            connection = await self._connections.take(fresh=request.fresh)
        except ConfigurationError as error:
            return error
        except OSError as error:  # no more files can be opened, for certificates or modules
            return failure_of(error, self._connections.library, trace, is_own=True, route=self._connections.route)
        self._life.is_open = True
        try:
            outcome = await self._exchange.run(connection.transport, request)
            is_kept = isinstance(outcome, Response) and not request.fresh
        finally:
            if is_kept:
                self._connections.give_back(connection, trace)
            else:
                self._connections.discard(connection, trace)
        return outcome

    async def _run_detached(self, request: TransportRequest, scope: asyncio.Timeout) -> _Outcome:
        detached = _Detached(request, _closed_too_early())
        task = asyncio.get_running_loop().create_task(self._run(request))
        self._tasks[task] = detached
        task.add_done_callback(self._ended)
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            if not scope.expired():  # aclose() ends the tasks by itself
                self._detach(task, detached)
            raise
        return _outcome_of(task, detached)

    def _detach(self, task: asyncio.Task[_Outcome], detached: _Detached) -> None:
        """Detach an exchange from a cancelled caller: it goes on if its outcome is reported, and ends otherwise."""
        request, trace = detached.request, detached.request.trace
        left = request.deadline - self._clock.monotonic()
        seconds = defaults.DEADLINE if left == inf else max(0.0, left)
        if request.on_late is not None and trace.seen:
            if task.done():
                request.on_late(_outcome_of(task, detached))
                return
            trace.detached = True
        else:
            trace.cancel()
            if self._given is None or not trace.busy:
                task.cancel()
                return
            seconds += defaults.CONNECT_TIMEOUT  # it ends by itself, so that a pool of the user's loses no connection
        detached.timer = asyncio.get_running_loop().call_later(seconds, self._time_out, task, detached)

    def _time_out(self, task: asyncio.Task[_Outcome], detached: _Detached) -> None:
        detached.cancelled = ExchangeError("the response did not come to its end in time", timed_out=True)
        task.cancel()

    def _ended(self, task: asyncio.Task[_Outcome]) -> None:
        detached = self._tasks.pop(task)
        if detached.timer is not None:
            detached.timer.cancel()
        if detached.request.trace.detached and detached.request.on_late is not None:
            detached.request.on_late(_outcome_of(task, detached))

    async def aclose(self, drain: float | None = None) -> None:
        """Wait a bounded time for requests that go on without their callers, then end all, and close every connection.

        Idempotent. It never raises what a transport of the user's raises.

        Args:
            drain: Seconds to wait, from 0; None for those of ``defaults``.

        Raises:
            ConfigurationError: The transport belongs to another event loop.
        """
        self._life.check_loop()
        self._closed = self._life.is_closed = True
        if self._closing is None:
            seconds = defaults.DRAIN_TIMEOUT if drain is None else drain
            self._closing = asyncio.get_running_loop().create_task(self._close(seconds))
        await asyncio.shield(self._closing)

    async def _close(self, seconds: float) -> None:
        try:
            going_on = [task for task, detached in self._tasks.items() if detached.request.trace.detached]
            if going_on:
                await asyncio.wait(going_on, timeout=seconds)
        finally:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            now = asyncio.get_running_loop().time()
            for (
                scope
            ) in self._scopes:  # each of them has been entered and not left, since nothing is awaited in between
                scope.reschedule(now)
            if tasks:
                await asyncio.wait(tasks, timeout=defaults.DRAIN_TIMEOUT)  # some transports ignore cancellation
            await self._connections.aclose()


def _outcome_of(task: asyncio.Task[_Outcome], detached: _Detached) -> _Outcome:
    return detached.cancelled if task.cancelled() else task.result()


def _closed_too_early() -> ExchangeError:
    return ExchangeError("the client was closed before the answer came", transient=False)
