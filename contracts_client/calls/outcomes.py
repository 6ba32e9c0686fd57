"""The error that each way to fail becomes, and what an error response says. None of it quotes what was sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from .. import defaults
from .._generated.models import ErrorBody
from ..errors import (
    FIND_OUT,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    OutcomeUnknownError,
    RateLimitError,
    ResponseDecodeError,
    UnreadableOutcomeError,
)
from ..openapi.decode import read_dict
from ..openapi.errors import DecodeError, StatusError
from ..openapi.operation import Request, Response, json_value
from ..resilience.retry import PASSING
from ..transport.trace import ExchangeError

SUCCESS: Final = range(200, 300)
_REDIRECT: Final = range(300, 400)
_CLIENT_ERROR: Final = range(400, 500)
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
# Of the 4xx, these say that somebody did not wait: for the rest of the request, or, as gateways and gRPC's transcoders
# have it with 499, for the answer to it.
_UNTOLD: Final = frozenset({408, 499})
# Of the 5xx, only these say that nothing was executed: not implemented, HTTP version not supported.
_TOLD: Final = frozenset({501, 505})
# Apigee's code for a spike arrest or a quota, which some of its configurations send with 500.
_LIMITED: Final = "policies.ratelimit."
_TOKENS_QUOTA: Final = "policies.ratelimit.QuotaViolation"

_ADVICE: Final = {
    400: "; the attribute error holds what the API objects to",
    401: "; check the credentials and that they belong to this environment",
    403: "; the credentials lack the permission: ask the provider for it",
    429: "; slow down, and wait for retry_after seconds where it is given",
}


def is_limited(status: int, body: ErrorBody | None) -> bool:
    """Tell whether a request was refused for the rate at which they come, so that it was not executed."""
    if status == _TOO_MANY:
        return True
    if status != _SERVER_ERROR:
        return False
    return body is not None and body.error_code is not None and str(body.error_code).startswith(_LIMITED)


def is_tokens_quota(body: ErrorBody | None) -> bool:
    """Tell whether a request was refused for the quota of its token (published), and not by a spike arrest."""
    return body is not None and body.error_code == _TOKENS_QUOTA


def unknown_outcome(what: str, context: dict[str, Any], status_code: int | None = None) -> OutcomeUnknownError:
    """Return the error of a claim of which nobody knows whether it was executed."""
    return OutcomeUnknownError(f"{what}; {FIND_OUT}", status_code=status_code, **context)


def unreadable(
    error: DecodeError, context: dict[str, Any], *, once: bool, status_code: int | None
) -> ResponseDecodeError:
    """Return the error of an answer that can't be read.

    Args:
        error: Where it is not what the specification says.
        context: What every APIError carries.
        once: Whether the operation must not be executed twice: then nobody knows whether it was executed.
        status_code: The HTTP status, or None where it is not known.
    """
    if once:
        return UnreadableOutcomeError(error.path, error.expected, error.found, status_code=status_code, **context)
    return ResponseDecodeError(error.path, error.expected, error.found, **context)


def timed_out(what: str, context: dict[str, Any], *, once: bool, sent: bool) -> APIConnectionError:
    """Return the error of a call that took too long.

    Args:
        what: What took too long.
        context: What every APIError carries.
        once: Whether the operation must not be executed twice.
        sent: Whether the server may have seen something of the last request.
    """
    if once and sent:
        return unknown_outcome(what, context)
    return APITimeoutError(what, **_but(context, safe_to_retry=True))


def no_response(
    error: ExchangeError, context: dict[str, Any], *, once: bool, sent: bool
) -> APIConnectionError | ResponseDecodeError:
    """Return the error of an exchange that brought no whole response. For the arguments see ``timed_out``."""
    if error.unusable:
        return unreadable(DecodeError("a body that can be read", str(error)), context, once=once, status_code=None)
    if once and sent:
        return unknown_outcome(str(error), context)
    kind = APITimeoutError if error.timed_out else APIConnectionError
    return kind(str(error), **_but(context, safe_to_retry=error.transient))


def strange_status(error: StatusError, context: dict[str, Any], *, once: bool) -> ResponseDecodeError | APIStatusError:
    """Return the error of a status that the specification does not have, or that only the client makes up."""
    if error.status in SUCCESS:
        strange = DecodeError("a success that is documented", f"status {error.status}")
        return unreadable(strange, context, once=once, status_code=error.status)
    return APIStatusError.for_status(error.status, None, "nothing matches", **context)


def refused(
    request: Request,
    response: Response,
    body: ErrorBody | None,
    retry_after: float | None,
    context: dict[str, Any],
    *,
    once: bool,
) -> OutcomeUnknownError | APIStatusError:
    """Return the error of an answer that is no success.

    Args:
        request: What was sent.
        response: The answer.
        body: What its body says.
        retry_after: Seconds that the server asks to wait, or None.
        context: What every APIError carries.
        once: Whether the operation must not be executed twice.
    """
    status = response.status
    limited = is_limited(status, body)
    what = f"{request.method} {request.template} was answered with {status}{_phrase(status)}"
    if status in _REDIRECT:
        what += _leads_to(response.headers.get("location"))
    if once and _may_have_been_executed(status) and not limited:
        return unknown_outcome(what, _but(context, retry_after=retry_after), status)
    what += _ADVICE.get(_TOO_MANY if limited else status, "")
    context = _but(context, retry_after=retry_after, safe_to_retry=status in PASSING)
    if limited:
        return RateLimitError(what, status_code=status, error=body, **context)
    return APIStatusError.for_status(status, body, what, **context)


def _but(context: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**context, **more}


def _may_have_been_executed(status: int) -> bool:
    """Tell whether the server, or a gateway in front of it, may have executed the request all the same.

    Only a refusal says that it did not. A redirect does not: 303 after a POST is the usual answer to one that worked.
    """
    return status in _UNTOLD or (status not in _CLIENT_ERROR and status not in _TOLD)


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

# RFC 9457 names what the API's own shape calls otherwise.
_PROBLEM_NAMES: Final = {"title": "error", "detail": "message", "instance": "path"}


def parse_error_body(response: Response) -> ErrorBody | None:
    """Return what the body of an error response says, in the API's own shape.

    Args:
        response: The response. Its body may be anything.

    Returns:
        The body, in which whatever could not be read is None; None where the body is no JSON object at all, or too
        large to be looked at on the event loop.
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
