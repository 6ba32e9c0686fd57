"""Retry-After, read strictly: whole seconds or an HTTP date. Anything else is as if it were not there."""

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
