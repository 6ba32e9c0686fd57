"""A call where it ends: at its deadline, without a token, with a client that closes, and what hooks learn of that."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from scripted_port import ScriptedPort, answer, claim, connect, made, read
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    AccessToken,
    APITimeoutError,
    AttemptEnd,
    AuthenticationError,
    CallEnd,
    CallObserver,
    ClientClosedError,
    ContractsClient,
    InvalidArgumentError,
    OutcomeUnknownError,
    RateLimitError,
    RateLimits,
    ResponseDecodeError,
    RetryPolicy,
    ServerError,
    TokenProvider,
    UnreadableOutcomeError,
)
from contracts_client.openapi.operation import Response
from contracts_client.transport.interface import TransportRequest
from contracts_client.transport.trace import ExchangeError

CLAIMED = {"success": True, "customerNumber": 1}


class Recorder(CallObserver):
    """Writes down how attempts and the call end."""

    def __init__(self) -> None:
        self.attempts: list[AttemptEnd] = []
        self.calls: list[CallEnd] = []

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        self.attempts.append(attempt)

    def ended(self, end: CallEnd) -> None:
        self.calls.append(end)


class Tokens:
    """Brings a token each time it is asked; a number is the seconds that one takes."""

    def __init__(self, *tokens: str | float) -> None:
        self._tokens = list(tokens)

    async def __call__(self) -> AccessToken:
        token = self._tokens.pop(0)
        if isinstance(token, str):
            return AccessToken(token, expires_in=3600)
        await asyncio.sleep(token)
        return AccessToken("late")


def sent_with(port: ScriptedPort) -> list[str]:
    return [dict(wire.headers)["Authorization"].removeprefix("Bearer ") for wire in port.wires]


@pytest.mark.parametrize("call", [read, claim])
def test_a_call_whose_token_does_not_come_in_time_sent_nothing_and_may_be_made_again(call: Any) -> None:
    recorder = Recorder()
    error = made(ScriptedPort(), call, auth=TokenProvider(Tokens(100)), deadline=7, hooks=[lambda _: recorder])
    assert type(error) is APITimeoutError
    assert recorder.attempts == []
    assert recorder.calls == [CallEnd(attempts=0, status_code=None, error=error, seconds=7)]
    assert error.message == "the deadline of 7 s ran out"
    assert (error.attempts, error.elapsed, error.safe_to_retry) == (0, 7, True)


def test_a_claim_that_waits_for_another_token_after_a_401_was_not_executed() -> None:
    port = ScriptedPort(answer({}, 401))
    error = made(port, claim, auth=TokenProvider(Tokens("one", 100)), deadline=7)
    assert type(error) is APITimeoutError
    assert (error.attempts, error.safe_to_retry) == (1, True)


def test_a_claim_under_way_at_its_deadline_may_have_been_executed_unless_nothing_was_sent() -> None:
    assert type(made(ScriptedPort(100), claim, deadline=7)) is OutcomeUnknownError
    assert type(made(ScriptedPort(100, sent=False), claim, deadline=7)) is APITimeoutError


def test_a_claim_is_sent_again_after_a_401_with_another_token_and_only_once() -> None:
    port = ScriptedPort(answer({}, 401), answer(CLAIMED))
    assert made(port, claim, auth=TokenProvider(Tokens("one", "two"))).success
    assert sent_with(port) == ["one", "two"]
    port = ScriptedPort(answer({}, 401), answer({}, 401))
    assert isinstance(made(port, claim, auth=TokenProvider(Tokens("one", "two", "three"))), AuthenticationError)
    assert sent_with(port) == ["one", "two"]


def test_a_call_is_not_sent_again_with_the_token_that_was_refused() -> None:
    port = ScriptedPort(answer({}, 401))
    assert isinstance(made(port, read, auth=TokenProvider(Tokens("one", "one"))), AuthenticationError)
    assert sent_with(port) == ["one"]


def test_after_a_408_a_read_is_sent_again_with_another_token_since_the_old_one_may_have_ended() -> None:
    port = ScriptedPort(answer({}, 408), answer([]))
    assert made(port, read, auth=TokenProvider(Tokens("one", "two"))) == []
    assert sent_with(port) == ["one", "two"]


def test_after_any_other_status_the_token_is_kept() -> None:
    port = ScriptedPort(answer({}, 503), answer([]))
    assert made(port, read, auth=TokenProvider(Tokens("one"))) == []
    assert sent_with(port) == ["one", "one"]


def test_the_attempt_with_another_token_comes_on_top_of_those_that_are_allowed() -> None:
    port = ScriptedPort(answer({}, 401), answer([]))
    assert made(port, read, auth=TokenProvider(Tokens("one", "two")), retry=None) == []


def test_a_hook_is_told_that_the_attempt_with_another_token_follows_at_once() -> None:
    recorder = Recorder()
    port = ScriptedPort(answer({}, 401), answer([]))
    made(port, read, auth=TokenProvider(Tokens("one", "two")), hooks=[lambda _: recorder])
    assert [(attempt.status_code, attempt.retry_in) for attempt in recorder.attempts] == [(401, 0), (200, None)]


def test_a_hook_is_told_the_very_error_that_the_caller_gets() -> None:
    recorder = Recorder()
    error = made(ScriptedPort(100), read, deadline=7, hooks=[lambda _: recorder])
    assert type(error) is APITimeoutError
    assert recorder.calls[0].error is error


def test_a_call_with_an_argument_that_can_not_be_sent_ends_before_a_hook_is_told_of_it() -> None:
    recorder = Recorder()
    error = made(
        ScriptedPort(),
        lambda client: client.list_valid_contracts(1, travel_date=datetime(2026, 1, 1)),  # noqa: DTZ001 # the point
        hooks=[lambda _: recorder],
    )
    assert type(error) is InvalidArgumentError
    assert error.argument == "travel_date"
    assert recorder.calls == []


def test_a_hook_is_told_the_status_of_the_last_attempt_and_none_where_that_brought_no_answer() -> None:
    recorder = Recorder()
    made(ScriptedPort(answer({}, 503), 100), read, deadline=7, hooks=[lambda _: recorder])
    [end] = recorder.calls
    assert (end.attempts, end.status_code, end.seconds) == (2, None, 7)


@pytest.fixture
def longest_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wait lasts as long as jitter lets it."""
    monkeypatch.setattr("random.random", lambda: 1.0)


@pytest.mark.usefixtures("longest_waits")
@pytest.mark.parametrize(("deadline", "attempts"), [(2.0, 1), (2.001, 2)])
def test_a_wait_that_would_end_with_the_deadline_is_not_begun(deadline: float, attempts: int) -> None:
    policy = RetryPolicy(backoff_base=2)
    error = made(ScriptedPort(answer({}, 503), answer({}, 503)), read, deadline=deadline, retry=policy)
    assert isinstance(error, ServerError)
    assert error.attempts == attempts


def test_an_error_tells_how_long_the_call_took_all_of_it() -> None:
    error = made(ScriptedPort(ExchangeError("reset"), answer({}, 404)), read)
    assert error.elapsed > 0
    assert (error.operation, error.attempts) == ("list_valid_contracts", 2)


def test_a_call_that_the_line_would_let_pass_too_late_says_when_it_may_be_made() -> None:
    async def twice(client: ContractsClient) -> Any:
        await read(client)
        return await read(client)

    port = ScriptedPort(answer([]))
    error = made(port, twice, deadline=7, limits=RateLimits(spacing=12.5))
    assert type(error) is APITimeoutError
    assert error.message == (
        "the rate limit lets the request pass in 12.5 s, which is after the deadline; nothing was sent"
    )
    assert (error.retry_after, error.safe_to_retry, error.attempts) == (12.5, True, 0)


def test_a_call_that_was_refused_and_would_wait_too_long_for_its_next_turn_ends_in_the_refusal() -> None:
    error = made(ScriptedPort(answer({}, 429, **{"retry-after": "9"})), read, deadline=7)
    assert isinstance(error, RateLimitError)
    assert (error.attempts, error.retry_after) == (1, 9)


@pytest.mark.usefixtures("longest_waits")
def test_a_hook_is_told_the_longer_of_the_server_s_wait_and_that_of_the_line() -> None:
    recorder = Recorder()
    port = ScriptedPort(answer({}, 429, **{"retry-after": "20"}), answer([]))
    assert made(port, read, hooks=[lambda _: recorder]) == []
    assert [attempt.retry_in for attempt in recorder.attempts] == [21, None]


def test_an_attempt_without_an_answer_gives_its_place_back() -> None:
    port = ScriptedPort(ExchangeError("reset"), answer([]))
    assert made(port, read, max_concurrency=1) == []


def closed_while(port: ScriptedPort, call: Any, after: float, **options: Any) -> Any:
    """The error of a call whose client is closed while it goes on."""

    async def main() -> Any:
        client = ContractsClient("acme-shop", clock=VirtualClock(), **options)
        connect(client, port)
        calling = asyncio.ensure_future(call(client))
        await asyncio.sleep(after)
        await client.aclose()
        return (await asyncio.gather(calling, return_exceptions=True))[0]

    return run_virtually(main())


def test_a_claim_whose_client_is_closed_may_have_been_executed_and_a_read_is_just_over() -> None:
    error = closed_while(ScriptedPort(1000), claim, 1)
    assert type(error) is OutcomeUnknownError
    assert error.message.startswith("the client was closed before the answer came; it may have been executed")
    assert type(closed_while(ScriptedPort(1000), read, 1)) is ClientClosedError


@pytest.mark.usefixtures("longest_waits")
def test_a_call_whose_client_is_closed_while_it_waits_to_try_again_ends_in_what_it_met_last() -> None:
    policy = RetryPolicy(backoff_base=50, backoff_max=50)
    error = closed_while(ScriptedPort(answer({}, 503)), read, 1, retry=policy)
    assert isinstance(error, ServerError)
    assert error.status_code == 503


class ClosedPort(ScriptedPort):
    """Answers in turn, and then is closed."""

    async def send(self, wire: TransportRequest) -> Response:
        if not self._answers:
            raise ClientClosedError("the client is closed")
        return await super().send(wire)


@pytest.mark.usefixtures("longest_waits")
def test_a_call_that_finds_the_port_closed_ends_in_what_it_met_last_or_else_in_that() -> None:
    assert isinstance(made(ClosedPort(answer({}, 503)), read), ServerError)
    assert isinstance(made(ClosedPort(), read), ClientClosedError)


def test_a_success_of_another_form_is_an_error_that_names_place_and_form() -> None:
    error = made(ScriptedPort(answer([{"uuid": 5}])), read)
    assert isinstance(error, ResponseDecodeError)
    assert (error.path, error.expected, error.found) == ("[0].uuid", "a string", "an integer")
    assert (error.operation, error.attempts) == ("list_valid_contracts", 1)


@pytest.mark.parametrize(("status", "stands"), [(200, True), (299, False), (300, False)])
def test_only_the_documented_success_is_a_result(status: int, *, stands: bool) -> None:
    assert (made(ScriptedPort(answer([], status)), read) == []) is stands


def test_strict_says_which_thing_of_which_place_the_specification_does_not_know() -> None:
    error = made(ScriptedPort(answer({**CLAIMED, "news": 1})), claim, strict=True)
    assert isinstance(error, ResponseDecodeError)
    assert (error.path, error.expected, error.found) == (
        "news",
        "a property that the specification knows",
        "an unknown one",
    )


def test_a_hook_on_drift_that_fails_is_a_warning_and_spoils_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    port = ScriptedPort(answer({**CLAIMED, "news": 1, "more": 1}))
    assert made(port, claim, on_schema_drift=fail).success
    warnings = [record.getMessage() for record in caplog.records]
    assert warnings == ["the hook on_schema_drift failed with ZeroDivisionError"] * 2


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("never_sent", [True, False])
def test_a_claim_is_sent_again_where_either_says_that_nothing_of_it_was_sent(*, sent: bool, never_sent: bool) -> None:
    """How far the exchange got, or the kind of its failure."""
    outcome = made(ScriptedPort(ExchangeError("failed", never_sent=never_sent), answer(CLAIMED), sent=sent), claim)
    if sent and not never_sent:
        assert type(outcome) is OutcomeUnknownError
    else:
        assert outcome.success


@pytest.mark.parametrize(
    ("status", "body"), [(200, {"success": "perhaps"}), (299, CLAIMED)], ids=["another form", "another success"]
)
def test_a_claim_whose_success_can_not_be_read_may_have_been_executed(status: int, body: object) -> None:
    error = made(ScriptedPort(answer(body, status)), claim)
    assert isinstance(error, UnreadableOutcomeError)
    assert (error.status_code, error.attempts) == (status, 1)
    assert not isinstance(made(ScriptedPort(answer({}, status)), read), UnreadableOutcomeError)


def test_a_limit_that_is_used_up_until_a_moment_holds_the_next_call_back_until_then() -> None:
    async def twice(client: ContractsClient) -> float:
        await read(client)
        await read(client)
        return port.clock.wall()

    end = datetime(2023, 11, 14, 22, 14, 3, tzinfo=UTC)  # within a minute of the virtual clock's epoch
    limits = {"rate-limit-available": "0", "rate-limit-expiry-time": f"{end:%a %b %d %Y %H:%M:%S} GMT+0000 (UTC)"}
    port = ScriptedPort(answer([], **limits), answer([]))
    assert made(port, twice) == end.timestamp()
