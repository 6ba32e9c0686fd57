"""A document that is not built like one, or that would be read without an end, is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest
from tools.generate.input_faults import configuration_faults
from tools.generate.prepare import prepared

from test_refused_specifications import JSON, OBJECT, OK, PLACE, STRING, model, operation, outcome


def refusals(document: Any) -> list[str]:
    return [fault.text for fault in prepared(document).notes.refused]


def holder(*keys: str) -> dict[str, Any]:
    """An object that holds the schema Broken under each of these names."""
    return {"type": "object", "properties": {key: {"$ref": "#/components/schemas/Broken"} for key in keys}}


def asked(schema: Any) -> dict[str, Any]:
    return operation({"name": "odd", "in": "query", "schema": schema})


def choice(*members: Any) -> dict[str, Any]:
    return model(
        {"type": "object", "properties": {"odd": {"anyOf": list(members)}}}, A=holder("x"), B=holder("y"), C=holder("x")
    )


A, B, C = ({"$ref": f"#/components/schemas/{name}"} for name in "ABC")
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/Broken"}}
MAP = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Broken"}}
AGAIN = "a union that several of its types hold again in the same place"
SHAPES: dict[str, tuple[Any, str]] = {
    "a list of paths": ({"paths": []}, "paths that is no path item, at the top"),
    "a list of responses": (operation(responses=[]), f"responses that is no response, at POST {PLACE}"),
    "a list of properties": (
        model({"type": "object", "properties": []}), "properties that is no schema, at components/schemas/Broken"
    ),
    "an object for a name of a page": (
        operation(
            responses={"200": {"description": "d", "x-pagination": {"page": {}}, "content": {JSON: {"schema": OBJECT}}}}
        ),
        "an x-pagination whose page, {}, is not there",
    ),
    "a path without a slash": ({"paths": {"a": {"get": {"responses": OK}}}}, "such a path, at GET a"),
    "a path that goes up": ({"paths": {"/a/../b": {"get": {"responses": OK}}}}, "such a path, at GET /a/../b"),
    "a path with a query": ({"paths": {"/a?b": {"get": {"responses": OK}}}}, "such a path, at GET /a?b"),
    "two objects of one property": (choice(A, C, STRING), f"{AGAIN} (odd)"),
    "a map beside an object": (choice(A, MAP), AGAIN),
    "two arrays": (choice(LIST, {"type": "array", "items": A}), f"{AGAIN} (odd)"),
    "a union in a union": (choice(A, {"oneOf": [STRING, C]}), f"{AGAIN} (odd)"),
    "a part of allOf": (choice(A, {"allOf": [OBJECT, A]}), f"{AGAIN} (odd)"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_no_document_is_refused(name: str) -> None:
    document, message = SHAPES[name]
    assert any(message in each for each in refusals(document)), refusals(document)


@pytest.mark.parametrize("members", [(A, B, LIST, STRING), (LIST, MAP), (A, STRING), (A, {"oneOf": [STRING, B]})])
def test_a_union_may_hold_itself_apart(members: tuple[Any, ...]) -> None:
    assert refusals(choice(*members)) == []


def test_a_discriminator_ends_a_union() -> None:
    document = choice(A, C)
    schema = document["components"]["schemas"]["Broken"]["properties"]["odd"]
    schema["discriminator"] = {"propertyName": "kind"}
    assert refusals(document) == []


def test_a_document_may_have_no_models() -> None:
    assert outcome({"components": {}, "paths": {"/a": {"get": {"operationId": "books.list", "responses": OK}}}}) == ""


def test_an_override_of_no_schema_is_a_fault() -> None:
    config = {"class_overrides": {"A": {"class_name": "B"}}}
    assert list(configuration_faults(config, {})) == ["class_overrides names A, which is no schema of the document"]


def test_five_hundred_schemas_are_searched() -> None:
    """Each holds the next three, and the last the first, so that all of them are one circle.

    A search that looks at every pair of schemas for each takes minutes, and fails by the timeout of the tests.
    """
    names = [f"S{number}" for number in range(500)]
    schemas = {
        name: {
            "type": "object",
            "properties": {f"p{i}": {"$ref": f"#/components/schemas/S{(n + i) % 500}"} for i in (1, 2, 3)}
            | {"u": {"anyOf": [STRING, {"$ref": f"#/components/schemas/S{(n + 7) % 500}"}]}},
        }
        for n, name in enumerate(names)
    }
    ready = prepared({"components": {"schemas": schemas}})
    assert all(ready.holds_again(name, f"S{(n + 1) % 500},") for n, name in enumerate(names))
