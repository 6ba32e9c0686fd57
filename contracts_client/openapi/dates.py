"""Dates and moments in JSON: ISO 8601 in, RFC 3339 out."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Any

from .decode import mismatch
from .errors import ArgumentError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_A_DATE_TIME = "an ISO 8601 date and time in a string"
_DATE_LENGTH = len("2026-01-01")
_EXACT_LENGTH = len("2026-01-01T00:00:00.123456")
_LONG_FRACTION = partial(re.search, r"[.,]([0-9]{7,})")
_LEAP_SECOND = partial(re.fullmatch, r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:)60(.*)")
_BEFORE_MIDNIGHT = (23, 59, 59)  # in UTC, when leap seconds are
_DATE_TIME = dt.datetime
_MISSING_TIMES = frozenset({"NaTType", "datetime64"})
_DIGITS = tuple(f"{number:02}" for number in range(100))
_parse_date_time = dt.datetime.fromisoformat
_UTC = dt.UTC


def read_date(value: Any) -> dt.date:
    """Read an ISO 8601 date."""
    if type(value) is str and _DATE(value) is not None:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise mismatch(value, "an ISO 8601 date in a string")


def read_date_time(value: Any) -> dt.datetime:
    """Read an ISO 8601 date and time, to the nearest microsecond. It is aware: without an offset it is taken as UTC."""
    moment: dt.datetime | None
    try:
        moment = _parse_date_time(value)
        if moment.tzinfo is not None and len(value) <= _EXACT_LENGTH:
            return moment
    except (TypeError, ValueError):
        moment = None  # this error quotes the value: what is raised below must not carry it as its context
    if moment is None:
        moment = _parse_rarity(value)
    if moment.tzinfo is None:
        if len(value) <= _DATE_LENGTH:
            raise mismatch(value, _A_DATE_TIME)  # a date alone is no date and time
        moment = moment.replace(tzinfo=_UTC)
    if len(value) > _EXACT_LENGTH:
        return _rounded(moment, value)
    return moment


def _parse_rarity(value: Any) -> dt.datetime:
    """Parse what RFC 3339 allows and Python does not: lower case, and a leap second, which is the next second."""
    try:
        text: str = value.upper()
        leap = _LEAP_SECOND(text)
        if leap is None:
            return _parse_date_time(text)
        moment = _parse_date_time(f"{leap[1]}59{leap[2]}")
        moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=_UTC)
        if moment.astimezone(_UTC).timetuple()[3:6] == _BEFORE_MIDNIGHT:
            return moment + dt.timedelta(seconds=1)
    except (AttributeError, OverflowError, TypeError, ValueError):
        pass
    raise mismatch(value, _A_DATE_TIME)


def _rounded(moment: dt.datetime, text: str) -> dt.datetime:
    """Round where Python drops digits: a second may have more of them than six."""
    digits = _LONG_FRACTION(text)
    if digits is None:
        return moment
    microseconds = (int(digits[1][:9].ljust(9, "0")) + 500) // 1000
    try:
        return moment.replace(microsecond=0) + dt.timedelta(microseconds=microseconds)
    except OverflowError:
        pass
    raise mismatch(text, _A_DATE_TIME)


def refuse_not_a_time(argument: str, value: Any) -> None:
    """Refuse NaT, which pandas and numpy have for a missing time. That of pandas is a datetime to isinstance().

    Raises:
        ArgumentError: It is NaT.
    """
    if type(value).__name__ in _MISSING_TIMES and str(value) == "NaT":
        raise ArgumentError(argument, "must be a time, not NaT (not a time): leave it out instead")


def write_date_time(value: Any, argument: str) -> str:
    """Return an aware datetime in RFC 3339.

    Raises:
        ArgumentError: It is no datetime, or has no offset: a moment without one can't be told.
    """
    if type(value) is not _DATE_TIME:
        refuse_not_a_time(argument, value)
        if not isinstance(value, dt.datetime):
            raise ArgumentError(argument, "must be a datetime")
    if value.tzinfo is not _UTC:
        offset = value.utcoffset()
        if offset is None:
            raise ArgumentError(argument, "must be an aware datetime: give it a tzinfo, such as datetime.UTC")
        if offset:
            if offset.seconds % 60 or offset.microseconds:
                return _in_utc(value, argument)
            return value.isoformat()
    if value.microsecond:
        return f"{value.isoformat()[:-6]}Z"
    # Most moments are whole seconds in UTC. This takes half the time of %, and less than a third of isoformat().
    year = value.year
    return (
        f"{_DIGITS[year // 100]}{_DIGITS[year % 100]}-{_DIGITS[value.month]}-{_DIGITS[value.day]}"
        f"T{_DIGITS[value.hour]}:{_DIGITS[value.minute]}:{_DIGITS[value.second]}Z"
    )


def leave_date_time(value: Any, argument: str) -> Any:
    """Return a datetime that msgspec writes the same way as it is, and any other written.

    Raises:
        ArgumentError: It is no datetime, or has no offset.
    """
    if type(value) is _DATE_TIME and value.tzinfo is _UTC:
        return value
    return write_date_time(value, argument)


def _in_utc(value: dt.datetime, argument: str) -> str:
    """Return a moment whose offset has seconds, which RFC 3339 has not."""
    try:
        return write_date_time(value.astimezone(_UTC), argument)
    except OverflowError:
        pass
    raise ArgumentError(argument, "must lie within the years 1 to 9999 in UTC")


def write_date(value: Any, argument: str) -> str:
    """Return a date in ISO 8601.

    Raises:
        ArgumentError: It is no date.
    """
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        refuse_not_a_time(argument, value)
        raise ArgumentError(argument, "must be a date")
    return value.isoformat()
