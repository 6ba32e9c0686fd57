"""The barrier: a request waits until the test releases it, also across event loops and threads."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

from .exchange import Answer, Exchange

if TYPE_CHECKING:
    from ..records.recording import RecordedRequest

REACHED_WITHIN: Final = 5.0
"""Seconds, real ones, that a test waits for a request to be held."""


class Hold:
    """A request that waits until the test lets it go.

        hold = contracts_api.next("claim_personnel_ticket").is_held()
        sale = asyncio.create_task(sell())
        await hold.reached()        # the request is there
        ...                         # what happens meanwhile?
        hold.release()              # it is executed, and answered if its caller is still there

    The test may be in another thread than the client, as it is beside a synchronous test client.

    Attributes:
        request: The request that is held, or None before it is there.
    """

    def __init__(self) -> None:
        self.request: RecordedRequest | None = None
        self._reached = Signal()
        self._released = Signal()

    async def reached(self) -> RecordedRequest:
        """Wait until the request is there, and return it.

        Raises:
            AssertionError: None has come within 5 s, real ones.
        """
        try:
            await asyncio.wait_for(self._reached.wait(), REACHED_WITHIN)
        except TimeoutError:
            raise AssertionError(f"no request to hold has come within {REACHED_WITHIN:g} s") from None
        return cast("RecordedRequest", self.request)

    def release(self) -> None:
        """Let it go, and those that would have been held after it."""
        self._released.set()


class HeldRequest(Hold):
    """The side of a hold that a test does not see."""

    async def serve(self, exchange: Exchange) -> Answer:
        """Hold a request."""
        self.request = exchange.record
        self._reached.set()
        await self._released.wait()
        return await exchange.execute()


class Signal:
    """An event that can be waited for on one event loop and set on another, or on none."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_set = False
        self._waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def set(self) -> None:
        """Let all go on that wait, and those that come."""
        with self._lock:
            self._is_set = True
            waiting, self._waiting = self._waiting, []
        for loop, event in waiting:
            with suppress(RuntimeError):  # that loop has ended
                loop.call_soon_threadsafe(event.set)

    async def wait(self) -> None:
        """Wait until it is set."""
        event = asyncio.Event()
        with self._lock:
            if self._is_set:
                return
            self._waiting.append((asyncio.get_running_loop(), event))
        await event.wait()
