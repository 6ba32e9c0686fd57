# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Requests and responses: what an operation hands to its ``Send``, and what it gets back.

Whoever calls an operation supplies the ``Send``, which knows the server, the credentials and the network. Nothing here
does.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, unquote

from attrs import field, frozen

from .errors import ArgumentError, DecodeError, StatusError
from .types import Reader, decoded, parse_json, write_any, write_date, write_date_time

T = TypeVar("T")
Encoder = Callable[[str, Any], "str | list[str]"]
Documented = Mapping[int, "Callable[[Any], object] | None"]

_INT64 = 2**63
_MAX_NUMBER = 1e300
_MAX_TEXT = 4096
_MAX_ROUNDS = 4  # of percent-encoding on top of each other
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?").fullmatch
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}").fullmatch
_DOT_SEGMENTS = frozenset({".", ".."})
_SEGMENT_BREAK = re.compile(r"[/\\;]")  # some servers cut off what follows a semicolon, then resolve the dots


@frozen(kw_only=True)
class Request:
    """What an operation wants to send. Its repr shows no value of an argument.

    Attributes:
        method: The HTTP method, in upper case.
        template: The path with its placeholders, fit for logs and metrics.
        path: The path, quoted.
        query: Names and values of the query, in order, not quoted yet.
        headers: Names and values of the headers that are the operation's own.
        body: The body, or None.
        content_type: The media type of the body, or None.
    """

    method: str
    template: str
    path: str = field(repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    content_type: str | None = None


@frozen(kw_only=True)
class Response:
    """What came back. Its repr shows no header and no body.

    Attributes:
        status: The HTTP status code.
        headers: The headers, by lower-case name.
        body: The whole body, decoded from its transfer and content codings.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Send(Protocol):
    """Sends a request and returns the response, whatever its status."""

    def __call__(self, request: Request, /) -> Awaitable[Response]: ...


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
    if not isinstance(value, int) or isinstance(value, bool) or not -_INT64 <= value < _INT64:
        raise ArgumentError(argument, "must be an integer of 64 bits")
    return str(int(value))


def number(argument: str, value: Any) -> str:
    """Encode a finite number; a boolean is none."""
    if isinstance(value, float | int) and not isinstance(value, bool) and abs(value) <= _MAX_NUMBER:
        return str(float(value) if isinstance(value, float) else int(value))
    raise ArgumentError(argument, "must be a finite number")


def boolean(argument: str, value: Any) -> str:
    """Encode a boolean as true or false."""
    if not isinstance(value, bool):
        raise ArgumentError(argument, "must be True or False")
    return "true" if value else "false"


def date(argument: str, value: Any) -> str:
    """Encode a date in ISO 8601."""
    return write_date(value, argument)


def date_time(argument: str, value: Any) -> str:
    """Encode an aware datetime in RFC 3339."""
    return write_date_time(value, argument)


def date_or_date_time(argument: str, value: Any) -> str:
    """Encode a date, or an aware datetime."""
    if isinstance(value, datetime.datetime):
        return write_date_time(value, argument)
    if isinstance(value, datetime.date):
        return write_date(value, argument)
    raise ArgumentError(argument, "must be a date or an aware datetime")


def array(item: Encoder) -> Encoder:
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


def given(argument: str, value: T) -> T:
    """Return the value of a required parameter, which None is not.

    Raises:
        ArgumentError: It is None.
    """
    if value is None:
        raise ArgumentError(argument, "must be given")
    return value


def pairs(*parameters: tuple[str, str, Any, Encoder]) -> tuple[tuple[str, str], ...]:
    """Return the names and values of the parameters that are given.

    Args:
        parameters: Name, name of the argument, value (None: not given) and encoder of each.

    Raises:
        ArgumentError: A value can't be sent.
    """
    found: list[tuple[str, str]] = []
    for name, argument, value, encode in parameters:
        if value is None:
            continue
        encoded = encode(argument, value)
        if isinstance(encoded, str):
            found.append((name, encoded))
        else:
            found.extend((name, item) for item in encoded)
    return tuple(found)


def headers(*parameters: tuple[str, str, Any, Encoder]) -> tuple[tuple[str, str], ...]:
    """Return the names and values of the headers that are given.

    Raises:
        ArgumentError: A value can't be sent in a header. The message does not hold it.
    """
    found: list[tuple[str, str]] = []
    for name, argument, value, encode in parameters:
        for _, encoded in pairs((name, argument, value, encode)):
            found.append((name, header_value(argument, encoded)))
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
    """Return one segment of a path, quoted so that it stays one.

    Raises:
        ArgumentError: It is empty, or it is a dot segment or holds one, plain or percent-encoded: servers resolve those.
    """
    encoded = encode(argument, value)
    if not isinstance(encoded, str):
        raise ArgumentError(argument, "must be a single value")
    plain = encoded
    for _ in range(_MAX_ROUNDS):
        plain, previous = unquote(plain), plain
        if plain == previous:
            break
    else:
        raise ArgumentError(argument, "must not be percent-encoded over and over")
    if not plain.strip():
        raise ArgumentError(argument, "must not be empty")
    if not _DOT_SEGMENTS.isdisjoint(_SEGMENT_BREAK.split(plain)):
        raise ArgumentError(argument, "must not hold the path segments . or .., plain or percent-encoded")
    return quote(encoded, safe="")


def json_body(argument: str, body: Any, decode: Callable[[Any], object]) -> bytes:
    """Return a model, or a list of them, as JSON, after reading it back to see that it is what the specification says.

    Raises:
        ArgumentError: It is not.
    """
    try:
        value: Any = write_any(body, argument)
        # As it will be sent: a string or an integer of a class of its own is as good as a plain one.
        decode(json.loads(json.dumps(value)))
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except DecodeError as error:
        path = "" if not error.path else error.path if error.path.startswith("[") else f".{error.path}"
        problem = ArgumentError(f"{argument}{path}", f"must be {error.expected}")
    except ArgumentError as error:
        problem = ArgumentError(error.argument, error.rule)
    except AttributeError:
        problem = ArgumentError(argument, "must be a model whose attributes are what their types say")
    except (TypeError, ValueError, RecursionError):
        problem = ArgumentError(argument, "must hold only what JSON and UTF-8 can hold")
    raise problem  # outside the except blocks: their errors hold the body


def json_value(response: Response) -> Any:
    """Return the JSON value in the body.

    Raises:
        DecodeError: The content type is not JSON's, or the body is not JSON.
    """
    check_json(response)
    return parse_json(response.body)


def check_json(response: Response) -> None:
    """Check that a response says it is JSON, and is not empty.

    Raises:
        DecodeError: It does not, or is.
    """
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise DecodeError("a JSON body", f"content type {media_type}" if _MEDIA_TYPE(media_type) else "no content type")
    if not response.body:
        raise DecodeError("a JSON body", "an empty body")


def read_body(response: Response, reader: Reader[T]) -> T:
    """Return what the JSON body of a response says.

    Raises:
        DecodeError: The content type is not JSON's, or the body is not what the specification says.
    """
    check_json(response)
    return reader.read(response.body)


def read_value(response: Response, decode: Callable[[Any], T]) -> T:
    """Return what the JSON body of a response says, where msgspec has no part in it.

    Raises:
        DecodeError: The content type is not JSON's, or the body is not what the specification says.
    """
    return decoded(json_value(response), decode)


def status_error(response: Response, documented: Documented) -> StatusError:
    """Return the error for a response that is no success, with its body where the specification describes one.

    Args:
        response: What came back.
        documented: The decoder of each status that the specification lists, None where it describes no body.
    """
    body: object = None
    decode = documented.get(response.status)
    if decode is not None:
        try:
            body = decoded(json_value(response), decode)
        except DecodeError:
            body = None
    return StatusError(response.status, documented=response.status in documented, body=body)
