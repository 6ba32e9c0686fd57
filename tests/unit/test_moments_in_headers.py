"""Moments that headers name, to the second, on machines anywhere."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from contracts_client.resilience.response_headers import retry_after_of, seconds_to_pause

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp()
EXPIRY = {"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jun 01 2026 12:00:00 GMT+0000 (UTC)"}


@pytest.fixture(params=["UTC0", "EAST-05:30", "WEST08"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine's time zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("early", "seconds"), [(90, 90), (1, 1), (0.5, 0.5), (0, None), (-1, None)])
def test_the_end_of_a_rate_limit_is_as_far_away_as_it_is(early: float, seconds: float | None) -> None:
    assert seconds_to_pause(EXPIRY, NOON - early) == seconds


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("early", "seconds"), [(90, 90), (1, 1), (0.5, 0.5), (0, None), (-1, None)])
def test_a_retry_after_that_names_a_moment_is_as_far_away_as_it_is(early: float, seconds: float | None) -> None:
    assert retry_after_of({"retry-after": "Mon, 01 Jun 2026 12:00:00 GMT"}, NOON - early) == seconds


def test_a_retry_after_of_seconds_is_that_and_none_is_none() -> None:
    assert retry_after_of({"retry-after": "7"}, NOON) == 7
    assert retry_after_of({}, NOON) is None
