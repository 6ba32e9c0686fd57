"""Retries: the policy, the retry budget of a client, and the decision after each attempt."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final, Literal, TypeAlias

from attrs import Attribute, field

from .. import defaults
from ..clock import Clock
from ..errors import ConfigurationError
from ..openapi.classes import frozen
from ..openapi.encode import plain
from ..transport.interface import ExchangeError

PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses after which the same call may succeed later."""

_FULL_COST: Final = 1.0
_FIXED_PART: Final = 0.5  # of the wait after a request that never left
_ROUNDING: Final = 1e-9  # of sums of tenths


def _count(_: object, attribute: Attribute[int], value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= defaults.MAX_ATTEMPTS_LIMIT:
        raise ConfigurationError(f"{attribute.name} must be an integer from 1 to {defaults.MAX_ATTEMPTS_LIMIT}")


def _seconds(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= defaults.MAX_SECONDS:
        raise ConfigurationError(f"{attribute.name} must be a number of seconds from 0")


def _share(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ConfigurationError(f"{attribute.name} must be a number from 0 to 1")


def _floor(_: object, attribute: Attribute[float], value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= defaults.MAX_RETRY_FLOOR:
        raise ConfigurationError(f"{attribute.name} must be a number from 0 to {defaults.MAX_RETRY_FLOOR:.0f}")


def _pause(instance: object, attribute: Attribute[float], value: float) -> None:
    _seconds(instance, attribute, value)
    if value > defaults.MAX_PAUSE:
        raise ConfigurationError(f"{attribute.name} must be at most {defaults.MAX_PAUSE:.0f} seconds")


@frozen(kw_only=True)
class RetryPolicy:
    """How often a call is retried if that is safe, and how long it waits before each retry.

    Reads and the validation are retried after connection faults, 408, 429, 500, 502, 503 and 504. The claim is retried
    only if nothing of it was sent. Waits double, and each is drawn at random between zero and its length (full jitter),
    or between half and all of its length after a request that never left. The deadline of the call bounds all of it: a
    wait that would outlast the deadline is not begun. The retry budget of the client bounds the retries of all calls.

    Args:
        max_attempts: Most requests of one call, from 1 to 20. A request with a new token after a refused one, and a
            request that replaces one on a dead connection, come on top.
        backoff_base: Seconds that the first wait may last.
        backoff_max: Seconds that any wait may last, unless the server asks for more.
        max_retry_after: Longest Retry-After of a server that is obeyed, in seconds up to 300. An answer that asks for
            more is raised at once.
        budget_share: Retries that the client's budget allows, as a share of its calls of the last 10 seconds, from 0
            to 1.
        budget_floor: Retries a second that it allows on top, from 0 to 1000. A retry counts a tenth if the request
            before it provably never left.

    Raises:
        ConfigurationError: An argument is out of its range.
    """

    max_attempts: int = field(default=defaults.MAX_ATTEMPTS, converter=plain, validator=_count)
    backoff_base: float = field(default=defaults.BACKOFF_BASE, validator=_seconds)
    backoff_max: float = field(default=defaults.BACKOFF_MAX, validator=_seconds)
    max_retry_after: float = field(default=defaults.MAX_RETRY_AFTER, validator=_pause)
    budget_share: float = field(default=defaults.RETRY_SHARE, validator=_share)
    budget_floor: float = field(default=defaults.RETRY_FLOOR, validator=_floor)

    def backoff(self, attempts: int, random: Callable[[], float]) -> float:
        """Return the seconds to wait before the next attempt.

        Args:
            attempts: How many attempts there were, from 1.
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
    """Bounds the retries of a client by its traffic, so that an outage does not multiply the load.

    In any ten seconds retries may cost a share of the calls made in them, and a floor on top. A retry costs 1, and a
    tenth of that if the request provably never left. The policy of each call sets share and floor.

    Args:
        clock: What seconds are measured by.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._second = 0  # the clock is first read in a call, since a client may be made outside of an event loop
        # One counter for each second of the window.
        self._calls = [0] * defaults.RETRY_WINDOW
        self._spent = [0.0] * defaults.RETRY_WINDOW

    def note_call(self, now: float) -> None:
        """Count the first request of a call.

        Args:
            now: The time.
        """
        second = int(now)
        if second != self._second:
            self._move_to(second)
        self._calls[second % defaults.RETRY_WINDOW] += 1

    def spend(self, policy: RetryPolicy, cost: float) -> bool:
        """Charge the budget for a retry, and tell whether it allowed the retry.

        Args:
            policy: The policy of the call.
            cost: What the retry costs, from 0 to 1.
        """
        second = int(self._clock.monotonic())
        self._move_to(second)
        allowed = policy.budget_share * sum(self._calls) + policy.budget_floor * defaults.RETRY_WINDOW
        if sum(self._spent) + cost > allowed + _ROUNDING:
            return False
        self._spent[second % defaults.RETRY_WINDOW] += cost
        return True

    def _move_to(self, second: int) -> None:
        """Empty the counters of the seconds that have left the window."""
        for passed in range(self._second + 1, min(second, self._second + defaults.RETRY_WINDOW) + 1):
            self._calls[passed % defaults.RETRY_WINDOW] = 0
            self._spent[passed % defaults.RETRY_WINDOW] = 0.0
        self._second = second


class Retries:
    """The attempts of one call, and the decision whether there is another.

    Args:
        policy: The call's policy, or None for one attempt.
        budget: The client's.
        random: Draws a number from 0 to 1.
        at_most_once: Whether the operation must not be executed twice.
    """

    def __init__(
        self, policy: RetryPolicy | None, budget: RetryBudget, random: Callable[[], float], *, at_most_once: bool
    ) -> None:
        self._policy = policy
        self._budget = budget
        self._random = random
        self._at_most_once = at_most_once
        self._made = 0
        self._second_chances = 1
        self._fresh_chances = 1

    @property
    def max_retry_after(self) -> float:
        """Seconds of a Retry-After that are obeyed."""
        return 0.0 if self._policy is None else self._policy.max_retry_after

    def after_status(self, status: int, retry_after: float | None, *, limited: bool) -> float | None:
        """Return the seconds to wait before a retry after an answer, or None for no retry.

        Args:
            status: Its HTTP status.
            retry_after: Seconds that the server asks to wait, or None.
            limited: Whether it was refused for the rate. If so, the rate limiter says how long to wait.
        """
        if self._at_most_once or not (limited or status in PASSING):
            return None
        seconds = self._another(cost=0.0 if limited else _FULL_COST)
        if seconds is None or (retry_after is not None and retry_after > self.max_retry_after):
            return None
        # A random part, so that calls that were asked to wait at the same moment don't retry at the same moment.
        return (retry_after or 0.0) + (0.0 if limited else seconds)

    def after_failure(self, error: ExchangeError, *, sent: bool) -> float | None:
        """Return the seconds to wait before a retry after an exchange without a response, or None for no retry.

        Args:
            error: What came of it.
            sent: Whether the server may have seen something of the request.
        """
        if (self._at_most_once and sent) or not error.transient or error.unusable:
            return None
        if error.stale and self._policy is not None and self._fresh_chances:
            # The connection was dead before the request, which is no sign of trouble: retry at once, free of charge.
            self._fresh_chances -= 1
            return 0.0
        if error.retry_once:
            if not self._second_chances:
                return None
            self._second_chances -= 1
        if not sent:
            # No load reached the server. Half of each wait is fixed, so that the waits outlast a restart of the server.
            return self._another(cost=defaults.UNSENT_RETRY_COST, least=_FIXED_PART)
        return self._another(cost=_FULL_COST)

    def _another(self, *, cost: float, least: float = 0.0) -> float | None:
        """Return the seconds to wait before one more attempt, or None if policy or budget allow none.

        Args:
            cost: What the retry costs the budget.
            least: The share of the wait that is fixed, from 0 to 1.
        """
        self._made += 1
        policy = self._policy
        if policy is None or self._made >= policy.max_attempts or (cost and not self._budget.spend(policy, cost)):
            return None
        return policy.backoff(self._made, lambda: least + (1 - least) * self._random())
