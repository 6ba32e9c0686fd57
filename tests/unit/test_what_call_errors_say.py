"""The words and places of the errors that a call ends in: they are what the one on call reads first."""

from typing import Any

import pytest

from contracts_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    OutcomeUnknownError,
    RateLimitError,
    ResponseDecodeError,
    UnreadableOutcomeError,
)
from contracts_client.calls import outcomes
from contracts_client.calls.advice import Advice
from contracts_client.calls.outcomes import parse_error_body
from contracts_client.openapi.errors import StatusError
from contracts_client.openapi.operation import Request, Response
from contracts_client.transport.interface import ExchangeError

CONTEXT: dict[str, Any] = {"operation": "list_contracts", "correlation_id": "an-id"}
WHAT = "GET /contracts/{uuid} was answered with"


def refused(
    status: int, body: bytes = b"", *, at_most_once: bool = False, **headers: str
) -> APIStatusError | OutcomeUnknownError:
    request = Request(method="GET", path="/contracts/c-1", template="/contracts/{uuid}")
    if body:
        headers["content-type"] = "application/json"
    response = Response(status=status, headers=headers, body=body)
    body_of, advice = parse_error_body(response), Advice(None, "https://api.example", float)
    return outcomes.refused(request, response, body_of, 7.0, CONTEXT, advice=advice, at_most_once=at_most_once)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, " 400 Bad Request"),
        (401, " 401 Unauthorized; no auth was given: pass auth=ClientCredentials(...) to the client"),
        (403, " 403 Forbidden; the credentials lack the permission: ask the provider for it"),
        (404, " 404 Not Found"),
        (429, " 429 Too Many Requests; slow down, and wait for retry_after seconds where it is given"),
        (500, " 500 Internal Server Error"),
        (599, " 599"),
    ],
)
def test_a_status_error_says_what_to_do(status: int, said: str) -> None:
    """An error of a status says what was asked what came and what to do."""
    assert refused(status).message == WHAT + said


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("https://login.example.com/c-1?customer=1001", "login.example.com"),
        ("/contracts/c-2", "the same host"),
        ("", "the same host"),
        ("https://[::1", "the same host"),
        ("https://bücher.example/", "another host"),
        ("https://a\x7fb.example/", "another host"),
    ],
)
def test_a_redirect_error_names_the_host(location: str, leads_to: str) -> None:
    """An error of a redirect names the host alone."""
    said = refused(302, location=location).message
    assert said == f"{WHAT} 302 Found, which is never followed; it leads to {leads_to}"


def test_a_redirected_claim_names_the_host() -> None:
    """A claim that is redirected names the host alone."""
    said = refused(303, at_most_once=True, location="https://x.example/claims/1001?code=ABC-DEF-1").message
    assert said.startswith(f"{WHAT} 303 See Other, which is never followed; it leads to x.example; it may have been")
    assert "1001" not in said
    assert "ABC" not in said


def test_the_redirect_statuses_have_bounds() -> None:
    """The first and the last redirect are redirects and their neighbours are none."""
    said = {status: "never followed" in refused(status, location="/").message for status in (300, 399, 400)}
    assert said == {300: True, 399: True, 400: False}


def test_a_redirect_may_have_no_location() -> None:
    """A redirect without a location leads nowhere."""
    assert refused(302).message == f"{WHAT} 302 Found, which names no place and would not be followed"


@pytest.mark.parametrize("status", [101, 199, 300, 302, 303, 304, 307, 399, 408, 499, 500, 502, 599, 600])
def test_an_unknown_claim_says_how_to_check(status: int) -> None:
    """A claim that may have been executed says how to find out."""
    error = refused(status, at_most_once=True)
    assert isinstance(error, OutcomeUnknownError)
    assert (error.status_code, error.retry_after) == (status, 7.0)
    assert error.message.startswith(f"{WHAT} {status}")
    assert error.message.endswith(
        "; it may have been executed all the same, so do not send it again unasked: "
        "find_claim() reads the contracts by external reference to find out"
    )


@pytest.mark.parametrize("status", [400, 401, 404, 407, 409, 425, 429, 498, 501, 505])
def test_an_unexecuted_claim_has_its_status(status: int) -> None:
    """A claim that was not executed is an error of its status."""
    assert isinstance(refused(status, at_most_once=True), APIStatusError)


@pytest.mark.parametrize(("at_most_once", "kind"), [(False, ResponseDecodeError), (True, UnreadableOutcomeError)])
def test_a_useless_body_is_a_document_error(kind: type[ResponseDecodeError], *, at_most_once: bool) -> None:
    """A body that is of no use is an error of the whole document."""
    error = outcomes.no_response(
        ExchangeError("too large", unusable=True), CONTEXT, at_most_once=at_most_once, sent=True
    )
    assert isinstance(error, ResponseDecodeError)
    assert type(error) is kind
    assert (error.path, error.expected, error.found) == ("", "a body that can be read", "too large")
    assert getattr(error, "status_code", None) is None


@pytest.mark.parametrize(("at_most_once", "kind"), [(False, ResponseDecodeError), (True, UnreadableOutcomeError)])
@pytest.mark.parametrize("status", [200, 299])
def test_an_undocumented_success_is_refused(
    status: int, kind: type[ResponseDecodeError], *, at_most_once: bool
) -> None:
    """A success that is not documented is an error of the whole document."""
    error = outcomes.strange_status(StatusError(status, documented=False), CONTEXT, at_most_once=at_most_once)
    assert isinstance(error, ResponseDecodeError)
    assert type(error) is kind
    assert (error.path, error.expected, error.found) == ("", "a success that is documented", f"status {status}")
    assert getattr(error, "status_code", None) == (status if at_most_once else None)


@pytest.mark.parametrize("status", [199, 300, 404])
def test_an_invented_status_matches_nothing(status: int) -> None:
    """A status that the client makes up says that nothing matches."""
    error = outcomes.strange_status(StatusError(status, documented=False), CONTEXT, at_most_once=False)
    assert isinstance(error, APIStatusError)
    assert (error.status_code, error.error, error.message) == (status, None, "nothing matches")


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("at_most_once", [True, False])
def test_a_timed_out_call_says_what_was_slow(*, at_most_once: bool, sent: bool) -> None:
    """A call that took too long says what did."""
    error = outcomes.timed_out("the deadline ran out", CONTEXT, at_most_once=at_most_once, sent=sent)
    assert error.message.startswith("the deadline ran out")
    assert (type(error), error.safe_to_retry) == (
        (OutcomeUnknownError, False) if at_most_once and sent else (APITimeoutError, True)
    )


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("at_most_once", [True, False])
@pytest.mark.parametrize(("timed_out", "kind"), [(True, APITimeoutError), (False, APIConnectionError)])
@pytest.mark.parametrize("transient", [True, False])
def test_a_failed_exchange_says_why(
    kind: type[Exception], *, at_most_once: bool, sent: bool, timed_out: bool, transient: bool
) -> None:
    """An exchange without a response says why."""
    fault = ExchangeError("the server hung up", timed_out=timed_out, transient=transient)
    error = outcomes.no_response(fault, CONTEXT, at_most_once=at_most_once, sent=sent)
    assert error.message.startswith("the server hung up")
    assert (type(error), error.safe_to_retry) == (
        (OutcomeUnknownError, False) if at_most_once and sent else (kind, transient)
    )


@pytest.mark.parametrize("status", [400, 429, 503])
def test_a_status_error_has_body_and_wait(status: int) -> None:
    """An error of a status holds what the body says and how long to wait."""
    error = refused(status, b'{"message": "no"}')
    assert isinstance(error, APIStatusError)
    assert error.error is not None
    assert (error.error.message, error.retry_after) == ("no", 7.0)


@pytest.mark.parametrize("at_most_once", [True, False])
def test_a_gateway_rate_limit_has_any_status(*, at_most_once: bool) -> None:
    """A gateway's rate limit is a rate limit with every status."""
    fault = b'{"fault": {"faultstring": "no", "detail": {"errorcode": "policies.ratelimit.QuotaViolation"}}}'
    error = refused(500, fault, at_most_once=at_most_once)
    assert isinstance(error, RateLimitError)
    assert error.status_code == 500
    assert error.message.endswith("; slow down, and wait for retry_after seconds where it is given")
    assert error.error is not None
    assert error.error.message == "no"
