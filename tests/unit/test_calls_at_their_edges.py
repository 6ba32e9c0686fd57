"""A call where it ends: at its deadline, without a token, with a client that closes, and what hooks learn of that."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from scripted_transport import ScriptedTransport, answer, claim, connect, made, read
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
from contracts_client.transport.interface import ExchangeError, TransportRequest

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


def sent_with(transport: ScriptedTransport) -> list[str]:
    return [dict(request.headers)["Authorization"].removeprefix("Bearer ") for request in transport.requests]


@pytest.mark.parametrize("call", [read, claim])
def test_a_late_token_means_nothing_was_sent(call: Any) -> None:
    """A call whose token does not come in time sent nothing and may be made again."""
    recorder = Recorder()
    error = made(ScriptedTransport(), call, auth=TokenProvider(Tokens(100)), deadline=7, hooks=[lambda _: recorder])
    assert type(error) is APITimeoutError
    assert recorder.attempts == []
    assert recorder.calls == [CallEnd(attempts=0, status_code=None, error=error, seconds=7)]
    assert error.message == "the deadline of 7 s ran out"
    assert (error.attempts, error.elapsed, error.safe_to_retry) == (0, 7, True)


def test_a_claim_without_a_token_did_not_run() -> None:
    """A claim that waits for another token after a 401 was not executed."""
    transport = ScriptedTransport(answer({}, 401))
    error = made(transport, claim, auth=TokenProvider(Tokens("one", 100)), deadline=7)
    assert type(error) is APITimeoutError
    assert (error.attempts, error.safe_to_retry) == (1, True)


def test_a_claim_at_its_deadline_is_unknown() -> None:
    """A claim under way at its deadline may have been executed unless nothing was sent."""
    assert type(made(ScriptedTransport(100), claim, deadline=7)) is OutcomeUnknownError
    assert type(made(ScriptedTransport(100, sent=False), claim, deadline=7)) is APITimeoutError


def test_a_401_claim_is_sent_again_once() -> None:
    """A claim is sent again after a 401 with another token and only once."""
    transport = ScriptedTransport(answer({}, 401), answer(CLAIMED))
    assert made(transport, claim, auth=TokenProvider(Tokens("one", "two"))).success
    assert sent_with(transport) == ["one", "two"]
    transport = ScriptedTransport(answer({}, 401), answer({}, 401))
    assert isinstance(made(transport, claim, auth=TokenProvider(Tokens("one", "two", "three"))), AuthenticationError)
    assert sent_with(transport) == ["one", "two"]


def test_a_refused_token_is_not_sent_again() -> None:
    """A call is not sent again with the token that was refused."""
    transport = ScriptedTransport(answer({}, 401))
    assert isinstance(made(transport, read, auth=TokenProvider(Tokens("one", "one"))), AuthenticationError)
    assert sent_with(transport) == ["one"]


def test_a_408_read_is_sent_with_a_new_token() -> None:
    """After a 408 a read is sent again with another token since the old one may have ended."""
    transport = ScriptedTransport(answer({}, 408), answer([]))
    assert made(transport, read, auth=TokenProvider(Tokens("one", "two"))) == []
    assert sent_with(transport) == ["one", "two"]


def test_other_statuses_keep_the_token() -> None:
    """After any other status the token is kept."""
    transport = ScriptedTransport(answer({}, 503), answer([]))
    assert made(transport, read, auth=TokenProvider(Tokens("one"))) == []
    assert sent_with(transport) == ["one", "one"]


def test_a_new_token_allows_one_more_attempt() -> None:
    """The attempt with another token comes on top of those that are allowed."""
    transport = ScriptedTransport(answer({}, 401), answer([]))
    assert made(transport, read, auth=TokenProvider(Tokens("one", "two")), retry=None) == []


def test_a_hook_is_told_of_a_new_token_retry() -> None:
    """A hook is told that the attempt with another token follows at once."""
    recorder = Recorder()
    transport = ScriptedTransport(answer({}, 401), answer([]))
    made(transport, read, auth=TokenProvider(Tokens("one", "two")), hooks=[lambda _: recorder])
    assert [(attempt.status_code, attempt.retry_in) for attempt in recorder.attempts] == [(401, 0), (200, None)]


def test_a_hook_gets_the_caller_s_error() -> None:
    """A hook is told the very error that the caller gets."""
    recorder = Recorder()
    error = made(ScriptedTransport(100), read, deadline=7, hooks=[lambda _: recorder])
    assert type(error) is APITimeoutError
    assert recorder.calls[0].error is error


def test_an_invalid_argument_reaches_no_hook() -> None:
    """A call with an argument that can not be sent ends before a hook is told of it."""
    recorder = Recorder()
    error = made(
        ScriptedTransport(),
        lambda client: client.list_valid_contracts(1, travel_date=datetime(2026, 1, 1)),  # noqa: DTZ001 # the point
        hooks=[lambda _: recorder],
    )
    assert type(error) is InvalidArgumentError
    assert error.argument == "travel_date"
    assert recorder.calls == []


def test_a_hook_is_told_the_last_status() -> None:
    """A hook is told the status of the last attempt and none where that brought no answer."""
    recorder = Recorder()
    made(ScriptedTransport(answer({}, 503), 100), read, deadline=7, hooks=[lambda _: recorder])
    [end] = recorder.calls
    assert (end.attempts, end.status_code, end.seconds) == (2, None, 7)


@pytest.fixture
def longest_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wait lasts as long as jitter lets it."""
    monkeypatch.setattr("random.random", lambda: 1.0)


@pytest.mark.usefixtures("longest_waits")
@pytest.mark.parametrize(("deadline", "attempts"), [(2.0, 1), (2.001, 2)])
def test_no_wait_lasts_until_the_deadline(deadline: float, attempts: int) -> None:
    """A wait that would end with the deadline is not begun."""
    policy = RetryPolicy(backoff_base=2)
    error = made(ScriptedTransport(answer({}, 503), answer({}, 503)), read, deadline=deadline, retry=policy)
    assert isinstance(error, ServerError)
    assert error.attempts == attempts


def test_an_error_tells_the_whole_duration() -> None:
    """An error tells how long the call took all of it."""
    error = made(ScriptedTransport(ExchangeError("reset"), answer({}, 404)), read)
    assert error.elapsed > 0
    assert (error.operation, error.attempts) == ("list_valid_contracts", 2)


def test_a_call_queued_too_long_says_when() -> None:
    """A call that the line would let pass too late says when it may be made."""

    async def twice(client: ContractsClient) -> Any:
        await read(client)
        return await read(client)

    transport = ScriptedTransport(answer([]))
    error = made(transport, twice, deadline=7, limits=RateLimits(spacing=12.5))
    assert type(error) is APITimeoutError
    assert error.message == (
        "the rate limit lets the request pass in 12.5 s, which is after the deadline; nothing was sent"
    )
    assert (error.retry_after, error.safe_to_retry, error.attempts) == (12.5, True, 0)


def test_a_long_queue_ends_in_the_refusal() -> None:
    """A call that was refused and would wait too long for its next turn ends in the refusal."""
    error = made(ScriptedTransport(answer({}, 429, **{"retry-after": "9"})), read, deadline=7)
    assert isinstance(error, RateLimitError)
    assert (error.attempts, error.retry_after) == (1, 9)


@pytest.mark.usefixtures("longest_waits")
def test_a_hook_is_told_the_longer_wait() -> None:
    """A hook is told the longer of the server's wait and that of the line."""
    recorder = Recorder()
    transport = ScriptedTransport(answer({}, 429, **{"retry-after": "20"}), answer([]))
    assert made(transport, read, hooks=[lambda _: recorder]) == []
    assert [attempt.retry_in for attempt in recorder.attempts] == [21, None]


def test_a_failed_attempt_returns_its_permit() -> None:
    """An attempt without an answer gives its place back."""
    transport = ScriptedTransport(ExchangeError("reset"), answer([]))
    assert made(transport, read, max_concurrency=1) == []


def closed_while(transport: ScriptedTransport, call: Any, after: float, **options: Any) -> Any:
    """The error of a call whose client is closed while it goes on."""

    async def main() -> Any:
        client = ContractsClient("acme-shop", clock=VirtualClock(), **options)
        connect(client, transport)
        calling = asyncio.ensure_future(call(client))
        await asyncio.sleep(after)
        await client.aclose()
        return (await asyncio.gather(calling, return_exceptions=True))[0]

    return run_virtually(main())


def test_a_close_leaves_a_claim_unknown() -> None:
    """A claim whose client is closed may have been executed and a read is just over."""
    error = closed_while(ScriptedTransport(1000), claim, 1)
    assert type(error) is OutcomeUnknownError
    assert error.message.startswith("the client was closed before the answer came; it may have been executed")
    assert type(closed_while(ScriptedTransport(1000), read, 1)) is ClientClosedError


@pytest.mark.usefixtures("longest_waits")
def test_a_close_in_a_wait_keeps_the_error() -> None:
    """A call whose client is closed while it waits to try again ends in what it met last."""
    policy = RetryPolicy(backoff_base=50, backoff_max=50)
    error = closed_while(ScriptedTransport(answer({}, 503)), read, 1, retry=policy)
    assert isinstance(error, ServerError)
    assert error.status_code == 503


class ClosedPort(ScriptedTransport):
    """Answers in turn, and then is closed."""

    async def send(self, request: TransportRequest) -> Response:
        if not self._answers:
            raise ClientClosedError("the client is closed")
        return await super().send(request)


@pytest.mark.usefixtures("longest_waits")
def test_a_closed_port_keeps_the_last_error() -> None:
    """A call that finds the transport closed ends in what it met last or else in that."""
    assert isinstance(made(ClosedPort(answer({}, 503)), read), ServerError)
    assert isinstance(made(ClosedPort(), read), ClientClosedError)


def test_an_unexpected_success_is_located() -> None:
    """A success of another form is an error that names place and form."""
    error = made(ScriptedTransport(answer([{"uuid": 5}])), read)
    assert isinstance(error, ResponseDecodeError)
    assert (error.path, error.expected, error.found) == ("[0].uuid", "a string", "an integer")
    assert (error.operation, error.attempts) == ("list_valid_contracts", 1)


@pytest.mark.parametrize(("status", "stands"), [(200, True), (299, False), (300, False)])
def test_only_documented_successes_count(status: int, *, stands: bool) -> None:
    """Only the documented success is a result."""
    assert (made(ScriptedTransport(answer([], status)), read) == []) is stands


def test_strict_names_the_unknown_property() -> None:
    """Strict says which thing of which place the specification does not know."""
    error = made(ScriptedTransport(answer({**CLAIMED, "news": 1})), claim, strict=True)
    assert isinstance(error, ResponseDecodeError)
    assert (error.path, error.expected, error.found) == (
        "news",
        "a property that the specification knows",
        "an unknown one",
    )


def test_a_failing_drift_hook_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """A hook on drift that fails is a warning and spoils nothing."""

    def fail(_: object) -> None:
        raise ZeroDivisionError

    transport = ScriptedTransport(answer({**CLAIMED, "news": 1, "more": 1}))
    assert made(transport, claim, on_schema_drift=fail).success
    warnings = [record.getMessage() for record in caplog.records]
    assert warnings == ["the hook on_schema_drift failed with ZeroDivisionError"] * 2


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("never_sent", [True, False])
def test_a_claim_known_unsent_is_sent_again(*, sent: bool, never_sent: bool) -> None:
    """A claim is sent again where either says that nothing of it was sent.

    How far the exchange got, or the kind of its failure.
    """
    outcome = made(ScriptedTransport(ExchangeError("failed", never_sent=never_sent), answer(CLAIMED), sent=sent), claim)
    if sent and not never_sent:
        assert type(outcome) is OutcomeUnknownError
    else:
        assert outcome.success


@pytest.mark.parametrize(
    ("status", "body"), [(200, {"success": "perhaps"}), (299, CLAIMED)], ids=["another form", "another success"]
)
def test_an_unreadable_claim_is_unknown(status: int, body: object) -> None:
    """A claim whose success can not be read may have been executed."""
    error = made(ScriptedTransport(answer(body, status)), claim)
    assert isinstance(error, UnreadableOutcomeError)
    assert (error.status_code, error.attempts) == (status, 1)
    assert not isinstance(made(ScriptedTransport(answer({}, status)), read), UnreadableOutcomeError)


def test_a_used_up_limit_delays_later_calls() -> None:
    """A limit that is used up until a moment holds the next call back until then."""

    async def twice(client: ContractsClient) -> float:
        await read(client)
        await read(client)
        return transport.clock.wall()

    end = datetime(2023, 11, 14, 22, 14, 3, tzinfo=UTC)  # within a minute of the virtual clock's epoch
    limits = {"rate-limit-available": "0", "rate-limit-expiry-time": f"{end:%a %b %d %Y %H:%M:%S} GMT+0000 (UTC)"}
    transport = ScriptedTransport(answer([], **limits), answer([]))
    assert made(transport, twice) == end.timestamp()
