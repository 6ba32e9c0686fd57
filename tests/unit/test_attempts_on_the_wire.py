"""What an attempt hands to the transport, and what the log and the hooks are told of it."""

import logging
from typing import Any

import pytest
from scripted_transport import STARTS_AT, ScriptedTransport, answer, claim, made, read

from contracts_client import (
    APIConnectionError,
    APITimeoutError,
    AttemptEnd,
    CallObserver,
    Consumption,
    ContractsClient,
    OutcomeUnknownError,
    defaults,
)
from contracts_client.transport.interface import ExchangeError

CLAIMED = {"success": True, "customerNumber": 1}


def test_the_accept_header_lists_error_forms() -> None:
    """JSON is asked for and an error in either of its forms."""
    transport = ScriptedTransport(answer([]))
    made(transport, read)
    assert dict(transport.requests[0].headers)["Accept"] == "application/json, application/problem+json"


def test_each_claim_has_its_own_connection() -> None:
    """A claim goes over a connection of its own each time and a read does not.

    An idle connection may close just as it is used, and a claim can't be sent again then.
    """
    transport = ScriptedTransport(ExchangeError("refused", never_sent=True), answer(CLAIMED), sent=False)
    assert made(transport, claim).success
    assert [request.fresh for request in transport.requests] == [True, True]
    transport = ScriptedTransport(ExchangeError("reset"), answer([]))
    assert made(transport, read) == []
    assert [request.fresh for request in transport.requests] == [False, False]


def test_a_claim_outcome_outlives_its_caller() -> None:
    """What comes of a claim is told after its caller has gone and of a read it is not."""
    transport = ScriptedTransport(answer(CLAIMED))
    made(transport, claim)
    assert transport.requests[0].on_late is not None
    transport = ScriptedTransport(answer([]))
    made(transport, read)
    assert transport.requests[0].on_late is None


def test_a_dead_connection_is_not_used_again() -> None:
    """Only the attempt after a dead connection goes over a new one."""
    transport = ScriptedTransport(ExchangeError("closed", stale=True), answer({}, 503), answer([]))
    assert made(transport, read) == []
    assert [request.fresh for request in transport.requests] == [False, True, False]


def test_an_attempt_ends_at_the_deadline() -> None:
    """An attempt is given up at the deadline of the call."""
    transport = ScriptedTransport(answer([]))
    made(transport, read, deadline=7)
    assert transport.requests[0].deadline == STARTS_AT + 7


def test_an_unsent_timed_out_claim_is_resent() -> None:
    """A claim whose attempt ran out of time is sent again only where nothing of it was sent."""
    unsent = ScriptedTransport(100, answer(CLAIMED), sent=False)
    assert made(unsent, claim, timeout=2).success
    sent = ScriptedTransport(100, answer(CLAIMED))
    error = made(sent, claim, timeout=2)
    assert isinstance(error, OutcomeUnknownError)
    assert error.message.startswith("the timeout of 2 s for an attempt ran out; it may have been executed all the same")
    assert len(sent.requests) == 1


def test_a_timed_out_read_may_be_repeated() -> None:
    """A read whose attempts ran out of time is a timeout that may be tried again."""
    error = made(ScriptedTransport(100, 100), read, timeout=2, retry=None)
    assert isinstance(error, APITimeoutError)
    assert error.message.startswith("the timeout of 2 s for an attempt ran out")
    assert error.safe_to_retry


def test_a_hook_is_told_of_numbered_attempts() -> None:
    """A hook is told of each attempt by its number when it starts and when it ends."""
    told: list[tuple[str, int]] = []

    class Observer(CallObserver):
        def attempt_started(self, number: int) -> None:
            told.append(("started", number))

        def attempt_ended(self, attempt: AttemptEnd) -> None:
            told.append(("ended", attempt.number))

    made(ScriptedTransport(answer({}, 503), answer([])), read, hooks=[lambda _: Observer()])
    assert told == [("started", 1), ("ended", 1), ("started", 2), ("ended", 2)]


def test_a_hook_is_told_attempt_durations() -> None:
    """A hook is told how long each attempt took apart from the others."""
    told: list[tuple[float, bool]] = []

    class Observer(CallObserver):
        def attempt_ended(self, attempt: AttemptEnd) -> None:
            told.append((round(attempt.seconds, 6), attempt.sent))

    made(ScriptedTransport(2, 5, answer([])), read, hooks=[lambda _: Observer()])
    assert told == [(2, True), (5, True), (0, True)]


def test_the_log_tells_of_an_ended_attempt(caplog: pytest.LogCaptureFixture) -> None:
    """The log says that an attempt was timed out by the deadline."""
    caplog.set_level(logging.DEBUG, "contracts_client")
    assert isinstance(made(ScriptedTransport(100), read, deadline=3), APIConnectionError)
    [line] = [record.getMessage() for record in caplog.records]
    assert " timed out in 3000 ms (attempt 1, " in line


def test_a_body_over_the_limit_is_refused() -> None:
    """A body of the most bytes is sent and one byte more is refused."""

    def consumption(size: int) -> Consumption:
        return Consumption(contract_uuid="c" * size, customer_number=1)

    async def validate(client: ContractsClient, size: int) -> Any:
        return await client.validate_consumption([consumption(size)])

    verdict = answer({"isValid": True, "code": 3101, "reason": "OK"})
    transport = ScriptedTransport(verdict, verdict)
    made(transport, lambda client: validate(client, 1))
    room = defaults.MAX_REQUEST_BYTES - len(transport.requests[0].body or b"") + 1
    made(transport, lambda client: validate(client, room))
    assert len(transport.requests[1].body or b"") == defaults.MAX_REQUEST_BYTES
    error = made(transport, lambda client: validate(client, room + 1))
    assert str(error) == f"body must not be larger than {defaults.MAX_REQUEST_BYTES} bytes as JSON"
    assert len(transport.requests) == 2
