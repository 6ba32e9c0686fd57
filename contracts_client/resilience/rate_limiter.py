"""The rate limiter of a client: it gives each request a permit, in the order of the calls.

A call that backs off by itself can't keep a limit that all calls share, since the others go on exceeding it. So a
refusal (429) closes a gate for every call of the operation, and for every call of the client once a second operation is
refused, until an operation that was not refused succeeds. One probe request then tries, and the others follow at a
spacing that is learned.

A call keeps its number, and so its position in the queue, for its next attempts. So that no call spends all of its
attempts on probes, the probe comes from a call that was refused the fewest times, and a call that was refused often
goes to the end.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from math import inf

from .. import defaults
from ..clock import Clock
from .gate import Gate, Permit
from .permit_queue import Queue, Waiting, precedence
from .rate_limits import LimitCount, RateLimits


class TooLongError(Exception):
    """The wait for a permit would outlast the deadline.

    Attributes:
        seconds: How long it would be.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class RateLimiter:
    """Gives the requests of a client their permits, and counts the slots of those under way.

    Args:
        clock: Its time.
        limits: Limits to keep from the start.
        random: Draws a number from 0 to 1.
        max_concurrency: Slots: requests under way at once. More wait in a queue, in which a refusal still stops them.
    """

    def __init__(self, clock: Clock, limits: RateLimits, random: Callable[[], float], *, max_concurrency: int) -> None:
        self._clock = clock
        self._limits = LimitCount(limits)
        self._random = random
        self._slots = max_concurrency
        self._numbers = count()
        self._queues: dict[str, Queue] = {}
        self._waiting = 0  # calls that are in a queue, or have just left one
        self._gate = Gate()  # of all operations
        self._shared_at = -inf  # when a response said that a limit is the token's
        self._apart_at = -inf  # when a success showed that the limits up to then are not the token's

    async def acquire(self, operation: str, ends_at: float, last: Permit | None = None) -> Permit:
        """Wait until a request may be sent.

        Args:
            operation: The operation of the call.
            ends_at: When the call's deadline ends.
            last: The last permit of the same call, if it had one: the call keeps its position in the queue.

        Returns:
            The permit. Hand it to ``refused`` or ``answered`` when the response is there, and to ``release`` always.

        Raises:
            TooLongError: It is certain that the permit would come too late.
        """
        refusals = 0 if last is None else last.refusals
        keeps_position = last is not None and refusals < defaults.REFUSALS_IN_FRONT
        number = last.number if last is not None and keeps_position else next(self._numbers)
        queue = self._queues.get(operation)
        if queue is None:
            queue = self._queues[operation] = Queue()
        now = self._clock.monotonic()
        if self._waiting:
            self._dispatch(now)
        if not queue.waiting and self._slots > 0:
            if self._gate.at_rest and queue.gate.at_rest and not self._limits.are_declared:
                self._slots -= 1
                self._gate.last = queue.gate.last = now
                return Permit(operation, number, now, refusals)
            if self._may_pass(queue, now):
                return self._admit(operation, number, refusals, now)
        useful_until = ends_at - min(defaults.USEFUL_TIME, (ends_at - now) * defaults.USEFUL_SHARE)
        waiting = Waiting(queue, operation, number, refusals, ends_at, useful_until)
        self._check_certain(waiting)
        queue.add(waiting)
        self._waiting += 1
        try:
            return await self._wait(waiting)
        except BaseException:
            if waiting.permit is not None:
                self.release(waiting.permit)
            raise
        finally:
            self._waiting -= 1
            queue.remove(waiting)
            self._notify()

    async def _wait(self, waiting: Waiting) -> Permit:
        queue = waiting.queue
        while True:
            # A clock may be a little early when a sleep ends; a second, tiny sleep might not move it at all.
            now = max(self._clock.monotonic(), waiting.asleep_until)
            self._dispatch(now)
            if waiting.permit is not None:
                return waiting.permit
            if waiting.too_late_at is not None:
                raise TooLongError(max(0.0, waiting.too_late_at - now))
            probe = self._gate.probe or queue.gate.probe
            if not self._slots or queue.waiting[0] is not waiting:
                await waiting.notice()
            elif probe is not None:
                await self._outcome_of(probe, waiting)
            else:
                self._check_certain(waiting)
                waiting.asleep_until = self._opens_at(queue, now)
                await self._clock.sleep(waiting.asleep_until - now)

    async def _outcome_of(self, probe: Permit, waiting: Waiting) -> None:
        try:
            async with self._clock.timeout_at(probe.started + defaults.PROBE_LIMIT):
                await waiting.notice()
        except TimeoutError:  # the next request is a probe too
            self._gate.ended(probe)
            waiting.queue.gate.ended(probe)

    def _opens_at(self, queue: Queue, now: float) -> float:
        return max(self._gate.opens_at, queue.gate.opens_at, self._limits.opens_at(now))

    def _may_pass(self, queue: Queue, now: float) -> bool:
        is_free = self._gate.probe is None and queue.gate.probe is None
        return is_free and self._opens_at(queue, now) <= now

    def _check_certain(self, waiting: Waiting) -> None:
        """Raise if the permit is certain to come too late, by a closed gate or declared limits, not by learned spacing.

        Raises:
            TooLongError: The deadline ends before.
        """
        now = self._clock.monotonic()
        opens_at = max(self._gate.closed_until, waiting.queue.gate.closed_until)
        if self._limits.are_declared:
            # Requests of other operations may be held back for longer than this one.
            queues = (queue for queue in self._queues.values() if queue is waiting.queue or not queue.gate.holds_back)
            ahead = sum(queue.ahead_of(waiting.number) for queue in queues)
            opens_at = max(opens_at, self._limits.opens_at(now, ahead))
        if opens_at > max(now, waiting.ends_at):
            raise TooLongError(opens_at - now)

    def _dispatch(self, now: float) -> None:
        """Give permits to the requests that may be sent now."""
        while self._slots:
            waiting = self._first(now)
            if waiting is None:
                break
            waiting.queue.remove(waiting)
            waiting.permit = self._admit(waiting.operation, waiting.number, waiting.refusals, now)
            waiting.notify()

    def _first(self, now: float) -> Waiting | None:
        queues = [queue for queue in self._queues.values() if queue.waiting]
        if not queues or self._gate.probe is not None:
            return None
        if max(self._gate.opens_at, self._limits.opens_at(now)) > now:
            return None
        is_probing = self._gate.is_probing
        firsts = [queue.first(now, is_probing=is_probing) for queue in queues]
        ready = [waiting for waiting in firsts if waiting is not None]
        return min(ready, key=partial(precedence, now=now, is_probing=is_probing), default=None)

    def _admit(self, operation: str, number: int, refusals: int, now: float) -> Permit:
        permit = Permit(operation, number, now, refusals)
        self._slots -= 1
        self._limits.add(now)
        self._gate.admit(permit)
        self._queues[operation].gate.admit(permit)
        return permit

    def _notify(self) -> None:
        """Wake the request that may be sent next, or else the first of each queue.

        It gets its permit one cycle of the event loop later, so that a refusal that arrives in the same cycle still
        stops it.
        """
        if not self._slots or not self._waiting:
            return
        waiting = self._first(self._clock.monotonic())
        if waiting is not None:
            waiting.notify()
            return
        for queue in self._queues.values():
            if queue.waiting:
                queue.waiting[0].notify()

    def pause(self, operation: str) -> float:
        """Return the fewest seconds for which the requests of an operation are held back."""
        closed_until = max(self._gate.closed_until, self._queues[operation].gate.closed_until)
        return max(0.0, closed_until - self._clock.monotonic())

    def close(self, seconds: float, operation: str | None = None) -> None:
        """Hold requests back, since a response says that a limit is used up.

        Args:
            seconds: How long, from 0.
            operation: The operation whose calls are held back, or None for all.
        """
        gate = self._gate if operation is None else self._queues[operation].gate
        gate.close(self._clock.monotonic(), seconds)
        self._refuse_late()

    def refused(
        self, permit: Permit, retry_after: float | None, *, is_tokens: bool = False, spacing: float = 0.0
    ) -> None:
        """Hold back the operation of a request that was answered with 429.

        Every operation is held back if another one was refused shortly before, or if the limit is the token's.

        Args:
            permit: The permit of the request.
            retry_after: Seconds that the server asks to wait, or None.
            is_tokens: Whether the response says that the limit is the token's.
            spacing: Seconds between two requests that the server lets pass, or 0 if it does not say.
        """
        now = self._clock.monotonic()
        queue = self._queues[permit.operation]
        permit.refusals += 1
        queue.refused_at = now
        if is_tokens:
            self._shared_at = now
        others = (other.refused_at for other in self._queues.values() if other is not queue)
        last = max((other for other in others if other > self._apart_at), default=-inf)
        is_shared = max(self._shared_at, last) >= now - defaults.SHARED_LIMIT_WINDOW
        gate = self._gate if is_shared else queue.gate
        gate.refused(permit, now, retry_after, spacing, self._random)
        self._refuse_late()

    def _refuse_late(self) -> None:
        for queue in self._queues.values():
            queue.refuse_late(max(self._gate.closed_until, queue.gate.closed_until))

    def answered(self, permit: Permit) -> None:
        """Note that a request was answered, and not with 429."""
        queue = self._queues[permit.operation]
        if self._gate.spacing:
            self._stop_sharing(permit, queue)
        self._gate.answered(permit)
        queue.gate.answered(permit)

    def _stop_sharing(self, permit: Permit, queue: Queue) -> None:
        """End the sharing if the success is of an operation that was not refused, and so has no part in the limit."""
        last = max(other.refused_at for other in self._queues.values())
        if permit.started <= last or max(queue.refused_at, self._shared_at) >= last - defaults.SHARED_LIMIT_WINDOW:
            return
        self._apart_at = last
        for other in self._queues.values():
            other.gate.inherit(self._gate.spacing)
        self._gate.spacing = 0.0

    def release(self, permit: Permit) -> None:
        """Give a permit back, and with it its slot, once its exchange has ended. Idempotent."""
        self._gate.ended(permit)
        self._queues[permit.operation].gate.ended(permit)
        if permit.has_slot:
            permit.has_slot = False
            self._slots += 1
        self._notify()
