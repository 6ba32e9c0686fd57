"""What was called can be asked for in a sentence, and a failure says what was called instead."""

from __future__ import annotations

from datetime import UTC, date, datetime

import httpx
import pytest

from contracts_client import Consumption, ContractsClient, InvalidArgumentError, OutcomeUnknownError, ServerError
from contracts_client.testing import FakeContractsApi
from contracts_client.testing.builders import a_consumption, a_contract

ID = "0b9c2c5e-4d1f-4c55-9d53-5ad1e6e8d0c1"


@pytest.fixture
def api() -> FakeContractsApi:
    return FakeContractsApi()


@pytest.fixture
def client(api: FakeContractsApi) -> ContractsClient:
    return api.connect()


async def test_calls_are_found_by_arguments(api: FakeContractsApi, client: ContractsClient) -> None:
    """A call is found by its arguments as Python has them."""
    moment = datetime(2026, 5, 1, 8, tzinfo=UTC)
    await client.list_contracts(
        customer_number=1001, per_page=50, sort_by="createdAt", include_order_line_events=True, consumable_after=moment
    )
    api.assert_called("list_contracts", customer_number=1001, per_page=50, include_order_line_events=True)
    api.assert_called("list_contracts", sort_by="createdAt", consumable_after=moment)
    api.assert_called("list_contracts", sort_by=["createdAt"], per_page=..., contract_holder=None)
    api.assert_not_called("list_contracts", customer_number=1002)
    api.assert_not_called("list_contracts", contract_holder=...)
    api.assert_not_called("list_contracts", customer_number=None)
    api.assert_not_called("list_contracts", sort_by="status")


async def test_a_date_is_its_first_moment(api: FakeContractsApi, client: ContractsClient) -> None:
    """A date is the moment at which it begins."""
    await client.list_contracts(
        consumable_after=date(2026, 5, 1), external_ref="no moment", customer_ref="2026-05-01T00:00:00"
    )
    api.assert_called("list_contracts", consumable_after=date(2026, 5, 1))
    api.assert_called("list_contracts", consumable_after=datetime(2026, 5, 1, tzinfo=UTC))
    api.assert_called("list_contracts", customer_ref=date(2026, 5, 1))
    api.assert_not_called("list_contracts", consumable_after=date(2026, 5, 2))
    api.assert_not_called("list_contracts", external_ref=date(2026, 5, 1))


async def test_operations_are_found_by_name(api: FakeContractsApi, client: ContractsClient) -> None:
    """Every operation is found by its method's name and parameters."""
    card = api.add(a_contract(external_ref="A-B-C"))
    code = api.add_personnel_ticket()
    wanted: list[Consumption] = [a_consumption(travel_date=api.clock.now)]
    await client.get_contract(card.uuid)
    await client.list_contracts_by_external_ref("A-B-C", entur_customer_number=1001)
    await client.list_valid_contracts(1001, travel_date=api.clock.now, include_expired_contracts=False)
    await client.validate_consumption(wanted)
    await client.claim_personnel_ticket(code, customer_number=1001)
    api.assert_called_once("get_contract", uuid=card.uuid)
    api.assert_called_once("list_contracts_by_external_ref", external_ref="A-B-C", entur_customer_number=1001)
    api.assert_called_once(
        "list_valid_contracts", customer_number=1001, travel_date=api.clock.now, include_expired_contracts=False
    )
    api.assert_called_once("validate_consumption", consumptions=wanted)
    api.assert_called_once("claim_personnel_ticket", external_reference=code, customer_number=1001)
    assert [each.operation for each in api.calls] == [
        "get_contract",
        "list_contracts_by_external_ref",
        "list_valid_contracts",
        "validate_consumption",
        "claim_personnel_ticket",
    ]
    assert [each.operation for each in api.requests][:2] == ["token", "get_contract"]


async def test_a_call_tells_headers_and_attempts(api: FakeContractsApi, client: ContractsClient) -> None:
    """A call tells its headers its correlation id and its attempts."""
    api.next("list_valid_contracts", times=2).answers(503)
    await client.list_valid_contracts(1001, correlation_id=ID)
    call = api.assert_called("list_valid_contracts")
    assert (call.correlation_id, call.attempts, call.status_code, call.error) == (ID, 3, 200, None)
    assert call.headers["ET-Client-Name"] == "acme-ticketshop"
    assert call.seconds == sum(api.clock.slept)
    assert [(each.attempt, each.status_code, each.correlation_id) for each in call.requests] == [
        (1, 503, ID), (2, 503, ID), (3, 200, ID)
    ]  # fmt: skip
    request = call.requests[0]
    assert (request.method, request.path.rpartition("/")[2]) == ("GET", "contracts")
    assert repr(request) == "<list_valid_contracts(customer_number=1001), attempt 1: 503>"
    assert repr(call) == "<list_valid_contracts(customer_number=1001) -> 200 after 3 attempts (503, 503, 200)>"


async def test_a_request_tells_its_body(api: FakeContractsApi, client: ContractsClient) -> None:
    code = api.add_personnel_ticket()
    await client.claim_personnel_ticket(code, customer_number=1001)
    [request] = api.requests_of("claim_personnel_ticket")
    assert request.json() == {"externalReference": code, "customerNumber": 1001}


async def test_what_the_caller_got_is_told(api: FakeContractsApi, client: ContractsClient) -> None:
    code = api.add_personnel_ticket()
    api.next("claim_personnel_ticket").loses_the_answer()
    with pytest.raises(OutcomeUnknownError) as caught:
        await client.claim_personnel_ticket(code, customer_number=1001)
    call = api.assert_called_once("claim_personnel_ticket")
    assert call.error is caught.value
    assert call.outcome == "OutcomeUnknownError (loses the answer)"


def test_an_unknown_operation_is_refused(api: FakeContractsApi) -> None:
    """An operation that there is not is refused with its neighbours."""
    with pytest.raises(InvalidArgumentError, match="did you mean list_contracts"):
        api.assert_not_called("list_contract")
    with pytest.raises(InvalidArgumentError, match="find_claim calls list_contracts_by_external_ref"):
        api.next("find_claim")
    with pytest.raises(InvalidArgumentError, match=r"must be one of list_contracts, .*, token$"):
        api.requests_of("zzz")


def test_an_unknown_argument_is_refused(api: FakeContractsApi) -> None:
    """An argument that there is not is refused rather than missed."""
    with pytest.raises(TypeError, match=r"^list_contracts has no argument customer_numbr that is sent; did you mean"):
        api.assert_not_called("list_contracts", customer_numbr=1001)
    with pytest.raises(TypeError, match="no argument zzz that is sent; it has correlation_id, "):
        api.assert_not_called("claim_personnel_ticket", zzz=3)
    with pytest.raises(TypeError, match="list_contracts has no argument deadline that is sent"):
        api.assert_called("list_contracts", deadline=3)


async def test_a_token_request_is_no_call(api: FakeContractsApi, client: ContractsClient) -> None:
    """A token is asked for by requests and never by calls."""
    await client.list_contracts()
    assert len(api.requests_of("token")) == 1
    for ask in (api.calls_of, api.assert_called, api.assert_called_once, api.assert_not_called):
        with pytest.raises(InvalidArgumentError, match=r"^operation must be a call's: .* by requests_of"):
            ask("token")


async def test_calls_are_found_by_correlation_id(api: FakeContractsApi, client: ContractsClient) -> None:
    """A call is found by its correlation id."""
    await client.list_contracts(correlation_id=ID)
    api.assert_called_once("list_contracts", correlation_id=ID)
    api.assert_not_called("list_contracts", correlation_id="another")


def test_a_call_that_was_not_made_is_missed(api: FakeContractsApi) -> None:
    with pytest.raises(AssertionError, match=r"^list_contracts\(per_page=5\) was not called. Nothing was called.$"):
        api.assert_called("list_contracts", per_page=5)
    with pytest.raises(AssertionError, match=r"^list_contracts\(\) was not called. Nothing was called.$"):
        api.assert_called_once("list_contracts")
    api.assert_not_called()


async def test_failures_say_what_was_called(api: FakeContractsApi, client: ContractsClient) -> None:
    """A failure says what was called instead."""
    await client.list_valid_contracts(1001, correlation_id=ID)
    with pytest.raises(AssertionError) as caught:
        api.assert_called("list_valid_contracts", customer_number=1002)
    assert str(caught.value) == (
        "list_valid_contracts(customer_number=1002) was not called. What was called:\n"
        f"  1. list_valid_contracts(customer_number=1001) -> 200, correlation id {ID}"
    )
    with pytest.raises(
        AssertionError, match=r"^something was called, and should not have been. What was called:\n  1. "
    ):
        api.assert_not_called()
    with pytest.raises(AssertionError, match=r"^list_valid_contracts.* was called, and should not have been"):
        api.assert_not_called("list_valid_contracts", customer_number=1001)


async def test_two_calls_are_not_one(api: FakeContractsApi, client: ContractsClient) -> None:
    await client.list_contracts()
    await client.list_contracts()
    with pytest.raises(AssertionError, match="called 2 times, and should have been once"):
        api.assert_called_once("list_contracts")


async def test_of_many_calls_the_last_are_told(api: FakeContractsApi, client: ContractsClient) -> None:
    for _ in range(32):
        await client.list_valid_contracts(1001)
    with pytest.raises(AssertionError, match=r"called:\n  \(2 before these\)\n  3. [^^]*\n  32. .*$"):
        api.assert_not_called()


async def test_an_unsent_call_was_not_made(api: FakeContractsApi, client: ContractsClient) -> None:
    """A call of which nothing was sent was not made and is told in failures."""
    api.every("token").answers(401)
    with pytest.raises(Exception, match="401"):
        await client.list_contracts(correlation_id=ID)
    assert api.calls == ()
    api.assert_not_called("list_contracts")
    with pytest.raises(AssertionError, match=r"list_contracts\(\) -> TokenError \(nothing was sent\)"):
        api.assert_called("list_contracts")


async def test_a_token_is_never_shown(api: FakeContractsApi, client: ContractsClient) -> None:
    await client.list_contracts()
    token = api.requests[-1].headers["Authorization"].partition(" ")[2]
    secret = api.requests[0].json()["client_secret"]
    shown = repr((api, api.calls, api.requests, api.calls[0].headers, client)) + api.describe_calls()
    assert token not in shown
    assert secret not in shown


async def test_unknown_requests_are_recorded(api: FakeContractsApi) -> None:
    """What the API does not know is recorded too.

    A test may speak to the transport itself, or to a path of another version.
    """
    transport = api.client_options["transport"]
    assert isinstance(transport, httpx.AsyncBaseTransport)
    async with httpx.AsyncClient(transport=transport, base_url="https://contracts.example") as raw:
        await raw.get("/elsewhere")
        base = "/customers/v2/benefits"
        for body in (b"no JSON", b"[]", b'{"consumptions": [{"travelDate": 5}]}', b'{"consumptions": 7, "newName": 1}'):
            await raw.post(f"{base}/contracts/validate-consumption", content=body)
        await raw.get(f"{base}/contracts?page=x&includeOrderLineEvents=maybe&customerNumber=1&customerNumber=2")
        await raw.get(f"{base}/contract-consumers/1001/contracts?travelDate=soon")
    assert [each.operation for each in api.requests] == [
        "unknown", *["validate_consumption"] * 4, "list_contracts", "list_valid_contracts"
    ]  # fmt: skip
    assert [dict(each.arguments) for each in api.requests] == [
        {},
        {},
        {},
        {"consumptions": [{"travelDate": 5}]},
        {"consumptions": 7, "new_name": 1},
        {"customer_number": 1, "page": "x", "include_order_line_events": "maybe"},
        {"customer_number": 1001, "travel_date": "soon"},
    ]
    assert api.calls[0].correlation_id == ""


async def test_failed_calls_tell_their_attempts(api: FakeContractsApi, client: ContractsClient) -> None:
    """A call that failed for good is told with its attempts."""
    api.every("list_contracts").answers(500)
    with pytest.raises(ServerError):
        await client.list_contracts()
    assert api.assert_called_once("list_contracts").outcome == "ServerError after 4 attempts (500, 500, 500, 500)"


async def test_a_consumption_tells_its_customer(api: FakeContractsApi, client: ContractsClient) -> None:
    """A consumption is told with the customer that a test asks for."""
    meant, sent = a_consumption(customer_number=1002), a_consumption(customer_number=1001)
    await client.validate_consumption([sent])
    with pytest.raises(AssertionError) as caught:
        api.assert_called("validate_consumption", consumptions=[meant])
    asked, told = str(caught.value).splitlines()
    assert asked.startswith("validate_consumption(consumptions=[Consumption(contract_uuid='contract-uuid-1', ")
    assert "customer_number=1002" in asked
    assert "customer_number=1001" in told
    assert "additional_properties" not in told
