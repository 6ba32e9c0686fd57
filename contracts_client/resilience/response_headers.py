"""Waits in response headers: Retry-After, and moments measured by the server's own clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Final

LONGEST: Final = 1e12
"""Longest wait in seconds: later than any date, and still a number to calculate with."""

_SECONDS = re.compile(r"[0-9]+").fullmatch
_HTTP_DATE = partial(
    re.fullmatch,
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"[1-9][0-9]{3} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
)


def retry_after_of(headers: Mapping[str, str], wall: float) -> float | None:
    """Return the seconds that a response asks to wait, or None if it does not say.

    Args:
        headers: Its headers, their names in lower case.
        wall: Seconds since 1970 by the local clock, which counts only if the response has no Date.
    """
    value = headers.get("retry-after")
    return None if value is None else parse_retry_after(value, server_time(headers, wall))


def parse_retry_after(value: str, now: float) -> float | None:
    """Return how many seconds the server asks to wait.

    Args:
        value: The header.
        now: Seconds since 1970.

    Returns:
        Seconds from 0 to ``LONGEST``, or None if the header says something else, or names a moment that has passed.
    """
    text = value.strip(" \t")
    if _SECONDS(text):
        return min(float(text), LONGEST)
    moment = parse_http_date(text)
    return moment - now if moment is not None and moment > now else None


def server_time(headers: Mapping[str, str], wall: float) -> float:
    """Return the server's time when it answered, in seconds since 1970.

    Moments that the server names are measured by it, since the local clock may be wrong.

    Args:
        headers: The response's headers, their names in lower case.
        wall: Seconds since 1970 by the local clock, for a response whose Date is absent or can't be read.
    """
    date = parse_http_date(headers.get("date", "").strip(" \t"))
    return wall if date is None else date


def parse_http_date(text: str) -> float | None:
    """Return an HTTP date (IMF-fixdate) in seconds since 1970, or None if the text is no such date."""
    if not _HTTP_DATE(text):
        return None
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None
