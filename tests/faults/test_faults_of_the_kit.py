"""What the test kit's fake does to a client comes to what the table says of the same fault over real sockets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from canaries import CODE, CUSTOMER
from fault_case import RETRY, Case, Fails, Outcome
from fault_table import CASES
from test_fault_table import OPERATIONS, attempts_in, expect, read

from contracts_client import ContractsClient
from contracts_client.testing import FakeContractsApi, Script
from contracts_client.testing.builders import a_contract, a_contract_consumer

Say = Callable[[Script], object]

BY_WORDS = {case.what: case for case in CASES}
METHODS = {"read": "list_contracts_by_external_ref", "claim": "claim_personnel_ticket"}

# A line of the table, and the sentence of the kit that makes the same happen.
SAME: dict[str, Say] = {
    "the port refuses the connection": Script.refuses_connection,
    "nothing answers to the attempt to connect": lambda script: script.times_out(connecting=True),
    "nothing answers to the attempt to connect before the deadline": lambda script: script.times_out(connecting=True),
    "the server takes the connection and resets it at once": lambda script: script.drops_connection(
        after_request_read=False
    ),
    "the server reads the request and closes the connection": Script.drops_connection,
    "the server reads the request and resets the connection": Script.loses_the_answer,
    "no answer comes": Script.times_out,
    "no answer comes within the timeout of an attempt": Script.times_out,
    "the body drips, a byte at a time": lambda script: script.drips(0.01),
    "an enumeration has a value that the specification does not know": Script.sends_unknown_status,
    "there is a property that the specification does not know": Script.sends_unknown_field,
    "the body breaks off": Script.sends_broken_json,
    "the API answers 429 and asks for 2 s": lambda script: script.answers(429, retry_after=2),
    "the API answers 429 and does not say for how long": lambda script: script.answers(429),
    "the API answers 429 and asks for 10 minutes": lambda script: script.answers(429, retry_after=600),
    "the API refuses every token": lambda script: script.answers(401),
    "the API answers 200 with an empty body": lambda script: script.answers(200),
    "a login page answers 200 with HTML": lambda script: script.answers(
        200, "<html>", content_type="text/html; charset=utf-8"
    ),
    "the API answers 204, without a body": lambda script: script.answers(204),
    **{
        case.what: (lambda script, status=case.read.status: script.answers(status))
        for case in CASES
        if case.what.startswith(("the API answers 4", "the API answers 5", "the API, or a gateway"))
        and case.row != "408, 502, 503, 504"
        and isinstance(case.read, Fails)
        and case.read.status not in (401, 429)
    },
    **{
        case.what: (lambda script, status=case.read.status: script.answers(status, "<html>", content_type="text/html"))
        for case in CASES
        if case.row == "408, 502, 503, 504" and isinstance(case.read, Fails)
    },
}
# A claim has no status of a contract to spoil, and the broken JSON of the table is that of each operation.
NOT_FOR_CLAIMS = {"an enumeration has a value that the specification does not know"}
PAIRS = [(what, name) for what in SAME for name in OPERATIONS if name == "read" or what not in NOT_FOR_CLAIMS]


def connect(api: FakeContractsApi, case: Case) -> ContractsClient:
    return api.connect("acme-shop", **{"retry": RETRY, **case.options})


@pytest.fixture
def api() -> FakeContractsApi:
    made = FakeContractsApi()
    made.add_personnel_ticket(CODE, a_contract(uuid="c-1"))
    made.add(
        a_contract(uuid="c-2", external_ref=CODE, contract_consumers=[a_contract_consumer(customer_number=CUSTOMER)])
    )
    return made


@pytest.mark.parametrize(("what", "operation"), PAIRS)
async def test_a_lasting_fault_is_the_same(
    api: FakeContractsApi, what: str, operation: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault that lasts comes to the same."""
    case = BY_WORDS[what]
    outcome: Outcome = getattr(case, operation)
    SAME[what](api.every(METHODS[operation]))
    async with connect(api, case) as client:
        await expect(outcome, OPERATIONS[operation](client))
    assert attempts_in(caplog.records) == outcome.attempts
    assert len(api.requests_of(METHODS[operation])) == outcome.attempts
    api.assert_all_happened()


@pytest.mark.parametrize(("what", "operation"), PAIRS)
async def test_a_passing_fault_is_the_same(api: FakeContractsApi, what: str, operation: str) -> None:
    """A fault that passes comes to the same."""
    case = BY_WORDS[what]
    outcome: Outcome = getattr(case, operation)
    SAME[what](api.next(METHODS[operation]))
    async with connect(api, case) as client:
        call = OPERATIONS[operation](client)
        if isinstance(outcome, Fails) and outcome.attempts <= 1:
            await expect(outcome, call)
        else:
            await call
            assert len(api.requests_of(METHODS[operation])) == (2 if isinstance(outcome, Fails) else 1)
        await api.clock.advance(900)
        assert await read(client)


@pytest.mark.parametrize("drop", [Script.drops_connection, Script.loses_the_answer])
async def test_a_dropped_connection_is_replaced(api: FakeContractsApi, drop: Say) -> None:
    """A connection that dies as it is used again is replaced at once.

    As over sockets: see test_a_dead_connection_is_retried_free.
    """
    client = connect(api, BY_WORDS["no answer comes"])
    await read(client)
    drop(api.next("list_contracts_by_external_ref"))
    await read(client)
    assert len(api.requests_of("list_contracts_by_external_ref")) == 3
    assert api.clock.slept == [0.0]


async def test_a_revoked_token_is_replaced_once(api: FakeContractsApi) -> None:
    """A token that was revoked is replaced once for the claim too.

    The row: the API refuses a token that has just been revoked.
    """
    client = connect(api, BY_WORDS["no answer comes"])
    await read(client)
    api.expire_token()
    assert await OPERATIONS["claim"](client)
    call = api.assert_called_once("claim_personnel_ticket")
    assert [each.status_code for each in call.requests] == [401, 200]
    assert len(api.requests_of("token")) == 2


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_token_endpoint_faults_are_the_same(api: FakeContractsApi, operation: str) -> None:
    """A token endpoint that hangs up or is silent comes to the same."""
    for what, say in {
        "the token endpoint hangs up": Script.drops_connection,
        "the token endpoint answers 503": lambda script: script.answers(503, "down", content_type="text/plain"),
        "the token endpoint answers 401": lambda script: script.answers(401),
        "the token endpoint says nothing before the call's deadline": Script.times_out,
    }.items():
        case = BY_WORDS[what]
        api.clear_script()
        say(api.every("token"))
        await expect(getattr(case, operation), OPERATIONS[operation](connect(api, case)))
