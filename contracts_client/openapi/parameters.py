"""Encoders of parameters: from arguments to texts for a path, a query or a header."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

from .dates import refuse_not_a_time, write_date, write_date_time
from .decode import INT64_MAX, INT64_MIN
from .encode import as_bool, as_int, write_any
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


def uuid(argument: str, value: Any) -> str:
    """Encode a UUID."""
    if not isinstance(value, UUID):
        raise ArgumentError(argument, "must be a UUID")
    return str(value)


def json_text(argument: str, value: Any) -> str:
    """Encode a value as JSON."""
    try:
        return json.dumps(write_any(value, argument), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (AttributeError, TypeError, ValueError, RecursionError):
        pass  # these quote the value
    raise ArgumentError(argument, "must hold only what JSON can hold")


@cache
def any_text(delimiter: str) -> Callable[[str, Any], str]:
    """Return an encoder of a value that may be of several types: a text, or a list or an object with delimiters."""

    def encode(argument: str, value: Any) -> str:
        return delimiter.join(
            part for name, each in _named(argument, value) for part in ([name] if name else []) + [each]
        )

    return encode


def spread(name: str, argument: str, value: Any, *, deep: bool = False) -> list[tuple[str, str]]:
    """Return the parameters that a value of several types is: one for each item of a list or property of an object.

    Args:
        name: Name of the parameter.
        argument: Name of the argument.
        value: The value.
        deep: Whether a property is called ``name[property]``, and not as itself.
    """
    return [(f"{name}[{inner}]" if deep and inner else inner or name, text) for inner, text in _named(argument, value)]


def _named(argument: str, value: Any) -> list[tuple[str, str]]:
    """Return the texts of a value, with the names of their properties if it is an object."""
    try:
        written: Any = write_any(value, argument)
    except (AttributeError, TypeError):
        written = None  # a model whose attributes are not what their types say
    held: dict[Any, Any] = written if written.__class__ is dict else {"": written}
    return [(str(name), text) for name, each in held.items() for text in _scalars(argument, each)]


def _scalars(argument: str, value: Any) -> list[str]:
    """Encode a JSON value that is no object, or each of a list of these."""
    values: list[Any] = value if value.__class__ is list else [value]
    texts: list[str] = []
    for each in values:
        if isinstance(each, bool):
            texts.append(boolean(argument, each))
        elif isinstance(each, int):
            texts.append(integer(argument, each))
        elif isinstance(each, float):
            texts.append(number(argument, each))
        else:
            texts.append(text(argument, each))
    return texts


@cache
def joined(item: Encoder, delimiter: str) -> Callable[[str, Any], str]:
    """Return an encoder of arrays, whose items stand in one text with a delimiter between them."""
    items = array(item)

    def encode(argument: str, value: Any) -> str:
        texts = items(argument, value)
        if any(delimiter in each for each in texts):
            raise ArgumentError(argument, f"must hold no item with {delimiter!r}, which stands between them")
        return text(argument, delimiter.join(texts))

    return encode


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
