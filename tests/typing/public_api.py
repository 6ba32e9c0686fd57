"""The public names as a user's type checker sees them. This file is checked by mypy and pyright, and never run."""

import ssl
from collections.abc import AsyncIterator
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_type

import httpx
import httpx2

from contracts_client import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    BearerToken,
    Bookmark,
    Claim,
    ClientClosedError,
    ClientCredentials,
    ConfigurationError,
    ConflictError,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractConsumer,
    ContractPage,
    ContractsClient,
    ContractsError,
    ContractStatus,
    DecodeError,
    Environment,
    ErrorBody,
    InvalidArgumentError,
    LocalizedText,
    LoyaltyProgram,
    LoyaltyProgramType,
    NotFoundError,
    OnDrift,
    OnUnreadable,
    OrderLineEvent,
    OutcomeUnknownError,
    Paginator,
    PagingDrift,
    PagingError,
    PermissionDeniedError,
    Policy,
    RateLimitError,
    RawPages,
    RawResponse,
    ResponseDecodeError,
    ServerError,
    TokenError,
    TotalAmount,
    Transaction,
    UnprocessableEntityError,
    UnreadableItem,
)


def either_library(auth: httpx2.Auth, timeout: httpx2.Timeout, transport: httpx2.AsyncBaseTransport) -> None:
    client = ContractsClient("acme-shop", auth=auth, timeout=timeout, transport=transport)
    client.list_contracts(timeout=timeout)


async def own_token() -> str:
    return "jwt"


def ways_to_make_a_client(context: ssl.SSLContext, transport: httpx.AsyncBaseTransport, auth: httpx.Auth) -> None:
    ContractsClient("acme-shop")
    ContractsClient("acme-shop", transport="aiohttp")
    ContractsClient("acme-shop", auth=ClientCredentials("id", "secret", audience="https://api.example.com"))
    ContractsClient("acme-shop", auth=BearerToken("jwt"), environment=Environment.STAGING)
    ContractsClient("acme-shop", auth=own_token, base_url="https://api.example.com")
    ContractsClient("acme-shop", correlation_id=ContextVar[str]("request_id"))
    ContractsClient("acme-shop", correlation_id=ContextVar[str | None]("request_id", default=None))
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
        connection_lifetime=60,
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
    assert_type(await listing.first(), Contract | None)
    assert_type(listing.bookmark, Bookmark)
    assert_type(listing.total_items, int | None)
    assert_type(listing.total_pages, int | None)
    assert_type(listing.drift, PagingDrift)
    assert_type(page.is_last, bool | None)
    assert_type(page.remaining_items, int | None)
    policy: OnDrift = "restart"
    unreadable: OnUnreadable = "skip"
    assert_type(page.unreadable, tuple[UnreadableItem, ...])
    client.list_contracts(on_unreadable=unreadable)
    client.list_contracts(prefetch=8, resume=listing.bookmark, on_drift=policy, deduplicate=False)
    client.list_contracts_by_external_ref("ABC", prefetch=0, resume=str(listing.bookmark), on_drift="raise")
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


async def ways_out(client: ContractsClient, day: date) -> None:
    raw = await client.request("POST", "/x", query={"a": [1, "b"], "c": True}, json={"d": None}, safe=True, retry=None)
    assert_type(raw, RawResponse[Any])
    assert_type(raw.status_code, int)
    assert_type(raw.headers["etag"], str)
    assert_type(raw.content, bytes)
    assert_type(raw.elapsed, float)
    responses = client.with_raw_response
    assert_type(await responses.get_contract("c-1", extra_query={"a": day}), RawResponse[Contract])
    assert_type(await responses.list_valid_contracts(1, deadline=2), RawResponse[list[Contract]])
    assert_type((await responses.claim_personnel_ticket("A-B-C", customer_number=1)).parse(), Claim)
    assert_type((await responses.validate_consumption([])).parse(), ConsumptionValidation)
    assert_type(responses.list_contracts(limit=5), RawPages[ContractPage])
    assert_type(await responses.list_contracts_by_external_ref("A"), RawResponse[ContractPage])
    async for each in responses.list_contracts(extra_headers={"X-Trial": "1"}):
        assert_type(each.parse(), ContractPage)
    client.list_contracts(extra_query={"a": object()})  # type: ignore[dict-item]
    await responses.get_contract(1)  # type: ignore[arg-type]
    await responses.get_contract("c-1", limit=1)  # type: ignore[call-arg]
    await client.request("GET", "/x", extra_query={})  # type: ignore[call-arg]


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
        assert_type(error.expected, str)
        assert_type(error.found, str)
        assert_type(error.bookmark_after, Bookmark | None)
    any_error: ContractsError = error
    assert_type(any_error.bookmark, Bookmark | None)
    assert_type(any_error.message, str)


async def what_each_class_of_error_is(client: ContractsClient) -> None:
    try:
        await client.get_contract("c-1")
    except (BadRequestError, AuthenticationError, PermissionDeniedError, NotFoundError) as error:
        assert_type(error.status_code, int)
    except (ConflictError, UnprocessableEntityError, ServerError) as error:
        assert_type(error.error, ErrorBody | None)
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)
    except APITimeoutError as error:
        assert_type(error.elapsed, float)
    except APIConnectionError as error:
        assert_type(error.safe_to_retry, bool)
    except TokenError as error:
        assert_type(error.status_code, int | None)
    except (ClientClosedError, PagingError) as error:
        assert_type(error.message, str)
    except ConfigurationError as error:
        a_value_error: ValueError = error
        assert_type(a_value_error.args, tuple[Any, ...])


def what_a_decode_error_holds() -> None:
    try:
        Contract.from_dict({})
    except DecodeError as error:
        assert_type(error.path, str)
        assert_type(error.expected, str)
        assert_type(error.found, str)


def what_an_error_body_holds(body: ErrorBody) -> None:
    assert_type(body.message, str | None)
    assert_type(body.status, int | None)
    assert_type(body.error_code, str | None)
    assert_type(body.errors, list[Any] | None)
    assert_type(body.timestamp, datetime | None)


def what_the_smaller_models_hold(
    amount: TotalAmount, event: OrderLineEvent, consumer: ContractConsumer, policy: Policy, text: LocalizedText
) -> None:
    assert_type(amount.amount, Decimal)
    assert_type(amount.currency, str | None)
    assert_type(event.travel_date, datetime | None)
    assert_type(consumer.customer_number, int | None)
    assert_type(consumer.is_contract_holder, bool | None)
    assert_type(policy.key, str | None)
    assert_type(text.language_code, str | None)
    assert_type(LoyaltyProgram().display_name, list[LocalizedText] | None)
    assert_type(Transaction().amount, TotalAmount | None)


def what_is_done_for_each_state(status: ContractStatus) -> str:
    match status:
        case ContractStatus.VALID:
            return "valid"
        case ContractStatus.EXPIRED | ContractStatus.REFUNDED | ContractStatus.CANCELLED | ContractStatus.MISUSED:
            return "over"
        case _:
            return assert_type(status.value, str)


class Vault:
    """An object that can be awaited for a token."""

    async def __call__(self) -> str:
        return "jwt"


class Transport(httpx.AsyncBaseTransport):
    """A transport of a user's own."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, request=request)


async def what_users_pass_of_their_own(transport: httpx.MockTransport) -> None:
    ContractsClient("acme-shop", auth=Vault(), transport=Transport(), timeout=2.5, deadline=float("inf"))
    ContractsClient("acme-shop", auth=Vault().__call__, transport=transport)
    async with ContractsClient("acme-shop", auth=httpx.BasicAuth("a", "b")) as client:
        assert_type(client, ContractsClient)
        listing = client.list_contracts(sort_by="status", timeout=httpx.Timeout(5), correlation_id="id", deadline=2)
        assert_type(listing.pages(), AsyncIterator[ContractPage])
        assert_type([contract.uuid async for contract in listing], list[str])
    assert_type(await client.aclose(), None)


# Both checkers report an exemption that nothing needs, so each of these lines is an error that they must find.
async def what_is_refused(client: ContractsClient) -> None:
    await client.get_contract()  # type: ignore[call-arg]
    await client.get_contract(7)  # type: ignore[arg-type]
    client.list_contracts(1001)  # type: ignore[arg-type,call-arg]
    client.list_contracts(customer_number="1001")  # type: ignore[arg-type]
    client.list_contracts(include_consumers="some")  # type: ignore[arg-type]
    client.list_contracts(consumable_after="2026-01-01")  # type: ignore[arg-type]
    client.list_contracts(on_drift="ignore")  # type: ignore[arg-type]
    client.list_contracts(resume=7)  # type: ignore[arg-type]
    await client.list_contracts().pages()  # type: ignore[misc]
    await client.claim_personnel_ticket("A-B-C")  # type: ignore[call-arg]
    await client.claim_personnel_ticket("A-B-C", customer_number="1001")  # type: ignore[arg-type]
    await client.validate_consumption([{"contractUuid": "c-1"}])  # type: ignore[list-item]
    await client.list_valid_contracts(1001, travel_date="2026-01-01")  # type: ignore[arg-type]
    ContractsClient()  # type: ignore[call-arg]
    ContractsClient("acme-shop", auth="jwt")  # type: ignore[arg-type]
    ContractsClient("acme-shop", verify=False)  # type: ignore[call-arg]
    Consumption("c-1", 1001)  # type: ignore[call-arg, arg-type]
    Consumption(contract_uuid="c-1")  # type: ignore[call-arg]


def what_an_argument_error_holds(error: InvalidArgumentError) -> None:
    assert_type(error.argument, str)
    assert_type(error.rule, str)
