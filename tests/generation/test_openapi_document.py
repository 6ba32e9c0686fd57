"""openapi.yaml is a valid document, and says what is known of the API."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from tools.openapi_parts import operations
from tools.spec import lint as lint_spec
from tools.spec.parts import nodes, parts

DOCUMENT: dict[str, Any] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "openapi.yaml").read_text(encoding="utf-8")
)
PATTERNS = sorted({node["pattern"] for _, node in nodes((), DOCUMENT) if isinstance(node.get("pattern"), str)})


def test_it_is_valid() -> None:
    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


def test_an_invalid_document_is_found_out() -> None:
    with pytest.raises(OpenAPIValidationError):
        validate(DOCUMENT | {"paths": {"/": {"get": {"responses": []}}}}, cls=OpenAPIV31SpecValidator)


def test_it_follows_the_rules_of_the_project() -> None:
    assert lint_spec.faults(DOCUMENT) == []


def test_it_has_three_servers() -> None:
    assert [server["url"] for server in DOCUMENT["servers"]] == [
        "https://api.entur.io",
        "https://api.staging.entur.io",
        "https://api.dev.entur.io",
    ]


def test_the_token_endpoint_has_its_servers() -> None:
    endpoint = DOCUMENT["components"]["securitySchemes"]["bearerAuth"]["x-token-endpoint"]
    assert (endpoint["method"], endpoint["path"]) == ("POST", "/oauth/token")
    assert endpoint["servers"] == {
        "production": "https://partner.entur.org",
        "staging": "https://partner.staging.entur.org",
        "dev": "https://partner.dev.entur.org",
    }


def test_it_has_the_five_operations() -> None:
    contracts = "/customers/v2/benefits/contracts"
    assert {operation["operationId"]: (keys[2], keys[1]) for keys, _, operation in operations(DOCUMENT)} == {
        "getContracts": ("get", contracts),
        "validateContractConsumption": ("post", f"{contracts}/validate-consumption"),
        "claimPersonnelTicket": ("post", f"{contracts}/claim-personnel-ticket"),
        "getContractsByExternalRef": ("get", f"{contracts}/{{externalRef}}/by-external-ref"),
        "getAllValidContractsByCustomerNumber": (
            "get",
            "/customers/v2/benefits/contract-consumers/{customerNumber}/contracts",
        ),
    }


def test_every_operation_can_fail() -> None:
    for _, _, operation in operations(DOCUMENT):
        assert operation["responses"].keys() >= {"400", "401", "403", "404", "408", "429", "500"}


def test_contracts_require_what_is_published() -> None:
    assert DOCUMENT["components"]["schemas"]["ContractResponse"]["required"] == [
        "consumableFrom",
        "createdAt",
        "createdBy",
        "lastChangedAt",
        "lastChangedBy",
        "loyaltyProgram",
        "organisationId",
        "status",
        "uuid",
    ]


def test_errors_and_claims_require_the_same() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert set(schemas["ErrorResponse"]["required"]) == {
        "path",
        "error",
        "status",
        "message",
        "timestamp",
        "correlationId",
    }
    assert set(schemas["ClaimPersonnelTicketRequest"]["required"]) == {"customerNumber", "externalReference"}
    assert schemas["TotalAmount"]["required"] == ["amount"]


def test_no_query_parameter_has_a_default() -> None:
    in_query = [part.node for part in parts(DOCUMENT) if part.kind == "parameter" and part.node["in"] == "query"]
    assert in_query
    assert not [node["name"] for node in in_query if "default" in node["schema"]]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_matched_in_linear_time(pattern: str) -> None:
    """Long runs that almost match are the worst case: with the documented pattern of a pickup code, this never ends."""
    for run in ("a", "1", "-", "a-", "-1", "1."):
        assert re.search(pattern, run * 2_000 + "!") is None


@pytest.mark.parametrize("code", ["ABC-DEF-123", "a_b-ÆØÅ-9", "A-B-C"])
def test_our_pickup_pattern_is_the_same(code: str) -> None:
    schema = DOCUMENT["components"]["schemas"]["ClaimPersonnelTicketRequest"]["properties"]["externalReference"]
    for candidate in (code, code[:-2], code + "-X", "", code.replace("-", " ")):
        documented = re.fullmatch(schema["x-documented-pattern"], candidate)
        assert (re.search(schema["pattern"], candidate) is None) is (documented is None)
