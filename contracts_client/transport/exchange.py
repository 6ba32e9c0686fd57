"""The port with httpx behind it: an exchange runs in a task of its own, with a gate in front.

Whoever waits for the task can be cancelled at any moment. The task itself goes on for a moment, and is then cancelled
where that costs nothing: while all that it waits for is the response, a transport or an httpx.Auth of the user's.
Elsewhere httpx's pool may lose a connection for good, so there it has the time that connecting and sending take.
"""

from __future__ import annotations

import asyncio
from math import inf

from attrs import define

from .. import defaults
from ..clock import Clock, LoopClock
from ..openapi.operation import Response
from .connections import Pool
from .conversation import Conversation
from .failures import failure_of
from .interface import TransportRequest
from .library import TransportOptions
from .lifecycle import Lifetime, closed_error, is_being_cancelled
from .network import LazyContext
from .trace import ExchangeError


@define(eq=False)
class _UnderWay:
    """An exchange that goes on, and what is known of its caller."""

    wire: TransportRequest
    timer: asyncio.TimerHandle | None = None
    patience_ends: float = inf
    steps_seen: int = -1  # of its progress, when it was looked at last
    given_up: bool = False
    abandoned: bool = False
    has_place: bool = True
    outcome: Response | BaseException | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether somebody wants to know what comes of it."""
        return not self.abandoned or (self.wire.on_late is not None and self.wire.progress.seen)


class HttpxTransport:
    """The port with httpx behind it, for one origin.

    Args:
        base_url: Every request goes below it.
        options: How to reach the server.
        max_concurrency: Exchanges under way at once; more wait for their turn, in order.
        max_bytes: Bytes of one response body.
        clock: What ``give_up_at`` of a request is measured by.
        tls: The SSL context, where it is shared with other exchangers.
        life: The life of the client, where it is shared with other exchangers.

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
        self._pool = Pool(base_url, options, connections=max_concurrency, tls=tls)
        self._conversation = Conversation(
            self._pool.library, base_url, max_bytes=max_bytes, clock=self._clock, pooled=self._pool.is_pooled
        )
        # Beside the places in the line of pace.py, which callers take and give back as they leave: these are taken by
        # exchanges, some of which outlast their callers. So the pool, whose own queue is not safe to wait in, has none.
        self._gate = asyncio.Semaphore(max_concurrency)
        self._tasks: dict[asyncio.Task[Response], _UnderWay] = {}
        self._closed = False
        self._closing: asyncio.Task[None] | None = None

    async def send(self, wire: TransportRequest) -> Response:
        """Exchange a request for a response. See Transport."""
        self._life.check_loop()
        await self._gate.acquire()
        if self._closed:
            self._gate.release()
            raise closed_error()
        # Nothing is awaited between acquire() and create_task(), so no place can be lost in between.
        self._life.is_open |= self._pool.is_own
        under_way = _UnderWay(wire)
        task = asyncio.get_running_loop().create_task(self._exchange(under_way))
        self._tasks[task] = under_way
        task.add_done_callback(lambda task: self._ended(task, under_way))
        self._watch(task, under_way, wire.give_up_at - self._clock.monotonic())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.cancelled() or is_being_cancelled():
                self._abandon(task, under_way)
                raise
        raise _closed_too_early()

    def _watch(self, task: asyncio.Task[Response], under_way: _UnderWay, seconds: float) -> None:
        """Give an exchange up some seconds from now."""
        if seconds < inf:
            seconds = max(0, seconds)
            under_way.patience_ends = asyncio.get_running_loop().time() + seconds + defaults.HANG_UP_LIMIT
            self._look_again(task, under_way, seconds + defaults.HANG_UP_GRACE)

    def _look_again(self, task: asyncio.Task[Response], under_way: _UnderWay, seconds: float) -> None:
        if under_way.timer is not None:
            under_way.timer.cancel()
        under_way.timer = asyncio.get_running_loop().call_later(seconds, self._give_up, task, under_way)

    def _give_up(self, task: asyncio.Task[Response], under_way: _UnderWay) -> None:
        if under_way.given_up:
            self._give_back(under_way)  # a transport of the user's that can't be cancelled
        elif under_way.wire.progress.cancellable or self._hangs(under_way):
            # Once is all that it takes: a second time could hit httpcore while it closes the connection.
            under_way.given_up = True
            task.cancel()
            self._look_again(task, under_way, defaults.HANG_UP_LIMIT)
        else:
            under_way.steps_seen = under_way.wire.progress.steps
            self._look_again(task, under_way, defaults.HANG_UP_GRACE)

    def _hangs(self, under_way: _UnderWay) -> bool:
        # On a busy event loop it may be slow, and it may be at a moment that costs httpx a connection.
        is_late = asyncio.get_running_loop().time() >= under_way.patience_ends
        return is_late and under_way.wire.progress.steps == under_way.steps_seen

    def _give_back(self, under_way: _UnderWay) -> None:
        if under_way.has_place:
            under_way.has_place = False
            self._gate.release()

    def _abandon(self, task: asyncio.Task[Response], under_way: _UnderWay) -> None:
        under_way.abandoned = True
        if under_way.wire.on_late is not None:
            # The exchange goes on, and with it the connecting: what its caller takes for unsent must stay unsent.
            under_way.wire.progress.recall()
        if under_way.outcome is not None:
            self._tell(under_way)
        elif not (under_way.is_wanted or under_way.given_up):
            self._watch(task, under_way, 0)
        elif under_way.timer is None:
            self._watch(task, under_way, defaults.DEADLINE)  # the call had no deadline, and now it has no caller

    def _ended(self, task: asyncio.Task[Response], under_way: _UnderWay) -> None:
        del self._tasks[task]
        self._give_back(under_way)
        if under_way.timer is not None:
            under_way.timer.cancel()
        if task.cancelled():
            under_way.outcome = _closed_too_early()
        else:
            under_way.outcome = task.exception() or task.result()
        if under_way.abandoned:
            self._tell(under_way)

    def _tell(self, under_way: _UnderWay) -> None:
        if under_way.wire.on_late is not None and under_way.outcome is not None and under_way.wire.progress.seen:
            under_way.wire.on_late(under_way.outcome)

    async def _exchange(self, under_way: _UnderWay) -> Response:
        wire = under_way.wire
        failure: ExchangeError
        async with self._pool.transport(fresh=wire.fresh) as transport:
            try:
                return await self._conversation.hold(transport, wire)
            except asyncio.CancelledError:
                await wire.progress.hang_up()
                if under_way.given_up:
                    failure = ExchangeError("the response did not come to its end in time", timed_out=True)
                elif is_being_cancelled():
                    raise
                else:  # nobody cancelled the exchange, so it must not look as if somebody had
                    failure = ExchangeError("the connection failed (CancelledError)", transient=False)
            except Exception as error:  # noqa: BLE001 # a transport or an httpx.Auth of the user's may raise anything
                failure = failure_of(error, self._pool.library, wire.progress, is_own=self._pool.is_own)
        # What is certain of the last request, or of the last try of a transport, says nothing of those before it.
        failure.never_sent &= not wire.progress.executed
        # Outside the except block, so that httpx's error, which holds the request, is not its context; and without the
        # frames that it came through, whose variables hold the request and the body.
        raise failure.with_traceback(None)

    async def aclose(self, drain: float | None = None) -> None:
        """Wait a bounded time for exchanges whose outcome somebody wants, then close every connection.

        Twice is as good as once. It does not fail, whatever a transport of the user's does.

        Args:
            drain: Seconds to wait, from 0; None for those of ``defaults``.

        Raises:
            ConfigurationError: The exchanger belongs to another event loop.
        """
        self._life.check_loop()
        self._closed = self._life.is_closed = True
        if self._closing is None:
            seconds = defaults.DRAIN_TIMEOUT if drain is None else drain
            self._closing = asyncio.get_running_loop().create_task(self._close(seconds))
        await asyncio.shield(self._closing)

    async def _close(self, seconds: float) -> None:
        try:
            wanted = {task for task, under_way in self._tasks.items() if under_way.is_wanted}
            if wanted:
                await asyncio.wait(wanted, timeout=seconds)
        finally:
            late = list(self._tasks)
            for task in late:
                task.cancel()  # the pool goes with them
            if late:
                await asyncio.wait(late, timeout=defaults.DRAIN_TIMEOUT)  # some transports can't be hurried
            await self._pool.aclose()


def _closed_too_early() -> ExchangeError:
    return ExchangeError("the client was closed before the answer came", transient=False)
