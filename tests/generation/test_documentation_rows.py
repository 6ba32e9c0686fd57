"""Every row of the documentation page is in openapi.yaml, in its place; what a caller sends is in the facade too.

documentation_rows.tsv has one line a row of the page. Its last column says what the page prints of the row: the name,
or the description alone, where the page hides the name of an array or object and openapi.yaml infers it.
"""

import csv
import inspect
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from contracts_client import ContractsClient
from tools.openapi_parts import Node, operations, parameters, target
from tools.spec.parts import parts

HERE = Path(__file__).parent
DOCUMENT: Node = yaml.safe_load((HERE.parents[1] / "openapi.yaml").read_text(encoding="utf-8"))
OPERATIONS = {operation["operationId"]: (item, operation) for _, item, operation in operations(DOCUMENT)}
METHODS = {
    "getContracts": ContractsClient.list_contracts,
    "getContractsByExternalRef": ContractsClient.list_contracts_by_external_ref,
    "getAllValidContractsByCustomerNumber": ContractsClient.list_valid_contracts,
    "validateContractConsumption": ContractsClient.validate_consumption,
    "claimPersonnelTicket": ContractsClient.claim_personnel_ticket,
}
# The client sends these with every request, so they are given to its constructor.
OF_THE_CONSTRUCTOR = {"ET-Client-Name": "client_name", "Authorization": "auth"}
# What identifies the thing that a call is about comes first, without a keyword.
FIRST_ARGUMENTS = {
    "getContractsByExternalRef": "external_ref",
    "getAllValidContractsByCustomerNumber": "customer_number",
    "validateContractConsumption": "consumptions",
    "claimPersonnelTicket": "external_reference",
}


class Row(NamedTuple):
    operation: str
    place: str
    name: str
    printed: str


with (HERE / "documentation_rows.tsv").open(encoding="utf-8", newline="") as lines:
    ROWS = [Row(**line) for line in csv.DictReader(lines, delimiter="\t")]
SENT = [row for row in ROWS if row.place != "response"]


def ids(row: Row) -> str:
    return f"{row.operation}-{row.place}-{row.name}"


def body_properties(holder: Node) -> Node:
    schema = target(holder["content"]["application/json"]["schema"], DOCUMENT)
    if schema["type"] == "array":
        schema = target(schema["items"], DOCUMENT)
    return schema["properties"]


def found(row: Row) -> Node | None:
    """What openapi.yaml has for a row."""
    item, operation = OPERATIONS[row.operation]
    if row.place == "request":
        return body_properties(operation["requestBody"]).get(row.name)
    if row.place == "response":
        return body_properties(target(operation["responses"]["200"], DOCUMENT)).get(row.name)
    if row.name == "Authorization":
        # OpenAPI ignores a header parameter of this name: it is a security requirement.
        [scheme] = operation["security"][0]
        return DOCUMENT["components"]["securitySchemes"][scheme]
    named = {(node["in"], node["name"]): node for node in parameters(DOCUMENT, item, operation)}
    return named.get((row.place, row.name))


def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.replace("-", "_")).lower()


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_every_row_is_in_its_place(row: Row) -> None:
    assert found(row) is not None


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_a_row_says_whether_documented(row: Row) -> None:
    node = found(row)
    assert node is not None
    if row.name == "Authorization":
        assert "Authorization" in node["description"]
    elif node.get("x-provenance") != "documented":
        assert "the page documents" in node["x-provenance-note"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.printed == "description"], ids=ids)
def test_a_hidden_name_has_a_note(row: Row) -> None:
    node = found(row)
    assert node is not None
    # The program's name is on the page in other words: its current values are described as those of a loyalty program.
    assert "x-provenance-note" in node or row.name == "loyaltyProgram"


def test_the_page_has_what_is_documented() -> None:
    on_the_page = [id(found(row)) for row in ROWS]
    strangers = [
        part.keys
        for part in parts(DOCUMENT)
        if part.kind in {"parameter", "property"} and part.node.get("x-provenance") == "documented"
        if id(part.node) not in on_the_page
    ]
    assert not strangers


def test_the_page_has_every_parameter() -> None:
    on_the_page = {(row.operation, row.place, row.name) for row in ROWS}
    in_the_document = {
        (name, node["in"], node["name"])
        for name, (item, operation) in OPERATIONS.items()
        for node in parameters(DOCUMENT, item, operation)
    }
    assert in_the_document <= on_the_page


@pytest.mark.parametrize("row", SENT, ids=ids)
def test_what_is_sent_is_an_argument(row: Row) -> None:
    if row.name in OF_THE_CONSTRUCTOR:
        assert OF_THE_CONSTRUCTOR[row.name] in inspect.signature(ContractsClient).parameters
        return
    name = snake_case(row.name).removeprefix("x_")
    parameter = inspect.signature(METHODS[row.operation]).parameters[name]
    first = FIRST_ARGUMENTS.get(row.operation) == name
    assert parameter.kind is (parameter.POSITIONAL_OR_KEYWORD if first else parameter.KEYWORD_ONLY)
    assert (parameter.default is parameter.empty) is (first or row.place == "request")


def test_the_client_name_comes_first() -> None:
    assert next(iter(inspect.signature(ContractsClient).parameters)) == "client_name"
