"""The life of a client: the event loop it belongs to, the calls under way, and what is said where it is forgotten."""

from __future__ import annotations

import asyncio
import warnings

from ..errors import ClientClosedError, ConfigurationError


def is_being_cancelled() -> bool:
    """Tell whether somebody cancels the running task. If not, a CancelledError in it comes from something it awaits."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


class Lifetime:
    """From a client's first use to its end.

    Args:
        name: What to call the client where it is forgotten.

    Attributes:
        is_closed: Whether its end has begun: calls under way may end, others are refused.
        is_open: Whether it has opened connections of its own.
    """

    def __init__(self, name: str = "client") -> None:
        self.is_closed = False
        self.is_open = False
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._calls: set[asyncio.Timeout] = set()
        self._last_gone: asyncio.Event | None = None

    def check_loop(self) -> None:
        """Move into the running event loop, or see that this is still the same one.

        Raises:
            ConfigurationError: It is another, or there is none.
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

    def begin(self) -> asyncio.Timeout:
        """Begin a call.

        Returns:
            The scope to run it in, which the end of the client ends in a TimeoutError, and no time does. It is to be
            handed to ``end`` afterwards.

        Raises:
            ClientClosedError: The client is closed.
            ConfigurationError: It belongs to another event loop, or none runs.
        """
        if self.is_closed:
            raise closed_error()
        self.check_loop()
        scope = asyncio.timeout(None)
        self._calls.add(scope)
        return scope

    def end(self, scope: asyncio.Timeout) -> None:
        """Take note that a call has ended."""
        self._calls.discard(scope)
        if self._last_gone is not None and not self._calls:
            self._last_gone.set()

    async def drain(self, seconds: float) -> None:
        """Wait until no call is under way, or some seconds have passed."""
        if self._calls:
            self._last_gone = asyncio.Event()
            try:
                async with asyncio.timeout(seconds):
                    await self._last_gone.wait()
            except TimeoutError:
                pass

    def end_calls(self) -> None:
        """End every call that is still under way. It learns of it when the event loop goes on."""
        now = asyncio.get_running_loop().time()
        for scope in self._calls:  # each of which has been entered, and not left: nothing is awaited in between
            scope.reschedule(now)

    def __del__(self) -> None:
        # Nothing but a word: this may run anywhere, even when the event loop is gone.
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
