"""What the customer's app is told when something fails (RFC 9457), and what the log is."""

from __future__ import annotations

import logging
from http import HTTPStatus
from math import ceil

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from contracts_client import (
    APIConnectionError,
    APITimeoutError,
    ClientClosedError,
    ContractsError,
    InvalidArgumentError,
    NotFoundError,
    RateLimitError,
    TokenError,
)

from .correlation import correlation_id

logger = logging.getLogger(__name__)

RETRY_AFTER = 5
"""Seconds to wait before another try, where nobody says more."""

NOTHING_KNOWN = "Nothing is known by that name"

# The nearest class counts. Other answers of the API or its token endpoint are no fault of the customer's.
_ANSWERS: dict[type, tuple[HTTPStatus, str]] = {
    InvalidArgumentError: (HTTPStatus.UNPROCESSABLE_ENTITY, "A value breaks a rule"),
    NotFoundError: (HTTPStatus.NOT_FOUND, NOTHING_KNOWN),
    RateLimitError: (HTTPStatus.SERVICE_UNAVAILABLE, "There is too much to do, try again later"),
    TokenError: (HTTPStatus.SERVICE_UNAVAILABLE, "This service has no access at the moment, try again later"),
    APITimeoutError: (HTTPStatus.GATEWAY_TIMEOUT, "It took too long"),
    APIConnectionError: (HTTPStatus.SERVICE_UNAVAILABLE, "There is no connection at the moment, try again later"),
    ClientClosedError: (HTTPStatus.SERVICE_UNAVAILABLE, "This service is about to end, try again later"),
    ContractsError: (HTTPStatus.BAD_GATEWAY, "The answer from upstream was of no use"),
}


def problem(status: int, title: str, detail: str | None = None, retry_after: float | None = None) -> JSONResponse:
    """Make a response that tells what went wrong.

    Args:
        status: The HTTP status.
        title: What went wrong, for people.
        detail: More about this time, without a personal value.
        retry_after: Seconds to wait before another try; a 503 always says some.
    """
    body = {"title": title, "status": status, "detail": detail, "correlation_id": correlation_id.get(None)}
    seconds = RETRY_AFTER if retry_after is None and status == HTTPStatus.SERVICE_UNAVAILABLE else retry_after
    headers = {} if seconds is None else {"Retry-After": str(ceil(seconds))}
    said = {key: value for key, value in body.items() if value is not None}
    return JSONResponse(said, status, headers, media_type="application/problem+json")


async def _answer_to_a_client_error(_: Request, error: Exception) -> JSONResponse:
    status, title = next(_ANSWERS[kind] for kind in type(error).__mro__ if kind in _ANSWERS)
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        return problem(status, title, str(error))  # it names the argument and the rule, never the value
    retry_after: float | None = getattr(error, "retry_after", None)
    if retry_after is not None and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        status = HTTPStatus.SERVICE_UNAVAILABLE  # a deadline that ran out in the line, say
    level = logging.WARNING if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO
    # The text of these errors is made for logs: no token, no body, no customer number.
    logger.log(level, "Answered with %d: %s: %s", status, type(error).__name__, error)
    return problem(status, title, retry_after=retry_after)


async def _answer_to_a_bad_request(_: Request, error: Exception) -> JSONResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    # FastAPI's own answer quotes what was sent, and proxies keep answers.
    detail = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "A value breaks a rule", detail)


def add_problems(app: FastAPI) -> None:
    """Answer errors of contracts_client, and requests that are wrong."""
    app.add_exception_handler(ContractsError, _answer_to_a_client_error)
    app.add_exception_handler(RequestValidationError, _answer_to_a_bad_request)
