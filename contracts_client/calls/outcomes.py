"""The error that each kind of failure becomes, and what an error response says. No error quotes what was sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from .. import defaults
from .._generated.models import ErrorBody
from ..errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    OutcomeUnknownError,
    RateLimitError,
    ResponseDecodeError,
    UnreadableOutcomeError,
    find_out,
    shown_code,
)
from ..openapi.decode import read_dict
from ..openapi.errors import DecodeError, StatusError
from ..openapi.operation import Request, Response, json_value
from ..resilience.retry import PASSING
from ..transport.interface import ExchangeError
from .advice import Advice

SUCCESS: Final = range(200, 300)
_REDIRECT: Final = range(300, 400)
_CLIENT_ERROR: Final = range(400, 500)
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
# These 4xx say that somebody did not wait: for the rest of the request (408), or for the answer to it (499, as sent by
# gateways and gRPC's transcoders).
_MAYBE_EXECUTED: Final = frozenset({408, 499})
# Of the 5xx, only these say that nothing was executed: not implemented, HTTP version not supported.
_NOT_EXECUTED: Final = frozenset({501, 505})
# Apigee's code for a spike arrest or a quota, which some of its configurations send with 500.
_LIMITED: Final = "policies.ratelimit."
_TOKENS_QUOTA: Final = "policies.ratelimit.QuotaViolation"


def is_limited(status: int, body: ErrorBody | None) -> bool:
    """Tell whether a request was refused for the rate of requests, so that it was not executed."""
    if status == _TOO_MANY:
        return True
    if status != _SERVER_ERROR:
        return False
    return body is not None and body.error_code is not None and str(body.error_code).startswith(_LIMITED)


def is_tokens_quota(body: ErrorBody | None) -> bool:
    """Tell whether a request was refused for the quota of its token (published), and not by a spike arrest."""
    return body is not None and body.error_code == _TOKENS_QUOTA


def unknown_outcome(what: str, details: dict[str, Any], status_code: int | None = None) -> OutcomeUnknownError:
    """Return the error of a claim that may have been executed."""
    return OutcomeUnknownError(f"{what}; {find_out(details['operation'])}", status_code=status_code, **details)


def unreadable(
    error: DecodeError, details: dict[str, Any], *, at_most_once: bool, status_code: int | None
) -> ResponseDecodeError:
    """Return the error of an answer that can't be read.

    Args:
        error: What is not as the specification says.
        details: What every APIError carries.
        at_most_once: Whether the operation must not be executed twice. If so, its outcome is unknown.
        status_code: The HTTP status, or None if it is not known.
    """
    if at_most_once:
        return UnreadableOutcomeError(error.path, error.expected, error.found, status_code=status_code, **details)
    return ResponseDecodeError(error.path, error.expected, error.found, **details)


def timed_out(what: str, details: dict[str, Any], *, at_most_once: bool, sent: bool) -> APIConnectionError:
    """Return the error of a call that took too long.

    Args:
        what: What took too long.
        details: What every APIError carries.
        at_most_once: Whether the operation must not be executed twice.
        sent: Whether the server may have seen something of the last request.
    """
    if at_most_once and sent:
        return unknown_outcome(what, details)
    return APITimeoutError(what, **_but(details, safe_to_retry=True))


def no_response(
    error: ExchangeError, details: dict[str, Any], *, at_most_once: bool, sent: bool
) -> APIConnectionError | ResponseDecodeError:
    """Return the error of an exchange that brought no whole response. For the arguments see ``timed_out``."""
    if error.unusable:
        return unreadable(
            DecodeError("a body that can be read", str(error)), details, at_most_once=at_most_once, status_code=None
        )
    if at_most_once and sent:
        return unknown_outcome(str(error), details)
    kind = APITimeoutError if error.timed_out else APIConnectionError
    return kind(str(error), **_but(details, safe_to_retry=error.transient))


def strange_status(
    error: StatusError, details: dict[str, Any], *, at_most_once: bool
) -> ResponseDecodeError | APIStatusError:
    """Return the error of a status that the specification does not have, or that the client itself made up."""
    if error.status in SUCCESS:
        strange = DecodeError("a success that is documented", f"status {error.status}")
        return unreadable(strange, details, at_most_once=at_most_once, status_code=error.status)
    return APIStatusError.for_status(error.status, None, "nothing matches", **details)


def refused(
    request: Request,
    response: Response,
    body: ErrorBody | None,
    retry_after: float | None,
    details: dict[str, Any],
    *,
    advice: Advice,
    at_most_once: bool,
) -> OutcomeUnknownError | APIStatusError:
    """Return the error of an answer that is no success.

    Args:
        request: What was sent.
        response: The answer.
        body: What its body says.
        retry_after: Seconds that the server asks to wait, or None.
        details: What every APIError carries.
        advice: What to do about a refusal.
        at_most_once: Whether the operation must not be executed twice.
    """
    status = response.status
    limited = is_limited(status, body)
    what = f"{request.method} {request.template} was answered with {status}{_phrase(status)}"
    if body is not None and not _was_sent(request, str(body.error_code)):
        what += shown_code(body.error_code)
    if status in _REDIRECT:
        what += _leads_to(response.headers.get("location"))
    if at_most_once and _may_have_been_executed(status) and not limited:
        return unknown_outcome(what, _but(details, retry_after=retry_after), status)
    what += advice.on(_TOO_MANY if limited else status, request.template, body, response.body)
    details = _but(details, retry_after=retry_after, safe_to_retry=status in PASSING)
    if limited:
        return RateLimitError(what, status_code=status, error=body, **details)
    return APIStatusError.for_status(status, body, what, **details)


def _was_sent(request: Request, text: str) -> bool:
    """Tell whether a text is a value of a request, so that it may be personal."""
    values = (*unquote(request.path).split("/"), *(value for _, value in (*request.query, *request.headers)))
    return text in values or text.encode() in (request.body or b"")


def _but(details: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**details, **more}


def _may_have_been_executed(status: int) -> bool:
    """Tell whether the server, or a gateway in front of it, may have executed the request.

    Only a refusal says that it did not. A redirect does not say so: 303 is the usual answer to a POST that worked.
    """
    return status in _MAYBE_EXECUTED or (status not in _CLIENT_ERROR and status not in _NOT_EXECUTED)


def _leads_to(location: str | None) -> str:
    if location is None:
        return ", which names no place and would not be followed"
    return f", which is never followed; it leads to {_host(location)}"


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def _host(location: str) -> str:
    try:
        host = urlsplit(location).hostname
    except ValueError:
        host = None
    return "the same host" if not host else host if host.isascii() and host.isprintable() else "another host"


_MAX_TEXT: Final = 2048  # characters of a text in an error body

# Names of RFC 9457, and those of the API's own shape for the same.
_PROBLEM_NAMES: Final = {"title": "error", "detail": "message", "instance": "path"}


def parse_error_body(response: Response) -> ErrorBody | None:
    """Return what the body of an error response says, in the API's own shape.

    Args:
        response: The response. Its body may be anything.

    Returns:
        The body, with None for each value that can't be read. None if the body is no JSON object, or too large to be
        read on the event loop.
    """
    if len(response.body) > defaults.MAX_ERROR_BYTES:
        return None
    try:
        body = read_dict(json_value(response))
    except DecodeError:
        return None
    if isinstance(body.get("fault"), dict):
        return _from_gateway(read_dict(body["fault"]))
    body = {name: each[:_MAX_TEXT] if isinstance(each, str) else each for name, each in body.items()}
    if "message" not in body and not _PROBLEM_NAMES.keys().isdisjoint(body):
        body = {_PROBLEM_NAMES.get(name, name): each for name, each in body.items()}
    return ErrorBody.from_dict(body)


def _from_gateway(fault: dict[str, Any]) -> ErrorBody:
    try:
        code = read_dict(fault.get("detail")).get("errorcode")
    except DecodeError:
        code = None
    return ErrorBody.from_dict({"message": fault.get("faultstring"), "errorCode": code})
