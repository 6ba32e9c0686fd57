"""The requests of one operation that wait for a permit: in order, and quick at any length."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from math import inf

from attrs import define, field

from .gate import Gate, Permit


@define(eq=False)
class Waiting:
    """A request in a queue.

    Attributes:
        queue: Where it waits.
        operation: What its call is.
        number: The place of its call in the order of calls.
        refusals: Of its call, so far.
        give_up_at: When its deadline ends.
        asleep_until: It can't use a permit before, since it waits for its gate to open.
        permit: What it waits for.
        too_late_at: When its gate opens, if that is after its deadline. Then it has left the queue.
    """

    queue: Queue
    operation: str
    number: int
    refusals: int
    give_up_at: float
    asleep_until: float = -inf
    permit: Permit | None = None
    too_late_at: float | None = None
    _notice: asyncio.Event = field(factory=asyncio.Event)

    def notify(self) -> None:
        """Let it look again at what it waits for."""
        self._notice.set()

    async def notice(self) -> None:
        """Wait until ``notify`` is called."""
        self._notice.clear()
        await self._notice.wait()


def by_number(waiting: Waiting) -> int:
    """Return what puts the earliest call first."""
    return waiting.number


def by_refusals(waiting: Waiting) -> tuple[int, int]:
    """Return what puts the earliest of the calls first that were refused the fewest times."""
    return waiting.refusals, waiting.number


class Queue:
    """The requests of one operation that wait, in the order of their calls, and their gate.

    Attributes:
        gate: What holds them back.
        waiting: Those who wait.
        refused_at: When one was refused last.
    """

    def __init__(self) -> None:
        self.gate = Gate()
        self.waiting: list[Waiting] = []
        self.refused_at = -inf
        self._earliest = inf  # no deadline of those who wait ends before

    def ahead_of(self, number: int) -> int:
        """Return how many wait in front of a call."""
        return bisect_left(self.waiting, number, key=by_number)

    def add(self, waiting: Waiting) -> None:
        """Let a request wait behind those of earlier calls."""
        self.waiting.insert(self.ahead_of(waiting.number), waiting)
        self._earliest = min(self._earliest, waiting.give_up_at)

    def remove(self, waiting: Waiting) -> None:
        """Take a request out. Idempotent."""
        index = self.ahead_of(waiting.number)
        if self.waiting[index : index + 1] == [waiting]:
            del self.waiting[index]

    def first(self, now: float, *, is_probing: bool) -> Waiting | None:
        """Return who may go now, as far as the gate of its operation is concerned: the first, or a probe."""
        if self.gate.probe is not None or self.gate.opens_at > now:
            return None
        if not (is_probing or self.gate.is_probing):
            return self.waiting[0] if self.waiting[0].asleep_until <= now else None
        least: Waiting | None = None
        for waiting in self.waiting:
            if waiting.asleep_until <= now and (least is None or waiting.refusals < least.refusals):
                least = waiting
                if not least.refusals:
                    break
        return least

    def tell_late(self, opens_at: float) -> None:
        """Let those know whose deadlines end before the gate opens: it is certain that they will be too late."""
        if opens_at <= self._earliest:
            return
        kept = list[Waiting]()
        for waiting in self.waiting:
            if waiting.give_up_at < opens_at:
                waiting.too_late_at = opens_at
                waiting.notify()
            else:
                kept.append(waiting)
        self.waiting = kept
        self._earliest = min((waiting.give_up_at for waiting in kept), default=inf)
