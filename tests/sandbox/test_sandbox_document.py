"""An edit of openapi.yaml moves the sandbox with it, and what it cannot follow shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from contracts_client.sandbox import create_app
from contracts_client.sandbox.checking import Checker, SentRequest
from contracts_client.sandbox.responses.problems import Problem
from contracts_client.sandbox.specification import Specification, SpecificationError

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    Inside = Callable[..., httpx.AsyncClient]

BASE = "/customers/v2/benefits"
CONTRACTS = f"{BASE}/contracts"


def _rename(mapping: dict[str, Any], old: str, new: str) -> None:
    mapping[new] = mapping.pop(old)
    required = [new if name == old else name for name in mapping.get("required", [])]
    if required:
        mapping["required"] = required


def _rename_property(document: dict[str, Any], schema: str, old: str, new: str) -> None:
    node = document["components"]["schemas"][schema]
    node["properties"][new] = node["properties"].pop(old)
    node["required"] = [new if name == old else name for name in node.get("required", [])]


async def test_a_path_moves(inside: Inside, document: dict[str, Any]) -> None:
    _rename(document["paths"], CONTRACTS, "/benefits/v3/contracts")
    client = inside(create_app(5, specification=document))
    assert (await client.get("/benefits/v3/contracts")).status_code == 200
    assert (await client.get(CONTRACTS)).status_code == 404


async def test_a_method_moves(inside: Inside, document: dict[str, Any]) -> None:
    _rename(document["paths"][f"{CONTRACTS}/claim-personnel-ticket"], "post", "put")
    app = create_app(20, specification=document)
    code = next(each.code for each in app.state.sandbox.data.personnel_tickets if not each.claimed)
    body = {"customerNumber": 1, "externalReference": code}
    answer = await inside(app).put(f"{CONTRACTS}/claim-personnel-ticket", json=body)
    assert answer.json() == {"success": True, "customerNumber": 1}


async def test_the_names_of_a_page_move(inside: Inside, document: dict[str, Any]) -> None:
    _rename_property(document, "ContractPageResponse", "items", "contracts")
    _rename_property(document, "ContractPageResponse", "totalItems", "total")
    document["components"]["parameters"]["Page"]["name"] = "pageNumber"
    document["components"]["parameters"]["PerPage"]["name"] = "pageSize"
    document["components"]["responses"]["ContractPage"]["x-pagination"] |= {
        "items": "contracts",
        "totalItems": "total",
        "page": "pageNumber",
        "perPage": "pageSize",
    }
    answer = await inside(create_app(10, specification=document)).get(
        CONTRACTS, params={"pageNumber": 2, "pageSize": 3}
    )
    body = answer.json()
    assert [each["uuid"] for each in body["contracts"]] == ["c-0004", "c-0005", "c-0006"]
    assert (body["total"], body["totalPages"]) == (10, 4)


async def test_the_page_sizes_move(inside: Inside, document: dict[str, Any]) -> None:
    """The default and the most items a page move."""
    document["components"]["parameters"]["PerPage"]["schema"] |= {"default": 7, "maximum": 200}
    client = inside(create_app(250, specification=document))
    assert len((await client.get(CONTRACTS)).json()["items"]) == 7
    assert len((await client.get(CONTRACTS, params={"perPage": 200})).json()["items"]) == 200
    assert (await client.get(CONTRACTS, params={"perPage": 201})).json()["errorCode"] == "REQUEST_INVALID"


async def test_a_page_has_the_usual_names(inside: Inside, document: dict[str, Any]) -> None:
    """A document without the names of a page has the usual ones."""
    del document["components"]["responses"]["ContractPage"]["x-pagination"]
    body = (await inside(create_app(5, specification=document)).get(CONTRACTS, params={"perPage": 2})).json()
    assert (len(body["items"]), body["totalItems"], body["totalPages"]) == (2, 5, 3)


@pytest.mark.parametrize(
    ("schema", "old", "new"),
    [
        ("ContractResponse", "contractConsumers", "consumers"),
        ("ContractResponse", "orderLineEvents", "events"),
        ("ContractResponse", "subContracts", "dependentContracts"),
        ("ContractResponse", "transactions", "pointTransactions"),
        ("ContractResponse", "policies", "policyKeys"),
        ("ContractResponse", "currentTotal", "balance"),
        ("ContractResponse", "loyaltyProgram", "program"),
        ("ContractConsumerResponse", "isContractHolder", "holder"),
    ],
)
async def test_a_hidden_name_of_a_contract_moves(
    inside: Inside, document: dict[str, Any], schema: str, old: str, new: str
) -> None:
    query = {"includeConsumers": "all", "includeOrderLineEvents": "true"}
    before = (await inside(create_app(40)).get(CONTRACTS, params=query)).text
    _rename_property(document, schema, old, new)
    after = (await inside(create_app(40, specification=document)).get(CONTRACTS, params=query)).text
    assert before.count(f'"{old}"') == after.count(f'"{new}"') > 0
    assert f'"{old}"' not in after


async def test_a_renamed_holder_mark_works(inside: Inside, document: dict[str, Any]) -> None:
    """A renamed holder mark still tells the holder."""
    _rename_property(document, "ContractConsumerResponse", "isContractHolder", "holder")
    items = (await inside(create_app(40, specification=document)).get(CONTRACTS)).json()["items"]
    assert any(each["contractConsumers"] for each in items)
    assert all(consumer["holder"] for each in items for consumer in each["contractConsumers"])


async def test_the_names_of_a_validation_move(inside: Inside, document: dict[str, Any]) -> None:
    """The hidden names of a validation move."""
    _rename_property(document, "ValidateConsumptionRequest", "consumptions", "usages")
    _rename_property(document, "Consumption", "contractUuid", "contract")
    _rename_property(document, "Consumption", "customerNumber", "customer")
    _rename_property(document, "Consumption", "travelDate", "when")
    _rename_property(document, "ConsumptionValidationResponse", "isValid", "valid")
    document["components"]["schemas"]["ConsumptionValidationResponse"]["properties"]["code"]["type"] = "string"
    client = inside(create_app(5, specification=document))
    for when, expected in {"2001-01-01T00:00:00Z": "3105", "2099-01-01T00:00:00Z": "3106"}.items():
        body = {"usages": [{"contract": "c-0001", "customer": 1001, "when": when}]}
        answer = (await client.post(f"{CONTRACTS}/validate-consumption", json=body)).json()
        assert (answer["valid"], answer["code"]) == (False, expected)


async def test_the_names_of_a_claim_move(inside: Inside, document: dict[str, Any]) -> None:
    _rename_property(document, "ClaimPersonnelTicketRequest", "externalReference", "pickupCode")
    _rename_property(document, "ClaimPersonnelTicketRequest", "customerNumber", "customer")
    _rename_property(document, "ClaimContractResponse", "success", "claimed")
    app = create_app(20, specification=document)
    code = next(each.code for each in app.state.sandbox.data.personnel_tickets if not each.claimed)
    body = {"customer": 1, "pickupCode": code}
    answer = await inside(app).post(f"{CONTRACTS}/claim-personnel-ticket", json=body)
    assert answer.json() == {"claimed": True, "customerNumber": 1}


async def test_the_names_in_a_path_move(inside: Inside, document: dict[str, Any]) -> None:
    item = document["paths"][f"{CONTRACTS}/{{externalRef}}/by-external-ref"]
    next(each for each in item["get"]["parameters"] if each.get("name") == "externalRef")["name"] = "reference"
    _rename(document["paths"], f"{CONTRACTS}/{{externalRef}}/by-external-ref", f"{CONTRACTS}/refs/{{reference}}")
    app = create_app(20, specification=document)
    code = app.state.sandbox.data.personnel_tickets[0].code
    assert (await inside(app).get(f"{CONTRACTS}/refs/{code}")).json()["totalItems"] == 1


async def test_the_list_of_faults_moves(inside: Inside, document: dict[str, Any]) -> None:
    _rename_property(document, "ErrorResponse", "errors", "details")
    body = (await inside(create_app(5, specification=document)).get(CONTRACTS, params={"page": "x"})).json()
    assert body["details"]
    assert "errors" not in body


async def test_an_identifier_may_become_a_text(inside: Inside, document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    schemas["ContractResponse"]["properties"]["organisationId"] = {"type": "string"}
    operation = document["paths"][CONTRACTS]["get"]
    next(each for each in operation["parameters"] if each.get("name") == "customerNumber")["schema"] = {
        "type": "string"
    }
    client = inside(create_app(40, specification=document))
    items = (await client.get(CONTRACTS, params={"customerNumber": "1001"})).json()["items"]
    assert items
    assert all(isinstance(each["organisationId"], str) for each in items)


async def test_an_identifier_may_become_a_number(inside: Inside, document: dict[str, Any]) -> None:
    """A text that identifies may become a number."""
    schemas = document["components"]["schemas"]
    schemas["LoyaltyProgram"]["properties"]["id"] = schemas["OrderLineEvent"]["properties"]["orderId"] = {
        "type": "integer",
        "format": "int64",
    }
    operation = document["paths"][CONTRACTS]["get"]
    next(each for each in operation["parameters"] if each.get("name") == "loyaltyProgramId")["schema"] = {
        "type": "integer"
    }
    client = inside(create_app(40, specification=document))
    items = (await client.get(CONTRACTS, params={"includeOrderLineEvents": "true"})).json()["items"]
    assert {type(event["orderId"]) for each in items for event in each["orderLineEvents"]} == {int}
    number = next(each["loyaltyProgram"]["id"] for each in items if isinstance(each["loyaltyProgram"]["id"], int))
    found = (await client.get(CONTRACTS, params={"loyaltyProgramId": number})).json()["items"]
    assert {each["loyaltyProgram"]["id"] for each in found} == {number}


async def test_required_properties_get_samples(inside: Inside, document: dict[str, Any]) -> None:
    """A new required property gets a sample and a dropped one goes."""
    contract = document["components"]["schemas"]["ContractResponse"]
    contract["properties"]["version"] = {"type": "integer", "minimum": 3}
    contract["required"].append("version")
    del contract["properties"]["externalRef"]
    items = (await inside(create_app(40, specification=document)).get(CONTRACTS)).json()["items"]
    assert {each["version"] for each in items} == {3}
    assert not any("externalRef" in each for each in items)


async def test_a_new_filter_filters(inside: Inside, document: dict[str, Any]) -> None:
    """A new filter that names a property filters."""
    parameters = document["paths"][CONTRACTS]["get"]["parameters"]
    parameters.append({"name": "status", "in": "query", "schema": {"type": "string"}})
    client = inside(create_app(60, specification=document))
    items = (await client.get(CONTRACTS, params={"status": "MISUSED"})).json()["items"]
    assert {each["status"] for each in items} == {"MISUSED"}


async def test_an_unknown_parameter_fails_in_use(inside: Inside, document: dict[str, Any]) -> None:
    """A new parameter without a meaning fails only where it is used."""
    parameters = document["paths"][CONTRACTS]["get"]["parameters"]
    parameters.append({"name": "mood", "in": "query", "schema": {"type": "string"}})
    client = inside(create_app(5, specification=document))
    assert (await client.get(CONTRACTS)).status_code == 200
    failed = await client.get(CONTRACTS, params={"mood": "good"})
    assert (failed.status_code, failed.json()["errorCode"]) == (500, "SANDBOX_PARAMETER_UNSUPPORTED")
    assert "mood" in failed.json()["message"]


async def test_a_required_parameter_is_demanded(inside: Inside, document: dict[str, Any]) -> None:
    """A new required parameter is demanded."""
    parameters = document["paths"][CONTRACTS]["get"]["parameters"]
    parameters.append({"name": "mood", "in": "query", "required": True, "schema": {"type": "string"}})
    refused = await inside(create_app(5, specification=document)).get(CONTRACTS)
    assert (refused.status_code, refused.json()["message"]) == (400, "query parameter mood is missing")


async def test_the_token_endpoint_moves(inside: Inside, document: dict[str, Any]) -> None:
    endpoint = document["components"]["securitySchemes"]["bearerAuth"]["x-token-endpoint"]
    endpoint["path"] = "/token"
    endpoint["request"]["properties"].append("scope")
    app = create_app(1, specification=document)
    client, state = inside(app), app.state.sandbox
    request = {
        "client_id": state.client.client_id,
        "client_secret": state.client.client_secret,
        "audience": "x",
        "grant_type": "client_credentials",
    }
    assert (await client.post("/token", json=request)).json()["error_description"].startswith("scope")
    assert (await client.post("/token", json=request | {"scope": "x"})).status_code == 200
    assert (await client.post("/oauth/token", json=request)).status_code == 404


async def test_an_invalid_answer_is_not_sent(inside: Inside, document: dict[str, Any]) -> None:
    """An answer that breaks the document is held back."""
    contract = document["components"]["schemas"]["ContractResponse"]
    contract["properties"]["uuid"]["pattern"] = "^x"
    failed = await inside(create_app(5, specification=document)).get(CONTRACTS, params={"perPage": 1})
    body = failed.json()
    assert (failed.status_code, body["errorCode"]) == (500, "SANDBOX_RESPONSE_INVALID")
    assert body["message"] == "getContracts 200: body.items[0].uuid breaks pattern ^x"


async def test_an_invalid_error_is_not_sent(inside: Inside, document: dict[str, Any]) -> None:
    """An error that breaks the document is held back."""
    document["components"]["schemas"]["ErrorResponse"]["properties"]["errorCode"]["pattern"] = "^[a-z]+$"
    client = inside(create_app(5, specification=document))
    for path in (f"{CONTRACTS}?page=x", "/nowhere"):
        failed = await client.get(path)
        assert (failed.status_code, failed.json()["errorCode"]) == (500, "SANDBOX_RESPONSE_INVALID")
        assert "body.errorCode breaks pattern" in failed.json()["message"]


async def test_an_undocumented_status_is_not_sent(inside: Inside, document: dict[str, Any]) -> None:
    """A status that the document lacks is held back."""
    del document["paths"][CONTRACTS]["get"]["responses"]["403"]
    failed = await inside(create_app(5, specification=document)).get(CONTRACTS, params={"organisationId": 1})
    assert failed.json()["errorCode"] == "SANDBOX_RESPONSE_INVALID"
    assert "403" in failed.json()["message"]


async def test_a_demanded_header_is_judged(inside: Inside, document: dict[str, Any]) -> None:
    """A header that the document demands is judged."""
    document["components"]["headers"]["CorrelationId"]["schema"]["maxLength"] = 5
    failed = await inside(create_app(5, specification=document)).get(CONTRACTS)
    assert failed.json()["errorCode"] == "SANDBOX_RESPONSE_INVALID"
    assert "header X-Correlation-Id breaks maxLength 5" in failed.json()["message"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"uuid": None}, "body.items[0].uuid breaks type string"),
        ({"createdAt": "2025-06-15"}, "body.items[0].createdAt breaks format date-time"),
        ({"status": "LOST"}, "body.items[0].status breaks enum"),
        ({"currentTotal": {"amount": "1.5"}}, "body.items[0].currentTotal.amount breaks pattern"),
        ({"colour": 1}, "body.items[0] has unknown properties: colour"),
        ({"subContracts": [{}]}, "body.items[0].subContracts[0] lacks consumableFrom"),
    ],
)
def test_the_judge_names_the_place(change: dict[str, Any], fault: str) -> None:
    """The judge names the place in an answer."""
    app = create_app(1)
    specification = app.state.sandbox.specification
    operation = specification.match(CONTRACTS)["GET"][0]
    contract = app.state.sandbox.operations._renderer.full(app.state.sandbox.data.contracts[0])
    headers = {"X-Correlation-Id": "x"}

    def judge(item: dict[str, Any]) -> None:
        body = json.dumps({"items": [item], "totalItems": 1, "totalPages": 1}).encode()
        Checker(specification).check_response(SentRequest(operation), 200, body, headers)

    judge(contract)
    with pytest.raises(Problem) as caught:
        judge(contract | change)
    assert fault in caught.value.message


async def test_a_failure_has_the_documented_form(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure of the sandbox answers in the documented form."""

    def fail(_: object) -> None:
        raise ZeroDivisionError("1001 / 0")

    app = create_app(1)
    monkeypatch.setattr(app.state.sandbox.operations, "answer", fail)
    failed = await inside(app).get(CONTRACTS)
    body = failed.json()
    assert (failed.status_code, body["errorCode"]) == (500, "INTERNAL_ERROR")
    assert "ZeroDivisionError" in body["message"]
    assert "1001" not in body["message"]


def test_a_missing_handler_fails_at_start(document: dict[str, Any]) -> None:
    """An operation without a handler fails at the start."""
    document["paths"][CONTRACTS]["get"]["operationId"] = "listContracts"
    with pytest.raises(SpecificationError, match="no handler for the operation listContracts"):
        create_app(1, specification=document)


async def test_a_new_operation_has_no_meaning_yet(inside: Inside, document: dict[str, Any]) -> None:
    """The specification may have more operations than the sandbox: those answer 500, and all others as before."""
    listing = document["paths"][CONTRACTS]
    added = {**listing["get"], "operationId": "countContracts"}
    document["paths"]["/customers/v2/benefits/count"] = {**listing, "get": added}
    app = create_app(1, specification=document)
    failed = await inside(app).get("/customers/v2/benefits/count")
    assert (failed.status_code, failed.json()["errorCode"]) == (500, "SANDBOX_OPERATION_UNSUPPORTED")
    assert (await inside(app).get(CONTRACTS)).status_code == 200


async def test_a_nullable_property_is_sorted_by(inside: Inside, document: dict[str, Any]) -> None:
    """A type may be a list with null in it."""
    document["components"]["schemas"]["ContractResponse"]["properties"]["parent"]["type"] = ["string", "null"]
    app = create_app(3, specification=document)
    assert (await inside(app).get(f"{CONTRACTS}?sortBy=parent")).status_code == 200


def test_a_missing_answer_fails_at_start(document: dict[str, Any]) -> None:
    """An operation without an answer fails at the start."""
    del document["paths"][CONTRACTS]["get"]["responses"]["200"]
    with pytest.raises(SpecificationError, match="getContracts has no 200 answer"):
        create_app(1, specification=document)


def test_a_missing_id_fails_at_start(document: dict[str, Any]) -> None:
    """An operation without an id fails at the start."""
    del document["paths"][CONTRACTS]["get"]["operationId"]
    with pytest.raises(SpecificationError, match="GET /customers/v2/benefits/contracts has no operationId"):
        Specification(document)


def test_a_broken_reference_fails_at_start(document: dict[str, Any]) -> None:
    """A reference into nothing fails at the start."""
    del document["components"]["parameters"]["Page"]
    with pytest.raises(SpecificationError, match="#/components/parameters/Page leads nowhere"):
        Specification(document)
