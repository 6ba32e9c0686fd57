"""The token cache: one request fetches the token of all calls, and it is renewed early and dropped when refused."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from math import inf
from typing import Final, Self

from attrs import field

from .. import defaults
from ..clock import Clock
from ..errors import TokenError
from ..openapi.classes import frozen
from ..secret import Secret
from ..transport.lifecycle import closed_error, is_being_cancelled

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


REFUSALS: Final = frozenset({400, 401, 403})
"""Statuses with which the token endpoint refuses the credentials: asking again at once brings nothing."""


@frozen
class Token:
    """A token and when it ends.

    Attributes:
        value: The token.
        renew_at: When to fetch the next one, on a monotonic clock.
        ends_at: When it ends, on a monotonic clock.
        ends_at_wall: When it ends on the machine's clock, which goes on while a machine sleeps. The earlier end counts.
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
            seconds: How long, from 0.
            clock: The time.
        """
        now = clock.monotonic()
        margin = min(defaults.TOKEN_RENEWAL_MARGIN, seconds / 2)
        return cls(value, renew_at=now + seconds - margin, ends_at=now + seconds, ends_at_wall=clock.wall() + seconds)

    def is_good(self, clock: Clock) -> bool:
        """Tell whether it may still be sent."""
        return clock.monotonic() < self.ends_at and clock.wall() < self.ends_at_wall


class TokenCache:
    """A source of tokens that keeps the token that it has.

    Args:
        fetch: Returns a token, or the error of a fetch that failed. One fetch runs at a time.
        clock: The time.
    """

    def __init__(self, fetch: Callable[[], Awaitable[Token | TokenError]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._fetching: asyncio.Task[Token | TokenError] | None = None
        self._failure: TokenError | None = None  # of the last fetch
        self._failures = 0  # in a row
        self._fetch_after = -inf  # while calls wait for a token
        self._renew_after = -inf  # while the token is still good
        self._warned_at = -inf
        self._rejections = 0  # in a row
        self._kept_until = -inf
        self._closed = False

    async def get(self, deadline: float = inf, *, retry: bool = True) -> Secret:
        """Return a token that has not ended.

        One request serves all callers that wait. A failed one is repeated while their deadlines allow it. A cancelled
        caller does not take the token from the others.

        Args:
            deadline: When the caller stops waiting, on the clock.
            retry: Whether the caller waits for another request after a failed one.

        Raises:
            TokenError: There is no token.
            ClientClosedError: The client is closed.
        """
        token = None if self._closed else self._good_token()
        if token is None:
            last_moment = min(deadline, self._clock.monotonic() + defaults.DEADLINE)
            return await self._wait_for_token(last_moment, retry=retry)
        if self._clock.monotonic() >= max(token.renew_at, self._renew_after):
            self._start()
        return token.value

    async def _wait_for_token(self, deadline: float, *, retry: bool) -> Secret:
        while True:
            if self._closed:
                raise closed_error()  # a function of the user's is not called after its client was closed
            outcome: Token | TokenError | None = self._failure
            if outcome is None or self._is_fetching() or self._clock.monotonic() >= self._fetch_after:
                outcome = await self._outcome(self._start())
            if isinstance(outcome, Token):
                return outcome.value
            now = self._clock.monotonic()
            if not (retry and outcome.safe_to_retry) or self._fetch_after >= deadline:
                raise self._shared(outcome)
            await self._clock.sleep(max(0.0, self._fetch_after - now))
            token = self._good_token()
            if token is not None:
                return token.value

    def _good_token(self) -> Token | None:
        return self._token if self._token is not None and self._token.is_good(self._clock) else None

    def _is_fetching(self) -> bool:
        return self._fetching is not None and not self._fetching.done()

    def _start(self) -> asyncio.Task[Token | TokenError]:
        """Return the request that is under way, or a new one."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.get_running_loop().create_task(self._run())
            self._fetching.add_done_callback(_retrieve_error)
        return self._fetching

    async def _outcome(self, fetching: asyncio.Task[Token | TokenError]) -> Token | TokenError:
        try:
            return await asyncio.shield(fetching)
        except asyncio.CancelledError:
            if not fetching.cancelled() or is_being_cancelled():
                raise
        # The caller was not cancelled, so it must not see a CancelledError.
        raise closed_error() if self._closed else TokenError("the request for a token was cancelled")

    async def aclose(self) -> None:
        """Cancel the fetch that may be under way: nobody waits for it any more."""
        self._closed = True
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait({self._fetching}, timeout=defaults.DRAIN_TIMEOUT)  # some functions ignore cancellation

    def failure(self) -> TokenError | None:
        """Return why there is no token, or None if there is one or no request has failed yet."""
        return None if self._failure is None else self._shared(self._failure)

    def accept(self, token: Secret) -> None:
        """Note that the API accepted a token: what was rejected before it no longer counts."""
        if self._rejections and self._token is not None and self._token.value is token:
            self._rejections = 0
            self._kept_until = -inf

    def reject(self, token: Secret) -> bool:
        """Drop a token that the API refused, unless another one has replaced it.

        A new token that is refused before it was ever accepted is kept for a moment, twice as long after each in a row.
        So an API that refuses every token does not cause a token request for each call.
        """
        if self._token is None or self._token.value is not token:
            return True
        now = self._clock.monotonic()
        if now < self._kept_until:
            return False
        if now >= self._kept_until + defaults.TOKEN_FAILURE_MEMORY_MAX:
            self._rejections = 0  # the last token was good for long enough
        self._kept_until = now + _memory(self._rejections)
        self._rejections += 1
        self._token = None
        return True

    def _shared(self, failure: TokenError) -> TokenError:
        # Each caller gets its own error: a shared one would collect the traceback of every caller.
        return TokenError(
            failure.message,
            status_code=failure.status_code,
            correlation_id=failure.correlation_id,
            retry_after=max(0.0, self._fetch_after - self._clock.monotonic()),
            safe_to_retry=failure.safe_to_retry,
        )

    async def _run(self) -> Token | TokenError:
        outcome = await self._fetch()
        if isinstance(outcome, Token):
            self._token, self._failure, self._failures = outcome, None, 0
        else:
            self._remember(outcome)
        return outcome

    def _remember(self, failure: TokenError) -> None:
        now = self._clock.monotonic()
        refused = failure.status_code in REFUSALS
        asked = min(failure.retry_after or 0.0, defaults.MAX_PAUSE)
        memory = _memory(_MANY if refused else self._failures)
        pause = memory if refused else _retry_pause(self._failures)
        self._failures += 1
        self._failure = failure
        self._fetch_after = now + max(pause, asked)
        self._renew_after = now + max(memory, asked)
        if now >= self._warned_at + defaults.TOKEN_WARNING_INTERVAL:
            self._warned_at = now
            token = self._good_token()
            if token is not None:
                logger.warning(
                    "the token can't be renewed, and ends in %.0f s: %s", token.ends_at - now, failure.message
                )
            elif failure.safe_to_retry:
                logger.warning("calls wait for a token, and the request is retried: %s", failure.message)


def _retrieve_error(task: asyncio.Task[Token | TokenError]) -> None:
    """Retrieve the error of a task that nobody waits for, so that asyncio does not log it."""
    if not task.cancelled():
        task.exception()


def _retry_pause(failures: int) -> float:
    longest = min(defaults.TOKEN_RETRY_BASE * 2.0 ** min(failures, _MANY), defaults.TOKEN_RETRY_MAX)
    return longest * (1 + random.random()) / 2  # noqa: S311 # a random half, so that clients do not retry together


def _memory(doublings: int) -> float:
    return min(defaults.TOKEN_FAILURE_MEMORY * 2.0 ** min(doublings, _MANY), defaults.TOKEN_FAILURE_MEMORY_MAX)


_MANY: Final = 10  # doublings, beyond which the memory has long reached its maximum
