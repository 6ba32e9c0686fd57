"""The queue of one operation: its requests that wait for a permit, in the order of their calls."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from heapq import heapify, heappop, heappush
from itertools import islice
from math import inf
from typing import Final

from attrs import field

from ..openapi.classes import define
from .gate import Gate, Permit

_PASSED_OVER: Final = 1000  # requests that have no time left, so that a long queue doesn't hold the event loop up
_LEFT_BEHIND: Final = 64  # deadlines of those who have left a queue, beyond as many as wait


@define(eq=False)
class Waiting:
    """A request in a queue.

    Attributes:
        queue: The queue that it waits in.
        operation: The operation of its call.
        number: The position of its call in the order of calls.
        refusals: How often its call was refused so far.
        ends_at: When its deadline ends.
        useful_until: A permit after this time would hardly leave time for the response.
        asleep_until: It can't use a permit before this time, since it waits for its gate to open.
        permit: Its permit, when it has one.
        too_late_at: When its gate opens, if that is after its deadline. It has left the queue then.
    """

    queue: Queue
    operation: str
    number: int
    refusals: int
    ends_at: float
    useful_until: float
    asleep_until: float = -inf
    permit: Permit | None = None
    too_late_at: float | None = None
    _notice: asyncio.Event = field(factory=asyncio.Event)

    def notify(self) -> None:
        """Wake it, so that it looks again at what it waits for."""
        self._notice.set()

    async def notice(self) -> None:
        """Wait until ``notify`` is called."""
        self._notice.clear()
        await self._notice.wait()


def by_number(waiting: Waiting) -> int:
    """Return a key that sorts the earliest call first."""
    return waiting.number


def precedence(waiting: Waiting, now: float, *, is_probing: bool) -> tuple[bool, int, float, int]:
    """Return a key that sorts the calls first that have time left.

    A probe is of a call that was refused the fewest times, and of the operation whose last refusal is the oldest.
    """
    refusals, refused_at = (waiting.refusals, waiting.queue.refused_at) if is_probing else (0, 0.0)
    return waiting.useful_until < now, refusals, refused_at, waiting.number


class Queue:
    """The requests of one operation that wait, in the order of their calls, and their gate.

    Attributes:
        gate: The gate that holds them back.
        waiting: The requests that wait.
        refused_at: When a request of the operation was last refused.
    """

    def __init__(self) -> None:
        self.gate = Gate()
        self.waiting: list[Waiting] = []
        self.refused_at = -inf
        # A heap: the deadlines of those who wait, and of some who have left. A refusal takes the earliest from it,
        # without a look at the others.
        self._deadlines: list[tuple[float, int, Waiting]] = []

    def ahead_of(self, number: int) -> int:
        """Return how many requests wait in front of a call."""
        return bisect_left(self.waiting, number, key=by_number)

    def add(self, waiting: Waiting) -> None:
        """Add a request behind those of earlier calls."""
        self.waiting.insert(self.ahead_of(waiting.number), waiting)
        if len(self._deadlines) > 2 * len(self.waiting) + _LEFT_BEHIND:
            self._deadlines = [_deadline(each) for each in self.waiting]
            heapify(self._deadlines)
        else:
            heappush(self._deadlines, _deadline(waiting))

    def remove(self, waiting: Waiting) -> None:
        """Remove a request. Idempotent."""
        index = self.ahead_of(waiting.number)
        if self.waiting[index : index + 1] == [waiting]:
            del self.waiting[index]
        if not self.waiting:
            self._deadlines.clear()

    def first(self, now: float, *, is_probing: bool) -> Waiting | None:
        """Return the request that the gate of the operation lets pass now, the first or a probe, or None."""
        if self.gate.probe is not None or self.gate.opens_at > now:
            return None
        if not (is_probing or self.gate.is_probing):
            in_time = (waiting for waiting in islice(self.waiting, _PASSED_OVER) if now <= waiting.useful_until)
            first = next(in_time, self.waiting[0])
            return first if first.asleep_until <= now else None
        least: Waiting | None = None
        for waiting in self.waiting:
            if waiting.asleep_until <= now and (
                least is None or precedence(waiting, now, is_probing=True) < precedence(least, now, is_probing=True)
            ):
                least = waiting
                if not least.refusals and now <= least.useful_until:
                    break
        return least

    def refuse_late(self, opens_at: float) -> None:
        """Remove and wake the requests whose deadlines end before the gate opens: their permits would be too late."""
        are_late = False
        while self._deadlines and self._deadlines[0][0] < opens_at:
            waiting = heappop(self._deadlines)[2]  # if it has left, this does nothing to it
            waiting.too_late_at = opens_at
            waiting.notify()
            are_late = True
        if are_late:
            self.waiting = [waiting for waiting in self.waiting if waiting.too_late_at is None]


def _deadline(waiting: Waiting) -> tuple[float, int, Waiting]:
    return waiting.ends_at, id(waiting), waiting  # the second one, so that no two are compared by the third
