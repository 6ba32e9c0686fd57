"""What response headers say of waiting: Retry-After, read strictly, and rate limit headers, read leniently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST: Final = 1e12
"""Seconds of a wait at the most: more than until any date, and still a number to reckon with."""

_SECONDS = re.compile(r"[0-9]+").fullmatch
_HTTP_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"[1-9][0-9]{3} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
).fullmatch


def retry_after_of(headers: Mapping[str, str], wall: float) -> float | None:
    """Return how many seconds a response asks to wait, or None where it does not say.

    Args:
        headers: Its headers, their names in lower case.
        wall: Seconds since 1970, now.
    """
    return parse_retry_after(headers.get("retry-after"), datetime.fromtimestamp(wall, UTC))


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return how many seconds the server asks to wait.

    Args:
        value: The header, or None.
        now: The present moment, aware.

    Returns:
        Seconds from 0 to ``LONGEST``, or None where the header is absent, says something else, or names a moment that
        has passed.
    """
    text = (value or "").strip(" \t")
    if _SECONDS(text):
        return min(float(text), LONGEST)
    if not _HTTP_DATE(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    seconds = (moment - now).total_seconds()
    return seconds if seconds > 0 else None


_REMAINING = re.compile(r"(?:^|[;,\s])r=([0-9]{1,9})(?![0-9.])").search
_RESET = re.compile(r"(?:^|[;,\s])t=([0-9]{1,9})(?![0-9.])").search
_NUMBER = re.compile(r"[0-9]{1,9}").fullmatch
_EXPIRY = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"([0-9]{2}) ([1-9][0-9]{3}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT[+-]0000\b.{0,40}"
).fullmatch
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST: Final = 256  # characters of a header that is looked at


def seconds_to_pause(headers: Mapping[str, str], now: float) -> float | None:
    """Return for how many seconds nothing more may be sent, or None where the headers don't say.

    Args:
        headers: A response's headers, their names in lower case.
        now: Seconds since 1970.
    """
    if "retry-after" in headers:
        return None  # it knows better
    limit = headers.get("ratelimit", "")[:_LONGEST]
    remaining, reset = _REMAINING(limit), _RESET(limit)
    if remaining is not None and reset is not None and int(remaining[1]) == 0:
        return float(reset[1])
    available = headers.get("rate-limit-available", "").strip()
    if _NUMBER(available) and int(available) == 0:
        return _until(headers.get("rate-limit-expiry-time", "").strip(), now)
    return None


def _until(text: str, now: float) -> float | None:
    found = _EXPIRY(text[:_LONGEST])
    if found is None:
        return None
    month, *numbers = found.groups()
    day, year, hour, minute, second = map(int, numbers)
    try:
        moment = datetime(year, _MONTHS.index(month) + 1, day, hour, minute, second, tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None
    return moment - now if moment > now else None
