"""A token that all calls share: fetched once for all who wait, renewed ahead of its end, forgotten when refused."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from math import inf
from typing import Final, Self

from attrs import field, frozen

from .. import defaults
from ..clock import Clock
from ..errors import TokenError
from ..secret import Secret
from ..transport.lifecycle import closed_error, is_being_cancelled

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


@frozen
class Token:
    """A token and when it ends.

    Attributes:
        value: The token.
        renew_at: When to fetch the next one, on a monotonic clock.
        ends_at: When not to send it any more, on a monotonic clock.
        ends_at_wall: The same on the machine's clock, which goes on while a machine sleeps; the earlier one counts.
    """

    value: Secret = field(repr=False)
    renew_at: float
    ends_at: float
    ends_at_wall: float

    @classmethod
    def lasting(cls, value: Secret, seconds: float, clock: Clock) -> Self:
        """Return a token that is good for some time from now.

        Args:
            value: The token.
            seconds: For how long, from 0.
            clock: The time.
        """
        now = clock.monotonic()
        margin = min(defaults.TOKEN_RENEWAL_MARGIN, seconds / 2)
        return cls(value, renew_at=now + seconds - margin, ends_at=now + seconds, ends_at_wall=clock.wall() + seconds)

    def is_good(self, clock: Clock) -> bool:
        """Tell whether it may still be sent."""
        return clock.monotonic() < self.ends_at and clock.wall() < self.ends_at_wall


class TokenCache:
    """A source of tokens that keeps the one it has.

    Args:
        fetch: Brings a token, or the error of why there is none. One call of it is under way at the most.
        clock: The time.
    """

    def __init__(self, fetch: Callable[[], Awaitable[Token | TokenError]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._fetching: asyncio.Task[Token | TokenError] | None = None
        self._failure: TokenError | None = None
        self._failed_until = -inf
        self._failures = 0  # in a row
        self._warned_at = -inf
        self._rejections = 0  # in a row
        self._kept_until = -inf
        self._closed = False

    async def get(self) -> Secret:
        """Return a token that has not ended.

        However many callers wait, one is fetched. A caller that is cancelled does not take it from the others. A
        failure is shared too, and remembered for a moment, so that an outage is not met with a request a call.

        Raises:
            TokenError: There is none to be had.
            ClientClosedError: The client is closed.
        """
        if self._closed:
            raise closed_error()
        token = self._token if self._token is not None and self._token.is_good(self._clock) else None
        now = self._clock.monotonic()
        if token is not None and now < token.renew_at:
            return token.value
        if self._fetching is None or self._fetching.done():  # an eager task may be done as soon as it is made
            if self._failure is not None and now < self._failed_until:
                if token is not None:
                    return token.value
                raise self._shared(self._failure)
            self._fetching = asyncio.get_running_loop().create_task(self._run())
            self._fetching.add_done_callback(_take_note)
        if token is not None:
            return token.value  # nobody waits for the next one while this one is good, or fails with it
        outcome = await self._outcome(self._fetching)
        if isinstance(outcome, TokenError):
            raise self._shared(outcome)
        return outcome.value

    async def _outcome(self, fetching: asyncio.Task[Token | TokenError]) -> Token | TokenError:
        try:
            return await asyncio.shield(fetching)
        except asyncio.CancelledError:
            if not fetching.cancelled() or is_being_cancelled():
                raise
        # Nobody cancelled the caller, so it must not look as if somebody had.
        raise closed_error() if self._closed else TokenError("the request for a token was cancelled")

    async def aclose(self) -> None:
        """End the fetch that may be under way: nobody waits for it any more."""
        self._closed = True
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait({self._fetching}, timeout=defaults.DRAIN_TIMEOUT)  # some functions can't be hurried

    def reject(self, token: Secret) -> bool:
        """Forget a token that the API refused, unless another has taken its place already.

        Where the one in its place is refused too, it is kept for a moment, twice as long for each in a row: an API that
        refuses every token is not met with a token request a call.
        """
        if self._token is None or self._token.value is not token:
            return True
        now = self._clock.monotonic()
        if now < self._kept_until:
            return False
        if now >= self._kept_until + defaults.TOKEN_FAILURE_MEMORY_MAX:
            self._rejections = 0  # the last one was good for long enough
        self._kept_until = now + _memory(self._rejections)
        self._rejections += 1
        self._token = None
        return True

    def _shared(self, failure: TokenError) -> TokenError:
        # An error each: a shared one would collect the traceback of every caller.
        return TokenError(
            failure.message,
            status_code=failure.status_code,
            correlation_id=failure.correlation_id,
            retry_after=max(0.0, self._failed_until - self._clock.monotonic()),
        )

    async def _run(self) -> Token | TokenError:
        outcome = await self._fetch()
        if isinstance(outcome, Token):
            self._token, self._failure, self._failures = outcome, None, 0
        else:
            self._remember(outcome)
        return outcome

    def _remember(self, outcome: TokenError) -> None:
        now = self._clock.monotonic()
        self._failures += 1
        refused = outcome.status_code in defaults.TOKEN_REFUSALS
        asked = min(outcome.retry_after or 0.0, defaults.MAX_PAUSE)
        self._failure = outcome
        self._failed_until = now + max(_memory(_MANY if refused else self._failures - 1), asked)
        if (
            self._token is not None
            and self._token.is_good(self._clock)
            and now >= self._warned_at + defaults.TOKEN_WARNING_INTERVAL
        ):
            self._warned_at = now
            logger.warning(
                "the token can't be renewed, and ends in %.0f s: %s", self._token.ends_at - now, outcome.message
            )


def _take_note(task: asyncio.Task[Token | TokenError]) -> None:
    """Keep asyncio from complaining of an error that nobody waited for."""
    if not task.cancelled():
        task.exception()


def _memory(doublings: int) -> float:
    return min(defaults.TOKEN_FAILURE_MEMORY * 2.0 ** min(doublings, _MANY), defaults.TOKEN_FAILURE_MEMORY_MAX)


_MANY: Final = 10  # doublings, beyond which the memory has long reached its most
