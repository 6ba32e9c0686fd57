"""A document that is not built like one, or that would be read without an end, is refused with its place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.generate import write as generate
from tools.generate.input_faults import configuration_faults
from tools.generate.prepare import prepared
from tools.generate.unsupported import unsupported
from tools.yaml_lines import circular

from test_refused_specifications import JSON, OBJECT, OK, PLACE, STRING, model, operation, outcome, prop


def refusals(document: Any) -> list[str]:
    return [fault.text for fault in unsupported(document)]


def holder(*keys: str) -> dict[str, Any]:
    """An object that holds the schema Broken under each of these names."""
    return {"type": "object", "properties": {key: {"$ref": "#/components/schemas/Broken"} for key in keys}}


def asked(schema: Any) -> dict[str, Any]:
    return operation({"name": "odd", "in": "query", "schema": schema})


def choice(*members: Any) -> dict[str, Any]:
    return model({"type": "object", "properties": {"odd": {"anyOf": list(members)}}}, A=holder("x"), B=holder("y"))


A, B = ({"$ref": f"#/components/schemas/{name}"} for name in "AB")
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/Broken"}}
MAP = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Broken"}}
AGAIN = "a union that several of its types hold again in the same place"
SHAPES: dict[str, tuple[Any, str]] = {
    "a list for a document": ([], "the document is no object"),
    "nothing for a document": (None, "the document is no object"),
    "a list of paths": ({"paths": []}, "paths that is no path item, at the top"),
    "a list of responses": (operation(responses=[]), f"responses that is no response, at POST {PLACE}"),
    "a list of properties": (
        model({"type": "object", "properties": []}), "properties that is no schema, at components/schemas/Broken"
    ),
    "an object for a format": (prop({"type": "string", "format": {}}), "the format {}, which is not known"),
    "an object for a name of a page": (
        operation(
            responses={"200": {"description": "d", "x-pagination": {"page": {}}, "content": {JSON: {"schema": OBJECT}}}}
        ),
        "an x-pagination whose page, {}, is not there",
    ),
    "no type of several": (prop({"type": []}), "an empty list of types, at components/schemas/Broken/properties/odd"),
    "two integers of one name": (
        prop({"type": "integer", "enum": [1, 2], "x-enum-varnames": ["A", "a"]}), "become the same name"
    ),
    "names of some values": (prop({"enum": ["a", "b"], "x-enum-varnames": ["A"]}), "x-enum-varnames of another number"),
    "names that are none": (prop({"enum": ["a"], "x-enum-varnames": "A"}), "x-enum-varnames of another number"),
    "a value that can't be read": (prop({"type": "integer", "enum": [2**63]}), "an enum value of more than 64 bits"),
    "a path without a slash": ({"paths": {"a": {"get": {"responses": OK}}}}, "such a path, at GET a"),
    "a path that goes up": ({"paths": {"/a/../b": {"get": {"responses": OK}}}}, "such a path, at GET /a/../b"),
    "a path that has to be quoted": ({"paths": {"/a b": {"get": {"responses": OK}}}}, "such a path, at GET /a b"),
    "a moment or a text as parameter": (
        asked({"anyOf": [{**STRING, "format": "date-time"}, STRING]}),
        f"a parameter that is union, at POST {PLACE}: odd",
    ),
    "a list for the format of a choice": (asked({"anyOf": [{**STRING, "format": []}, STRING]}), "that is union"),
    "a parameter that may be null": (asked({**STRING, "nullable": True}), "a parameter that is union"),
    "a parameter of several types": (asked({"type": ["string", "integer"]}), "a parameter that is union"),
    "a parameter that is null": (asked({"type": "null"}), "a parameter that is none"),
    "a parameter of any type": (asked({}), "a parameter that is any"),
    "UUIDs as parameter": (asked({"type": "array", "items": {**STRING, "format": "uuid"}}), "a parameter that is uuid"),
    "objects as parameter": (asked({"type": "array", "items": OBJECT}), "a parameter that is model"),
    "a text as success": (
        operation(responses={"200": {"description": "d", "content": {"text/plain; a=b": {"schema": STRING}}}}),
        f"a success that is not JSON (text/plain), at POST {PLACE}: 200",
    ),
    "a range beside a default": (
        operation(responses={**OK, "5xx": {"description": "d"}, "default": {"description": "d"}}),
        "the status range 5xx",
    ),
    "a form as body": (
        operation(requestBody={"required": True, "content": {"multipart/form-data": {"schema": OBJECT}}}),
        f"a request body that is files, at POST {PLACE}",
    ),
    "two objects of one property": (choice(A, A, STRING), f"{AGAIN} (x)"),
    "a map beside an object": (choice(A, MAP), AGAIN),
    "two arrays": (choice(LIST, {"type": "array", "items": A}), f"{AGAIN} (items)"),
    "a union in a union": (choice(A, {"oneOf": [STRING, A]}), f"{AGAIN} (x)"),
    "a part of allOf": (choice(A, {"allOf": [OBJECT, A]}), f"{AGAIN} (x)"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_no_document_is_refused(name: str) -> None:
    document, message = SHAPES[name]
    assert any(message in each for each in refusals(document)), refusals(document)


@pytest.mark.parametrize("members", [(A, B, LIST, STRING), (LIST, MAP), (A, STRING), (A, {"oneOf": [STRING, B]})])
def test_a_union_may_hold_itself_apart(members: tuple[Any, ...]) -> None:
    assert refusals(choice(*members)) == []


def test_a_union_of_itself_is_left() -> None:
    circle = model({"anyOf": [STRING, {"$ref": "#/components/schemas/Broken"}]})
    assert refusals(circle) == []
    assert "Broken" in outcome(circle)


def test_an_enum_that_is_no_list_is_left() -> None:
    document = prop({"type": ["string", "null"], "enum": 5})
    assert prepared(document) == document


def test_a_document_may_have_no_models() -> None:
    assert outcome({"components": {}, "paths": {"/a": {"get": {"operationId": "books.list", "responses": OK}}}}) == ""


def test_a_template_s_refusal_has_its_line() -> None:
    line = r"broken\.yaml:\d+: "
    assert re.match(rf"{line}.* a property called to_dict, at Broken\.to_dict$", outcome(prop(STRING, "to_dict")))
    called = operation({"name": "body", "in": "query", "schema": STRING})
    assert re.match(rf"{line}.* a parameter called body, at {re.escape(PLACE)}$", outcome(called))
    titled = model({"type": "object", "title": "Reader", "properties": {"a": STRING}})
    assert re.match(r"broken\.yaml: .* a schema called Reader, at Reader$", outcome(titled))


def test_an_anchor_in_itself_is_refused(tmp_path: Path) -> None:
    text = "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: &a { items: [{ items: *a }] }\n"
    assert circular(yaml.compose(text)) == 4
    assert circular(yaml.compose("a: &a { b: c }\nd: [*a, *a]\n")) is None
    document, config = tmp_path / "broken.yaml", tmp_path / "config.yaml"
    document.write_text(text)
    config.write_text("{}")
    with pytest.raises(generate.GenerationError, match=r"^broken\.yaml:4: what an anchor names holds itself$"):
        generate.generate(tmp_path, document=document, config=config, templates=generate.ROOT / "custom_templates")


def test_an_override_of_no_schema_is_a_fault() -> None:
    config = {"class_overrides": {"A": {"class_name": "B"}}}
    assert list(configuration_faults(config, {})) == ["class_overrides names A, which is no schema of the document"]


def test_a_refusal_shows_no_object() -> None:
    message = outcome(model({"type": "object", "properties": {"type": STRING, "type_": STRING}}))
    assert "have the same python_name" in message
    assert "0x" not in message


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ({"type": "string", "nullable": True, "enum": ["a", None]}, {"type": "string", "enum": ["a", None]}),
        ({"type": ["null", "string"], "enum": [None, "a"]}, {"type": "string", "enum": [None, "a"]}),
        ({"type": "string", "nullable": True, "enum": ["a"]}, {"type": "string", "enum": ["a", None]}),
        ({"type": ["null", "string"], "enum": ["a"]}, {"type": ["null", "string"], "enum": ["a"]}),
        ({"type": ["null", "string"]}, {"type": ["null", "string"]}),
    ],
)
def test_an_enum_says_null_once(written: dict[str, Any], kept: dict[str, Any]) -> None:
    document = prepared(prop(written))
    assert document["components"]["schemas"]["Broken"]["properties"]["odd"] == kept
