"""What a response says of the rate limit: read leniently, and never the cause of an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client.resilience.response_headers import seconds_to_pause

NOON = 1673872440.0  # Mon Jan 16 2023 12:34:00 UTC


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"ratelimit": '"m";r=0;t=20'}, 20),
        ({"ratelimit": '"per-minute";r=0;t=0'}, 0),
        ({"ratelimit": "limit=60, r=0, t=7"}, 7),
        ({"ratelimit": '"m";r=5;t=20'}, None),
        ({"ratelimit": '"m";r=0'}, None),
        ({"ratelimit": '"m";t=20'}, None),
        ({"ratelimit": '"m";r=0.5;t=20'}, None),
        ({"ratelimit": '"m";r=0;t=20', "retry-after": "3"}, None),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 12:34:30 GMT-0000 (UTC)"}, 30),
        ({"rate-limit-available": " 0 ", "rate-limit-expiry-time": " Mon Jan 16 2023 12:34:30 GMT+0000 "}, 30),
        ({"rate-limit-available": "3", "rate-limit-expiry-time": "Mon Jan 16 2023 12:34:30 GMT-0000 (UTC)"}, None),
        ({"rate-limit-available": "0"}, None),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 12:33:30 GMT-0000 (UTC)"}, None),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Feb 30 2023 12:34:30 GMT-0000 (UTC)"}, None),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 25:34:30 GMT-0000 (UTC)"}, None),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "soon"}, None),
        ({"rate-limit-available": "none"}, None),
    ],
)
def test_a_pause_is_asked_for_only_by_what_says_so(headers: dict[str, str], seconds: float | None) -> None:
    assert seconds_to_pause(headers, NOON) == seconds


@given(
    st.dictionaries(
        st.sampled_from(["ratelimit", "rate-limit-available", "rate-limit-expiry-time"]),
        st.text(max_size=300) | st.from_regex(r'"m";r=\d+;t=\d+', fullmatch=True) | st.just("0"),
    )
)
def test_no_header_is_an_error(headers: dict[str, str]) -> None:
    seconds = seconds_to_pause(headers, NOON)
    assert seconds is None or seconds >= 0
