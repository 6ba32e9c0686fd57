"""FastAPI and pydantic take the models as fields, bodies, parameters and responses, and describe them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Body, FastAPI
from openapi_spec_validator import validate
from pydantic import BaseModel

from contracts_client import Claim, Consumption, ConsumptionValidation, Contract, ContractPage, ContractStatus
from contracts_client.testing.builders import a_claim, a_contract, a_contract_page

CANARY = "c4narY"
CANARY_NUMBER = 47110815
CARD = a_contract(full=True, sub_contracts=[a_contract(2)], additional_properties={"next": [1]})


class Answer(BaseModel):
    """A message of the host's own with models of the client in it."""

    contract: Contract
    others: list[Contract] = []
    claim: Claim | None = None
    status: ContractStatus = ContractStatus.VALID


app = FastAPI()


@app.get("/contract")
async def contract() -> Contract:
    return CARD


@app.get("/page")
async def page() -> ContractPage:
    return a_contract_page(items=[CARD], total_items=1)


@app.get("/answer")
async def answer(status: ContractStatus) -> Answer:
    return Answer(contract=CARD, others=[a_contract(3)], claim=a_claim(), status=status)


@app.post("/one")
async def one(body: Annotated[Consumption, Body()]) -> Consumption:
    assert type(body) is Consumption
    return body


@app.post("/several")
async def several(body: list[Consumption]) -> ConsumptionValidation:
    return ConsumptionValidation(is_valid=len(body) > 1, code=3101)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service.test") as client:
        yield client


async def test_models_are_responses(http: httpx.AsyncClient) -> None:
    assert (await http.get("/contract")).json() == CARD.to_dict()
    assert (await http.get("/page")).json()["items"] == [CARD.to_dict()]


async def test_models_are_fields(http: httpx.AsyncClient) -> None:
    """A field is written as the model writes itself, and an unknown status is a valid parameter."""
    answered = (await http.get("/answer", params={"status": "FROZEN"})).json()
    assert answered == {
        "contract": CARD.to_dict(),
        "others": [a_contract(3).to_dict()],
        "claim": a_claim().to_dict(),
        "status": "FROZEN",
    }
    assert Answer.model_validate(answered).contract == CARD


async def test_models_are_bodies(http: httpx.AsyncClient) -> None:
    body = {"contractUuid": "c-1", "customerNumber": 1001, "unknown": 1}
    assert (await http.post("/one", json=body)).json() == body
    assert (await http.post("/several", json=[body, body])).json() == {"isValid": True, "code": 3101}


@pytest.mark.parametrize(
    ("path", "body", "place"),
    [
        ("/one", {"contractUuid": 1, "customerNumber": CANARY_NUMBER, CANARY: 1}, ["body", "contractUuid"]),
        ("/several", [{"contractUuid": CANARY}], ["body", 0, "customerNumber"]),
        ("/one", CANARY, ["body"]),
    ],
)
async def test_a_422_quotes_no_value(http: httpx.AsyncClient, path: str, body: object, place: list[object]) -> None:
    """FastAPI's own answer to a bad request quotes the input: for a model it names the place alone."""
    answered = await http.post(path, json=body)
    assert answered.status_code == 422
    assert answered.json()["detail"][0]["loc"] == place
    assert CANARY not in answered.text
    assert str(CANARY_NUMBER) not in answered.text


def test_the_host_s_document_has_the_models() -> None:
    """The host's OpenAPI document is valid, and has one component a model."""
    document: dict[str, Any] = app.openapi()
    validate(document)
    schemas = document["components"]["schemas"]
    assert {"Answer", "Contract", "ContractPage", "Consumption", "ContractStatus", "TotalAmount"} <= set(schemas)
    assert not [name for name in schemas if name.endswith(("-Input", "-Output"))]
    returned = document["paths"]["/contract"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert returned == {"$ref": "#/components/schemas/Contract"}
    total = schemas["Contract"]["properties"]["currentTotal"]
    assert total["$ref"] == "#/components/schemas/TotalAmount"
    assert total["description"].startswith("An amount of money or points")
