"""What a call sends beyond the specification: extra query parameters and headers, and requests of the user's own."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeAlias, TypeVar, cast
from urllib.parse import urlencode

from attrs import evolve, field

from .. import defaults
from ..errors import InvalidArgumentError
from ..headers import folded as folded_name
from ..openapi import parameters
from ..openapi.classes import frozen
from ..openapi.encode import plain_number, write_any, write_decimal
from ..openapi.errors import ArgumentError
from ..openapi.operation import Operation, Request, Response, json_value
from .attempt import OWN_HEADERS

T = TypeVar("T")

QueryValue: TypeAlias = str | int | float | Decimal | dt.date
"""A value of a query parameter; True and False are sent as ``true`` and ``false``."""
QueryLike: TypeAlias = Mapping[str, QueryValue | Sequence[QueryValue] | None]
"""Values by name. A sequence repeats the parameter, and None leaves it out."""
HeadersLike: TypeAlias = Mapping[str, str]

_HEADER_NAME = partial(re.fullmatch, r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")
_REFUSED_HEADERS: Final = OWN_HEADERS | {
    *("expect", "keep-alive", "proxy-connection", "trailer"),  # framing
    *("x-http-method", "x-http-method-override", "x-method-override"),  # they would make a GET another request
    *("x-original-url", "x-rewrite-url"),  # they would replace the path
    *("forwarded", "x-forwarded-host", "x-host", "x-http-host-override", "x-original-host"),  # or the host
}
_CUSTOMER: Final = "entur-customer-number"
_MAX_NAME: Final = 128  # characters

_ENCODERS: Final[tuple[tuple[type, Callable[[str, Any], str]], ...]] = (
    (bool, parameters.boolean),  # before int, since every bool is one
    (int, parameters.integer),
    (float, parameters.number),
    (Decimal, lambda argument, value: write_decimal(value, argument)),
    (dt.date, parameters.date_or_date_time),
)

_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_READS: Final = frozenset({"GET", "HEAD"})
_PATH = partial(re.fullmatch, r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+")
_MAX_PATH: Final = 4096  # characters
_HIDDEN: Final = "{hidden}"
_CLAIM: Final = "claim-personnel-ticket"
KNOWN_SEGMENTS: Final = frozenset(
    {
        *("customers", "v2", "benefits", "contracts", "contract-consumers"),
        *("by-external-ref", "validate-consumption", _CLAIM),
    }
)
"""Segments of the specification's paths. Any other one may be about a person, so no log shows it."""


@frozen
class Extras:
    """Query parameters and headers that an operation sends beside its own, checked. Their repr shows nothing."""

    query: tuple[tuple[str, str], ...] = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)

    def added_to(self, operation: Operation[T]) -> Operation[T]:
        """Return an operation that sends these too.

        Raises:
            InvalidArgumentError: The operation itself sends one of them.
        """
        request = operation.request
        _refuse_sent("extra_query", self.query, request.query)
        _refuse_sent("extra_headers", self.headers, request.headers)
        more = evolve(request, query=request.query + self.query, headers=request.headers + self.headers)
        return evolve(operation, request=more)


def _refuse_sent(argument: str, extra: Iterable[tuple[str, str]], sent: Iterable[tuple[str, str]]) -> None:
    names = {name.lower() for name, _ in sent}
    for name, _ in extra:
        if name.lower() in names:
            raise InvalidArgumentError(argument, f"must not hold {name}, which the operation itself sends")


def checked_extras(query: QueryLike | None, headers: HeadersLike | None) -> Extras:
    """Return the extra parameters and headers of a call.

    Raises:
        InvalidArgumentError: One of them can't be sent, or is the client's own.
    """
    return Extras(_checked_query("extra_query", query), _checked_headers("extra_headers", headers, _REFUSED_HEADERS))


def _checked_query(argument: str, query: object) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for name, value in _items(argument, query):
        if not isinstance(name, str) or not 0 < len(name) <= _MAX_NAME or not name.isprintable():
            raise InvalidArgumentError(argument, f"must have names of 1 to {_MAX_NAME} printable characters")
        values: Sequence[object] = [] if value is None else [value]
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            values = cast("Sequence[object]", value)
        place, rule = f"{argument}[{name!r}]", ""
        try:
            pairs += [(name, _text_of(place, each)) for each in values]
        except ArgumentError as error:
            rule = error.rule
        if rule:  # outside the except block, so that the error carries no context
            raise InvalidArgumentError(place, rule)
    if pairs and len(urlencode(pairs)) > defaults.MAX_QUERY:
        raise InvalidArgumentError(argument, f"must not be longer than {defaults.MAX_QUERY} characters when quoted")
    return tuple(pairs)


def _text_of(argument: str, value: object) -> str:
    if isinstance(value, str):
        return parameters.text(argument, value)
    with suppress(TypeError):
        value = plain_number(value)  # numpy's is none of Python's
    for kind, encode in _ENCODERS:
        if isinstance(value, kind):
            return encode(argument, value)
    raise ArgumentError(argument, "must be a string, a number, True, False, a date or an aware datetime")


def _checked_headers(argument: str, given: object, refused: frozenset[str]) -> tuple[tuple[str, str], ...]:
    checked: dict[str, tuple[str, str]] = {}
    for name, value in _items(argument, given):
        if not isinstance(name, str) or _HEADER_NAME(name) is None:
            raise InvalidArgumentError(argument, "must have names of ASCII letters, digits and !#$%&'*+.^_`|~-")
        folded = folded_name(name)
        if folded in refused:
            raise InvalidArgumentError(argument, f"must not hold {name}, which is the client's own")
        if folded in checked:
            raise InvalidArgumentError(argument, f"must hold {name} once")
        place, rule = f"{argument}[{name!r}]", ""
        try:
            checked[folded] = (name, parameters.header_value(place, parameters.text(place, value)))
        except ArgumentError as error:
            rule = error.rule
        if rule:
            raise InvalidArgumentError(place, rule)
    return tuple(checked.values())


def _items(argument: str, value: object) -> Iterable[tuple[object, object]]:
    if value is None:
        return ()
    if not isinstance(value, Mapping):
        raise InvalidArgumentError(argument, "must be a mapping of names to values")
    return cast("Mapping[object, object]", value).items()


def is_sent_once(request: Request, safe: object) -> bool:
    """Tell whether a request of the user's own is sent at most once: by default any but GET and HEAD.

    Raises:
        InvalidArgumentError: ``safe`` is no boolean, or True for a claim.
    """
    reads = request.method in _READS
    if safe is None:
        return not reads
    if not isinstance(safe, bool):
        raise InvalidArgumentError("safe", "must be True, False or None")
    if safe and not reads and _CLAIM in parameters.unquoted("path", request.path).lower():
        raise InvalidArgumentError("safe", "must not be True for a claim, which is sent at most once")
    return not safe


def own_operation(
    method: object, path: object, query: QueryLike | None, headers: HeadersLike | None, body: object
) -> Operation[Any]:
    """Return the operation that sends a request of the user's own, and reads the response as JSON.

    Args:
        method: The HTTP method.
        path: The path below the base URL, percent-encoded.
        query: Its query.
        headers: Its headers.
        body: What is sent as JSON; None for no body.

    Raises:
        InvalidArgumentError: An argument breaks a rule.
    """
    name = method.upper() if isinstance(method, str) else ""
    if name not in _METHODS:
        raise InvalidArgumentError("method", f"must be one of {', '.join(_METHODS)}")
    checked = checked_path(path)
    if body is not None and name in _READS:
        raise InvalidArgumentError("json", f"must be left out of a {name} request")
    allowed = _checked_headers("headers", headers, _REFUSED_HEADERS - {_CUSTOMER})
    request = Request(
        method=name,
        template="/".join(each if each in KNOWN_SEGMENTS else each and _HIDDEN for each in checked.split("/")),
        path=checked,
        query=_checked_query("query", query),
        headers=allowed,
        body=None if body is None else _json(body),
        content_type=None if body is None else "application/json",
    )
    return Operation(request=request, parse=_read)


def _read(response: Response) -> Any:
    return json_value(response) if response.body else None


def checked_path(path: object) -> str:
    """Return a path below the base URL.

    Raises:
        InvalidArgumentError: It names another host, has a query or a fragment, or leads out of the base URL.
    """
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//"):
        raise InvalidArgumentError("path", "must begin with one / and lie below the base URL: no scheme and no host")
    if "?" in path or "#" in path:
        raise InvalidArgumentError("path", "must have no query, which query= takes, and no fragment")
    if len(path) > _MAX_PATH or _PATH(path) is None:
        raise InvalidArgumentError(
            "path",
            f"must be at most {_MAX_PATH} characters that a URL's path may hold; percent-encode others, as "
            "urllib.parse.quote(segment, safe='') does",
        )
    try:
        parameters.unquoted("path", path)
    except ArgumentError as error:
        rule = error.rule
    else:
        return path
    raise InvalidArgumentError("path", rule)


def _json(value: object) -> bytes:
    body: bytes | None = None
    rule = "must hold only what JSON and UTF-8 can hold"
    try:
        body = json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_json_value
        ).encode()
    except ArgumentError as error:
        rule = error.rule if error.argument == "json" else f"{error.argument} {error.rule}"
    except (TypeError, ValueError, RecursionError, AttributeError):
        pass  # these quote the value
    if body is None:
        raise InvalidArgumentError("json", rule)
    if len(body) > defaults.MAX_REQUEST_BYTES:
        raise InvalidArgumentError("json", f"must not be larger than {defaults.MAX_REQUEST_BYTES} bytes")
    return body


def _json_value(value: Any) -> Any:
    written = write_any(value, "json")
    return plain_number(value) if written is value else written
