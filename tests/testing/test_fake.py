"""The fake answers by the specification with what a test gave it, and its state can be read and changed."""

from __future__ import annotations

import asyncio
import inspect
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts_client import (
    BadRequestError,
    ClientCredentials,
    Consumption,
    ContractsClient,
    InvalidArgumentError,
    NotFoundError,
    TokenError,
)
from contracts_client.hooks import CallStart
from contracts_client.sandbox.specification import load_specification
from contracts_client.testing import FakeContractsApi, ManualClock
from contracts_client.testing.builders import a_contract, a_contract_consumer, a_loyalty_program
from contracts_client.testing.records.operations import OPERATION_IDS


def held_by(customer: int, seed: int = 1, **properties: Any) -> Any:
    return a_contract(seed, contract_consumers=[a_contract_consumer(customer_number=customer)], **properties)


@pytest.fixture
def api() -> FakeContractsApi:
    return FakeContractsApi()


@pytest.fixture
def client(api: FakeContractsApi) -> ContractsClient:
    return api.connect()


async def test_it_holds_nothing_at_first(api: FakeContractsApi, client: ContractsClient) -> None:
    assert api.contracts == ()
    assert await client.list_contracts().collect() == []
    assert repr(api) == "<FakeContractsApi with 0 contracts, 1 calls>"


async def test_a_contract_is_told_as_it_was_added(api: FakeContractsApi, client: ContractsClient) -> None:
    whole = api.add(a_contract(2, full=True), held_by(1001))
    assert whole == a_contract(2, full=True)
    found = await client.get_contract(whole.uuid, include_consumers="all", include_order_line_events=True)
    assert found == whole
    assert api.contract(whole) == api.contract(whole.uuid) == whole
    assert api.contracts == (held_by(1001), whole)


async def test_filters_and_time_frames_are_heeded(api: FakeContractsApi, client: ContractsClient) -> None:
    now = api.clock.now
    api.add(
        held_by(1001, 1, expiration_date=now + timedelta(hours=1)),
        held_by(1001, 2, status="EXPIRED"),
        held_by(1002, 3),
        held_by(1001, 4, consumable_from=now + timedelta(days=1)),
        held_by(1001, 5, loyalty_program=a_loyalty_program(id=None, type=None), organisation_id=4),
    )
    assert [each.uuid[-1] for each in await client.list_valid_contracts(1001)] == ["1", "5"]
    await api.clock.advance(timedelta(hours=1))
    assert [each.uuid[-1] for each in await client.list_valid_contracts(1001)] == ["5"]
    assert [each.uuid[-1] for each in await client.list_contracts(contract_holder=1002).collect()] == ["3"]


async def test_consumptions_use_the_coupons_left(api: FakeContractsApi, client: ContractsClient) -> None:
    """A consumption is judged by the coupons that the contract says are left."""
    card = api.add(held_by(1001, coupons_limit=10, remaining_coupons=1))
    wanted = Consumption(contract_uuid=card.uuid, customer_number=1001, travel_date=api.clock.now)
    assert (await client.validate_consumption([wanted])).is_valid
    assert not (await client.validate_consumption([wanted, wanted])).is_valid
    api.change(card, remaining_coupons=0)
    assert not (await client.validate_consumption([wanted])).is_valid


async def test_a_contract_is_changed_and_removed(api: FakeContractsApi, client: ContractsClient) -> None:
    card = api.add(held_by(1001))
    await client.get_contract(card.uuid)
    assert api.change(card, status="EXPIRED").status == "EXPIRED"
    assert (await client.get_contract(card.uuid)).status == "EXPIRED"
    api.remove(card)
    with pytest.raises(NotFoundError):
        await client.get_contract(card.uuid)


def test_impossible_data_is_refused(api: FakeContractsApi) -> None:
    """What can not be is refused with a word of advice."""
    card = api.add(a_contract())
    with pytest.raises(InvalidArgumentError, match="uuid of its own"):
        api.add(a_contract())
    with pytest.raises(InvalidArgumentError, match="one that was added"):
        api.remove("none")
    with pytest.raises(InvalidArgumentError, match="one that was added"):
        api.contract("none")
    with pytest.raises(TypeError, match="did you mean"):
        api.change(card, statu="EXPIRED")
    with pytest.raises(InvalidArgumentError, match="sends_unknown_field"):
        api.add(a_contract(2, additional_properties={"ofTomorrow": 1}))
    assert api.contracts == (card,)


async def test_a_status_of_tomorrow_may_be_added(api: FakeContractsApi, client: ContractsClient) -> None:
    card = api.add(a_contract(status="FROZEN"))
    assert not (await client.get_contract(card.uuid)).status.is_known


async def test_a_ticket_is_claimed_once(api: FakeContractsApi, client: ContractsClient) -> None:
    """A personnel ticket is claimed once and its contract says by whom."""
    code = api.add_personnel_ticket()
    assert api.claimed_by(code) is None
    assert await client.find_claim(code, customer_number=1001) is None
    assert (await client.claim_personnel_ticket(code, customer_number=1001)).success
    assert api.claimed_by(code) == 1001
    found = await client.find_claim(code, customer_number=1001)
    assert found is not None
    assert found == api.contracts[0]
    assert (found.external_ref, found.acceptance_date) == (code, api.clock.now)
    with pytest.raises(BadRequestError):
        await client.claim_personnel_ticket(code, customer_number=1002)


async def test_a_ticket_may_have_its_own_code(api: FakeContractsApi, client: ContractsClient) -> None:
    """A ticket may have a code and a contract of the test's own."""
    code = api.add_personnel_ticket("RUT-WORK-1", a_contract(7))
    assert api.contract(a_contract(7)).external_ref == code
    with pytest.raises(InvalidArgumentError, match="no other ticket"):
        api.add_personnel_ticket(code)
    with pytest.raises(InvalidArgumentError, match="that was added"):
        api.claimed_by("A-B-C")


@pytest.mark.parametrize("contracts", [0, 60])
async def test_a_ticket_s_contract_may_be_changed(contracts: int) -> None:
    """A contract of a ticket may be changed before it is claimed."""
    api = FakeContractsApi(contracts=contracts)
    client = api.connect()
    code = api.add_personnel_ticket() if not contracts else next(
        each.external_ref for each in api.contracts if each.external_ref and not each.contract_consumers
    )  # fmt: skip
    assert code is not None
    [card] = await client.list_contracts(external_ref=code).collect()
    api.change(card, status="MISUSED")
    await client.claim_personnel_ticket(code, customer_number=1001)
    found = await client.find_claim(code, customer_number=1001)
    assert found is not None
    assert (found.status, found.uuid, found.last_changed_by) == ("MISUSED", card.uuid, "acme-ticketshop")


async def test_the_sandbox_s_data_may_be_there() -> None:
    """The sandbox's own data may be there too."""
    api = FakeContractsApi(contracts=60)
    async with api.connect() as client:
        assert len(await client.list_contracts().collect()) == 60
        assert len(api.contracts) == 60
        own = api.add(a_contract())
        assert (await client.get_contract(own.uuid)) == own
        code = next(each.external_ref for each in api.contracts if each.external_ref and not each.contract_consumers)
        before = await client.list_contracts(external_ref=code).collect()
        await client.claim_personnel_ticket(code, customer_number=1001)
        assert api.claimed_by(code) == 1001
        assert api.contract(before[0]).contract_consumers
        changed = api.change(api.contracts[0], status="REFUNDED")
        assert (await client.get_contract(changed.uuid)).status == "REFUNDED"


async def test_clients_share_the_api(api: FakeContractsApi) -> None:
    """Clients share the API and may be closed and made anew."""
    api.add(a_contract())
    for name in ("first-shop", "second-shop"):
        async with api.connect(name) as client:
            assert len(await client.list_contracts().collect()) == 1
    assert {each.headers["ET-Client-Name"] for each in api.requests_of("list_contracts")} == {
        "first-shop",
        "second-shop",
    }


async def test_options_and_hooks_come_on_top(api: FakeContractsApi) -> None:
    """Options and hooks of the test's own come on top."""
    seen: list[CallStart] = []
    client = api.connect(deadline=7, hooks=[seen.append])  # type: ignore[list-item] # it returns None, as it may
    await client.list_contracts()
    assert [each.deadline for each in seen] == [7]
    assert len(api.calls) == 1


async def test_a_test_s_own_client_connects(api: FakeContractsApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client of the test's own connects by the options."""
    monkeypatch.setenv("CONTRACTS_CLIENT_NAME", "acme-shop")
    async with ContractsClient.from_env(**api.client_options) as client:
        await client.list_contracts()
    assert api.assert_called_once("list_contracts").headers["ET-Client-Name"] == "acme-shop"


async def test_attempts_are_known_by_their_id(
    api: FakeContractsApi,
) -> None:
    """The attempts of a client that tells nothing of its calls are known by their correlation id.

    Where a test passes the transport alone, what is sent is all that is known.
    """
    options = api.client_options
    client = ContractsClient(
        "acme-shop", auth=options["auth"], environment=options["environment"], transport=options["transport"],
        clock=api.clock,
    )  # fmt: skip
    api.next("list_contracts").answers(503)
    api.next("list_contracts").times_out()
    uuid = api.add(a_contract()).uuid
    for _ in range(2):
        await client.get_contract(uuid)
    assert [each.outcome for each in api.calls] == ["200 after 3 attempts (503, times out, 200)", "200"]
    assert [each.attempt for each in api.calls[0].requests] == [1, 2, 3]


async def test_fakes_record_apart() -> None:
    """What was called of one fake is not told of another."""
    one, other = FakeContractsApi(), FakeContractsApi()

    async def list_both() -> None:
        await one.connect().list_contracts()
        await other.connect().list_valid_contracts(1001)

    await asyncio.gather(list_both(), list_both())
    assert {each.operation for each in one.calls} == {"list_contracts"}
    assert {each.operation for each in other.calls} == {"list_valid_contracts"}


async def test_a_token_ends_when_told(api: FakeContractsApi, client: ContractsClient) -> None:
    """A token ends with its time or when the test says so."""
    await client.list_contracts()
    await client.list_contracts()
    assert len(api.requests_of("token")) == 1
    await api.clock.advance(timedelta(hours=24))
    await client.list_contracts()
    assert len(api.requests_of("token")) == 2
    api.expire_token()
    await client.list_contracts()
    assert [each.status_code for each in api.calls[-1].requests] == [401, 200]
    assert len(api.requests_of("token")) == 3


async def test_wrong_credentials_are_refused(api: FakeContractsApi) -> None:
    with pytest.raises(TokenError):
        await api.connect(auth=ClientCredentials("wrong", "wrong")).list_contracts()
    api.assert_not_called()


async def test_it_may_be_another_day() -> None:
    api = FakeContractsApi(clock=ManualClock(datetime(2030, 1, 1, tzinfo=UTC)))
    api.add(held_by(1001, expiration_date=datetime(2029, 12, 31, tzinfo=UTC)))
    assert await api.connect().list_valid_contracts(1001) == []


def test_it_works_in_another_thread(api: FakeContractsApi) -> None:
    """It works on the event loop of another thread. Such as that of a test client for synchronous tests."""
    api.add(held_by(1001))
    api.next("list_valid_contracts", times=2).answers(429, retry_after=20)

    async def call() -> int:
        async with api.connect() as client:
            return len(await client.list_valid_contracts(1001))

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, call()).result() == 1
    assert api.assert_called_once("list_valid_contracts", customer_number=1001).attempts == 3
    assert api.clock.monotonic() >= 40


def test_every_operation_has_its_methods() -> None:
    """A new one of the specification, or of the client, needs its line."""
    assert set(OPERATION_IDS.values()) == {each.operation_id for each in load_specification().operations}
    calling = {name for name, _ in inspect.getmembers(ContractsClient, inspect.isfunction) if name[0] != "_"}
    assert calling - OPERATION_IDS.keys() == {"aclose", "find_claim", "request", "with_options"}


def test_wrong_data_is_refused_at_once(api: FakeContractsApi) -> None:
    """What is no contract and no code is refused at once."""
    document: Any = a_contract().to_dict()
    with pytest.raises(InvalidArgumentError, match="contract must be a Contract, such as a_contract"):
        api.add(document)
    with pytest.raises(InvalidArgumentError, match="must be a pickup code such as ABC-DEF-123"):
        api.add_personnel_ticket("ABC")
    assert api.contracts == ()
