"""Retry-After, read strictly, and measured by the clock of the server that sent it."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts_client.resilience.response_headers import LONGEST, parse_retry_after, retry_after_of

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC).timestamp()
IN_2_SECONDS = "Thu, 01 Jan 2026 12:00:02 GMT"


@given(st.integers(0, 999_999_999))
def test_whole_seconds_are_taken_as_they_are(seconds: int) -> None:
    assert parse_retry_after(str(seconds), NOW) == seconds


@pytest.mark.parametrize(
    ("digits", "seconds"),
    [
        ("2 ", 2),
        (" 2", 2),
        ("\t2\t", 2),
        ("002", 2),
        ("100000000000", 1e11),
        ("9" * 13, LONGEST),
        ("9" * 5000, LONGEST),
    ],
)
def test_blanks_and_zeros_do_not_matter(digits: str, seconds: float) -> None:
    """Blanks zeros and length do not matter."""
    assert parse_retry_after(digits, NOW) == seconds


@given(st.datetimes(datetime(2026, 1, 2), datetime(2200, 1, 1)))  # noqa: DTZ001 # Hypothesis wants them naive
def test_a_future_date_is_the_time_until_it(naive: datetime) -> None:
    """A date to come is the time until then."""
    moment = naive.replace(microsecond=0, tzinfo=UTC)
    assert parse_retry_after(format_datetime(moment, usegmt=True), NOW) == moment.timestamp() - NOW


@pytest.mark.parametrize(
    ("date", "local", "seconds"),
    [
        ("Thu, 01 Jan 2026 12:00:00 GMT", NOW, 2),
        ("Thu, 01 Jan 2026 12:00:00 GMT", NOW - 600, 2),
        ("Thu, 01 Jan 2026 12:00:00 GMT", NOW + 600, 2),
        (" Thu, 01 Jan 2026 11:59:00 GMT ", NOW, 62),
        ("Thu, 01 Jan 2026 12:00:02 GMT", NOW - 600, None),
        ("Thu, 01 Jan 2026 12:00:09 GMT", NOW - 600, None),
        ("today", NOW, 2),
        (None, NOW, 2),
        (None, NOW - 0.5, 2.5),
        (None, NOW + 2, None),
    ],
)
def test_a_date_is_measured_by_the_date(date: str | None, local: float, seconds: float | None) -> None:
    headers = {"retry-after": IN_2_SECONDS} | ({} if date is None else {"date": date})
    assert retry_after_of(headers, local) == seconds


def test_seconds_count_whatever_the_date_is() -> None:
    assert retry_after_of({"retry-after": "7", "date": "Thu, 01 Jan 2026 11:00:00 GMT"}, NOW) == 7
    assert retry_after_of({"date": IN_2_SECONDS}, NOW) is None


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "-5", "+5", "1.5", "1e3", "nan", "inf", "-inf", "Infinity", "1_000", "0x10", "5s", "120, 60",
        "\u0661\u0662", "\u00b2", "\uff15", "2\n", "\x0b2", "2\u00a0",
        "Thu, 41 Jan 2026 00:00:30 GMT", "Thu, 29 Feb 2027 00:00:30 GMT", "Thu, 02 Foo 2026 00:00:30 GMT",
        "Fri, 02 Jan 2026 24:00:00 GMT", "Fri, 02 Jan 2026 00:61:00 GMT", "Fri, 02 Jan 2026 00:00:61 GMT",
        "Fri, 02 Jan 2026 00:00:30", "Fri, 02 Jan 2026 00:00:30 UTC", "Fri, 02 Jan 2026 00:00:30 +0000",
        "Fri, 02 Jan 2026 00:00:30 GMT\n", "fri, 02 jan 2026 00:00:30 gmt", "Fri, 2 Jan 2026 00:00:30 GMT",
        "Abc, 02 Jan 2026 00:00:30 GMT", "Fri, 02 Jan 0026 00:00:30 GMT",
        "Friday, 02-Jan-26 00:00:30 GMT", "Fri Jan  2 00:00:30 2026", "2026-01-02T00:00:30Z",
    ],
)  # fmt: skip
def test_an_invalid_retry_after_is_ignored(value: str) -> None:
    """Anything else is as if it were not there."""
    assert parse_retry_after(value, NOW) is None


def test_the_last_calendar_moment_is_a_wait() -> None:
    """The last moment of the calendar is a wait."""
    seconds = parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", NOW)
    assert seconds is not None
    assert seconds < LONGEST


near_dates = st.from_regex(r"[A-Z][a-z]{2}, [0-9]{2} (Jan|Feb|Dec|Abc) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT\Z")


@given(st.text(max_size=40) | st.from_regex(r"[0-9+\-._eE ]{1,14}") | near_dates)
@example("Thu, 01 Jan 0000 00:00:00 GMT")
@example("Thu, 00 Jan 2026 00:00:00 GMT")
def test_a_retry_after_is_always_a_wait(value: str) -> None:
    """The result is never anything but a wait."""
    seconds = parse_retry_after(value, NOW)
    assert seconds is None or (type(seconds) is float and 0 <= seconds <= LONGEST)


@given(st.text(max_size=12) | st.text(alphabet="0123456789 .,-e\u0661\u00b2", max_size=12))
def test_only_ascii_digits_count(value: str) -> None:
    """Of short texts only ascii digits count."""
    text = value.strip(" \t")
    assert (parse_retry_after(value, NOW) is not None) is (text.isascii() and text.isdigit())
