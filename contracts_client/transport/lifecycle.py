"""The lifetime of a client: its event loop, its calls under way, and the warning if it is not closed."""

from __future__ import annotations

import asyncio
import warnings
from contextlib import AbstractAsyncContextManager

from ..errors import ClientClosedError, ConfigurationError


def is_being_cancelled() -> bool:
    """Tell whether the running task is being cancelled. If not, a CancelledError in it comes from what it awaits."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Lifetime:
    """From a client's first use to its end.

    Args:
        name: The name of the client in the warning that it was not closed.

    Attributes:
        is_closed: Whether closing has begun: calls under way may end, others are refused.
        is_open: Whether it has opened connections of its own.
        has_ended_calls: Whether closing has ended the calls that were still under way.
    """

    def __init__(self, name: str = "client") -> None:
        self.is_closed = False
        self.is_open = False
        self.has_ended_calls = False
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._calls: set[asyncio.Timeout] = set()
        self._all_ended: asyncio.Event | None = None

    def check_loop(self) -> None:
        """Adopt the running event loop, or check that it is still the same one.

        Raises:
            ConfigurationError: It is another one, or none runs.
        """
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            running = None
        if running is None:
            raise ConfigurationError(
                "the client needs asyncio: await it within asyncio.run(), not under trio or by hand"
            )
        if self._loop is None:
            self._loop = running
        elif self._loop is not running:
            raise ConfigurationError(
                "the client was first used on another event loop, and belongs to it: make one client for each event "
                "loop, and so for each thread, and use and close it there"
            )

    def check_usable(self) -> None:
        """Check that a call can begin.

        Raises:
            ClientClosedError: The client is closed.
            ConfigurationError: It belongs to another event loop, or none runs.
        """
        if self.is_closed:
            raise closed_error()
        self.check_loop()

    def begin(self, deadline: AbstractAsyncContextManager[object] | None = None) -> asyncio.Timeout:
        """Begin a call. Check first that the client is usable.

        Args:
            deadline: The scope of the call's deadline, not entered yet.

        Returns:
            The scope to run it in, which ends in a TimeoutError when the client closes. It is that of the deadline if
            asyncio made that, and has no other end if not. Hand it to ``end`` afterwards.
        """
        scope = deadline if isinstance(deadline, asyncio.Timeout) else asyncio.timeout(None)
        self._calls.add(scope)
        return scope

    def end(self, scope: asyncio.Timeout) -> None:
        """Note that a call has ended."""
        self._calls.discard(scope)
        if self._all_ended is not None and not self._calls:
            self._all_ended.set()

    async def drain(self, seconds: float) -> None:
        """Wait until no call is under way, or some seconds have passed."""
        if self._calls:
            self._all_ended = asyncio.Event()
            try:
                async with asyncio.timeout(seconds):
                    await self._all_ended.wait()
            except TimeoutError:
                pass

    def end_calls(self) -> None:
        """End every call that is still under way, in the next cycle of the event loop."""
        self.has_ended_calls = True
        now = asyncio.get_running_loop().time()
        for scope in self._calls:  # each of them has been entered and not left, since nothing is awaited in between
            if not scope.expired():
                scope.reschedule(now)

    def __del__(self) -> None:
        # Only a warning: this may run anywhere, even when the event loop is closed.
        if self.is_open and not self.is_closed:
            warnings.warn(
                f"{self._name} was forgotten with connections open: use it inside 'async with', or await its aclose()",
                ResourceWarning,
                source=self,
                stacklevel=2,
            )


def closed_error() -> ClientClosedError:
    """Return the error of a client that is closed."""
    return ClientClosedError("the client is closed: use it inside 'async with', or before aclose()")
