"""The public names as a user's type checker sees them. This file is checked by mypy and pyright, and never run."""

import ssl
from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_type

import httpx

from contracts_client import (
    APIError,
    APIStatusError,
    BearerToken,
    Claim,
    ClientCredentials,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractConsumer,
    ContractPage,
    ContractsClient,
    ContractStatus,
    Environment,
    ErrorBody,
    InvalidArgumentError,
    LoyaltyProgram,
    LoyaltyProgramType,
    OrderLineEvent,
    OutcomeUnknownError,
    Paginator,
    Policy,
    ResponseDecodeError,
    TotalAmount,
    Transaction,
)


async def own_token() -> str:
    return "jwt"


def ways_to_make_a_client(context: ssl.SSLContext, transport: httpx.AsyncBaseTransport, auth: httpx.Auth) -> None:
    ContractsClient("acme-shop")
    ContractsClient("acme-shop", auth=ClientCredentials("id", "secret", audience="https://api.example.com"))
    ContractsClient("acme-shop", auth=BearerToken("jwt"), environment=Environment.STAGING)
    ContractsClient("acme-shop", auth=own_token, base_url="https://api.example.com")
    ContractsClient("acme-shop", auth=auth, environment=Environment(api_url="https://a", auth_url="https://b"))
    ContractsClient(
        "acme-shop",
        auth=None,
        timeout=httpx.Timeout(5),
        deadline=10,
        retry=None,
        max_concurrency=5,
        correlation_id=lambda: "id",
        transport=transport,
        ssl_context=context,
        trust_env=False,
        max_response_bytes=1_000_000,
    )
    assert_type(ContractsClient.from_env(), ContractsClient)
    assert_type(ContractsClient.from_env(client_name="acme-shop", auth=own_token, deadline=5.0), ContractsClient)


async def ways_to_list(client: ContractsClient, day: date, moment: datetime) -> None:
    listing = client.list_contracts(
        customer_number=1001,
        consumable_after=day,
        expiration_date_before=moment,
        sort_by=["status"],
        include_consumers="all",
        limit=5,
        timeout=2.5,
    )
    assert_type(listing, Paginator[Contract, ContractPage])
    page = await listing
    assert_type(page, ContractPage)
    assert_type(page.items, list[Contract])
    assert_type(page.number, int)
    assert_type(page.total_items, int | None)
    async for contract in listing:
        assert_type(contract, Contract)
    async for each in listing.pages():
        assert_type(each, ContractPage)
    assert_type(await listing.collect(), list[Contract])
    by_reference = client.list_contracts_by_external_ref("ABC", entur_customer_number=1001)
    assert_type(by_reference, Paginator[Contract, ContractPage])
    assert_type(await client.get_contract("c-1", deadline=2), Contract)
    assert_type(await client.list_valid_contracts(1001, travel_date=moment), list[Contract])


async def ways_to_sell(client: ContractsClient, moment: datetime) -> None:
    consumption = Consumption(contract_uuid="c-1", customer_number=1001, travel_date=moment)
    verdict = await client.validate_consumption([consumption], correlation_id="id")
    assert_type(verdict, ConsumptionValidation)
    assert_type(verdict.is_valid, bool)
    assert_type(verdict.code, int | str | None)
    claim = await client.claim_personnel_ticket("A-B-C", customer_number=1001)
    assert_type(claim, Claim)
    assert_type(claim.success, bool)
    assert_type(claim.customer_number, int | None)
    async with client.with_options(timeout=1, deadline=2, correlation_id=lambda: "id") as view:
        assert_type(view, ContractsClient)


def what_a_contract_holds(contract: Contract) -> None:
    assert_type(contract.uuid, str)
    assert_type(contract.status, ContractStatus)
    assert_type(contract.status.is_known, bool)
    assert_type(ContractStatus.VALID, ContractStatus)
    assert_type(contract.created_at, datetime)
    assert_type(contract.expiration_date, datetime | None)
    assert_type(contract.loyalty_program, LoyaltyProgram)
    assert_type(contract.loyalty_program.type, LoyaltyProgramType | None)
    assert_type(contract.organisation_id, int)
    assert_type(contract.parent, str | None)
    assert_type(contract.coupons_limit, int | None)
    assert_type(contract.remaining_coupons, int | None)
    assert_type(contract.current_total, TotalAmount | None)
    assert_type(contract.sub_contracts, list[Contract] | None)
    assert_type(contract.transactions, list[Transaction] | None)
    assert_type(contract.order_line_events, list[OrderLineEvent] | None)
    assert_type(contract.contract_consumers, list[ContractConsumer] | None)
    assert_type(contract.policies, list[Policy] | None)
    assert_type(contract.external_ref, str | None)
    assert_type(contract.additional_properties, dict[str, Any])
    assert_type(contract.to_dict(), dict[str, Any])
    assert_type(Contract.from_dict({}), Contract)
    if contract.current_total is not None:
        assert_type(contract.current_total.amount, Decimal)


def what_an_error_holds(error: APIError) -> None:
    assert_type(error.operation, str)
    assert_type(error.correlation_id, str)
    assert_type(error.attempts, int)
    assert_type(error.elapsed, float)
    assert_type(error.retry_after, float | None)
    assert_type(error.safe_to_retry, bool)
    if isinstance(error, APIStatusError):
        assert_type(error.status_code, int)
        assert_type(error.error, ErrorBody | None)
    if isinstance(error, OutcomeUnknownError):
        assert_type(error.status_code, int | None)
    if isinstance(error, ResponseDecodeError):
        assert_type(error.path, str)


def what_an_argument_error_holds(error: InvalidArgumentError) -> None:
    assert_type(error.argument, str)
    assert_type(error.rule, str)
