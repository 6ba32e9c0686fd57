"""Contracts are listed and checked, faults get the right status, ids go along, and nothing personal is logged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest
from starlette.types import Message

from contracts_client import ClientClosedError, ContractsClient
from contracts_client.testing import FakeContractsApi, Script
from contracts_client.testing.builders import a_contract, a_contract_consumer, an_error_body

from ..app import create_app
from .conftest import CUSTOMER, SOMEBODY_ELSE

CLAIM = "claim_personnel_ticket"
VALID_CONTRACTS = "list_valid_contracts"

ID = "0b9c2c5e-4d1f-4c55-9d53-5ad1e6e8d0c1"


def contract_of(api: FakeContractsApi, customer: int) -> str:
    """The uuid of a contract that somebody may consume."""
    return next(
        each.uuid
        for each in api.contracts
        if any(consumer.customer_number == customer for consumer in each.contract_consumers or ())
    )


async def test_valid_contracts_are_listed(service: httpx.AsyncClient) -> None:
    """The customer's valid contracts are listed."""
    answer = await service.get("/contracts")
    assert answer.status_code == 200
    assert [contract["status"] for contract in answer.json()] == ["VALID"]


async def test_an_unknown_contract_status_is_shown(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """A contract is shown as it is even one of a status of tomorrow."""
    frozen = a_contract(status="FROZEN", remaining_coupons=3, additional_properties={"frozenBy": "a machine"})
    api.next(VALID_CONTRACTS).answers(200, [frozen])
    answer = await service.get("/contracts", params={"travel_date": "2026-05-01T08:00:00Z"})
    assert answer.json() == [frozen.to_dict()]
    api.assert_called_once(VALID_CONTRACTS, travel_date=datetime(2026, 5, 1, 8, tzinfo=UTC))


async def test_other_customers_are_not_shown(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """Nobody is told who else may use a contract, not even if the API says it unasked."""
    family = [a_contract_consumer(customer_number=each) for each in (CUSTOMER, SOMEBODY_ELSE)]
    card = a_contract(9, contract_consumers=family, sub_contracts=[a_contract(10, contract_consumers=family)])
    api.next(VALID_CONTRACTS).answers(200, [card])
    listed = await service.get("/contracts")
    found = await service.get(f"/contracts/{api.add(card).uuid}")
    for answer in (listed, found):
        assert answer.status_code == 200
        assert str(SOMEBODY_ELSE) not in answer.text
        assert "subContracts" in answer.text


async def test_the_document_has_the_models(service: httpx.AsyncClient) -> None:
    """Who writes the app reads in the service's OpenAPI document what a contract is."""
    schemas = (await service.get("/openapi.json")).json()["components"]["schemas"]
    assert {"Contract", "ConsumptionValidation", "Journey", "Sale"} <= set(schemas)
    assert schemas["Contract"]["properties"]["loyaltyProgram"]["$ref"].endswith("/LoyaltyProgram")


async def test_only_the_customer_s_own_are_found(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """A contract of the customer is found and nobody else's."""
    own = (await service.get("/contracts")).json()[0]
    assert (await service.get(f"/contracts/{own['uuid']}")).json() == own
    assert (await service.get("/contracts/none")).status_code == 404
    assert (await service.get(f"/contracts/{contract_of(api, SOMEBODY_ELSE)}")).status_code == 404


async def test_a_journey_is_checked_before_a_sale(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """A journey is checked before it is sold."""
    own = (await service.get("/contracts")).json()[0]["uuid"]
    moment = api.clock.now.isoformat()
    good = await service.post("/validations", json={"contract_uuid": own, "travel_date": moment})
    bad = await service.post(
        "/validations", json={"contract_uuid": contract_of(api, SOMEBODY_ELSE), "travel_date": moment}
    )
    assert (good.json()["isValid"], bad.json()["isValid"]) == (True, False)
    assert bad.json()["reason"]


Happens = Callable[[Script], None]

FAULTS: dict[str, tuple[Happens, int, str | None]] = {
    "429": (lambda api: api.answers(429, retry_after=120), 503, "120"),
    "503": (lambda api: api.answers(503), 502, None),
    "503 with a time": (lambda api: api.answers(503, retry_after=90), 503, "90"),
    "500": (lambda api: api.answers(500), 502, None),
    "403": (lambda api: api.answers(403), 502, None),
    "400": (lambda api: api.answers(400), 502, None),
    "404": (lambda api: api.answers(404), 404, None),
    "unreadable": (lambda api: api.answers(200, {"not": "a list"}), 502, None),
    "broken": (Script.sends_broken_json, 502, None),
    "no connection": (Script.refuses_connection, 503, "5"),
    "dropped connection": (Script.drops_connection, 503, "5"),
    "no answer in time": (Script.times_out, 504, None),
    "an answer that drips": (Script.drips, 504, None),
}


@pytest.mark.parametrize(("happens", "status", "retry_after"), FAULTS.values(), ids=FAULTS)
async def test_an_upstream_fault_has_its_status(
    service: httpx.AsyncClient, api: FakeContractsApi, happens: Happens, status: int, retry_after: str | None
) -> None:
    """A fault upstream gets the status that helps."""
    happens(api.next(VALID_CONTRACTS))
    answer = await service.get("/contracts")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, retry_after)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


async def test_without_a_token_it_answers_503(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """Without a token the service asks for patience."""
    api.next("token").answers(401)
    answer = await service.get("/contracts")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1


async def test_a_closed_queue_fails_calls_at_once(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """While the line is closed calls fail at once and say until when."""
    api.next(VALID_CONTRACTS).answers(429, retry_after=120)
    await service.get("/contracts")
    answer = await service.get("/contracts")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 100
    api.assert_called_once(VALID_CONTRACTS)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/tickets", {"pickup_code": "canary of a code"}),
        ("/tickets", {}),
        ("/validations", {"contract_uuid": "c-1", "travel_date": "canary"}),
        ("/validations", {"contract_uuid": "c-1", "travel_date": "2026-01-01T00:00:00"}),
    ],
    ids=str,
)
async def test_an_invalid_request_is_not_quoted(
    service: httpx.AsyncClient, api: FakeContractsApi, path: str, body: dict[str, str]
) -> None:
    """What breaks a rule is told and not quoted and nothing is sent."""
    answer = await service.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert "canary" not in answer.text
    api.assert_not_called()
    assert api.requests == ()


@pytest.mark.parametrize("number", ["0", "-1", "many"])
async def test_a_customer_number_is_one(service: httpx.AsyncClient, number: str) -> None:
    assert (await service.get("/contracts", headers={"Customer-Number": number})).status_code == 422


async def test_an_unknown_code_is_not_found(service: httpx.AsyncClient) -> None:
    assert (await service.post("/tickets", json={"pickup_code": "A-B-C"})).status_code == 404


async def test_the_request_s_id_is_sent_and_back(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    """The request's correlation id goes along and comes back."""
    answer = await service.get("/contracts", headers={"X-Correlation-Id": ID})
    assert answer.headers["X-Correlation-Id"] == ID
    assert api.assert_called_once(VALID_CONTRACTS).correlation_id == ID


@pytest.mark.parametrize("sent", [None, "", "short", "with a blank in it", "x" * 65, "æøå-æøå-æøå"])
async def test_an_unusable_id_is_replaced(service: httpx.AsyncClient, api: FakeContractsApi, sent: str | None) -> None:
    """Without a usable one there is a new one."""
    headers = [] if sent is None else [(b"X-Correlation-Id", sent.encode())]
    answer = await service.get("/contracts/none", headers=headers)
    assert UUID(answer.headers["X-Correlation-Id"])
    assert answer.json()["correlation_id"] == answer.headers["X-Correlation-Id"]
    assert api.assert_called_once("get_contract").correlation_id == answer.headers["X-Correlation-Id"]


async def test_requests_at_once_keep_their_ids(service: httpx.AsyncClient, api: FakeContractsApi) -> None:
    ids = [f"request-{number}" for number in range(10)]
    answers = await asyncio.gather(*(service.get("/contracts", headers={"X-Correlation-Id": each}) for each in ids))
    assert [answer.headers["X-Correlation-Id"] for answer in answers] == ids
    assert sorted(each.correlation_id for each in api.calls_of(VALID_CONTRACTS)) == ids


async def test_nothing_personal_is_logged(
    service: httpx.AsyncClient, api: FakeContractsApi, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = 987_654_321
    headers = {"Customer-Number": str(canary), "X-Correlation-Id": ID}
    api.next(CLAIM).drops_connection()
    for path, body in (
        ("/tickets", {"pickup_code": code}),
        ("/tickets", {"pickup_code": "A-B-C"}),
        ("/tickets", {"pickup_code": "no code"}),
        ("/validations", {"contract_uuid": "c-0001", "travel_date": "2026-01-01T00:00:00Z"}),
    ):
        await service.post(path, json=body, headers=headers)
    api.next(VALID_CONTRACTS).answers(500, an_error_body(message=f"{canary} is ill"))
    await service.get("/contracts", headers=headers)
    text = "\n".join(record.getMessage() + str(record.exc_info) for record in caplog.records)
    assert f"correlation id {ID}" in text
    assert "A claim may have been executed" in text
    secrets = (api.requests_of("token")[0].json()["client_secret"], api.requests[-1].headers["Authorization"][7:])
    for personal in (str(canary), code, "A-B-C", "no code", "ill", *secrets):
        assert personal not in text


async def test_one_client_serves_all_requests(api: FakeContractsApi) -> None:
    """One client is opened for all and closed at the end."""
    made: list[ContractsClient] = []

    def connect() -> ContractsClient:
        made.append(api.connect())
        return made[-1]

    app = create_app(connect)
    assert made == []
    async with app.router.lifespan_context(app):
        assert await made[0].list_valid_contracts(CUSTOMER)
    assert len(made) == 1
    with pytest.raises(ClientClosedError):
        await made[0].list_valid_contracts(CUSTOMER)


async def test_a_server_starts_and_ends_it(api: FakeContractsApi) -> None:
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    said: list[str] = []

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        said.append(message["type"])

    await create_app(api.connect)({"type": "lifespan", "state": {}}, receive, send)
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
