"""What an attempt hands to the port, and what the log and the hooks are told of it."""

import logging
from typing import Any

import pytest
from scripted_port import STARTS_AT, ScriptedPort, answer, claim, made, read

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
from contracts_client.transport.trace import ExchangeError

CLAIMED = {"success": True, "customerNumber": 1}


def test_json_is_asked_for_and_an_error_in_either_of_its_forms() -> None:
    port = ScriptedPort(answer([]))
    made(port, read)
    assert dict(port.wires[0].headers)["Accept"] == "application/json, application/problem+json"


def test_a_claim_goes_over_a_connection_of_its_own_each_time_and_a_read_does_not() -> None:
    """An idle connection may close just as it is used, and a claim can't be sent again then."""
    port = ScriptedPort(ExchangeError("refused", never_sent=True), answer(CLAIMED), sent=False)
    assert made(port, claim).success
    assert [wire.fresh for wire in port.wires] == [True, True]
    port = ScriptedPort(ExchangeError("reset"), answer([]))
    assert made(port, read) == []
    assert [wire.fresh for wire in port.wires] == [False, False]


def test_what_comes_of_a_claim_is_told_after_its_caller_has_gone_and_of_a_read_it_is_not() -> None:
    port = ScriptedPort(answer(CLAIMED))
    made(port, claim)
    assert port.wires[0].on_late is not None
    port = ScriptedPort(answer([]))
    made(port, read)
    assert port.wires[0].on_late is None


def test_only_the_attempt_after_a_dead_connection_goes_over_a_new_one() -> None:
    port = ScriptedPort(ExchangeError("closed", stale=True), answer({}, 503), answer([]))
    assert made(port, read) == []
    assert [wire.fresh for wire in port.wires] == [False, True, False]


def test_an_attempt_is_given_up_at_the_deadline_of_the_call() -> None:
    port = ScriptedPort(answer([]))
    made(port, read, deadline=7)
    assert port.wires[0].deadline == STARTS_AT + 7


def test_a_claim_whose_attempt_ran_out_of_time_is_sent_again_only_where_nothing_of_it_was_sent() -> None:
    unsent = ScriptedPort(100, answer(CLAIMED), sent=False)
    assert made(unsent, claim, timeout=2).success
    sent = ScriptedPort(100, answer(CLAIMED))
    error = made(sent, claim, timeout=2)
    assert isinstance(error, OutcomeUnknownError)
    assert error.message.startswith("the timeout of 2 s for an attempt ran out; it may have been executed all the same")
    assert len(sent.wires) == 1


def test_a_read_whose_attempts_ran_out_of_time_is_a_timeout_that_may_be_tried_again() -> None:
    error = made(ScriptedPort(100, 100), read, timeout=2, retry=None)
    assert isinstance(error, APITimeoutError)
    assert error.message.startswith("the timeout of 2 s for an attempt ran out")
    assert error.safe_to_retry


def test_a_hook_is_told_of_each_attempt_by_its_number_when_it_starts_and_when_it_ends() -> None:
    told: list[tuple[str, int]] = []

    class Observer(CallObserver):
        def attempt_started(self, number: int) -> None:
            told.append(("started", number))

        def attempt_ended(self, attempt: AttemptEnd) -> None:
            told.append(("ended", attempt.number))

    made(ScriptedPort(answer({}, 503), answer([])), read, hooks=[lambda _: Observer()])
    assert told == [("started", 1), ("ended", 1), ("started", 2), ("ended", 2)]


def test_a_hook_is_told_how_long_each_attempt_took_apart_from_the_others() -> None:
    told: list[tuple[float, bool]] = []

    class Observer(CallObserver):
        def attempt_ended(self, attempt: AttemptEnd) -> None:
            told.append((round(attempt.seconds, 6), attempt.sent))

    made(ScriptedPort(2, 5, answer([])), read, hooks=[lambda _: Observer()])
    assert told == [(2, True), (5, True), (0, True)]


def test_the_log_says_that_an_attempt_was_timed_out_by_the_deadline(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "contracts_client")
    assert isinstance(made(ScriptedPort(100), read, deadline=3), APIConnectionError)
    [line] = [record.getMessage() for record in caplog.records]
    assert " timed out in 3000 ms (attempt 1, " in line


def test_a_body_of_the_most_bytes_is_sent_and_one_byte_more_is_refused() -> None:
    def consumption(size: int) -> Consumption:
        return Consumption(contract_uuid="c" * size, customer_number=1)

    async def validate(client: ContractsClient, size: int) -> Any:
        return await client.validate_consumption([consumption(size)])

    verdict = answer({"isValid": True, "code": 3101, "reason": "OK"})
    port = ScriptedPort(verdict, verdict)
    made(port, lambda client: validate(client, 1))
    room = defaults.MAX_REQUEST_BYTES - len(port.wires[0].body or b"") + 1
    made(port, lambda client: validate(client, room))
    assert len(port.wires[1].body or b"") == defaults.MAX_REQUEST_BYTES
    error = made(port, lambda client: validate(client, room + 1))
    assert str(error) == f"body must not be larger than {defaults.MAX_REQUEST_BYTES} bytes as JSON"
    assert len(port.wires) == 2
