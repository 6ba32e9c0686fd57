"""The client against the sandbox, which judges it by openapi.yaml, over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts_client import (
    AuthenticationError,
    BadRequestError,
    BearerToken,
    ClientCredentials,
    Consumption,
    ContractsClient,
    ContractStatus,
    Environment,
    LoyaltyProgramType,
    NotFoundError,
    PermissionDeniedError,
    TokenError,
)
from contracts_client.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(contracts=120, seed=3) as running:
        yield running


def connected(sandbox: Sandbox, auth: Any = None) -> ContractsClient:
    return ContractsClient(
        "acme-shop",
        auth=auth or ClientCredentials(sandbox.client_id, sandbox.client_secret),
        environment=Environment(api_url=sandbox.url, auth_url=sandbox.url),
    )


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[ContractsClient]:
    async with connected(sandbox) as made:
        yield made


@pytest.fixture
async def internal(sandbox: Sandbox) -> AsyncIterator[ContractsClient]:
    auth = ClientCredentials(sandbox.internal_client_id, sandbox.internal_client_secret)
    async with connected(sandbox, auth) as made:
        yield made


@pytest.mark.parametrize("per_page", [7, 20, 100])
async def test_paging_brings_every_contract_once(sandbox: Sandbox, internal: ContractsClient, per_page: int) -> None:
    """Paging brings every contract once and in order."""
    found = [contract.uuid async for contract in internal.list_contracts(per_page=per_page)]
    assert found == sorted(contract.uuid for contract in sandbox.data.contracts)


async def test_a_page_knows_its_number_and_totals(internal: ContractsClient) -> None:
    """A page knows its number and the totals."""
    page = await internal.list_contracts(per_page=50, page=2)
    assert (page.number, len(page.items), page.total_items, page.total_pages) == (2, 50, 120, 3)


@pytest.mark.parametrize("limit", [0, 1, 19, 20, 21, 500])
async def test_a_limit_is_exact(internal: ContractsClient, limit: int) -> None:
    assert len(await internal.list_contracts(limit=limit).collect()) == min(limit, 120)


async def test_every_contract_kind_is_decoded(internal: ContractsClient) -> None:
    """Contracts of every type and status are decoded."""
    contracts = await internal.list_contracts(include_order_line_events=True, include_consumers="all").collect()
    assert {contract.status for contract in contracts} == set(ContractStatus.known())
    assert {contract.loyalty_program.type for contract in contracts} == set(LoyaltyProgramType.known())
    assert any(contract.sub_contracts for contract in contracts)
    for contract in contracts:
        assert contract.created_at.tzinfo is not None
        assert not contract.additional_properties
        if contract.transactions and contract.current_total:
            amounts = [each.amount.amount for each in contract.transactions if each.amount]
            assert sum(amounts) == contract.current_total.amount


async def test_a_server_understands_every_filter(internal: ContractsClient) -> None:
    """Every filter is understood by a server that follows the document."""
    now = datetime.now(UTC)
    everything = internal.list_contracts(
        uuid="c-0001",
        customer_number=1001,
        customer_ref="ref",
        loyalty_program_id="p",
        contract_holder=1001,
        consumable_after=date(2020, 1, 1),
        consumable_before=now + timedelta(days=1),
        expiration_date_after=now,
        expiration_date_before=date(2090, 1, 1),
        external_ref="A-B-C",
        organisation_id=1,
        sort_by=["status", "createdAt"],
        sort_direction="DESC",
        page=1,
        per_page=5,
        include_order_line_events=True,
        include_consumers="none",
    )
    assert (await everything).items == []


async def test_each_filter_narrows_the_listing(sandbox: Sandbox, internal: ContractsClient) -> None:
    """Each filter narrows the listing by itself."""
    wanted = next(
        each for each in sandbox.data.contracts if each.external_ref and each.consumers and each.expiration_date
    )
    consumer = wanted.consumers[0]
    filters: list[dict[str, Any]] = [
        {"uuid": wanted.uuid},
        {"customer_number": consumer.customer_number},
        {"customer_ref": consumer.customer_ref},
        {"loyalty_program_id": wanted.program.id},
        {"contract_holder": wanted.holder},
        {"external_ref": wanted.external_ref},
        {"organisation_id": wanted.organisation_id},
        {"expiration_date_before": (wanted.expiration_date or datetime.now(UTC)) + timedelta(seconds=1)},
    ]
    for chosen in filters:
        found = await internal.list_contracts(**chosen).collect()
        assert wanted.uuid in {contract.uuid for contract in found}
        assert len(found) < 120


async def test_an_organisation_is_internal_only(client: ContractsClient) -> None:
    """An organisation is for internal tokens alone."""
    with pytest.raises(PermissionDeniedError) as caught:
        await client.list_contracts(organisation_id=1)
    assert caught.value.error is not None
    assert caught.value.error.correlation_id == caught.value.correlation_id


async def test_a_contract_is_found_by_its_id(internal: ContractsClient) -> None:
    """A contract is found by its identifier."""
    contract = await internal.get_contract("c-0002", include_order_line_events=True, include_consumers="all")
    assert contract.uuid == "c-0002"
    with pytest.raises(NotFoundError):
        await internal.get_contract("c-9999")


async def test_a_claim_is_made_once() -> None:
    """A claim is made once and shows everywhere."""
    with Sandbox(contracts=60, seed=5) as sandbox:
        ticket = next(each for each in sandbox.data.personnel_tickets if not each.claimed)
        customer = sandbox.data.customers[0].number
        async with connected(sandbox) as client:
            before = {contract.uuid for contract in await client.list_valid_contracts(customer)}
            claim = await client.claim_personnel_ticket(ticket.code, customer_number=customer)
            assert (claim.success, claim.customer_number) == (True, customer)
            found = await client.list_contracts_by_external_ref(ticket.code, entur_customer_number=customer).collect()
            assert found
            valid = await client.list_valid_contracts(customer, include_expired_contracts=True, include_consumers="all")
            assert {contract.uuid for contract in found} <= {contract.uuid for contract in valid} - before
            with pytest.raises(BadRequestError) as caught:
                await client.claim_personnel_ticket(ticket.code, customer_number=customer)
            assert caught.value.error is not None
            assert caught.value.error.error_code == "PERSONNEL_TICKET_ALREADY_CLAIMED"
            with pytest.raises(NotFoundError):
                await client.claim_personnel_ticket("NO-SUCH-CODE", customer_number=customer)


async def test_a_validation_has_a_reason(sandbox: Sandbox, client: ContractsClient) -> None:
    """A consumption is validated with a reason."""
    now = datetime.now(UTC)
    good = next(
        each
        for each in sandbox.data.contracts
        if each.status == "VALID"
        and each.consumable_from <= now
        and (each.expiration_date is None or each.expiration_date > now + timedelta(days=1))
        and each.consumers
        and each.remaining_coupons != 0
        and each.organisation_id == sandbox.data.organisations[0].id
    )
    consumption = Consumption(
        contract_uuid=good.uuid, customer_number=good.consumers[0].customer_number, travel_date=now
    )
    verdict = await client.validate_consumption([consumption])
    assert (verdict.is_valid, verdict.code) == (True, 3101)
    stranger = Consumption(contract_uuid=good.uuid, customer_number=999_999, travel_date=now)
    verdict = await client.validate_consumption([consumption, stranger])
    assert not verdict.is_valid
    assert verdict.code != 3101
    assert verdict.reason


async def test_only_a_right_own_token_is_accepted(sandbox: Sandbox) -> None:
    """A token of ones own is accepted and a wrong one is not."""
    async with connected(sandbox, BearerToken(sandbox.issue_token())) as client:
        await client.list_contracts()
    async with connected(sandbox, BearerToken("wrong")) as client:
        with pytest.raises(AuthenticationError):
            await client.list_contracts()


async def test_wrong_credentials_get_no_token(sandbox: Sandbox) -> None:
    async with connected(sandbox, ClientCredentials(sandbox.client_id, "wrong")) as client:
        with pytest.raises(TokenError) as caught:
            await client.list_contracts()
    assert caught.value.status_code == 401
