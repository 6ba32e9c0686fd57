"""Retries at the edges of their rules: the ranges of a policy, dead connections, and what is paid for."""

import pytest
from virtual_time import HandClock

from contracts_client import ConfigurationError, RetryPolicy, defaults
from contracts_client.resilience.retry import Retries, RetryBudget
from contracts_client.transport.interface import ExchangeError

FAULT = ExchangeError("reset")
STALE = ExchangeError("closed while it was idle", stale=True)


def longest() -> float:
    return 1.0


def retries(policy: RetryPolicy | None = None, *, once: bool = False) -> Retries:
    return Retries(policy or RetryPolicy(), RetryBudget(HandClock()), longest, at_most_once=once)


@pytest.mark.parametrize("attempts", [1, defaults.MAX_ATTEMPTS_LIMIT])
def test_the_bounds_of_attempts_are_allowed(attempts: int) -> None:
    """The least and the most attempts are allowed."""
    assert RetryPolicy(max_attempts=attempts).max_attempts == attempts


@pytest.mark.parametrize("attempts", [0, defaults.MAX_ATTEMPTS_LIMIT + 1])
def test_attempts_out_of_bounds_are_refused(attempts: int) -> None:
    """One attempt less or more than that is refused."""
    with pytest.raises(ConfigurationError, match=r"^max_attempts must be an integer from 1 to 20$"):
        RetryPolicy(max_attempts=attempts)


@pytest.mark.parametrize("seconds", [0.0, defaults.MAX_SECONDS])
def test_the_bounds_of_seconds_are_allowed(seconds: float) -> None:
    """The least and the most seconds are allowed."""
    assert RetryPolicy(backoff_max=seconds).backoff_max == seconds


def test_a_dead_connection_is_replaced_once() -> None:
    """A connection that was dead is replaced at once and only once.

    A second one in a row is a fault like any other: it is waited for.
    """
    of_a_call = retries(RetryPolicy(max_attempts=3, backoff_base=2))
    waits = [of_a_call.after_failure(STALE, sent=True) for _ in range(4)]
    assert waits == [0.0, 2.0, 4.0, None]


def test_other_retries_use_the_budget() -> None:
    """Replacing a connection that was dead is not paid for but other retries are."""
    nothing = RetryPolicy(budget_share=0, budget_floor=0)
    assert retries(nothing).after_failure(STALE, sent=True) == 0.0
    assert retries(nothing).after_failure(FAULT, sent=True) is None


def test_no_policy_means_no_replacement() -> None:
    """Without a policy not even a dead connection is replaced."""
    of_a_call = Retries(None, RetryBudget(HandClock()), longest, at_most_once=False)
    assert of_a_call.after_failure(STALE, sent=False) is None


@pytest.mark.parametrize(
    "error",
    [ExchangeError("too large", unusable=True), ExchangeError("no such host", transient=False)],
    ids=["a whole response that is of no use", "a fault that stays"],
)
def test_a_permanent_fault_is_not_retried(error: ExchangeError) -> None:
    """What another try would bring again is not tried again."""
    assert retries().after_failure(error, sent=False) is None


def test_the_longest_retry_after_is_obeyed() -> None:
    """A retry after of exactly what is obeyed is obeyed."""
    policy = RetryPolicy(max_retry_after=7)
    assert retries(policy).after_status(503, 7.0, limited=False) == 7.5
    assert retries(policy).after_status(503, 7.001, limited=False) is None


def test_a_refusal_adds_no_wait() -> None:
    """A refusal adds no wait to the limiter's."""
    assert retries().after_status(429, None, limited=True) == 0.0
    assert retries().after_status(429, 0.25, limited=True) == 0.25


def test_no_policy_promises_a_longer_pause() -> None:
    assert RetryPolicy(max_retry_after=defaults.MAX_PAUSE).max_retry_after == 300
    with pytest.raises(ConfigurationError, match="max_retry_after must be at most 300 seconds"):
        RetryPolicy(max_retry_after=300.1)
