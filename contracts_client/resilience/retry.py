"""When a call is made again, and how long it waits before."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, Literal, TypeAlias

from attrs import Attribute, field, frozen

from .. import defaults
from ..errors import ConfigurationError
from ..transport.trace import ExchangeError

PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses after which the same call may succeed later."""


def _count(_: object, attribute: Attribute[int], value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= defaults.MAX_ATTEMPTS_LIMIT:
        raise ConfigurationError(f"{attribute.name} must be an integer from 1 to {defaults.MAX_ATTEMPTS_LIMIT}")


def _seconds(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= defaults.MAX_SECONDS:
        raise ConfigurationError(f"{attribute.name} must be a number of seconds from 0")


def _pause(instance: object, attribute: Attribute[float], value: float) -> None:
    _seconds(instance, attribute, value)
    if value > defaults.MAX_PAUSE:
        raise ConfigurationError(f"{attribute.name} must be at most {defaults.MAX_PAUSE:.0f} seconds")


@frozen(kw_only=True)
class RetryPolicy:
    """How often a call is made again where that is safe, and how long it waits before.

    Reads and the validation are made again after connection faults, 408, 429, 500, 502, 503 and 504, the claim only
    where nothing of it was sent. Waits grow twofold and are drawn at random from zero up (full jitter). The deadline of
    the call bounds all of it: a wait that would outlast it is not begun.

    Args:
        max_attempts: Requests of one call at the most, from 1 to 20. The one that replaces a refused token, and the one
            that replaces a connection that had just been closed, come on top.
        backoff_base: Seconds that the first wait may last.
        backoff_max: Seconds that any wait may last, unless the server asks for more.
        max_retry_after: Seconds of a server's Retry-After that are obeyed, up to 300; an answer that asks for more is
            raised at once.

    Raises:
        ConfigurationError: An argument is out of its range.
    """

    max_attempts: int = field(default=defaults.MAX_ATTEMPTS, validator=_count)
    backoff_base: float = field(default=defaults.BACKOFF_BASE, validator=_seconds)
    backoff_max: float = field(default=defaults.BACKOFF_MAX, validator=_seconds)
    max_retry_after: float = field(default=defaults.MAX_RETRY_AFTER, validator=_pause)

    def backoff(self, attempts: int, random: Callable[[], float]) -> float:
        """Return for how many seconds to wait before the next attempt.

        Args:
            attempts: How many there were, from 1.
            random: Draws a number from 0 to 1.
        """
        return random() * min(self.backoff_max, self.backoff_base * 2.0 ** (attempts - 1))


DEFAULT_RETRY: Final = RetryPolicy()
"""The policy of a client that names none."""


class Inherit(Enum):
    """The retry policy of a call that names none."""

    INHERIT = "inherit"

    def __repr__(self) -> str:
        return "INHERIT"


INHERIT: Final = Inherit.INHERIT
RetryLike: TypeAlias = RetryPolicy | Literal[Inherit.INHERIT] | None


class RetryBudget:
    """What keeps an outage from multiplying the load: retries are paid for by successes.

    A client starts with some 35 retries in hand, and fourteen successes earn another.
    """

    def __init__(self) -> None:
        self._balance = defaults.RETRY_QUOTA * defaults.SUCCESSES_PER_RETRY

    def take(self) -> bool:
        """Pay for a retry, and tell whether there was enough for it."""
        if self._balance < defaults.SUCCESSES_PER_RETRY:
            return False
        self._balance -= defaults.SUCCESSES_PER_RETRY
        return True

    def earn(self) -> None:
        """Take note of a success."""
        self._balance = min(self._balance + 1, defaults.RETRY_QUOTA * defaults.SUCCESSES_PER_RETRY)


class Retries:
    """The attempts of one call, and whether there is to be another.

    Args:
        policy: The call's policy, or None for one attempt.
        quota: The client's.
        random: Draws a number from 0 to 1.
        once: Whether the operation must not be executed twice.
    """

    def __init__(
        self, policy: RetryPolicy | None, quota: RetryBudget, random: Callable[[], float], *, once: bool
    ) -> None:
        self._policy = policy
        self._quota = quota
        self._random = random
        self._once = once
        self._made = 0
        self._second_chances = 1
        self._fresh_chances = 1

    @property
    def max_retry_after(self) -> float:
        """Seconds of a Retry-After that are obeyed."""
        return 0.0 if self._policy is None else self._policy.max_retry_after

    def after_status(self, status: int, retry_after: float | None, *, limited: bool) -> float | None:
        """Return the seconds to wait after an answer, or None where it stands.

        Args:
            status: Its HTTP status.
            retry_after: Seconds that the server asks to wait, or None.
            limited: Whether it was refused for the rate: then the client's pace says how long to wait.
        """
        if self._once or not (limited or status in PASSING):
            return None
        seconds = self._another(paid=not limited)
        if seconds is None or (retry_after is not None and retry_after > self.max_retry_after):
            return None
        return max(0.0 if limited else seconds, retry_after or 0.0)

    def after_failure(self, error: ExchangeError, *, sent: bool) -> float | None:
        """Return the seconds to wait after an exchange that brought no response, or None where that stands.

        Args:
            error: What came of it.
            sent: Whether the server may have seen something of the request.
        """
        if (self._once and sent) or not error.transient or error.unusable:
            return None
        if error.stale and self._policy is not None and self._fresh_chances:
            # The connection had been closed before: that is no sign of trouble, so nothing is waited and paid for.
            self._fresh_chances -= 1
            return 0.0
        if error.once_more:
            if not self._second_chances:
                return None
            self._second_chances -= 1
        return self._another(paid=True)

    def _another(self, *, paid: bool) -> float | None:
        self._made += 1
        if self._policy is None or self._made >= self._policy.max_attempts or (paid and not self._quota.take()):
            return None
        return self._policy.backoff(self._made, self._random)
