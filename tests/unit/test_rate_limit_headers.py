"""Which limits a response says are used up: rest and reset of one policy belong together, and nothing is an error."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts_client.resilience.rate_limit_headers import UsedUp, spike_arrest_spacing, used_up

NOON = 1673872440.0  # Mon Jan 16 2023 12:34:00 UTC
DATE = {"date": "Mon, 16 Jan 2023 12:30:00 GMT"}  # four minutes behind the local clock
ENTUR = "Mon Jan 16 2023 12:34:30 GMT-0000 (UTC)"


def waits(headers: dict[str, str]) -> list[float | None]:
    return [limit.seconds for limit in used_up(headers, NOON)]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('"m";r=0;t=20', [20]),
        ("m;r=0;t=20", [20]),
        ('"m" ; r=0', []),
        ('"m";r=0; t=20', [20]),
        ('"m";r=0;t=0', [0]),
        ('"m";r=0', [None]),
        ('"m";t=20', []),
        ('"m";r=5;t=20', []),
        ('"m";r=0.0;t=20', []),
        ('"m";r=?0;t=20', []),
        ('"m";r=0;t=-20', [None]),
        ('"m";r=0;t=2.5', [None]),
        ('"burst";r=0, "daily";r=5000;t=80000', [None]),
        ('"burst";r=0;t=2, "daily";r=0;t=80000', [2, 80000]),
        ('"burst";r=3, "daily";r=0;t=80000', [80000]),
        ('"a;r=0;t=300";r=9;t=1', []),
        ('"a, b;r=0;t=300";r=9;t=1', []),
        ('"m";r=0;t=20,', []),
        ('"m";r=0;t=20 "n"', []),
        ('("m");r=0;t=20', []),
        ("7;r=0;t=20", []),
        ('"' + "m" * 1100 + '";r=0;t=20', []),
        ("limit=10, remaining=0, reset=7", [7]),
        ("limit=10,remaining=0;w=60,reset=7", [7]),
        ("limit=10, remaining=3, reset=7", []),
        ("remaining=0", [None]),
        ("reset=7", []),
        ("limit=10, remaining=0, reset=soon", [None]),
        ('policy="remaining=0, reset=300", remaining=4', []),
        ("", []),
    ],
)  # fmt: skip
def test_ratelimit_is_read_policy_by_policy(field: str, expected: list[float | None]) -> None:
    assert waits({"ratelimit": field}) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, []),
        ({"x-ratelimit-reset": "7"}, []),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "7"}, [7]),
        ({"ratelimit-remaining": "1", "ratelimit-reset": "7"}, []),
        ({"ratelimit-remaining": "0, 5", "ratelimit-reset": "7"}, []),
        ({"ratelimit-remaining": "0"}, [None]),
        ({"ratelimit-remaining": "0", "x-ratelimit-reset": "7"}, [None]),
        ({"x-ratelimit-remaining": " 0 ", "x-ratelimit-reset": " 7 "}, [7]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1.5"}, [1.5]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1673872450"}, [10]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1673872450500"}, [10.5]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1673872440"}, [None]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1673872210", **DATE}, [10]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "Mon, 16 Jan 2023 12:30:09 GMT", **DATE}, [9]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "7", "x-ratelimit-reset-after": "2.5"}, [2.5]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "-7"}, [None]),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, [None]),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1673872450"}, [10]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": ENTUR}, [30]),
        ({"rate-limit-available": " 0 ", "rate-limit-expiry-time": " Mon Jan 16 2023 12:34:30 GMT+0000 "}, [30]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": f"{ENTUR[:-5]}(Coordinated Universal Time)"}, [30]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 14:34:30 GMT+0200 (CEST)"}, [30]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 09:04:30 GMT-0330 (x)"}, [30]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 12:34:30 GMT+9900 (x)"}, [None]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": ENTUR, **DATE}, [270]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": ENTUR, "date": "now"}, [30]),
        ({"rate-limit-available": "3", "rate-limit-expiry-time": ENTUR}, []),
        ({"rate-limit-available": "0"}, [None]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 12:33:30 GMT-0000 (UTC)"}, [None]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Feb 30 2023 12:34:30 GMT-0000 (UTC)"}, [None]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "Mon Jan 16 2023 25:34:30 GMT-0000 (UTC)"}, [None]),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": "soon"}, [None]),
        ({"rate-limit-available": "none"}, []),
    ],
)  # fmt: skip
def test_counters_have_their_own_reset(headers: dict[str, str], expected: list[float | None]) -> None:
    """Counters are read with their own reset."""
    assert waits(headers) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"ratelimit": '"minute";r=0;t=20'}, False),
        ({"ratelimit": '"per-token";r=0;t=20'}, True),
        ({"ratelimit": '"ClientQuota";r=0;t=20'}, False),
        ({"ratelimit": '"client_quota";r=0;t=20'}, True),
        ({"ratelimit": '"m";r=0;t=20;pk=:dG9rZW46MTI=:'}, True),
        ({"ratelimit": '"m";r=0;t=20;pk=:L2NsYWlt:'}, False),
        ({"ratelimit": '"m";r=0;t=20', "ratelimit-policy": '"m";q=60;w=60;pk="user"'}, True),
        ({"ratelimit": '"m";r=0;t=20', "ratelimit-policy": '"n";q=60;w=60;pk="user"'}, False),
        ({"ratelimit": '"token-bucket";r=0;t=20'}, False),
        ({"ratelimit": '"user-agent";r=0;t=20'}, False),
        ({"ratelimit": '"token-bucket-per-client";r=0;t=20'}, True),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "7"}, False),
        ({"rate-limit-available": "0", "rate-limit-expiry-time": ENTUR}, True),
    ],
)  # fmt: skip
def test_a_named_quota_is_the_token_s(headers: dict[str, str], expected: object) -> None:
    """A quota is the tokens where named so."""
    assert [limit.is_tokens for limit in used_up(headers, NOON)] == [expected]


@pytest.mark.parametrize(("unit", "expected"), [('"requests"', [20]), ('"content-bytes"', [])])
def test_a_policy_not_of_requests_is_ignored(unit: str, expected: list[float]) -> None:
    """A policy that counts no requests is left."""
    assert waits({"ratelimit": '"m";r=0;t=20', "ratelimit-policy": f'"m";q=9;qu={unit}'}) == expected


@pytest.mark.parametrize(
    ("name", "rate", "seconds"),
    [
        ("spike-allowed", "5ps", 0.2),
        ("spike-arrest-allowed", "300pm", 0.2),
        ("spike-allowed", '"30 pm"', 2),
        ("spike-allowed", "0ps", 0),
        ("spike-allowed", "5", 0),
        ("spike-allowed", "5ph", 0),
        ("x-spike", "5ps", 0),
    ],
)
def test_a_spike_arrest_rate_is_a_spacing(name: str, rate: str, seconds: float) -> None:
    """The rate of a spike arrest is a spacing."""
    assert spike_arrest_spacing({name: rate}) == seconds


@pytest.fixture(params=["UTC0", "EAST-05:30", "WEST08"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine's time zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(("early", "expected"), [(90, [90]), (0.5, [0.5]), (0, [None]), (-1, [None])])
def test_a_reset_ignores_the_time_zone(early: float, expected: list[float | None]) -> None:
    """A reset is the same in every time zone."""
    headers = {"rate-limit-available": "0", "rate-limit-expiry-time": ENTUR}
    assert [limit.seconds for limit in used_up(headers, NOON + 30 - early)] == expected


NAMES = ["ratelimit", "ratelimit-policy", "x-ratelimit-remaining", "x-ratelimit-reset", "rate-limit-available"]
values = st.text(max_size=300) | st.from_regex(r'"m";r=\d+;t=\d+', fullmatch=True) | st.just("0") | st.just(ENTUR)


@given(st.dictionaries(st.sampled_from([*NAMES, "rate-limit-expiry-time", "date"]), values))
def test_no_header_is_an_error(headers: dict[str, str]) -> None:
    for limit in used_up(headers, NOON):
        assert isinstance(limit, UsedUp)
        assert limit.seconds is None or limit.seconds >= 0
