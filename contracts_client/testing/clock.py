"""The clock for tests: it stands still until a test lets time pass, and waits take no real time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from math import inf
from types import TracebackType
from typing import Final

from attrs import define, field

START: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""Default start of a clock. ``a_contract()`` can be consumed at that time."""

ROUNDS: Final = 50
"""How often the event loop has come round before it counts as idle: a whole exchange with the fake takes fewer."""


@define(eq=False)
class _Alarm:
    when: float
    ring: Callable[[], object]
    drives: bool = field(default=True)


class ManualClock:
    """A client's clock that is moved by hand, and jumps over what is slept.

    Time stands still while anything is done. When the client sleeps, before another attempt or in the queue of a rate
    limit, and nothing else is left to do, the clock jumps to the end of that sleep, or to a deadline that ends before
    it. So a minute of backoff takes no time, and a deadline that would have ended it ends it. A deadline alone makes
    no time pass: a request that is held waits until ``advance`` says so.

    Args:
        start: What time it is at first, as an aware datetime.
        jumps: Whether it jumps over sleeps by itself. Without, ``advance`` alone moves it.

    Attributes:
        jumps: As the argument; it may be changed at any time.
        slept: Seconds of each sleep that the client has begun, in order: its backoff.
    """

    def __init__(self, start: datetime = START, *, jumps: bool = True) -> None:
        if start.tzinfo is None:
            raise ValueError("start must be an aware datetime, such as datetime(2026, 6, 1, 12, tzinfo=UTC)")
        self.jumps = jumps
        self.slept: list[float] = []
        self._start = start
        self._passed = 0.0
        self._alarms: list[_Alarm] = []
        self._planned_on: asyncio.AbstractEventLoop | None = None

    def __repr__(self) -> str:
        return f"<ManualClock {self.now.isoformat()}>"

    @property
    def now(self) -> datetime:
        """What time it is, in UTC."""
        return (self._start + timedelta(seconds=self._passed)).astimezone(UTC)

    def monotonic(self) -> float:
        """Return the seconds that have passed since the start."""
        return self._passed

    def wall(self) -> float:
        """Return the time in seconds since 1970."""
        return self._start.timestamp() + self._passed

    async def sleep(self, seconds: float) -> None:
        """Wait until so much time has passed on this clock.

        Args:
            seconds: How long, from 0.
        """
        self.slept.append(seconds)
        await self.wait(seconds)

    async def wait(self, seconds: float) -> None:
        """Wait as ``sleep`` does, without a note in ``slept``: for what is not the client."""
        over = asyncio.Event()
        alarm = _Alarm(self._passed + seconds, over.set)
        if seconds < inf:
            self._set(alarm)
        try:
            await over.wait()
        finally:
            self._unset(alarm)

    def timeout_at(self, when: float) -> AbstractAsyncContextManager[object]:
        """Return a scope that ends in a TimeoutError once the clock has reached a moment.

        Args:
            when: The moment, in seconds of ``monotonic()``; infinity never comes.
        """
        return _Scope(self, when)

    async def advance(self, by: float | timedelta) -> None:
        """Let time pass: each sleep and each deadline within it ends in its turn, and has its effect.

        Args:
            by: How long: seconds or a timedelta, from 0.
        """
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        if seconds < 0:
            raise ValueError("time does not go back")
        end = self._passed + seconds
        await _idle()
        while any(alarm.when <= end for alarm in self._alarms):
            self._ring_next()
            await _idle()
        self._passed = max(self._passed, end)
        self._plan()

    def set_alarm(self, when: float, ring: Callable[[], object]) -> Callable[[], None]:
        """Have something called once the clock has reached a moment. It makes no time pass.

        Args:
            when: The moment, in seconds of ``monotonic()``.
            ring: What is called.

        Returns:
            What takes the alarm back.
        """
        alarm = _Alarm(when, ring, drives=False)
        self._set(alarm)
        return lambda: self._unset(alarm)

    def _set(self, alarm: _Alarm) -> None:
        self._alarms.append(alarm)
        if alarm.when <= self._passed:
            asyncio.get_running_loop().call_soon(self._ring_due)
        else:
            self._plan()

    def _unset(self, alarm: _Alarm) -> None:
        if alarm in self._alarms:
            self._alarms.remove(alarm)

    def _plan(self) -> None:
        loop = asyncio.get_running_loop()
        if self._planned_on is not loop and any(alarm.drives for alarm in self._alarms):
            self._planned_on = loop
            loop.call_soon(self._come_round, ROUNDS)

    def _come_round(self, rounds: int) -> None:
        if rounds:
            asyncio.get_running_loop().call_soon(self._come_round, rounds - 1)
            return
        self._planned_on = None
        if self.jumps and any(alarm.drives for alarm in self._alarms):
            self._ring_next()
            self._plan()

    def _ring_next(self) -> None:
        self._passed = max(self._passed, min(alarm.when for alarm in self._alarms))
        self._ring_due()

    def _ring_due(self) -> None:
        due = [alarm for alarm in self._alarms if alarm.when <= self._passed]
        for alarm in sorted(due, key=lambda alarm: alarm.when):
            self._unset(alarm)
            alarm.ring()


class _Scope:
    """What ``asyncio.timeout_at`` returns, on a clock of its own."""

    def __init__(self, clock: ManualClock, when: float) -> None:
        self._clock = clock
        self._when = when
        self._scope = asyncio.timeout(None)
        self._take_back: Callable[[], object] = _nothing

    async def __aenter__(self) -> asyncio.Timeout:
        await self._scope.__aenter__()
        if self._when < inf:
            now = asyncio.get_running_loop().time()
            self._take_back = self._clock.set_alarm(self._when, lambda: self._scope.reschedule(now))
        return self._scope

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._take_back()
        await self._scope.__aexit__(kind, error, trace)


def _nothing() -> None:
    """There is no alarm to take back."""


async def _idle() -> None:
    for _ in range(ROUNDS):
        await asyncio.sleep(0)
