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

Answer = httpx.Response | Exception | int
NEVER_SENT = httpx.ConnectError("refused")
READS: dict[str, Callable[[ContractsClient], Awaitable[Any]]] = {
    "list_contracts": lambda client: client.list_contracts(),
    "get_contract": lambda client: client.get_contract("c-1"),
    "list_contracts_by_external_ref": lambda client: client.list_contracts_by_external_ref("a-b-c"),
}
every_read = pytest.mark.parametrize("call", READS.values(), ids=READS)


def claimed() -> httpx.Response:
    return httpx.Response(200, json={"success": True, "customerNumber": 1})


async def claim(client: ContractsClient) -> Claim:
    return await client.claim_personnel_ticket("ABC-DEF-1", customer_number=1)


def made(api: ScriptedApi, call: Callable[[ContractsClient], Awaitable[Any]], **options: Any) -> Any:
    """The result of a call, or its error."""

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
def test_a_read_is_made_again_after_a_status_that_may_pass(
    call: Callable[[ContractsClient], Awaitable[Any]], status: int
) -> None:
    api = ScriptedApi(status, status)
    assert not isinstance(made(api, call), Exception)
    assert len(api.requests) == 3


@every_read
@pytest.mark.parametrize(
    "fault", [NEVER_SENT, httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.RemoteProtocolError("x")]
)
def test_a_read_is_made_again_after_a_fault_of_the_network(
    call: Callable[[ContractsClient], Awaitable[Any]], fault: Exception
) -> None:
    api = ScriptedApi(fault)
    assert not isinstance(made(api, call), Exception)
    assert len(api.requests) == 2


def test_a_validation_changes_nothing_on_the_server_and_is_made_again() -> None:
    api = ScriptedApi(503, httpx.Response(200, json={"isValid": True, "code": 3101, "reason": "OK"}))
    assert made(
        api, lambda client: client.validate_consumption([Consumption(contract_uuid="c", customer_number=1)])
    ).is_valid
    assert len(api.requests) == 2


@every_read
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 302, 501, 505])
def test_a_status_that_will_not_pass_stands(call: Callable[[ContractsClient], Awaitable[Any]], status: int) -> None:
    api = ScriptedApi(status)
    error = made(api, call)
    assert (error.status_code, error.attempts, error.safe_to_retry) == (status, 1, False)
    assert len(api.requests) == 1


def test_the_number_of_attempts_is_bounded_and_told() -> None:
    api = ScriptedApi(*[503] * 10)
    error = made(api, READS["list_contracts"])
    assert isinstance(error, ServerError)
    assert error.attempts == len(api.requests) == defaults.MAX_ATTEMPTS
    assert error.safe_to_retry


@pytest.mark.parametrize("where", ["client", "view", "call"])
def test_a_policy_of_none_means_one_attempt(where: str) -> None:
    api = ScriptedApi(*[503] * 10)
    if where == "client":
        made(api, READS["list_contracts"], retry=None)
    elif where == "view":
        made(api, lambda client: client.with_options(retry=None).get_contract("c-1"))
    else:
        made(api, lambda client: client.get_contract("c-1", retry=None))
    assert len(api.requests) == 1


def test_a_call_s_own_policy_comes_before_that_of_its_client() -> None:
    api = ScriptedApi(*[503] * 10)
    made(api, lambda client: client.get_contract("c-1", retry=RetryPolicy(max_attempts=7)), retry=None)
    assert len(api.requests) == 7
    api = ScriptedApi(*[503] * 10)
    made(api, lambda client: client.get_contract("c-1", retry=INHERIT), retry=RetryPolicy(max_attempts=2))
    assert len(api.requests) == 2
    assert repr(INHERIT) == "INHERIT"


@pytest.mark.usefixtures("longest_waits")
def test_waits_double_up_to_a_bound() -> None:
    api = ScriptedApi(*[503] * 10, latency=0)
    made(api, READS["get_contract"], retry=RetryPolicy(max_attempts=7, backoff_base=1, backoff_max=5), deadline=900)
    waits = [round(after - before, 6) for before, after in zip(api.times, api.times[1:], strict=False)]
    assert waits == [1, 2, 4, 5, 5, 5]


@given(
    attempts=st.integers(1, 20),
    drawn=st.floats(0, 1, exclude_max=True),
    base=st.floats(0, 100),
    most=st.floats(0, 100),
)
def test_a_wait_is_drawn_from_nothing_up_to_its_bound(attempts: int, drawn: float, base: float, most: float) -> None:
    policy = RetryPolicy(backoff_base=base, backoff_max=most)
    wait = policy.backoff(attempts, lambda: drawn)
    assert 0 <= wait <= min(most, base * 2 ** (attempts - 1))
    assert policy.backoff(attempts, lambda: 0.0) == 0


def test_a_name_that_can_not_be_resolved_is_tried_once_more() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = socket.gaierror(-2, "Name or service not known")
    api = ScriptedApi(*[error] * 10)
    failed = made(api, READS["get_contract"])
    assert isinstance(failed, APIConnectionError)
    assert "can't be resolved" in str(failed)
    assert len(api.requests) == 2


@pytest.mark.usefixtures("longest_waits")
def test_retry_after_is_obeyed_within_the_deadline() -> None:
    api = ScriptedApi(httpx.Response(503, headers={"Retry-After": "7"}), latency=0)
    assert not isinstance(made(api, READS["get_contract"]), Exception)
    assert api.times[1] - api.times[0] == pytest.approx(7)


@pytest.mark.parametrize(
    ("seconds", "deadline"),
    [(61, 3600), (10, 5), (10**11, 3600)],
    ids=["more than a minute", "beyond the deadline", "absurd"],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_retry_after_that_is_too_long_is_raised_at_once_with_its_seconds(
    seconds: int, deadline: float, status: int
) -> None:
    api = ScriptedApi(httpx.Response(status, headers={"Retry-After": str(seconds)}), latency=0)
    error = made(api, READS["get_contract"], deadline=deadline)
    assert (error.status_code, error.retry_after, error.attempts) == (status, seconds, 1)
    assert error.elapsed == 0
    assert len(api.requests) == 1


@pytest.mark.usefixtures("longest_waits")
def test_a_wait_that_would_outlast_the_deadline_is_not_begun() -> None:
    api = ScriptedApi(*[503] * 10, latency=0)
    error = made(api, READS["get_contract"], deadline=2.0, retry=RetryPolicy(backoff_base=1.5))
    assert isinstance(error, ServerError)
    assert (error.attempts, error.elapsed) == (2, 1.5)


def test_a_call_ends_at_its_deadline_whatever_it_waits_for() -> None:
    api = ScriptedApi(latency=1e6)
    error = made(api, READS["get_contract"], deadline=30)
    assert isinstance(error, APITimeoutError)
    assert error.elapsed == pytest.approx(30)
    assert error.safe_to_retry


def test_the_timeout_of_an_attempt_is_not_that_of_the_call() -> None:
    api = ScriptedApi(latency=10)
    error = made(api, READS["get_contract"], timeout=2, retry=RetryPolicy(max_attempts=3), deadline=100)
    assert isinstance(error, APITimeoutError)
    assert "the timeout of 2 s for an attempt" in str(error)
    assert error.attempts == 3


def test_the_timeout_of_an_attempt_does_not_run_while_a_refusal_holds_it_back() -> None:
    api = ScriptedApi(httpx.Response(429, headers={"Retry-After": "5"}), latency=1)
    assert not isinstance(made(api, READS["get_contract"], timeout=2), Exception)
    assert len(api.requests) == 2


def test_the_timeout_of_an_attempt_does_not_run_while_it_waits_for_its_turn() -> None:
    async def claims(client: ContractsClient) -> list[Any]:
        return await asyncio.gather(*(claim(client) for _ in range(5)), return_exceptions=True)

    api = ScriptedApi(*(claimed() for _ in range(5)), latency=1)
    assert [each.success for each in made(api, claims, timeout=2, max_concurrency=1)] == [True] * 5


def test_the_body_of_an_error_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be large, and all that is done with it is done on the event loop."""
    read: list[int] = []

    def counted(response: Response) -> ErrorBody | None:
        read.append(response.status)
        return parse_error_body(response)

    monkeypatch.setattr(calls, "parse_error_body", counted)
    error = made(ScriptedApi(*[httpx.Response(500, json={"message": "m"})] * 2, 404), READS["get_contract"])
    assert isinstance(error, APIStatusError)
    assert read == [500, 500, 404]


def test_the_gateway_s_code_for_a_spike_arrest_is_a_429_whatever_its_status() -> None:
    fault = {"fault": {"faultstring": "x", "detail": {"errorcode": "policies.ratelimit.SpikeArrestViolation"}}}
    api = ScriptedApi(*[httpx.Response(500, json=fault)] * 4)
    error = made(api, READS["get_contract"])
    assert isinstance(error, RateLimitError)
    assert error.status_code == 500
    assert isinstance(made(ScriptedApi(httpx.Response(500, json=fault)), claim), RateLimitError)


class SlowToConnect(httpx.AsyncBaseTransport):
    """Reports what httpx's own transports do: it connects for a while, then sends."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self.connected = 0
        self.sent = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        trace = request.extensions["trace"]
        await trace("connection.connect_tcp.started", {})
        await asyncio.sleep(self._seconds)
        self.connected += 1
        await trace("http11.send_request_headers.started", {})
        self.sent += 1
        return claimed()


class WhatEnded(CallObserver):
    """A hook that notes of each attempt, as it ends for the caller, whether the server may have seen it."""

    def __init__(self) -> None:
        self.sent: list[bool] = []

    def __call__(self, _: object) -> CallObserver:
        return self

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        self.sent.append(attempt.sent)


class TestTheClaim:
    """A claim may be executed once: what nobody knows is not tried again."""

    @pytest.mark.parametrize("status", [301, 303, 304, 307, 408, 500, 502, 503, 504])
    def test_is_not_sent_again_after_an_answer_that_says_nothing_of_it(self, status: int) -> None:
        api = ScriptedApi(status, claimed())
        error = made(api, claim)
        assert isinstance(error, OutcomeUnknownError)
        assert (error.status_code, error.safe_to_retry, len(api.requests)) == (status, False, 1)
        assert "find_claim" in str(error)

    @pytest.mark.parametrize("fault", [httpx.ReadTimeout("x"), httpx.ReadError("x"), httpx.RemoteProtocolError("x")])
    def test_is_not_sent_again_once_it_may_have_been_seen(self, fault: Exception) -> None:
        api = ScriptedApi(fault, claimed())
        assert isinstance(made(api, claim), OutcomeUnknownError)
        assert len(api.requests) == 1

    @pytest.mark.parametrize("fault", [NEVER_SENT, httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")])
    def test_is_sent_again_where_nothing_of_it_was_sent(self, fault: Exception) -> None:
        api = ScriptedApi(fault, claimed(), reports_connecting=True)
        assert made(api, claim).success
        assert len(api.requests) == 2

    @pytest.mark.parametrize("fault", [NEVER_SENT, httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")])
    def test_is_not_sent_again_on_the_word_of_a_transport_that_reports_nothing(self, fault: Exception) -> None:
        """Some transports of other libraries call a connection that broke after the request a ConnectTimeout."""
        api = ScriptedApi(fault, claimed())
        assert isinstance(made(api, claim), OutcomeUnknownError)
        assert len(api.requests) == 1

    @pytest.mark.parametrize("options", [{"timeout": 2}, {"deadline": 2}], ids=["an attempt", "the call"])
    def test_is_not_sent_once_it_was_given_up_while_connecting(self, options: dict[str, Any]) -> None:
        async def given_up(client: ContractsClient) -> None:
            try:
                await claim(client)
            finally:
                await asyncio.sleep(1)  # its connection is there by now

        api = SlowToConnect(seconds=2.5)
        error = made(api, given_up, **options)
        assert isinstance(error, APITimeoutError)
        assert error.safe_to_retry
        assert (api.connected, api.sent) == (error.attempts, 0)

    def test_is_not_sent_once_its_caller_was_cancelled_while_connecting(self) -> None:
        async def cancelled(client: ContractsClient) -> None:
            call = asyncio.create_task(claim(client))
            await asyncio.sleep(1)
            call.cancel()
            await asyncio.wait({call})
            await asyncio.sleep(2)  # its connection is there by now

        api = SlowToConnect(seconds=2.5)
        made(api, cancelled)
        assert (api.connected, api.sent) == (1, 0)

    def test_is_not_sent_where_its_caller_was_cancelled_before_the_exchange_began(self) -> None:
        async def cancelled_at(client: ContractsClient, step: int) -> None:
            call = asyncio.create_task(claim(client))
            for _ in range(step):
                await asyncio.sleep(0)
            call.cancel()
            await asyncio.wait({call})

        for step in range(1, 10):
            api = ScriptedApi(claimed())
            ends = WhatEnded()
            made(api, lambda client, step=step: cancelled_at(client, step), hooks=[ends])  # type: ignore[misc]
            assert len(api.requests) == sum(ends.sent)

    def test_that_was_refused_for_the_rate_is_the_caller_s_to_repeat(self) -> None:
        api = ScriptedApi(httpx.Response(429, headers={"Retry-After": "3"}), claimed())
        error = made(api, claim)
        assert isinstance(error, RateLimitError)
        assert (error.retry_after, error.safe_to_retry, len(api.requests)) == (3, True, 1)

    def test_is_unknown_where_its_deadline_runs_out_under_way(self) -> None:
        assert isinstance(made(ScriptedApi(latency=100), claim, deadline=10), OutcomeUnknownError)

    def test_is_sent_again_after_a_401_with_another_token_and_with_no_other(self) -> None:
        tokens = iter(["one", "two"])

        async def token() -> str:
            return next(tokens)

        api = ScriptedApi(401, claimed())
        assert made(api, claim, auth=token).success
        assert [request.headers["Authorization"] for request in api.requests] == ["Bearer one", "Bearer two"]
        api = ScriptedApi(401, claimed())
        assert isinstance(made(api, claim), AuthenticationError)
        assert len(api.requests) == 1


@every_read
def test_a_401_with_a_new_token_too_ends_the_call(call: Callable[[ContractsClient], Awaitable[Any]]) -> None:
    tokens = iter(["one", "two", "three"])

    async def token() -> str:
        return next(tokens)

    api = ScriptedApi(401, 401, 401)
    error = made(api, call, auth=token)
    assert isinstance(error, AuthenticationError)
    assert (error.attempts, len(api.requests)) == (2, 2)


def test_a_declared_limit_that_lies_beyond_the_deadline_fails_before_anything_is_sent() -> None:
    async def main() -> Any:
        async with ContractsClient(
            "acme-shop", transport=api, clock=VirtualClock(), limits=RateLimits(per_minute=1), deadline=30
        ) as client:
            await client.get_contract("c-1")
            with pytest.raises(APITimeoutError) as caught:
                await client.get_contract("c-1")
            return caught.value

    api = ScriptedApi(latency=0)
    error = run_virtually(main())
    assert len(api.requests) == 1
    assert (error.attempts, error.retry_after, error.safe_to_retry) == (0, 60, True)
    assert "nothing was sent" in str(error)


def test_a_retry_for_which_the_line_is_too_long_ends_with_what_went_wrong_before() -> None:
    async def main() -> list[Any]:
        async with ContractsClient(
            "acme-shop", transport=api, clock=VirtualClock(), limits=RateLimits(per_minute=1), deadline=30
        ) as client:
            return await asyncio.gather(client.get_contract("c-1"), return_exceptions=True)

    api = ScriptedApi(503, latency=0)
    [error] = run_virtually(main())
    assert isinstance(error, ServerError)
    assert (error.status_code, error.attempts) == (503, 1)


@pytest.mark.parametrize("value", [0, 21, True, "3", 1.5])
def test_a_number_of_attempts_out_of_range_is_refused(value: Any) -> None:
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
