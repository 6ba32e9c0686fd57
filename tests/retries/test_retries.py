"""When a call is made again, and how long it waits: on virtual time, against an API that answers as it is told."""

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated_api import ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AttemptEnd,
    AuthenticationError,
    BearerToken,
    CallObserver,
    Claim,
    ConfigurationError,
    Consumption,
    ContractsClient,
    ContractsError,
    ErrorBody,
    InvalidArgumentError,
    OutcomeUnknownError,
    RateLimitError,
    RateLimits,
    RetryPolicy,
    ServerError,
    defaults,
)
from contracts_client.calls import call as calls
from contracts_client.calls.outcomes import parse_error_body
from contracts_client.openapi.operation import Response
from contracts_client.resilience.retry import INHERIT

Operation = Callable[[ContractsClient], Awaitable[Any]]
REFUSED = httpx.ConnectError("refused")
SPIKE_ARREST = {"fault": {"faultstring": "x", "detail": {"errorcode": "policies.ratelimit.SpikeArrestViolation"}}}
VALID = {"isValid": True, "code": 3101, "reason": "OK"}
READS: dict[str, Operation] = {
    "list_contracts": lambda client: client.list_contracts(),
    "get_contract": lambda client: client.get_contract("c-1"),
    "list_contracts_by_external_ref": lambda client: client.list_contracts_by_external_ref("a-b-c"),
}
every_read = pytest.mark.parametrize("call", READS.values(), ids=READS)
read = READS["get_contract"]


def claimed() -> httpx.Response:
    return httpx.Response(200, json={"success": True, "customerNumber": 1})


async def claim(client: ContractsClient) -> Claim:
    return await client.claim_personnel_ticket("ABC-DEF-1", customer_number=1)


def asking_for(status: int, seconds: int) -> httpx.Response:
    return httpx.Response(status, headers={"Retry-After": str(seconds)})


def made(api: ScriptedApi, call: Operation, **options: Any) -> Any:
    """Return the result of a call, or its error."""

    async def main() -> Any:
        options.setdefault("auth", BearerToken("t"))
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), **options) as client:
            try:
                return await call(client)
            except ContractsError as error:
                return error

    return run_virtually(main())


@pytest.fixture
def longest_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wait lasts as long as jitter lets it."""
    monkeypatch.setattr(random, "random", lambda: 1.0)


@every_read
@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_read_is_retried_after_a_status(call: Operation, status: int) -> None:
    api = ScriptedApi(status, status)
    assert not isinstance(made(api, call), Exception)
    assert len(api.requests) == 3


@every_read
@pytest.mark.parametrize(
    "fault", [REFUSED, httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.RemoteProtocolError("x")]
)
def test_a_read_is_retried_after_a_fault(call: Operation, fault: Exception) -> None:
    api = ScriptedApi(fault)
    assert not isinstance(made(api, call), Exception)
    assert len(api.requests) == 2


def test_a_validation_is_retried() -> None:
    """It changes nothing on the server."""
    api = ScriptedApi(503, httpx.Response(200, json=VALID))
    consumptions = [Consumption(contract_uuid="c", customer_number=1)]
    assert made(api, lambda client: client.validate_consumption(consumptions)).is_valid
    assert len(api.requests) == 2


@every_read
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 302, 501, 505])
def test_another_status_is_not_retried(call: Operation, status: int) -> None:
    api = ScriptedApi(status)
    error = made(api, call)
    assert (error.status_code, error.attempts, error.safe_to_retry) == (status, 1, False)
    assert len(api.requests) == 1


def test_attempts_are_bounded_and_told() -> None:
    api = ScriptedApi(*[503] * 10)
    error = made(api, READS["list_contracts"])
    assert isinstance(error, ServerError)
    assert error.attempts == len(api.requests) == defaults.MAX_ATTEMPTS
    assert error.safe_to_retry


@pytest.mark.parametrize(
    ("call", "policy", "requests"),
    [
        pytest.param(read, None, 1, id="none of the client"),
        pytest.param(lambda client: client.with_options(retry=None).get_contract("c-1"), RetryPolicy(), 1, id="view"),
        pytest.param(lambda client: client.get_contract("c-1", retry=None), RetryPolicy(), 1, id="none of the call"),
        pytest.param(lambda client: client.get_contract("c-1", retry=RetryPolicy(max_attempts=7)), None, 7, id="call"),
        pytest.param(lambda client: client.get_contract("c-1", retry=INHERIT), RetryPolicy(max_attempts=2), 2, id="as"),
    ],
)
def test_the_nearest_policy_counts(call: Operation, policy: RetryPolicy | None, requests: int) -> None:
    api = ScriptedApi(*[503] * 10)
    made(api, call, retry=policy)
    assert len(api.requests) == requests
    assert repr(INHERIT) == "INHERIT"


@pytest.mark.usefixtures("longest_waits")
def test_waits_double_up_to_a_bound() -> None:
    api = ScriptedApi(*[503] * 10, latency=0)
    made(api, read, retry=RetryPolicy(max_attempts=7, backoff_base=1, backoff_max=5), deadline=900)
    waits = [round(after - before, 6) for before, after in zip(api.times, api.times[1:], strict=False)]
    assert waits == [1, 2, 4, 5, 5, 5]


@given(st.integers(1, 20), st.floats(0, 1, exclude_max=True), st.floats(0, 100), st.floats(0, 100))
def test_a_wait_is_drawn_from_zero_up(attempts: int, drawn: float, base: float, most: float) -> None:
    policy = RetryPolicy(backoff_base=base, backoff_max=most)
    assert 0 <= policy.backoff(attempts, lambda: drawn) <= min(most, base * 2 ** (attempts - 1))
    assert policy.backoff(attempts, lambda: 0.0) == 0


def test_an_unknown_name_is_tried_once_more() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = socket.gaierror(-2, "Name or service not known")
    api = ScriptedApi(*[error] * 10)
    failed = made(api, read)
    assert isinstance(failed, APIConnectionError)
    assert "can't be resolved" in str(failed)
    assert len(api.requests) == 2


@pytest.mark.usefixtures("longest_waits")
def test_retry_after_is_obeyed() -> None:
    api = ScriptedApi(asking_for(503, 7), latency=0)
    assert not isinstance(made(api, read), Exception)
    assert api.times[1] - api.times[0] == pytest.approx(7 + defaults.BACKOFF_BASE)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("seconds", "deadline"), [(61, 3600), (10, 5), (10**11, 3600)])
def test_a_long_retry_after_is_raised(seconds: int, deadline: float, status: int) -> None:
    api = ScriptedApi(asking_for(status, seconds), latency=0)
    error = made(api, read, deadline=deadline)
    assert (error.status_code, error.retry_after, error.attempts) == (status, seconds, 1)
    assert error.elapsed == 0
    assert len(api.requests) == 1


@pytest.mark.usefixtures("longest_waits")
def test_no_wait_outlasts_the_deadline() -> None:
    error = made(ScriptedApi(*[503] * 10, latency=0), read, deadline=2.0, retry=RetryPolicy(backoff_base=1.5))
    assert isinstance(error, ServerError)
    assert (error.attempts, error.elapsed) == (2, 1.5)


def test_a_call_ends_at_its_deadline() -> None:
    error = made(ScriptedApi(latency=1e6), read, deadline=30)
    assert isinstance(error, APITimeoutError)
    assert error.elapsed == pytest.approx(30)
    assert error.safe_to_retry


def test_a_timeout_bounds_an_attempt() -> None:
    error = made(ScriptedApi(latency=10), read, timeout=2, retry=RetryPolicy(max_attempts=3), deadline=100)
    assert isinstance(error, APITimeoutError)
    assert "the timeout of 2 s for an attempt" in str(error)
    assert error.attempts == 3


def test_a_timeout_leaves_out_pauses() -> None:
    api = ScriptedApi(asking_for(429, 5), latency=1)
    assert not isinstance(made(api, read, timeout=2), Exception)
    assert len(api.requests) == 2


def test_a_timeout_leaves_out_the_queue() -> None:
    async def claims(client: ContractsClient) -> list[Any]:
        return await asyncio.gather(*(claim(client) for _ in range(5)), return_exceptions=True)

    api = ScriptedApi(*(claimed() for _ in range(5)), latency=1)
    assert [each.success for each in made(api, claims, timeout=2, max_concurrency=1)] == [True] * 5


def test_the_body_of_an_error_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be large, and the event loop waits while it is read."""
    statuses: list[int] = []

    def counted(response: Response) -> ErrorBody | None:
        statuses.append(response.status)
        return parse_error_body(response)

    monkeypatch.setattr(calls, "parse_error_body", counted)
    error = made(ScriptedApi(*[httpx.Response(500, json={"message": "m"})] * 2, 404), read)
    assert isinstance(error, APIStatusError)
    assert statuses == [500, 500, 404]


def test_a_spike_arrest_counts_as_a_429() -> None:
    error = made(ScriptedApi(*[httpx.Response(500, json=SPIKE_ARREST)] * 4), read)
    assert isinstance(error, RateLimitError)
    assert error.status_code == 500
    assert isinstance(made(ScriptedApi(httpx.Response(500, json=SPIKE_ARREST)), claim), RateLimitError)


@pytest.mark.parametrize("status", [301, 303, 304, 307, 408, 500, 502, 503, 504])
def test_a_claim_s_status_is_not_retried(status: int) -> None:
    api = ScriptedApi(status, claimed())
    error = made(api, claim)
    assert isinstance(error, OutcomeUnknownError)
    assert (error.status_code, error.safe_to_retry, len(api.requests)) == (status, False, 1)
    assert "find_claim" in str(error)


@pytest.mark.parametrize(
    ("fault", "reports_connecting", "retried"),
    [
        (httpx.ReadTimeout("x"), False, False),
        (httpx.ReadError("x"), False, False),
        (httpx.RemoteProtocolError("x"), False, False),
        # Some transports of other libraries call a connection that broke after the request a ConnectTimeout.
        (REFUSED, False, False),
        (httpx.ConnectTimeout("x"), False, False),
        (httpx.PoolTimeout("x"), False, False),
        (REFUSED, True, True),
        (httpx.ConnectTimeout("x"), True, True),
        (httpx.PoolTimeout("x"), True, True),
    ],
)
def test_a_claim_is_retried_if_unsent(fault: Exception, *, reports_connecting: bool, retried: bool) -> None:
    api = ScriptedApi(fault, claimed(), reports_connecting=reports_connecting)
    outcome = made(api, claim)
    assert outcome.success if retried else isinstance(outcome, OutcomeUnknownError)
    assert len(api.requests) == 1 + retried


class SlowToConnect(ScriptedApi):
    """Reports what httpx's own transports do: it connects for 2.5 s, then sends."""

    connected = sent = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        trace = request.extensions["trace"]
        await trace("connection.connect_tcp.started", {})
        await asyncio.sleep(2.5)
        self.connected += 1
        await trace("http11.send_request_headers.started", {})
        self.sent += 1
        return claimed()


@pytest.mark.parametrize("options", [{"timeout": 2}, {"deadline": 2}], ids=["attempt", "call"])
def test_a_late_claim_stays_unsent(options: dict[str, Any]) -> None:
    async def late(client: ContractsClient) -> None:
        try:
            await claim(client)
        finally:
            await asyncio.sleep(1)  # its connection is there by now

    api = SlowToConnect()
    error = made(api, late, **options)
    assert isinstance(error, APITimeoutError)
    assert error.safe_to_retry
    assert (api.connected, api.sent) == (error.attempts, 0)


def test_a_cancelled_claim_stays_unsent() -> None:
    async def cancelled(client: ContractsClient) -> None:
        call = asyncio.create_task(claim(client))
        await asyncio.sleep(1)
        call.cancel()
        await asyncio.wait({call})
        await asyncio.sleep(2)  # its connection is there by now

    api = SlowToConnect()
    made(api, cancelled)
    assert (api.connected, api.sent) == (1, 0)


class WhatEnded(CallObserver):
    """A hook that notes of each attempt, as it ends for the caller, whether the server may have seen it."""

    def __init__(self) -> None:
        self.sent: list[bool] = []

    def __call__(self, _: object) -> CallObserver:
        return self

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        self.sent.append(attempt.sent)


@pytest.mark.parametrize("steps", range(1, 10))
def test_an_early_cancelled_claim_is_told(steps: int) -> None:
    """Whether it was sent, at whichever step of the event loop it was cancelled."""

    async def cancelled(client: ContractsClient) -> None:
        call = asyncio.create_task(claim(client))
        for _ in range(steps):
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.wait({call})

    api, ends = ScriptedApi(claimed()), WhatEnded()
    made(api, cancelled, hooks=[ends])
    assert len(api.requests) == sum(ends.sent)


def test_a_claim_is_not_retried_after_a_429() -> None:
    api = ScriptedApi(asking_for(429, 3), claimed())
    error = made(api, claim)
    assert isinstance(error, RateLimitError)
    assert (error.retry_after, error.safe_to_retry, len(api.requests)) == (3, True, 1)


def test_a_claim_is_unknown_at_its_deadline() -> None:
    assert isinstance(made(ScriptedApi(latency=100), claim, deadline=10), OutcomeUnknownError)


def test_a_claim_s_401_needs_another_token() -> None:
    api = ScriptedApi(401, claimed())
    assert made(api, claim, auth=numbered_tokens()).success
    assert [request.headers["Authorization"] for request in api.requests] == ["Bearer token-1", "Bearer token-2"]
    api = ScriptedApi(401, claimed())
    assert isinstance(made(api, claim), AuthenticationError)
    assert len(api.requests) == 1


def numbered_tokens() -> Callable[[], Awaitable[str]]:
    numbers = iter(range(1, 10))

    async def token() -> str:
        return f"token-{next(numbers)}"

    return token


@every_read
def test_a_second_401_ends_the_call(call: Operation) -> None:
    api = ScriptedApi(401, 401, 401)
    error = made(api, call, auth=numbered_tokens())
    assert isinstance(error, AuthenticationError)
    assert (error.attempts, len(api.requests)) == (2, 2)


def test_a_permit_too_late_is_refused() -> None:
    async def two(client: ContractsClient) -> None:
        await read(client)
        await read(client)

    api = ScriptedApi(latency=0)
    error = made(api, two, limits=RateLimits(per_minute=1), deadline=30)
    assert isinstance(error, APITimeoutError)
    assert len(api.requests) == 1
    assert (error.attempts, error.retry_after, error.safe_to_retry) == (0, 60, True)
    assert "nothing was sent" in str(error)


def test_a_retry_without_a_permit_fails() -> None:
    error = made(ScriptedApi(503, latency=0), read, limits=RateLimits(per_minute=1), deadline=30)
    assert isinstance(error, ServerError)
    assert (error.status_code, error.attempts) == (503, 1)


@pytest.mark.parametrize("value", [0, 21, True, "3", 1.5])
def test_attempts_out_of_range_are_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_attempts must be an integer from 1 to 20"):
        RetryPolicy(max_attempts=value)


@pytest.mark.parametrize("name", ["backoff_base", "backoff_max", "max_retry_after"])
@pytest.mark.parametrize("value", [-1, True, "3", float("nan"), float("inf")])
def test_seconds_out_of_range_are_refused(name: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} must be a number of seconds from 0"):
        RetryPolicy(**{name: value})


@pytest.mark.parametrize("value", [3, "often", RetryPolicy])
async def test_what_is_no_policy_is_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError, match="retry must be a RetryPolicy, or None"):
        ContractsClient("acme-shop", retry=value)
    async with ContractsClient("acme-shop", transport=ScriptedApi()) as client:
        with pytest.raises(InvalidArgumentError, match="retry must be a RetryPolicy, or None"):
            await client.get_contract("c-1", retry=value)
