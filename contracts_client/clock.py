"""The clock: the source of time of a client, which tests can replace."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager
from math import inf
from typing import Protocol, runtime_checkable


@runtime_checkable
class Clock(Protocol):
    """The source of time of a client: its waits and its measurements."""

    def monotonic(self) -> float:
        """Return seconds that never go back. Their start has no meaning."""
        ...

    def wall(self) -> float:
        """Return seconds since 1970, as the machine's clock has them. They may jump."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait.

        Args:
            seconds: How long, from 0.
        """
        ...

    def timeout_at(self, when: float) -> AbstractAsyncContextManager[object]:
        """Return a scope that ends in a TimeoutError at a moment, as ``asyncio.timeout_at`` does.

        Args:
            when: The moment, in seconds of ``monotonic()``; infinity never comes.
        """
        ...


class LoopClock:
    """The time of the running event loop, and of the machine."""

    def monotonic(self) -> float:
        """Return the event loop's time."""
        return asyncio.get_running_loop().time()

    def wall(self) -> float:
        """Return the machine's time."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Wait on the event loop."""
        await asyncio.sleep(seconds)

    def timeout_at(self, when: float) -> AbstractAsyncContextManager[object]:
        """Return the event loop's own scope."""
        return asyncio.timeout_at(None if when == inf else when)
