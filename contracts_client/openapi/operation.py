"""Operations: a request and a parser of the response. They know no server, no credentials and no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from attrs import field

from .classes import define
from .decode import decoded
from .encode import write_any
from .errors import ArgumentError, DecodeError, StatusError
from .fast import Reader, parse_json

T = TypeVar("T")
Documented = Mapping[int, "Callable[[Any], object] | None"]

JSON_TYPES = "application/json, application/problem+json"

_JSON = "application/json"
_UNREADABLE_TYPE = "a content type that can't be read"
_MAX_CONTENT_TYPE = 1000  # characters
_LIST_ITEM = partial(re.findall, r'(?:[^",]|"(?:[^"\\]|\\.)*")+')
_MEDIA_TYPE = partial(re.fullmatch, r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}")


@define(kw_only=True)
class Request:
    """The request of an operation. Its repr shows no value of an argument.

    Attributes:
        method: The HTTP method, in upper case.
        template: The path with its placeholders, fit for logs and metrics.
        path: The path, quoted.
        query: Names and values of the query, in order, not quoted yet.
        headers: Names and values of the headers that are the operation's own.
        body: The body, or None.
        content_type: The media type of the body, or None.
        accept: The media types that a success may have.
    """

    method: str
    template: str
    path: str = field(repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    content_type: str | None = None
    accept: str = JSON_TYPES


@define(kw_only=True)
class Response:
    """A response. Its repr shows no header and no body.

    Attributes:
        status: The HTTP status code.
        headers: The headers, by lower-case name.
        body: The whole body, decoded from its transfer and content codings.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@define(kw_only=True)
class Operation(Generic[T]):
    """One use of an operation: its request, and the parser of its response. It is pure: nothing was sent yet.

    Attributes:
        request: What to send.
        parse: Reads the response. It raises DecodeError where a success is not what the specification says, and
            StatusError at any other status.
    """

    request: Request
    parse: Callable[[Response], T] = field(repr=False)


def json_body(argument: str, body: Any, decode: Callable[[Any], object]) -> bytes:
    """Return a model, or a list of them, as JSON. It is read back first, to check it against the specification.

    Raises:
        ArgumentError: It is not.
    """
    try:
        value: Any = write_any(body, argument)
        # As it will be sent: a subclass of str or int is the same as a plain one.
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

    A gateway may repeat the header of the API, and then the values come as a list: all of it has to be JSON.

    Raises:
        DecodeError: It does not, or is.
    """
    content_type = response.headers.get("content-type", "")
    if content_type != _JSON:
        _check_content_type(content_type)
    if not response.body:
        raise DecodeError("a JSON body", "an empty body")


def _check_content_type(content_type: str) -> None:
    if len(content_type) > _MAX_CONTENT_TYPE:
        raise DecodeError("a JSON body", _UNREADABLE_TYPE)
    items: list[str] = _LIST_ITEM(content_type)
    names = [name for name in (item.partition(";")[0].strip().lower() for item in items) if name]
    for name in names:
        if name != _JSON and not name.endswith("+json"):
            raise DecodeError("a JSON body", f"content type {name}" if _MEDIA_TYPE(name) else _UNREADABLE_TYPE)
    if not names:
        raise DecodeError("a JSON body", "no content type")


def read_body(response: Response, reader: Reader[T]) -> T:
    """Return what the JSON body of a response says.

    Raises:
        DecodeError: The content type is not JSON's, or the body is not what the specification says.
    """
    check_json(response)
    return reader.read(response.body)


def read_value(response: Response, decode: Callable[[Any], T]) -> T:
    """Return what the JSON body of a response says, read without msgspec.

    Raises:
        DecodeError: The content type is not JSON's, or the body is not what the specification says.
    """
    return decoded(json_value(response), decode)


def status_error(response: Response, documented: Documented) -> StatusError:
    """Return the error for a response that is no success, with its body if the specification describes one.

    Args:
        response: What came back.
        documented: The decoder of each status that the specification lists, None if it describes no body. The first
            digit of a status stands for all that begin with it, and 0 for all others.
    """
    body: object = None
    listed = (response.status, response.status // 100)
    decode = next((documented[each] for each in (*listed, 0) if each in documented), None)
    if decode is not None:
        try:
            body = decoded(json_value(response), decode)
        except DecodeError:
            body = None
    return StatusError(response.status, documented=any(each in documented for each in listed), body=body)
