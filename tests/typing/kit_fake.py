"""The kit's fake as a user's type checker sees it. This file is checked by mypy and pyright, and never run."""

from datetime import UTC, datetime, timedelta
from typing import Any, assert_type

from contracts_client import Contract, ContractsClient
from contracts_client._base import ClientOptions
from contracts_client.clock import Clock
from contracts_client.sandbox import Sandbox
from contracts_client.testing import (
    FakeContractsApi,
    Hold,
    ManualClock,
    RecordedCall,
    RecordedRequest,
    Script,
    StoredContract,
)
from contracts_client.testing.builders import a_contract


async def a_test(
    contracts_api: FakeContractsApi, contracts_client: ContractsClient, contracts_clock: ManualClock
) -> None:
    card = contracts_api.add(a_contract(), a_contract(2))
    assert_type(card, Contract)
    assert_type(contracts_api.change(card, status="EXPIRED"), Contract)
    assert_type(contracts_api.contracts, tuple[Contract, ...])
    assert_type(contracts_api.add_personnel_ticket("ABC-DEF-123", a_contract(3)), str)
    assert_type(contracts_api.claimed_by("ABC-DEF-123"), int | None)
    assert_type(contracts_api.next("list_contracts", times=2), Script)
    assert_type(contracts_api.every().is_held(), Hold)
    assert_type(contracts_api.connect(deadline=2.0, retry=None), ContractsClient)
    assert_type(contracts_api.client_options, ClientOptions)
    contracts_api.next().answers(429, retry_after=3)
    contracts_api.next().answers(503, retry_after=datetime(2026, 6, 1, tzinfo=UTC), headers={"X-Gateway": "1"})
    contracts_api.next().answers(200, [card], executed=True)
    await contracts_clock.advance(timedelta(hours=24))
    await contracts_clock.advance(0.5)
    clock: Clock = contracts_clock
    assert_type(clock.wall(), float)
    await contracts_client.list_contracts()


async def what_was_called(api: FakeContractsApi, hold: Hold) -> None:
    assert_type(api.assert_called("list_contracts", customer_number=1001), RecordedCall)
    call = api.assert_called_once("list_contracts")
    assert_type(call.requests[0], RecordedRequest)
    assert_type(call.attempts, int)
    assert_type(call.arguments["page"], Any)
    assert_type(call.error, BaseException | None)
    assert_type(api.calls, tuple[RecordedCall, ...])
    assert_type(api.requests_of("token"), tuple[RecordedRequest, ...])
    assert_type(await hold.reached(), RecordedRequest)
    assert_type(call.headers["X-Correlation-Id"], str)


def a_server(contracts_sandbox: Sandbox) -> None:
    assert_type(contracts_sandbox.environ, dict[str, str])
    contracts_sandbox.data.insert(StoredContract.of(a_contract()))


def faults_that_the_checker_finds(api: FakeContractsApi) -> None:
    api.next("list_contracts").answers("503")  # type: ignore[arg-type]
    api.next("list_contracts", times="2")  # type: ignore[arg-type]
    api.next("list_contracts").answer(503)  # type: ignore[attr-defined]
    api.connect(dead_line=2)  # type: ignore[call-arg]
