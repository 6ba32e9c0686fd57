"""The pace of a client: one line that every request passes, closed for all by a 429, opened again one by one.

A call that backs off by itself can't survive a limit that all calls share: the others keep it exceeded. So a refusal
holds the whole client back, a single request then tries, and the spacing between requests is learned: half as much
again after a refusal, a hundredth less after a success.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import inf
from typing import Final

from attrs import Attribute, define, field, frozen

from . import defaults
from .clock import Clock
from .errors import ConfigurationError

_MINUTE: Final = 60.0
_JITTER: Final = 0.05  # of a Retry-After: clients that were refused together don't come back together
_MANY: Final = 10  # doublings of a pause, beyond which it has long reached its most


def _per_minute(_: object, attribute: Attribute[int | None], value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise ConfigurationError(f"{attribute.name} must be an integer from 1, or None")


def _spacing(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _MINUTE:
        raise ConfigurationError(f"{attribute.name} must be a number of seconds from 0 to 60")


@frozen(kw_only=True)
class RateLimits:
    """Limits that the provider has told you, so that the client never meets them.

    Args:
        per_minute: Requests in a minute at the most, from 1. The minute starts with its first request.
        spacing: Seconds between two requests at the least, from 0 to 60.

    Raises:
        ConfigurationError: An argument is out of its range.
    """

    per_minute: int | None = field(default=None, validator=_per_minute)
    spacing: float = field(default=0.0, validator=_spacing)


class TooLongError(Exception):
    """The wait for a turn would outlast the deadline.

    Attributes:
        seconds: How long it would be.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@define(eq=False)
class Turn:
    """A request's turn, from when it may be sent until its outcome is known.

    Attributes:
        started: When it may be sent.
        is_over: Whether its outcome is known.
    """

    started: float
    is_over: bool = False


class Pacer:
    """Lets the requests of a client pass, in the order in which they came.

    Args:
        clock: Its time.
        limits: Limits to keep from the start.
        random: Draws a number from 0 to 1.
        max_concurrency: Requests under way at once. More wait in the line, where a refusal of another still stops them.
    """

    def __init__(self, clock: Clock, limits: RateLimits, random: Callable[[], float], *, max_concurrency: int) -> None:
        self._clock = clock
        self._limits = limits
        self._random = random
        self._line = asyncio.Lock()
        self._places = asyncio.Semaphore(max_concurrency)
        self._waiting = 0
        self._closed_until = -inf
        self._last = -inf
        self._learned = 0.0
        self._learned_at = -inf
        self._refusals = 0  # in a row
        self._cautious = False  # the next request goes alone
        self._alone: Turn | None = None  # it is under way, and the others wait for its outcome
        self._over = asyncio.Event()  # its outcome is known
        self._minute = -inf
        self._in_minute = 0

    @property
    def spacing(self) -> float:
        """Seconds between two requests, as far as they are known by now."""
        return max(self._limits.spacing, self._learned)

    async def turn(self, give_up_at: float) -> Turn:
        """Wait until a request may be sent.

        Args:
            give_up_at: When waiting has no sense any more.

        Returns:
            The turn, to be handed to one of the methods below, whatever comes of it.

        Raises:
            TooLongError: It would be too late. Raised at once.
        """
        self._check(self._forecast(), give_up_at)
        self._waiting += 1
        try:
            # The place first: where several come free at once, all who wait for them go on at once. The lock lets one
            # pass in each turn of the event loop.
            await self._places.acquire()
            try:
                async with self._line:
                    await self._open(give_up_at)
                    return self._start()
            except BaseException:
                self._places.release()
                raise
        finally:
            self._waiting -= 1

    async def _open(self, give_up_at: float) -> None:
        while True:
            if self._alone is not None:
                await self._over.wait()
            seconds = self._missing()
            if seconds <= 0:
                return
            self._check(seconds, give_up_at)
            await self._clock.sleep(seconds)

    def pause(self) -> float:
        """Return for how many seconds the line stays closed."""
        return max(0.0, self._closed_until - self._clock.monotonic())

    def _check(self, seconds: float, give_up_at: float) -> None:
        if seconds > 0 and self._clock.monotonic() + seconds > give_up_at:
            raise TooLongError(seconds)

    def _missing(self) -> float:
        now = self._clock.monotonic()
        seconds = max(self._closed_until - now, self._last + self.spacing - now)
        limit = self._limits.per_minute
        if limit is not None and self._in_minute >= limit:
            seconds = max(seconds, self._minute + _MINUTE - now)
        return seconds

    def _forecast(self) -> float:
        """Return how long the next one in the line will wait, as far as it can be known."""
        seconds = max(0.0, self._missing()) + self._waiting * self.spacing
        limit = self._limits.per_minute
        if limit is not None:
            now = self._clock.monotonic()
            begun = now < self._minute + _MINUTE
            minutes = ((self._in_minute if begun else 0) + self._waiting) // limit
            if minutes:
                seconds = max(seconds, (self._minute if begun else now) + minutes * _MINUTE - now)
        return seconds

    def _start(self) -> Turn:
        now = self._clock.monotonic()
        self._last = now
        if self._limits.per_minute is not None:
            if now >= self._minute + _MINUTE:
                self._minute, self._in_minute = now, 0
            self._in_minute += 1
        turn = Turn(now)
        if self._cautious:
            self._alone = turn
            self._over.clear()
        return turn

    def refused(self, turn: Turn, retry_after: float | None) -> None:
        """Close the line for everybody: the request was answered with 429.

        Args:
            turn: The turn of the request.
            retry_after: Seconds that the server asks to wait, or None.
        """
        now = self._clock.monotonic()
        news = turn.started > self._learned_at  # else it was under way when an earlier refusal came
        if news:
            self._learned_at = now
            self._learned = min(
                max(self._learned * defaults.SPACING_GROWTH, defaults.FIRST_SPACING), defaults.MAX_SPACING
            )
            self._refusals += 1
        if retry_after is not None:
            self.close(retry_after * (1 + self._random() * _JITTER))
        elif news:
            most = min(defaults.PAUSE_MAX, defaults.PAUSE_BASE * 2.0 ** min(self._refusals - 1, _MANY))
            self.close(self._random() * most)
        self._cautious = True
        self._end(turn)

    def close(self, seconds: float) -> None:
        """Let nobody pass for a time; a line that is closed for longer stays so.

        Args:
            seconds: How long, from 0.
        """
        self._closed_until = max(self._closed_until, self._clock.monotonic() + min(seconds, defaults.MAX_PAUSE))

    def answered(self, turn: Turn) -> None:
        """Take note that the request was answered, and not with 429."""
        self._learned *= defaults.SPACING_DECAY
        if self._learned < defaults.MIN_SPACING:
            self._learned = 0.0
        if turn.started > self._learned_at:
            self._refusals = 0
            self._cautious = False
        self._end(turn)

    def unanswered(self, turn: Turn) -> None:
        """Take note that nothing is known of the request. One that was answered may be told to be unanswered too."""
        self._end(turn)

    def _end(self, turn: Turn) -> None:
        if not turn.is_over:
            turn.is_over = True
            self._places.release()
        if self._alone is turn:
            self._alone = None
            self._over.set()
