"""openapi.yaml is found, read and matched; values are brought into its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from contracts_client.sandbox import specification as module
from contracts_client.sandbox.responses.shaping import fit, property_name, sample
from contracts_client.sandbox.specification import (
    Specification,
    SpecificationError,
    load_specification,
    specification_path,
)

if TYPE_CHECKING:
    from pathlib import Path

BASE = "/customers/v2/benefits"
EMPTY = Specification({"paths": {}, "components": {"schemas": {"Name": {"type": "string"}}}})


def test_the_installed_file_wins(tmp_path: Path) -> None:
    """The installed file wins over that of a checkout."""
    folder = tmp_path / "contracts_client" / "sandbox"
    folder.mkdir(parents=True)
    with pytest.raises(SpecificationError, match=r"finds no openapi\.yaml"):
        specification_path(folder)
    (tmp_path / "openapi.yaml").write_text("top: 1")
    assert specification_path(folder) == tmp_path / "openapi.yaml"
    (folder / "openapi.yaml").write_text("installed: 1")
    assert specification_path(folder) == folder / "openapi.yaml"


def test_a_file_must_hold_a_mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no mapping is refused."""
    (tmp_path / "openapi.yaml").write_text("- a list")
    monkeypatch.setattr(module, "specification_path", lambda: tmp_path / "openapi.yaml")
    with pytest.raises(SpecificationError, match="no mapping"):
        load_specification()


def test_the_five_operations_are_there() -> None:
    assert {operation.operation_id for operation in load_specification().operations} == {
        "getContracts",
        "getContractsByExternalRef",
        "getAllValidContractsByCustomerNumber",
        "validateContractConsumption",
        "claimPersonnelTicket",
    }


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{BASE}/contracts", "getContracts"),
        (f"{BASE}/contracts/a%2Fb%20c/by-external-ref", "getContractsByExternalRef"),
        (f"{BASE}/contracts/", None),
        (f"{BASE}/contracts//by-external-ref", None),
        (f"{BASE}/contracts/a/b/by-external-ref", None),
        (f"x{BASE}/contracts", None),
    ],
)
def test_a_path_leads_to_its_operation(path: str, expected: str | None) -> None:
    """A path leads to its operation or nowhere."""
    found = load_specification().match(path)
    assert {operation.operation_id for operation, _ in found.values()} == ({expected} if expected else set())


def test_paths_are_matched_before_decoding() -> None:
    """A path parameter is decoded after the path is matched."""
    _, values = load_specification().match(f"{BASE}/contracts/a%2Fb%20c/by-external-ref")["GET"]
    assert values == {"externalRef": "a/b c"}


def test_a_path_without_parameters_wins() -> None:
    answer = {"responses": {"200": {}, "default": {}}}
    document: dict[str, Any] = {
        "paths": {
            "/{thing}": {"get": {"operationId": "any", **answer}, "put": {"operationId": "put", **answer}},
            "/fixed": {"get": {"operationId": "fixed", **answer}},
        }
    }
    found = Specification(document).match("/fixed")
    assert [operation.operation_id for operation, _ in found.values()] == ["fixed"]


def test_unknown_parts_are_empty() -> None:
    """What is not in the document is empty."""
    assert EMPTY.at("components", "securitySchemes", "bearerAuth") == {}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"usual": {}, "other": {"type": "array"}}, "usual"),
        ({"other": {"type": "array"}}, "other"),
        ({"one": {"type": "array"}, "two": {"type": "array"}}, "usual"),
        ({"nullable": {"type": ["array", "null"]}}, "nullable"),
        ({}, "usual"),
    ],
)
def test_a_property_is_found_by_its_content(properties: dict[str, Any], expected: str) -> None:
    """A property is found by what it holds where that is clear."""
    assert property_name(EMPTY, {"properties": properties}, "usual", "array") == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"const": 3}, 3),
        ({"type": "string", "default": "d", "enum": ["e"]}, "d"),
        ({"type": "string", "examples": ["x", "y"]}, "x"),
        ({"type": "string", "enum": ["e", "f"]}, "e"),
        ({"type": ["integer", "string"]}, 1),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "integer", "format": "int64"}, 1),
        ({"type": "number"}, 1.0),
        ({"type": "boolean"}, False),
        ({"type": "null"}, None),
        ({"type": "array", "items": {}}, []),
        ({"type": "string", "format": "date-time"}, "2025-01-01T00:00:00.000Z"),
        ({"type": "string", "format": "unheard-of"}, "sandbox"),
        ({"$ref": "#/components/schemas/Name"}, "sandbox"),
        ({}, "sandbox"),
        ({"required": ["a"], "properties": {"a": {"type": "integer"}, "b": {}}}, {"a": 1}),
    ],
)
def test_a_sample_is_what_the_schema_allows(schema: dict[str, Any], expected: object) -> None:
    assert sample(EMPTY, schema) == expected


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "string"}, 7, "7"),
        ({"type": ["string"]}, 7, "7"),
        ({"type": "integer"}, "c-0012", 12),
        ({"type": "integer"}, "c-" + "9" * 30, 10**18 - 1),
        ({"type": "integer"}, "none", 2140143823),
        ({"type": ["integer", "string"]}, "c-0012", "c-0012"),
        ({"type": "string"}, True, True),
        ({"type": ["string", "integer"]}, 7, 7),
        ({"type": "object"}, {"a": 1}, {"a": 1}),
        ({"type": "array"}, [1], [1]),
        ({"items": {"type": "string"}}, [1, "b"], ["1", "b"]),
        ({"properties": {"a": {}}}, {"a": 1, "b": 2}, {"a": 1}),
        (
            {"properties": {"a": {}, "c": {}}, "required": ["c", "d"]},
            {"a": 1},
            {"a": 1, "c": "sandbox", "d": "sandbox"},
        ),
    ],
)
def test_values_are_fitted_without_invention(schema: dict[str, Any], value: object, expected: object) -> None:
    """A value is fitted without inventing facts."""
    assert fit(EMPTY, schema, value) == expected
