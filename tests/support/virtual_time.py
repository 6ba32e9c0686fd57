"""Time that costs nothing: an event loop whose clock jumps to the next thing that is waited for, and clocks by hand."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from contracts_client.clock import LoopClock

T = TypeVar("T")

EPOCH = 1_700_000_000.0  # a moment in 2023


class _JumpingSelector(selectors.DefaultSelector):
    """Waits for nothing: what it would have waited is handed to the loop's clock."""

    waited = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if not events and timeout:
            self.waited += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that sleeps in no time. For code that does no real I/O."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.waited


class VirtualClock(LoopClock):
    """The clock of a client on a virtual loop: the machine's time goes along."""

    def wall(self) -> float:
        return EPOCH + self.monotonic()


def run_virtually(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on a virtual loop."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


class HandClock:
    """A clock that is moved by hand, and by sleeping, which takes no time. Its scopes never end."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.shift = 0.0  # of the machine's clock
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def wall(self) -> float:
        return EPOCH + self.now + self.shift

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    def timeout_at(self, when: float) -> AbstractAsyncContextManager[object]:  # the port's signature
        return asyncio.timeout(None)


class SkippingClock(LoopClock):
    """The event loop's clock, put forward by every sleep, which takes no time. For waits beside real I/O."""

    def __init__(self) -> None:
        self.skipped = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return super().monotonic() + self.skipped

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.skipped += seconds
        await asyncio.sleep(0)

    def timeout_at(self, when: float) -> AbstractAsyncContextManager[object]:
        return super().timeout_at(when - self.skipped)
