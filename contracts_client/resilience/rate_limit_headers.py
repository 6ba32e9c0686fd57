"""Rate limits in response headers: which are used up and for how long, and the rate of a spike arrest.

A header that can't be read is ignored. docs/calls.md lists the headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Final

from ..openapi.classes import frozen
from .response_headers import parse_http_date, server_time
from .structured_fields import BareItem, parse_dictionary, parse_list

_MINUTE: Final = 60.0
_MILLISECONDS_FROM: Final = 1e11  # a reset from here counts milliseconds since 1970, one from _EPOCH_FROM seconds
_EPOCH_FROM: Final = 1e9
_MOST_SECONDS: Final = 128  # characters of a header that is a number or a moment

# The headers that count down, each with the headers of its reset. Entur's own limit is the token's (published).
_COUNTERS: Final = (
    ("ratelimit-remaining", ("ratelimit-reset",)),
    ("x-ratelimit-remaining", ("x-ratelimit-reset-after", "x-ratelimit-reset")),
    ("x-rate-limit-remaining", ("x-rate-limit-reset",)),
)
_ENTUR_AVAILABLE: Final = "rate-limit-available"
_SPIKE_ARREST: Final = ("spike-allowed", "spike-arrest-allowed")
_NAMES: Final = frozenset({"ratelimit", _ENTUR_AVAILABLE, *(remaining for remaining, _ in _COUNTERS)})

_COUNT = re.compile(r"[0-9]{1,15}").fullmatch
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?").fullmatch
_RATE = partial(re.fullmatch, r'"?([0-9]{1,6}) ?p([sm])"?')
_ENTUR_EXPIRY = partial(
    re.fullmatch,
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"([0-9]{2}) ([1-9][0-9]{3}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT([+-])([0-9]{2})([0-9]{2})(?: \(.*\))?",
)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORD = re.compile(r"[a-z]+").findall
_OTHERS: Final = re.compile(r"token[^a-z]?bucket|user[^a-z]?agent")  # an algorithm and a header, not who calls
_CALLER: Final = frozenset({"token", "client", "app", "application", "account", "user"})


@frozen
class UsedUp:
    """A limit of which nothing is left.

    Attributes:
        seconds: Seconds until it is reset, or None if the response does not say.
        is_tokens: Whether the response says that the limit is the token's, and so of all operations.
    """

    seconds: float | None
    is_tokens: bool = False


def tells_limits(headers: Mapping[str, str]) -> bool:
    """Tell whether headers say how much of a limit is left. Their names are in lower case."""
    return not _NAMES.isdisjoint(headers)


def used_up(headers: Mapping[str, str], wall: float) -> list[UsedUp]:
    """Return the limits that are used up, as the headers of a response say.

    Args:
        headers: Its headers, their names in lower case.
        wall: Seconds since 1970 by the local clock, which counts only if the response has no Date.
    """
    if not tells_limits(headers):
        return []
    now = server_time(headers, wall)
    found = list(_policies(headers))
    for remaining, resets in _COUNTERS:
        if _is_zero(headers.get(remaining)):
            values = (_reset(headers[name], now) for name in resets if name in headers)
            found.append(UsedUp(next((value for value in values if value is not None), None)))
    if _is_zero(headers.get(_ENTUR_AVAILABLE)):
        found.append(UsedUp(_entur_expiry(headers.get("rate-limit-expiry-time", ""), now), is_tokens=True))
    return found


def spike_arrest_spacing(headers: Mapping[str, str]) -> float:
    """Return the seconds between two requests that a spike arrest lets pass, as the headers say, or 0.

    Args:
        headers: A response's headers, their names in lower case.
    """
    for name in _SPIKE_ARREST:
        rate = _RATE(headers.get(name, "").strip()[:_MOST_SECONDS])
        if rate is not None and int(rate[1]):
            return (1.0 if rate[2] == "s" else _MINUTE) / int(rate[1])
    return 0.0


def _policies(headers: Mapping[str, str]) -> Iterator[UsedUp]:
    """Read RateLimit: a list of policies, or the dictionary of earlier drafts with the rest and reset of one policy."""
    field = headers.get("ratelimit", "")
    policies = _named(field)
    declared = dict(_named(headers.get("ratelimit-policy", "")))
    for name, parameters in policies:
        policy = declared.get(name, {})
        if _integer(parameters.get("r")) == 0 and policy.get("qu", "requests") == "requests":
            keys = (name, parameters.get("pk"), policy.get("pk"))
            yield UsedUp(_integer(parameters.get("t")), is_tokens=_names_the_caller(keys))
    if not policies:
        try:
            members = parse_dictionary(field)
        except ValueError:
            return
        remaining, reset = (members[name].value if name in members else None for name in ("remaining", "reset"))
        if _integer(remaining) == 0:
            yield UsedUp(_integer(reset))


def _named(field: str) -> list[tuple[str, dict[str, BareItem]]]:
    try:
        members = parse_list(field)
    except ValueError:
        return []
    return [(member.value, member.parameters) for member in members if isinstance(member.value, str)]


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _names_the_caller(keys: Iterable[object]) -> bool:
    texts = (key.decode("latin-1") if isinstance(key, bytes) else key for key in keys)
    words = {word for text in texts if isinstance(text, str) for word in _WORD(_OTHERS.sub("", text.lower()))}
    return not words.isdisjoint(_CALLER)


def _is_zero(text: str | None) -> bool:
    text = (text or "").strip(" \t")
    return _COUNT(text) is not None and int(text) == 0


def _reset(text: str, now: float) -> float | None:
    """Return the seconds until a reset: a number of seconds, seconds or milliseconds since 1970, or an HTTP date."""
    text = text.strip(" \t")
    if _NUMBER(text):
        number = float(text)
        if number < _EPOCH_FROM:
            return number
        return _left(number / 1000 if number >= _MILLISECONDS_FROM else number, now)
    return _left(parse_http_date(text), now)


def _entur_expiry(text: str, now: float) -> float | None:
    found = _ENTUR_EXPIRY(text.strip(" \t")[:_MOST_SECONDS])
    if found is None:
        return None
    month, *numbers, sign, hours, minutes = found.groups()
    day, year, hour, minute, second = map(int, numbers)
    try:
        zone = timezone(timedelta(hours=int(sign + hours), minutes=int(sign + minutes)))
        moment = datetime(year, _MONTHS.index(month) + 1, day, hour, minute, second, tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return None
    return _left(moment, now)


def _left(moment: float | None, now: float) -> float | None:
    return moment - now if moment is not None and moment > now else None
