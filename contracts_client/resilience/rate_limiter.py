"""The pace of a client: one line that every request passes, closed for all by a 429, opened again one by one.

A call that backs off by itself can't survive a limit that all calls share: the others keep it exceeded. So a refusal
holds the whole client back, a single request then tries, and the spacing between requests is learned: half as much
again after a refusal, a hundredth less after a success.

A call keeps its place in the line for its next attempts. But the request that tries for all is one of a call that was
refused the least, and who was refused often goes to the end, so that no call spends all of its attempts for the others.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Callable
from itertools import count
from math import inf
from typing import Final

from attrs import define, field

from .. import defaults
from ..clock import Clock
from .rate_limits import RateLimits

_MINUTE: Final = 60.0
_JITTER: Final = 0.05  # of a Retry-After: clients that were refused together don't come back together
_MANY: Final = 10  # doublings of a pause, beyond which it has long reached its most


class TooLongError(Exception):
    """The wait for a turn would outlast the deadline.

    Attributes:
        seconds: How long it would be.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@define(eq=False)
class Permit:
    """A request's turn, from when it may be sent until its outcome is known.

    Attributes:
        number: The place of its call in the line.
        started: When it may be sent.
        refusals: Of its call, so far.
        is_over: Whether its outcome is known.
    """

    number: int
    started: float
    refusals: int = 0
    is_over: bool = False


@define(eq=False)
class _Waiting:
    """A request in the line."""

    number: int
    refusals: int
    give_up_at: float
    passes_at: float | None = None  # where that turned out to be too late: then it has left the line
    news: asyncio.Event = field(factory=asyncio.Event)


def _number(waiting: _Waiting) -> int:
    return waiting.number


def _refusals(waiting: _Waiting) -> int:
    return waiting.refusals


class RateLimiter:
    """Lets the requests of a client pass, in the order in which their calls came.

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
        self._line: list[_Waiting] = []
        self._numbers = count()
        self._places = max_concurrency
        self._closed_until = -inf
        self._last = -inf
        self._learned = 0.0
        self._learned_at = -inf
        self._refusals = 0  # in a row
        self._cautious = False  # the next request goes alone
        self._alone: Permit | None = None  # it is under way, and the others wait for its outcome
        self._over = asyncio.Event()  # its outcome is known
        self._minute = -inf
        self._in_minute = 0

    @property
    def spacing(self) -> float:
        """Seconds between two requests, as far as they are known by now."""
        return max(self._limits.spacing, self._learned)

    async def turn(self, give_up_at: float, last: Permit | None = None) -> Permit:
        """Wait until a request may be sent.

        Args:
            give_up_at: When waiting has no sense any more.
            last: The last turn of the same call, if it had one: it keeps its place in the line.

        Returns:
            The turn, to be handed to one of the methods below, whatever comes of it.

        Raises:
            TooLongError: It would be too late. Raised as soon as that is known.
        """
        refusals = 0 if last is None else last.refusals
        stays = last is not None and refusals < defaults.REFUSALS_IN_FRONT
        number = last.number if last is not None and stays else next(self._numbers)
        waiting = _Waiting(number, refusals, give_up_at)
        ahead = bisect_left(self._line, number, key=_number)
        self._check(self._forecast(ahead), give_up_at)
        self._line.insert(ahead, waiting)
        if stays:
            self._look_ahead()  # those behind it have one more in front of them
        try:
            await self._pass(waiting)
            return self._start(waiting)
        finally:
            if waiting.passes_at is None:
                self._line.remove(waiting)
            self._call_first()

    async def _pass(self, waiting: _Waiting) -> None:
        while True:
            if waiting.passes_at is not None:
                raise TooLongError(max(0.0, waiting.passes_at - self._clock.monotonic()))
            if not self._places or self._first() is not waiting:
                waiting.news.clear()
                await waiting.news.wait()
            elif self._alone is not None:
                await self._outcome(self._alone)
            else:
                seconds = self._missing()
                if seconds <= 0:
                    return
                self._check(seconds, waiting.give_up_at)
                await self._clock.sleep(seconds)

    async def _outcome(self, alone: Permit) -> None:
        try:
            async with self._clock.timeout_at(alone.started + defaults.ALONE_LIMIT):
                await self._over.wait()
        except TimeoutError:
            if self._alone is alone:
                self._alone = None  # the next one tries

    def _first(self) -> _Waiting:
        if not self._cautious:
            return self._line[0]
        return next((each for each in self._line if not each.refusals), None) or min(self._line, key=_refusals)

    def _call_first(self) -> None:
        if self._line and self._places:
            self._first().news.set()
            if not self._cautious:
                # As many as there are places, since they pass one right after the other, in their order: were each
                # called by the one before it, connections that came free together would lie idle meanwhile.
                for waiting in self._line[1 : self._places]:
                    waiting.news.set()

    def _look_ahead(self) -> None:
        """Let those who will be too late know at once."""
        now, kept = self._clock.monotonic(), list[_Waiting]()
        for waiting in self._line:
            seconds = self._forecast(len(kept))
            if now + seconds > waiting.give_up_at:
                waiting.passes_at = now + seconds
                waiting.news.set()
            else:
                kept.append(waiting)
        self._line = kept
        self._call_first()

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

    def _forecast(self, ahead: int) -> float:
        """Return how long a request waits with so many in front of it, as far as it can be known."""
        seconds = max(0.0, self._missing()) + ahead * self.spacing
        limit = self._limits.per_minute
        if limit is not None:
            now = self._clock.monotonic()
            begun = now < self._minute + _MINUTE
            minutes = ((self._in_minute if begun else 0) + ahead) // limit
            if minutes:
                seconds = max(seconds, (self._minute if begun else now) + minutes * _MINUTE - now)
        return seconds

    def _start(self, waiting: _Waiting) -> Permit:
        now = self._clock.monotonic()
        self._places -= 1
        self._last = now
        if self._limits.per_minute is not None:
            if now >= self._minute + _MINUTE:
                self._minute, self._in_minute = now, 0
            self._in_minute += 1
        turn = Permit(waiting.number, now, waiting.refusals)
        if self._cautious:
            self._alone = turn
            self._over.clear()
        return turn

    def refused(self, turn: Permit, retry_after: float | None) -> None:
        """Close the line for everybody: the request was answered with 429.

        Args:
            turn: The turn of the request.
            retry_after: Seconds that the server asks to wait, or None.
        """
        now = self._clock.monotonic()
        turn.refusals += 1
        news = turn.started > self._learned_at  # else it was under way when an earlier refusal came
        if news:
            self._learned_at = now
            self._learned = min(
                max(self._learned * defaults.SPACING_GROWTH, defaults.FIRST_SPACING), defaults.MAX_SPACING
            )
            self._refusals += 1
        self._cautious = True
        if retry_after is not None:
            self.close(retry_after * (1 + self._random() * _JITTER))
        elif news:
            most = min(defaults.PAUSE_MAX, defaults.PAUSE_BASE * 2.0 ** min(self._refusals - 1, _MANY))
            self.close(self._random() * most)
        self._end(turn)

    def close(self, seconds: float) -> None:
        """Let nobody pass for a time; a line that is closed for longer stays so.

        Args:
            seconds: How long, from 0.
        """
        self._closed_until = max(self._closed_until, self._clock.monotonic() + min(seconds, defaults.MAX_PAUSE))
        self._look_ahead()

    def answered(self, turn: Permit) -> None:
        """Take note that the request was answered, and not with 429."""
        self._learned *= defaults.SPACING_DECAY
        if self._learned < defaults.MIN_SPACING:
            self._learned = 0.0
        if turn.started > self._learned_at:
            self._refusals = 0
            self._cautious = False
        self._end(turn)

    def unanswered(self, turn: Permit) -> None:
        """Take note that nothing is known of the request. One that was answered may be told to be unanswered too."""
        self._end(turn)

    def _end(self, turn: Permit) -> None:
        if not turn.is_over:
            turn.is_over = True
            self._places += 1
        if self._alone is turn:
            self._alone = None
            self._over.set()
        self._call_first()
