"""An event loop for real sockets that skips each wait in which nothing can happen.

Client and server of a test are both on this loop and talk over loopback: the kernel has delivered what was sent before
anything waits. A wait that nothing ends within a moment is a wait for a timer alone, and the clock jumps to that timer.
The loop waits as any other does while a thread works for it, or while there is a thread that a test has started.
"""

from __future__ import annotations

import asyncio
import selectors
import threading
from collections.abc import Callable
from typing import Any

MOMENT = 0.002  # seconds that the kernel is given, although it needs none
POOL = "asyncio_"  # what the names of the loop's own threads begin with; they stay when they have nothing to do


class _SkippingSelector(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0
        self.threads = 0  # that work for the loop
        self._strangers = set(threading.enumerate())  # those of pytest

    def has_help(self) -> bool:
        """Tell whether something may happen that the loop does not do itself."""
        if self.threads or threading.active_count() <= len(self._strangers):
            return bool(self.threads)
        return any(not each.name.startswith(POOL) for each in set(threading.enumerate()) - self._strangers)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= MOMENT or self.has_help():
            return super().select(timeout)
        events = super().select(MOMENT)
        if not events and not self.has_help():
            self.skipped += timeout - MOMENT
        return events


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop on which timeouts over real sockets take no time."""

    def __init__(self) -> None:
        self._skipping = _SkippingSelector()
        super().__init__(self._skipping)

    def time(self) -> float:
        return super().time() + self._skipping.skipped

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        future = super().run_in_executor(executor, func, *args)
        self._skipping.threads += 1
        future.add_done_callback(self._thread_ended)
        return future

    def _thread_ended(self, _: asyncio.Future[Any]) -> None:
        self._skipping.threads -= 1
