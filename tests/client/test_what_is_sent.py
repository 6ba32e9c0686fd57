"""What goes out for each operation: method, path, query, headers and body."""

import asyncio
import gzip
import json
import math
import pickle
from collections.abc import AsyncIterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any

import httpx
import pytest
import respx
from raw_server import CONTRACT
from simulated_api import ScriptedApi

from contracts_client import (
    APIConnectionError,
    BearerToken,
    ClientCredentials,
    ConfigurationError,
    Consumption,
    ContractsClient,
    Environment,
    InvalidArgumentError,
    OutcomeUnknownError,
    RetryPolicy,
)

API = "https://api.staging.entur.io"
CONTRACTS = "/customers/v2/benefits/contracts"
PAGE = {"items": [CONTRACT], "totalItems": 1, "totalPages": 1}
CET = timezone(timedelta(hours=1))


@pytest.fixture
async def client() -> AsyncIterator[ContractsClient]:
    async with ContractsClient("acme-shop", auth=BearerToken("t0ken"), environment=Environment.STAGING) as made:
        yield made


async def sent_by_list(client: ContractsClient, **arguments: Any) -> httpx.Request:
    with respx.mock:
        route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
        await client.list_contracts(**arguments)
        return route.calls.last.request


@pytest.mark.parametrize(
    ("argument", "value", "sent"),
    [
        ("uuid", "c-1", [("uuid", "c-1")]),
        ("customer_number", 1001, [("customerNumber", "1001")]),
        ("customer_ref", "a&b=c", [("customerRef", "a&b=c")]),
        ("loyalty_program_id", "p 1", [("loyaltyProgramId", "p 1")]),
        ("contract_holder", 1002, [("contractHolder", "1002")]),
        ("consumable_after", date(2026, 1, 2), [("consumableAfter", "2026-01-02")]),
        ("consumable_before", datetime(2026, 1, 2, 3, tzinfo=UTC), [("consumableBefore", "2026-01-02T03:00:00Z")]),
        (
            "expiration_date_after",
            datetime(2026, 1, 2, tzinfo=CET),
            [("expirationDateAfter", "2026-01-02T00:00:00+01:00")],
        ),
        ("expiration_date_before", date(2026, 1, 2), [("expirationDateBefore", "2026-01-02")]),
        ("external_ref", "ABC-DEF-123", [("externalRef", "ABC-DEF-123")]),
        ("organisation_id", 7, [("organisationId", "7")]),
        ("sort_by", ["status", "createdAt"], [("sortBy", "status"), ("sortBy", "createdAt")]),
        ("sort_by", "status", [("sortBy", "status")]),
        ("sort_by", [], []),
        ("sort_direction", "DESC", [("sortDirection", "DESC")]),
        ("per_page", 50, [("perPage", "50")]),
        ("include_order_line_events", True, [("includeOrderLineEvents", "true")]),
        ("include_order_line_events", False, [("includeOrderLineEvents", "false")]),
        ("include_consumers", "contract-holder", [("includeConsumers", "contract-holder")]),
        ("uuid", None, []),
    ],
)
async def test_each_filter_has_its_documented_name(
    client: ContractsClient, argument: str, value: Any, sent: list[tuple[str, str]]
) -> None:
    request = await sent_by_list(client, **{argument: value})
    assert [pair for pair in request.url.params.multi_items() if pair[0] != "page"] == sent


async def test_the_page_is_asked_for_by_its_number(client: ContractsClient) -> None:
    assert (await sent_by_list(client)).url.params["page"] == "1"
    assert (await sent_by_list(client, page=3)).url.params["page"] == "3"


async def test_every_request_says_who_calls(client: ContractsClient) -> None:
    headers = (await sent_by_list(client, correlation_id="trace-1")).headers
    assert headers["ET-Client-Name"] == "acme-shop"
    assert headers["X-Correlation-Id"] == "trace-1"
    assert headers["Authorization"] == "Bearer t0ken"
    assert headers["User-Agent"].startswith("contracts-client/")
    assert headers["Accept-Encoding"] == "gzip"
    assert "Entur-Customer-Number" not in headers
    assert "Cookie" not in headers


async def test_a_call_gets_a_correlation_id(client: ContractsClient) -> None:
    first = (await sent_by_list(client)).headers["X-Correlation-Id"]
    second = (await sent_by_list(client)).headers["X-Correlation-Id"]
    assert first != second
    assert first == first.lower()
    assert len(first) == 36


async def test_the_correlation_id_has_a_source(client: ContractsClient) -> None:
    view = client.with_options(correlation_id=lambda: "from-context")
    assert (await sent_by_list(view)).headers["X-Correlation-Id"] == "from-context"


@respx.mock
async def test_a_reference_is_one_quoted_segment(client: ContractsClient) -> None:
    route = respx.get(url__startswith=f"{API}{CONTRACTS}/").respond(json=PAGE)
    await client.list_contracts_by_external_ref(
        "a/b?c#d e", organisation_id=7, per_page=5, include_consumers="all", entur_customer_number=1001
    )
    request = route.calls.last.request
    assert request.url.raw_path.partition(b"?")[0] == f"{CONTRACTS}/a%2Fb%3Fc%23d%20e/by-external-ref".encode()
    assert request.headers["Entur-Customer-Number"] == "1001"
    assert dict(request.url.params) == {"organisationId": "7", "page": "1", "perPage": "5", "includeConsumers": "all"}


@respx.mock
async def test_valid_contracts_are_a_customers(client: ContractsClient) -> None:
    route = respx.get(f"{API}/customers/v2/benefits/contract-consumers/1001/contracts").respond(json=[CONTRACT])
    found = await client.list_valid_contracts(
        1001,
        travel_date=datetime(2026, 5, 1, 12, 30, tzinfo=UTC),
        organisation_id=7,
        include_expired_contracts=False,
        include_order_line_events=True,
        include_consumers="none",
    )
    assert [contract.uuid for contract in found] == ["c-0001"]
    assert dict(route.calls.last.request.url.params) == {
        "travelDate": "2026-05-01T12:30:00Z",
        "organisationId": "7",
        "includeExpiredContracts": "false",
        "includeOrderLineEvents": "true",
        "includeConsumers": "none",
    }


@respx.mock
async def test_a_validation_sends_one_list(client: ContractsClient) -> None:
    route = respx.post(f"{API}{CONTRACTS}/validate-consumption").respond(json={"isValid": True, "code": 3101})
    result = await client.validate_consumption(
        [
            Consumption(contract_uuid="c-1", customer_number=1001),
            Consumption(contract_uuid="c-2", customer_number=1001, travel_date=datetime(2026, 5, 1, tzinfo=CET)),
        ]
    )
    assert (result.is_valid, result.code, result.reason) == (True, 3101, None)
    request = route.calls.last.request
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.content) == {
        "consumptions": [
            {"contractUuid": "c-1", "customerNumber": 1001},
            {"contractUuid": "c-2", "customerNumber": 1001, "travelDate": "2026-05-01T00:00:00+01:00"},
        ]
    }


@respx.mock
async def test_a_claim_sends_code_and_customer(client: ContractsClient) -> None:
    route = respx.post(f"{API}{CONTRACTS}/claim-personnel-ticket").respond(
        json={"success": True, "customerNumber": 1001}
    )
    claim = await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert (claim.success, claim.customer_number) == (True, 1001)
    assert json.loads(route.calls.last.request.content) == {"externalReference": "ABC-DEF-123", "customerNumber": 1001}


@respx.mock
async def test_a_contract_is_looked_up_by_a_filter(client: ContractsClient) -> None:
    route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    contract = await client.get_contract("c-0001", include_order_line_events=True, include_consumers="all")
    assert contract.uuid == "c-0001"
    assert dict(route.calls.last.request.url.params) == {
        "uuid": "c-0001",
        "page": "1",
        "includeOrderLineEvents": "true",
        "includeConsumers": "all",
    }


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"page": 0}, "page"),
        ({"page": True}, "page"),
        ({"per_page": 0}, "per_page"),
        ({"limit": -1}, "limit"),
        ({"customer_number": 0}, "customer_number"),
        ({"customer_number": "1001"}, "customer_number"),
        ({"contract_holder": 2**63}, "contract_holder"),
        ({"uuid": ""}, "uuid"),
        ({"customer_ref": 7}, "customer_ref"),
        ({"organisation_id": "7"}, "organisation_id"),
        ({"consumable_after": datetime(2026, 1, 1)}, "consumable_after"),  # noqa: DTZ001 # the point
        ({"expiration_date_before": "2026-01-01"}, "expiration_date_before"),
        ({"sort_by": [""]}, "sort_by[0]"),
        ({"sort_by": 5}, "sort_by"),
        ({"include_consumers": "ALL"}, "include_consumers"),
        ({"include_order_line_events": "true"}, "include_order_line_events"),
        ({"correlation_id": "two words"}, "correlation_id"),
        ({"correlation_id": "x\r\nInjected: 1"}, "correlation_id"),
        ({"timeout": 0}, "timeout"),
        ({"deadline": -1}, "deadline"),
        ({"deadline": float("nan")}, "deadline"),
        ({"deadline": "5"}, "deadline"),
        ({"deadline": 10**400}, "deadline"),
        ({"timeout": 10**400}, "timeout"),
    ],
)
@respx.mock(assert_all_called=False)
async def test_a_bad_argument_sends_nothing(
    client: ContractsClient, respx_mock: respx.MockRouter, arguments: dict[str, Any], name: str
) -> None:
    everything = respx_mock.route().respond(json=PAGE)
    with pytest.raises(InvalidArgumentError) as caught:
        client.list_contracts(**arguments)
    assert caught.value.argument == name
    assert str(caught.value).startswith(name)
    assert not everything.called


async def test_a_deadline_may_be_without_end(client: ContractsClient) -> None:
    assert (await sent_by_list(client, deadline=math.inf)).method == "GET"


class Direction(str, Enum):  # noqa: UP042 # whose str() is not its value: the point
    ASC = "ASC"


async def test_a_string_enumeration_is_its_value(client: ContractsClient) -> None:
    request = await sent_by_list(client, sort_by="uuid", sort_direction=Direction.ASC)
    assert request.url.params["sortDirection"] == "ASC"


@pytest.mark.parametrize("value", ["\ud800", float("nan"), {1}], ids=["half a pair", "nan", "set"])
async def test_what_json_can_not_hold_is_unquoted(client: ContractsClient, value: Any) -> None:
    consumption = Consumption(contract_uuid="c", customer_number=4242)
    consumption.additional_properties["x"] = value
    with pytest.raises(InvalidArgumentError, match="JSON") as caught:
        await client.validate_consumption([consumption])
    assert caught.value.__context__ is None
    assert b"4242" not in pickle.dumps(caught.value)


@pytest.mark.parametrize("value", [{"x": float("nan")}, {"x": {1}}, ["x"]], ids=["nan", "set", "list"])
def test_what_json_can_not_hold_is_not_made(value: Any) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        Consumption(contract_uuid="c", customer_number=4242, additional_properties=value)
    assert caught.value.argument == "additional_properties"
    assert caught.value.__context__ is None
    assert b"4242" not in pickle.dumps(caught.value)


@pytest.mark.parametrize(
    "reference", ["%25" * 5 + "25" * 100_000, "", " ", ".", "..", "%2e%2e", "%252E.", "a/../b", "..%2Fx", 7]
)
async def test_a_reference_with_a_path_is_refused(client: ContractsClient, reference: Any) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        client.list_contracts_by_external_ref(reference)
    assert caught.value.argument == "external_ref"


@pytest.mark.parametrize("code", ["", "ABC", "A-B", "A--B", "A-B-C\n", "A-B-C-D", "Å-B-C", "A" * 200 + "-B-C", None])
async def test_a_code_of_the_wrong_form_is_refused(client: ContractsClient, code: Any) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        await client.claim_personnel_ticket(code, customer_number=1001)
    assert caught.value.argument == "external_reference"


@pytest.mark.parametrize(
    ("consumptions", "name"),
    [
        ([], "consumptions"),
        ([{"contractUuid": "c-1"}], "consumptions"),
        (7, "consumptions"),
        ([Consumption(contract_uuid="", customer_number=1)], "consumptions[0].contract_uuid"),
        ([Consumption(contract_uuid="c", customer_number=0)], "consumptions[0].customer_number"),
        (
            [Consumption(contract_uuid="c" * 70_000, customer_number=1)],
            "body",
        ),
    ],
)
async def test_a_bad_consumption_is_never_sent(client: ContractsClient, consumptions: Any, name: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        await client.validate_consumption(consumptions)
    assert caught.value.argument == name


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"travel_date": datetime(2026, 1, 1)}, "travel_date"),  # noqa: DTZ001 # the point
        ({"travel_date": "2026-01-01T00:00:00Z"}, "travel_date"),
        ({"contract_uuid": 7}, "contract_uuid"),
        ({"customer_number": "1001"}, "customer_number"),
        ({"customer_number": True}, "customer_number"),
    ],
)
def test_a_wrong_consumption_can_not_be_made(values: dict[str, Any], name: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        Consumption(**{"contract_uuid": "c", "customer_number": 1, **values})
    assert caught.value.argument == name
    assert caught.value.__context__ is None


async def test_a_spoilt_consumption_is_not_sent(client: ContractsClient) -> None:
    consumption = Consumption(contract_uuid="c", customer_number=1)
    consumption.travel_date = datetime(2026, 1, 1)  # noqa: DTZ001 # the point
    with pytest.raises(InvalidArgumentError) as caught:
        await client.validate_consumption([consumption])
    assert caught.value.argument == "consumptions[0].travel_date"


def test_a_consumption_can_be_read_from_json() -> None:
    data = {"contractUuid": "c", "customerNumber": 1, "travelDate": "2026-01-01T00:00:00Z"}
    consumption = Consumption.from_dict(data)
    assert type(consumption) is Consumption
    assert consumption.to_dict() == data
    assert "customer_number=***" in repr(consumption)


@pytest.mark.parametrize("number", [0, -1, True, "1001", 2**63, None])
async def test_a_bad_customer_number_is_never_sent(client: ContractsClient, number: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="customer_number"):
        await client.list_valid_contracts(number)


@respx.mock
async def test_credentials_become_a_token() -> None:
    token = respx.post("https://partner.staging.entur.org/oauth/token").respond(
        json={"access_token": "abc.def", "token_type": "Bearer", "expires_in": 86400}
    )
    api = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    auth = ClientCredentials("an-id", "a-secret")
    async with ContractsClient("acme-shop", auth=auth, environment=Environment.STAGING) as client:
        await client.list_contracts()
        await client.list_contracts()
    assert token.call_count == 1
    assert json.loads(token.calls.last.request.content) == {
        "client_id": "an-id",
        "client_secret": "a-secret",
        "audience": "https://api.staging.entur.io",
        "grant_type": "client_credentials",
    }
    assert token.calls.last.request.headers["ET-Client-Name"] == "acme-shop"
    assert "Authorization" not in token.calls.last.request.headers
    assert api.calls.last.request.headers["Authorization"] == "Bearer abc.def"


@respx.mock
async def test_an_async_callable_gives_each_token() -> None:
    route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    tokens = iter(["first", "second"])

    async def next_token() -> str:
        return next(tokens)

    async with ContractsClient("acme-shop", auth=next_token, environment=Environment.STAGING) as client:
        await client.list_contracts()
        await client.list_contracts()
    assert [call.request.headers["Authorization"] for call in route.calls] == ["Bearer first", "Bearer second"]


class TwoStepAuth(httpx.Auth):
    requires_response_body = True

    def auth_flow(self, request: httpx.Request) -> Any:
        response = yield request
        if response.status_code == 401:
            request.headers["X-Api-Key"] = response.json()["challenge"]
            yield request


@respx.mock
async def test_an_httpx_auth_conducts_its_flow() -> None:
    route = respx.get(f"{API}{CONTRACTS}").mock(
        side_effect=[httpx.Response(401, json={"challenge": "k3y"}), httpx.Response(200, json=PAGE)]
    )
    async with ContractsClient("acme-shop", auth=TwoStepAuth(), environment=Environment.STAGING) as client:
        await client.list_contracts()
    assert route.calls.last.request.headers["X-Api-Key"] == "k3y"


class WanderingAuth(httpx.Auth):
    def auth_flow(self, request: httpx.Request) -> Any:
        yield httpx.Request("GET", "https://elsewhere.example", headers=request.headers)


@respx.mock
async def test_an_auth_sees_a_gzip_answer_unpacked() -> None:
    packed = gzip.compress(json.dumps(PAGE).encode())
    answer = httpx.Response(
        200, content=packed, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}
    )
    respx.get(f"{API}{CONTRACTS}").mock(return_value=answer)
    async with ContractsClient("acme-shop", auth=httpx.BasicAuth("u", "p"), environment=Environment.STAGING) as client:
        assert (await client.list_contracts()).items[0].uuid == "c-0001"


class FailingAuth(httpx.Auth):
    def auth_flow(self, request: httpx.Request) -> Any:
        raise KeyError(str(request.url))
        yield request


async def test_a_failing_auth_is_our_error() -> None:
    async with ContractsClient(
        "acme-shop", auth=FailingAuth(), base_url="http://127.0.0.1:9", trust_env=False
    ) as client:
        with pytest.raises(APIConnectionError, match="KeyError") as caught:
            await client.list_contracts()
    assert caught.value.__context__ is None


class MeddlingAuth(httpx.Auth):
    def __init__(self, meddle: Any) -> None:
        self._meddle = meddle

    def auth_flow(self, request: httpx.Request) -> Any:
        self._meddle(request.headers)
        yield request


@pytest.mark.parametrize("name", ["ET-Client-Name", "X-Correlation-Id"])
@pytest.mark.parametrize(
    "meddle",
    [
        pytest.param(lambda headers, name: headers.pop(name), id="left out"),
        pytest.param(lambda headers, name: headers.update({name.lower(): "other"}), id="changed"),
    ],
)
@respx.mock
async def test_an_auth_can_not_hide_who_calls(meddle: Any, name: str) -> None:
    route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    auth = MeddlingAuth(lambda headers: meddle(headers, name))
    async with ContractsClient("acme-shop", auth=auth, environment=Environment.STAGING) as client:
        await client.list_contracts(correlation_id="an-id")
    headers = route.calls.last.request.headers
    assert (headers.get_list("ET-Client-Name"), headers.get_list("X-Correlation-Id")) == (["acme-shop"], ["an-id"])


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"Host": "evil.example"}, "elsewhere"),
        ({"Host": ""}, "elsewhere"),
        ({"X-Key": "a\r\nEvil: 1"}, "can't be sent"),
        ({"X-Key": "a\n"}, "can't be sent"),
        ({"X-Key": "a\x00"}, "can't be sent"),
        ({"X-Key": " a"}, "can't be sent"),
        ({"X Key": "a"}, "can't be sent"),
        ({"X-Key\n": "a"}, "can't be sent"),
        ({"": "a"}, "can't be sent"),
    ],
    ids=repr,
)
async def test_an_auths_bad_header_is_not_sent(headers: dict[str, str], words: str) -> None:
    api = ScriptedApi()
    auth = MeddlingAuth(lambda own: own.update(headers))
    async with ContractsClient("acme-shop", auth=auth, transport=api) as client:
        for call in (client.list_contracts(), client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)):
            with pytest.raises(APIConnectionError, match=words) as caught:
                await call
            assert type(caught.value) is APIConnectionError  # so that the claim is known not to have been sent
            assert (caught.value.attempts, caught.value.safe_to_retry) == (1, False)
    assert api.requests == []


@pytest.mark.parametrize("value", ["", "a b\tc"])
async def test_an_auth_may_set_what_can_be_sent(value: str) -> None:
    api = ScriptedApi()
    auth = MeddlingAuth(lambda own: own.update({"X-Key": value}))
    async with ContractsClient("acme-shop", auth=auth, transport=api) as client:
        await client.list_contracts()
    assert api.requests[0].headers["X-Key"] == value


class SecondThoughtsAuth(httpx.Auth):
    def auth_flow(self, request: httpx.Request) -> Any:
        yield request
        request.headers["Host"] = "evil.example"
        yield request


async def test_an_auth_goes_astray_after_a_claim() -> None:
    async with ContractsClient("acme-shop", auth=SecondThoughtsAuth(), transport=ScriptedApi(500)) as client:
        with pytest.raises(OutcomeUnknownError, match="elsewhere"):
            await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)


class StubbornAuth(httpx.Auth):
    def __init__(self, *again: int) -> None:
        self._again = again

    def auth_flow(self, request: httpx.Request) -> Any:
        response = yield request
        if response.status_code in self._again:
            yield request


@pytest.mark.parametrize("first", [500, 200])
async def test_an_auths_retry_unsends_nothing(first: int) -> None:
    api = ScriptedApi(first, httpx.ConnectError("x"), reports_connecting=True)
    async with ContractsClient("acme-shop", auth=StubbornAuth(first), transport=api) as client:
        with pytest.raises(OutcomeUnknownError) as caught:
            await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert (caught.value.attempts, len(api.requests)) == (1, 2)


async def test_a_claim_after_401_was_not_executed() -> None:
    claimed = httpx.Response(200, json={"success": True, "customerNumber": 1001})
    api = ScriptedApi(401, httpx.ConnectError("x"), claimed, reports_connecting=True)
    retry = RetryPolicy(backoff_base=0)
    async with ContractsClient("acme-shop", auth=StubbornAuth(401), transport=api, retry=retry) as client:
        assert (await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)).success


class CancelledAuth(httpx.Auth):
    async def async_auth_flow(self, request: httpx.Request) -> Any:
        raise asyncio.CancelledError
        yield request


class CancelledTransport(httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise asyncio.CancelledError


@pytest.mark.parametrize("options", [{"auth": CancelledAuth()}, {"transport": CancelledTransport()}], ids=" ".join)
async def test_a_cancelled_call_ends_no_client(options: dict[str, Any]) -> None:
    async with ContractsClient(
        "acme-shop", **{"base_url": "http://127.0.0.1:9", "trust_env": False, **options}
    ) as client:
        with pytest.raises(APIConnectionError, match=r"failed \(CancelledError at ") as caught:
            await client.list_contracts()
    assert (caught.value.attempts, caught.value.safe_to_retry) == (1, False)
    assert caught.value.__context__ is None


async def test_a_failing_id_source_is_our_error(client: ContractsClient) -> None:
    view = client.with_options(correlation_id=ContextVar[str]("never-set").get)
    with pytest.raises(InvalidArgumentError, match="LookupError") as caught:
        await view.get_contract("c-1")
    assert caught.value.argument == "correlation_id"


@respx.mock(assert_all_called=False)
async def test_an_auth_can_not_change_the_origin(respx_mock: respx.MockRouter) -> None:
    everything = respx_mock.route().respond(json=PAGE)
    async with ContractsClient("acme-shop", auth=WanderingAuth(), environment=Environment.STAGING) as client:
        with pytest.raises(APIConnectionError, match="elsewhere") as caught:
            await client.list_contracts()
    assert not everything.called
    assert not caught.value.safe_to_retry


@respx.mock
async def test_each_phase_has_its_timeout(client: ContractsClient) -> None:
    route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    await client.list_contracts(timeout=httpx.Timeout(3, read=9))
    assert route.calls.last.request.extensions["timeout"] == {"connect": 3, "read": 9, "write": 3, "pool": 3}
    await client.list_contracts()
    assert route.calls.last.request.extensions["timeout"] == {"connect": 5, "read": 20, "write": 10, "pool": 5}


@respx.mock
async def test_without_auth_no_token_is_sent() -> None:
    route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    async with ContractsClient("acme-shop", environment=Environment.STAGING) as client:
        await client.list_contracts()
    assert "Authorization" not in route.calls.last.request.headers


@pytest.mark.parametrize(
    "options",
    [
        {"environment": "staging"},
        {"auth": "a string"},
        {"auth": BearerToken},
        {"timeout": "5"},
        {"timeout": True},
        {"deadline": 0},
        {"max_concurrency": 0},
        {"max_response_bytes": 0},
        {"connection_lifetime": 0},
        {"correlation_id": "not callable"},
        {"retry": 3},
        {"base_url": "http://api.example.com"},
        {"base_url": "https://user:pw@api.example.com"},
        {"base_url": "https://api.example.com?x=1"},
    ],
    ids=lambda options: next(iter(options)),
)
def test_a_client_that_can_not_work(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(options))):
        ContractsClient("acme-shop", **options)


@respx.mock
async def test_a_base_url_comes_first() -> None:
    route = respx.get(f"https://proxy.example.com/entur{CONTRACTS}").respond(json=PAGE)
    async with ContractsClient("acme-shop", base_url="https://proxy.example.com/entur/") as client:
        await client.list_contracts()
        assert repr(client) == "<ContractsClient acme-shop at https://proxy.example.com/entur>"
    assert route.called


@respx.mock
async def test_from_env_reads_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "NAME": "acme-shop",
        "ID": "an-id",
        "SECRET": "a-secret",
        "BASE_URL": "https://api.example.com",
        "AUTH_URL": "https://auth.example.com",
    }.items():
        monkeypatch.setenv(f"CONTRACTS_CLIENT_{name}", value)
    token = respx.post("https://auth.example.com/oauth/token").respond(json={"access_token": "abc"})
    route = respx.get(f"https://api.example.com{CONTRACTS}").respond(json=PAGE)
    async with ContractsClient.from_env(deadline=5) as client:
        await client.list_contracts()
    assert json.loads(token.calls.last.request.content)["audience"] == "https://api.example.com"
    assert route.called


@respx.mock
@pytest.mark.parametrize("named_in_code", [True, False])
async def test_a_local_base_url_keeps_tokens_local(monkeypatch: pytest.MonkeyPatch, *, named_in_code: bool) -> None:
    local = "http://127.0.0.1:8080"
    monkeypatch.delenv("CONTRACTS_CLIENT_AUTH_URL", raising=False)
    for name, value in {"NAME": "acme-shop", "ID": "an-id", "SECRET": "a-secret", "BASE_URL": local}.items():
        monkeypatch.setenv(f"CONTRACTS_CLIENT_{name}", value)
    token = respx.post(f"{local}/oauth/token").respond(json={"access_token": "abc"})
    route = respx.get(f"{local}{CONTRACTS}").respond(json=PAGE)
    options: dict[str, Any] = {"environment": Environment.STAGING} if named_in_code else {}
    async with ContractsClient.from_env(**options) as client:
        await client.list_contracts()
    assert (token.called, route.called) == (True, True)


@respx.mock
async def test_a_url_in_code_keeps_tokens_local() -> None:
    local = "http://127.0.0.1:8080"
    token = respx.post(f"{local}/oauth/token").respond(json={"access_token": "abc"})
    route = respx.get(f"{local}{CONTRACTS}").respond(json=PAGE)
    async with ContractsClient("acme-shop", auth=ClientCredentials("an-id", "a-secret"), base_url=local) as client:
        await client.list_contracts()
    assert (token.called, route.called) == (True, True)


@respx.mock
@pytest.mark.parametrize("auth_url", ["https://auth.example.com", "http://localhost:8081"])
async def test_an_environment_names_its_auth_url(auth_url: str) -> None:
    local = "http://127.0.0.1:8080"
    token = respx.post(f"{auth_url}/oauth/token").respond(json={"access_token": "abc"})
    route = respx.get(f"{local}{CONTRACTS}").respond(json=PAGE)
    async with ContractsClient(
        "acme-shop", auth=ClientCredentials("an-id", "a-secret"), environment=Environment(local, auth_url)
    ) as client:
        await client.list_contracts()
    assert (token.called, route.called) == (True, True)


@respx.mock
async def test_a_local_auth_url_stays() -> None:
    token = respx.post("http://localhost:8081/oauth/token").respond(json={"access_token": "abc"})
    route = respx.get(f"http://127.0.0.1:8080{CONTRACTS}").respond(json=PAGE)
    environment = Environment("https://api.example.com", "http://localhost:8081")
    auth = ClientCredentials("an-id", "a-secret")
    async with ContractsClient(
        "acme-shop", auth=auth, environment=environment, base_url="http://127.0.0.1:8080"
    ) as client:
        await client.list_contracts()
    assert (token.called, route.called) == (True, True)


@respx.mock
async def test_options_of_from_env_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAME", "ID", "SECRET", "ENVIRONMENT", "BASE_URL", "AUTH_URL"):
        monkeypatch.delenv(f"CONTRACTS_CLIENT_{name}", raising=False)
    route = respx.get(f"{API}{CONTRACTS}").respond(json=PAGE)
    async with ContractsClient.from_env(
        client_name="acme-shop", auth=BearerToken("abc"), environment=Environment.STAGING
    ) as client:
        await client.list_contracts()
    assert route.called
    with pytest.raises(ConfigurationError, match="CONTRACTS_CLIENT_NAME"):
        ContractsClient.from_env()
    monkeypatch.setenv("CONTRACTS_CLIENT_AUTH_URL", "https://auth.example.com")
    with pytest.raises(ConfigurationError, match="must be an Environment"):
        ContractsClient.from_env(client_name="acme-shop", auth=None, environment="staging")  # type: ignore[typeddict-item]
