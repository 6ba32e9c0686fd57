"""Every case of the table, over real sockets, on each library: while the fault lasts, and once it has passed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from canaries import CODE, CUSTOMER, assert_error_shows_nothing
from fault_case import Case, Fails, HealingClock, Outcome, Site
from fault_sites import plain
from fault_table import CASES

from contracts_client import APIError, Claim, ContractPage, ContractsClient, ContractsError

MakeClient = Callable[..., ContractsClient]
CORRELATION_ID = "call-1"


async def read(client: ContractsClient) -> object:
    return await client.list_contracts_by_external_ref(
        CODE, entur_customer_number=CUSTOMER, correlation_id=CORRELATION_ID
    )


async def claim(client: ContractsClient) -> object:
    return await client.claim_personnel_ticket(CODE, customer_number=CUSTOMER, correlation_id=CORRELATION_ID)


OPERATIONS: dict[str, Callable[[ContractsClient], Awaitable[object]]] = {"read": read, "claim": claim}

every_case = pytest.mark.parametrize("case", CASES, ids=[f"{case.row}: {case.what}" for case in CASES])
both_operations = pytest.mark.parametrize("operation", list(OPERATIONS))


async def expect(outcome: Outcome, call: Awaitable[object]) -> None:
    """See that a call comes to what the table says."""
    if not isinstance(outcome, Fails):
        assert isinstance(await call, ContractPage | Claim)
        return
    with pytest.raises(ContractsError) as caught:
        await call
    error: Any = caught.value
    assert type(error) is outcome.error, str(error)
    assert outcome.says in str(error)
    assert outcome.never_says not in str(error)
    assert outcome.status == getattr(error, "status_code", None)
    if isinstance(error, APIError):
        assert (error.attempts, error.safe_to_retry) == (outcome.attempts, outcome.safe), str(error)
        assert error.correlation_id == CORRELATION_ID
        assert error.retry_after == outcome.retry_after
        assert error.elapsed >= 0
    assert_error_shows_nothing(error)


def requests_of(site: Site) -> list[bytes]:
    seen = [] if site.peer is None else site.peer.requests
    return [request for request in seen if not request.startswith(b"POST /oauth/token")]


def attempts_in(records: list[logging.LogRecord]) -> int:
    # At a level above stands what came too late for its caller.
    return sum(record.levelno == logging.DEBUG and "id call-1" in record.getMessage() for record in records)


@every_case
@both_operations
async def test_a_lasting_fault_is_the_table_error(
    case: Case, operation: str, make_client: MakeClient, transport: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault that lasts is the error of the table."""
    outcome = case.outcome(operation, transport)
    async with (case.site or plain)(case.talk) as site:
        client = make_client(site.url, **{**site.options, **case.options})
        await asyncio.wait_for(expect(outcome, OPERATIONS[operation](client)), 30)
        sent = requests_of(site)
        assert len(sent) <= outcome.attempts
        assert all(b"\r\nX-Correlation-Id: call-1\r\n" in request for request in sent)
    assert attempts_in(caplog.records) == outcome.attempts


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.passes], ids=[f"{case.row}: {case.what}" for case in CASES if case.passes]
)
@both_operations
async def test_only_retried_calls_pass_a_fault(
    case: Case, operation: str, make_client: MakeClient, transport: Any, clock: HealingClock
) -> None:
    """A call that is retried succeeds once the fault has passed and no other does."""
    outcome = case.outcome(operation, transport)
    async with (case.site or plain)(case.talk) as site:
        clock.heal = site.heal
        client = make_client(site.url, **{**site.options, **case.options})
        call = OPERATIONS[operation](client)
        if isinstance(outcome, Fails) and outcome.attempts <= 1 and not outcome.token_retried:
            await asyncio.wait_for(expect(outcome, call), 30)
        else:
            assert isinstance(await asyncio.wait_for(call, 30), ContractPage | Claim)
        if operation == "claim":
            assert len(requests_of(site)) <= case.claims
        clock.heal = None
        await site.heal()
        clock.skipped += 900  # by then every memory of a failure has expired
        assert isinstance(await asyncio.wait_for(read(client), 30), ContractPage)
