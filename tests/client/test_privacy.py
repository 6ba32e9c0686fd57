"""No secret, token, body or customer number in a log, repr, str, traceback or pickle of ours."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
import respx
from raw_server import CONTRACT
from virtual_time import SkippingClock

from contracts_client import (
    APIStatusError,
    BearerToken,
    ClientCredentials,
    Consumption,
    Contract,
    ContractsClient,
    ContractsError,
    DecodeError,
    TokenError,
)

SECRET, TOKEN, CUSTOMER, CODE, BODY = "5ecr3t-canary", "t0ken-canary", 4711471147, "CAN-ARY-77", "b0dy-canary"
CANARIES = [SECRET, TOKEN, str(CUSTOMER), CODE, BODY]
API = "https://api.entur.io"
AUTH = ClientCredentials("an-id", SECRET)

CALLS: dict[str, Callable[[ContractsClient], Awaitable[Any]]] = {
    "list": lambda client: client.list_contracts(customer_number=CUSTOMER, external_ref=CODE).collect(),
    "by reference": lambda client: client.list_contracts_by_external_ref(
        CODE, entur_customer_number=CUSTOMER
    ).collect(),
    "valid": lambda client: client.list_valid_contracts(CUSTOMER),
    "validate": lambda client: client.validate_consumption(
        [Consumption(contract_uuid="c-1", customer_number=CUSTOMER)]
    ),
    "claim": lambda client: client.claim_personnel_ticket(CODE, customer_number=CUSTOMER),
}
FAULTS: dict[str, Any] = {
    "400": httpx.Response(
        400, json={"message": BODY, "path": f"/{CUSTOMER}", "errorCode": BODY, "error": BODY, "x": BODY}
    ),
    "problem": httpx.Response(404, json={"title": BODY, "detail": f"{CUSTOMER}"}),
    "gateway": httpx.Response(429, json={"fault": {"faultstring": BODY}}),
    "html": httpx.Response(200, html=BODY),
    "not json": httpx.Response(200, content=BODY.encode(), headers={"Content-Type": "application/json"}),
    "wrong type": httpx.Response(200, json={"items": [{**CONTRACT, "createdAt": BODY}]}),
    "redirect": httpx.Response(302, headers={"Location": f"https://x.example/{CUSTOMER}?{BODY}"}),
    "protocol": httpx.RemoteProtocolError(f"{TOKEN} {CUSTOMER} {BODY}"),
    "timeout": httpx.ReadTimeout(f"{TOKEN} {CUSTOMER}"),
    "content type": httpx.Response(200, content=b"{}", headers={"Content-Type": f"{BODY}"}),
}


def assert_clean(text: str) -> None:
    assert [canary for canary in CANARIES if canary in text] == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
@respx.mock
async def test_errors_and_logs_hold_no_canary(
    call: Callable[[ContractsClient], Awaitable[Any]], fault: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    respx.post("https://partner.entur.org/oauth/token").respond(json={"access_token": TOKEN})
    respx.route(host="api.entur.io").mock(side_effect=[fault])
    async with ContractsClient("acme-shop", auth=AUTH, clock=SkippingClock()) as client:
        with pytest.raises(ContractsError) as caught:
            await call(client)
        assert_clean(repr(client))
    error = caught.value
    assert_clean(str(error))
    assert_clean(repr(error))
    assert_clean("".join(traceback.format_exception(error)))
    assert error.__cause__ is None
    assert error.__context__ is None
    assert_clean(pickle.dumps(error).decode("latin-1"))
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert_clean(repr(vars(copy.copy(error))))
    assert_clean(caplog.text)
    assert "/customers/v2/benefits/" in caplog.text


@respx.mock
async def test_a_refused_secret_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    respx.post("https://partner.entur.org/oauth/token").respond(403, json={"error": SECRET, "detail": BODY})
    async with ContractsClient("acme-shop", auth=AUTH, clock=SkippingClock()) as client:
        with pytest.raises(TokenError) as caught:
            await client.list_contracts()
    assert_clean(str(caught.value))
    assert_clean("".join(traceback.format_exception(caught.value)))
    assert_clean(caplog.text)


def test_an_unreadable_date_is_in_no_context() -> None:
    with pytest.raises(DecodeError) as caught:
        Contract.from_dict({**CONTRACT, "createdAt": BODY})
    assert caught.value.path == "createdAt"
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    seen: BaseException | None = caught.value
    while seen is not None:
        assert_clean(repr(seen))
        seen = seen.__context__


def test_credentials_are_shown_not_pickled() -> None:
    for value in (AUTH, BearerToken(TOKEN)):
        assert_clean(repr(value))
        assert_clean(str(value))
        with pytest.raises(TypeError, match="pickled"):
            pickle.dumps(value)


@respx.mock
async def test_models_mask_what_is_personal() -> None:
    consumers = [{"customerNumber": CUSTOMER, "customerRef": BODY}]
    contract = {**CONTRACT, "externalRef": CODE, "contractConsumers": consumers, "news": BODY}
    respx.get(url__startswith=API).respond(json={"items": [contract]})
    async with ContractsClient("acme-shop", auth=BearerToken(TOKEN)) as client:
        page = await client.list_contracts()
    assert_clean(repr(page))
    assert json.dumps(page.items[0].to_dict()).count(str(CUSTOMER)) == 1


@respx.mock
async def test_a_log_record_says_what_happened(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "contracts_client")
    respx.get(url__startswith=API).respond(404)
    async with ContractsClient("acme-shop", auth=BearerToken(TOKEN)) as client:
        with pytest.raises(APIStatusError):
            await client.list_valid_contracts(CUSTOMER, correlation_id="trace-1")
    (record,) = [record for record in caplog.records if record.name == "contracts_client"]
    assert record.getMessage().startswith(
        "GET /customers/v2/benefits/contract-consumers/{customer_number}/contracts 404 in "
    )
    assert record.getMessage().endswith("ms (attempt 1, correlation id trace-1)")
