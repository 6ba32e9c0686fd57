"""Encoders of parameters: from arguments to texts for a path, a query or a header."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from .dates import refuse_not_a_time, write_date, write_date_time
from .decode import INT64_MAX, INT64_MIN
from .encode import as_bool, as_int
from .errors import ArgumentError

Encoder = Callable[[str, Any], "str | list[str]"]

_MAX_NUMBER = 1e300
_MAX_TEXT = 4096
_MAX_ROUNDS = 4  # of percent-encoding on top of each other
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?").fullmatch
_DOT_SEGMENTS = frozenset({".", ".."})
_SEGMENT_BREAK = re.compile(r"[/\\;]")  # some servers cut off what follows a semicolon, then resolve the dots


def text(argument: str, value: Any) -> str:
    """Encode a string. An empty one is refused, since servers take it for no value at all."""
    if not isinstance(value, str):
        raise ArgumentError(argument, "must be a string")
    if not value:
        raise ArgumentError(argument, "must not be empty; leave it out instead")
    if len(value) > _MAX_TEXT:
        raise ArgumentError(argument, f"must not be longer than {_MAX_TEXT} characters")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            value = ""
    if not value:
        raise ArgumentError(argument, "must be a string that UTF-8 can hold")
    return str.__str__(value)  # an enumeration that is a string has a str() of its own


def integer(argument: str, value: Any) -> str:
    """Encode an integer of 64 bits; a boolean is none."""
    found = value if type(value) is int else as_int(value)
    if found is None or not INT64_MIN <= found <= INT64_MAX:
        raise ArgumentError(argument, "must be an integer of 64 bits")
    return str(found)


def number(argument: str, value: Any) -> str:
    """Encode a finite number; a boolean is none."""
    found = float(value) if isinstance(value, float) else as_int(value)
    if found is not None and abs(found) <= _MAX_NUMBER:
        return str(found)
    raise ArgumentError(argument, "must be a finite number")


def boolean(argument: str, value: Any) -> str:
    """Encode a boolean as true or false."""
    found = value if type(value) is bool else as_bool(value)
    if found is None:
        raise ArgumentError(argument, "must be True or False")
    return "true" if found else "false"


def date(argument: str, value: Any) -> str:
    """Encode a date in ISO 8601."""
    return write_date(value, argument)


def date_time(argument: str, value: Any) -> str:
    """Encode an aware datetime in RFC 3339."""
    return write_date_time(value, argument)


def date_or_date_time(argument: str, value: Any) -> str:
    """Encode a date, or an aware datetime."""
    if isinstance(value, dt.datetime):
        return write_date_time(value, argument)
    if isinstance(value, dt.date):
        return write_date(value, argument)
    refuse_not_a_time(argument, value)
    raise ArgumentError(argument, "must be a date or an aware datetime")


@cache
def array(item: Encoder) -> Callable[[str, Any], list[str]]:
    """Return an encoder of arrays, whose items are repeated in the query. A lone string is no array."""

    def encode(argument: str, value: Any) -> list[str]:
        if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
            raise ArgumentError(argument, "must be a list")
        values = list(value)
        encoded = [item(f"{argument}[{index}]", each) for index, each in enumerate(values)]
        texts = [each for each in encoded if isinstance(each, str)]
        if len(texts) != len(encoded):
            raise ArgumentError(argument, "must not hold lists")
        return texts

    return encode


def check_given(argument: str, value: object) -> None:
    """Check the value of a required parameter, which None is not.

    Raises:
        ArgumentError: It is None.
    """
    if value is None:
        raise ArgumentError(argument, "must be given")


def headers(*parameters: tuple[str, str, Any, Encoder]) -> tuple[tuple[str, str], ...]:
    """Return the names and values of the headers that are given.

    Args:
        parameters: Name, name of the argument, value (None: not given) and encoder of each.

    Raises:
        ArgumentError: A value can't be sent in a header. The message does not hold it.
    """
    found: list[tuple[str, str]] = []
    for name, argument, value, encode in parameters:
        if value is not None:
            encoded = encode(argument, value)
            values = [encoded] if isinstance(encoded, str) else encoded
            found += [(name, header_value(argument, each)) for each in values]
    return tuple(found)


def header_value(argument: str, value: str) -> str:
    """Return a header value that can't inject: visible ASCII, with spaces inside only.

    Raises:
        ArgumentError: It is not that. The message does not hold it.
    """
    if _HEADER_VALUE(value) is None:
        raise ArgumentError(argument, "must be visible ASCII characters, with spaces inside only")
    return value


def segment(argument: str, value: Any, encode: Encoder) -> str:
    """Return one segment of a path, quoted so that it remains one segment.

    Raises:
        ArgumentError: It is empty, or holds a dot segment, plain or percent-encoded: servers resolve those.
    """
    encoded = encode(argument, value)
    if not isinstance(encoded, str):
        raise ArgumentError(argument, "must be a single value")
    if not unquoted(argument, encoded).strip():
        raise ArgumentError(argument, "must not be empty")
    return quote(encoded, safe="")


def unquoted(argument: str, encoded: str) -> str:
    """Return a path, or a segment of one, without its percent-encoding.

    Raises:
        ArgumentError: It holds a dot segment, plain or percent-encoded, or is encoded over and over.
    """
    plain = encoded
    for _ in range(_MAX_ROUNDS):
        plain, previous = unquote(plain), plain
        if plain == previous:
            break
    else:
        raise ArgumentError(argument, "must not be percent-encoded over and over")
    if not _DOT_SEGMENTS.isdisjoint(_SEGMENT_BREAK.split(plain)):
        raise ArgumentError(argument, "must not hold the path segments . or .., plain or percent-encoded")
    return plain
