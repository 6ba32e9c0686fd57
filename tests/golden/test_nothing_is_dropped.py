"""Every construct of OpenAPI 3.1 is expressed, known to stay unchecked, or refused with its place: none is dropped."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.generate.name_clashes import name_clashes
from tools.generate.openapi_keywords import EXTENSIONS, KINDS, MEANS_NOTHING, NOTES, PASSED_OVER, RULES, words
from tools.generate.prepare import prepared
from tools.generate.prepare_schemas import FORMATS, PLAIN_FORMATS
from tools.yaml_lines import repeated_keys

from golden_package import DOCUMENT
from test_refused_specifications import DECIMAL, JSON, OBJECT, OK, PLACE, STRING, model, operation, outcome, prop

DOCS = Path(__file__).resolve().parents[2] / "docs" / "templates.md"
# The vocabularies of JSON Schema 2020-12, and what OpenAPI adds to them.
SCHEMA_KEYWORDS = words(
    "$id $schema $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs",
    "allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties patternProperties",
    "additionalProperties propertyNames unevaluatedItems unevaluatedProperties type enum const multipleOf maximum",
    "exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains",
    "minContains maxProperties minProperties required dependentRequired title description default deprecated readOnly",
    "writeOnly examples format contentEncoding contentMediaType contentSchema discriminator xml externalDocs example",
)
EXPRESSED = words(
    "$ref allOf anyOf oneOf items properties additionalProperties type enum const required format discriminator",
    "readOnly writeOnly patternProperties",
)
REFUSED_KEYWORDS = words("$dynamicRef $dynamicAnchor $vocabulary")
NOTED = SCHEMA_KEYWORDS & PASSED_OVER
SILENT = SCHEMA_KEYWORDS & words(NOTES, RULES, MEANS_NOTHING)


def every_place(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A document for each place of a schema, by that place as messages call it."""
    held = {"application/json": {"schema": schema}}
    broken = "components/schemas/Broken"
    return {
        broken: model(schema),
        f"{broken}/properties/odd": prop(schema),
        f"{broken}/properties/odd/items": prop({"type": "array", "items": schema}),
        f"{broken}/additionalProperties": model({"type": "object", "additionalProperties": schema}),
        f"{broken}/anyOf/1": model({"anyOf": [STRING, schema]}),
        f"{broken}/oneOf/1": model({"oneOf": [STRING, schema]}),
        f"{broken}/allOf/0/properties/odd": model({"allOf": [{"type": "object", "properties": {"odd": schema}}]}),
        f"POST {PLACE}, parameters/1/schema": operation({"name": "a", "in": "query", "schema": schema}),
        f"POST {PLACE}, parameters/1/schema/items": operation(
            {"name": "a", "in": "query", "schema": {"type": "array", "items": schema}}
        ),
        f"POST {PLACE}, requestBody/content/{JSON}/schema": operation(requestBody={"required": True, "content": held}),
        f"POST {PLACE}, responses/200/content/{JSON}/schema": operation(
            responses={"200": {"description": "d", "content": held}}
        ),
        f"components/responses/Odd/content/{JSON}/schema": {
            **operation(responses={"200": {"$ref": "#/components/responses/Odd"}}),
            "components": {"responses": {"Odd": {"description": "d", "content": held}}},
        },
        "components/parameters/Odd/schema": {
            **operation({"$ref": "#/components/parameters/Odd"}),
            "components": {"parameters": {"Odd": {"name": "a", "in": "query", "schema": schema}}},
        },
        f"components/requestBodies/Odd/content/{JSON}/schema": {
            **operation(requestBody={"$ref": "#/components/requestBodies/Odd"}),
            "components": {"requestBodies": {"Odd": {"required": True, "content": held}}},
        },
    }


PLACES = sorted(every_place(STRING))


def refusals(document: dict[str, Any]) -> list[str]:
    return [remark.text for remark in prepared(document).notes.refused]


def notes(document: dict[str, Any]) -> list[str]:
    return [remark.text for remark in prepared(document).notes.said()]


@pytest.mark.parametrize("place", PLACES)
def test_no_plain_schema_is_passed_over(place: str) -> None:
    document = every_place(STRING)[place]
    assert (refusals(document), notes(document)) == ([], [])


@pytest.mark.parametrize("place", PLACES)
def test_keywords_are_refused_or_noted(place: str) -> None:
    """Those that mean something else, and those that are misspelt, are refused; rules that nobody checks are noted."""
    for keyword in sorted(REFUSED_KEYWORDS | {"patern"}):
        document = every_place({**STRING, keyword: True})[place]
        assert f"not generated: {keyword}, at {place}; leave it out, or correct its spelling" in refusals(document)
    for keyword in sorted(NOTED):
        document = every_place({**STRING, keyword: {}})[place]
        assert f"{keyword} is passed over, at {place}/{keyword}" in notes(document)
    extended = every_place({**STRING, "x-Personal": True, "x-b": 1})[place]
    assert f"nothing reads these extensions (2 places): x-Personal, x-b, at {place}" in notes(extended)


def test_every_keyword_is_accounted_for() -> None:
    assert SCHEMA_KEYWORDS == EXPRESSED | REFUSED_KEYWORDS | NOTED | SILENT
    assert KINDS["schema"].keywords - {"nullable"} == (EXPRESSED | SILENT | {"allowEmptyValue"}) - {"$ref"}
    assert words("pattern minLength maximum multipleOf uniqueItems") < words(RULES)


def test_a_property_may_be_called_a_keyword() -> None:
    everything = {name: {"type": "string"} for name in sorted(SCHEMA_KEYWORDS - {"if", "not"})}
    named = model({"type": "object", "required": ["not"], "properties": everything | {"not": OBJECT, "if": OBJECT}})
    assert (refusals(named), notes(named)) == ([], [])
    assert outcome(named) == ""


DOCUMENT_KEYWORDS = {
    "document": words("openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs"),
    "path item": words("summary description get put post delete options head patch trace servers parameters"),
    "operation": words(
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated",
        "security servers",
    ),
    "parameter": words(
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples",
        "content",
    ),
    "request body": words("description content required"),
    "response": words("description headers content links"),
    "media type": words("schema example examples encoding"),
    "components": words(
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems"
    ),
}
"""The fields of OpenAPI 3.1, by the kind of object."""
OBJECTS = {
    "document": ("the top", ()),
    "path item": (PLACE, ("paths", PLACE)),
    "operation": (f"POST {PLACE}", ("paths", PLACE, "post")),
    "parameter": (f"POST {PLACE}, parameters/0", ("paths", PLACE, "post", "parameters", 0)),
    "request body": (f"POST {PLACE}, requestBody", ("paths", PLACE, "post", "requestBody")),
    "response": (f"POST {PLACE}, responses/200", ("paths", PLACE, "post", "responses", "200")),
    "media type": (
        f"POST {PLACE}, responses/200/content/{JSON}",
        ("paths", PLACE, "post", "responses", "200", "content", JSON),
    ),
    "components": ("components", ("components",)),
}


@pytest.mark.parametrize("kind", DOCUMENT_KEYWORDS)
def test_unknown_fields_are_refused_or_noted(kind: str) -> None:
    known = KINDS[kind].keywords
    place, keys = OBJECTS[kind]
    for field in sorted(DOCUMENT_KEYWORDS[kind] - known | {"unheard", "x-unheard"}):
        body = {"required": True, "content": {JSON: {"schema": OBJECT}}}
        document = yaml.safe_load(yaml.safe_dump(operation(requestBody=body) | {"openapi": "3.1.0", "components": {}}))
        found: Any = document
        for key in keys:
            found = found[key]
        found[field] = True
        where = f"at {place}" if field in ("unheard", "x-unheard") else f"at {place}".replace("the top", "")
        said = [each for each in refusals(document) + notes(document) if field in each and where in each]
        assert len(said) == 1, said


ARRAY = {"type": "array", "items": STRING}
REFERENCE = {"$ref": "#/components/schemas/Broken"}


def test_what_is_read_otherwise_is_noted() -> None:
    """Each of these is generated, and says what became of it, once for all of its places."""
    cases: dict[str, dict[str, Any]] = {
        "values of these formats are read as their type: date_time": prop({**STRING, "format": "date_time"}),
        "values of these formats are read as their type: date": prop({"type": "number", "format": "date"}),
        "an array that does not say what its items are holds any values": prop({"type": "array"}),
        "a schema that holds itself and is no object": model({"type": "array", "items": REFERENCE}),
        "a required property that no schema describes is not asked for: b": model({**OBJECT, "required": ["b"]}),
        "properties by patterns are read as any values": prop({"type": "object", "patternProperties": {"^x": STRING}}),
        "a discriminator of others than objects": prop({"oneOf": [STRING], "discriminator": {"propertyName": "a"}}),
        "a path parameter that is nowhere in the path: b": operation(
            {"name": "b", "in": "path", "required": True, "schema": STRING}
        ),
        "a piece of the path that is no parameter is a text (b)": {"paths": {"/a/{b}": {"get": {"responses": OK}}}},
        "another operation, or the module itself, has the name same: this is same_2": {
            "paths": {path: {"get": {"operationId": "same", "responses": OK}} for path in ("/a", "/b")}
        },
        "a cookie, left to what sends the request: a": operation(
            {"name": "a", "in": "cookie", "required": True, "schema": STRING}
        ),
        "what follows # in a path is not sent": {"paths": {"/a#b": {"get": {"responses": OK}}}},
        "servers is passed over, at /a, servers": {"paths": {"/a": {"servers": [], "get": {"responses": OK}}}},
    }
    for said, document in cases.items():
        assert refusals(document) == []
        assert any(each.startswith(said) for each in notes(document)), (said, notes(document))


REFUSED = {
    "a decimal as parameter": (
        operation({"name": "a", "in": "query", "schema": DECIMAL}), "a decimal elsewhere", "parameters/1/schema"
    ),
    "a decimal among others": (prop({"anyOf": [DECIMAL, {"type": "integer"}]}), "a decimal elsewhere", "odd/anyOf/0"),
    "a decimal that may be null": (
        prop({"type": "array", "items": {**DECIMAL, "nullable": True}}), "a decimal that may be null", "properties/odd"
    ),
    "a schema that is false": (prop(False), "a schema that is false", "odd"),
    "enums without a value in common": (
        model({"allOf": [{"enum": ["a"]}, {"enum": ["b"]}]}), "whose enums have no value in common", "Broken"
    ),
    "a parameter of no place": (operation({"name": "a", "in": "body"}), "a parameter in body", "parameters/1"),
    "a parameter that is XML": (
        operation({"name": "a", "in": "query", "content": {"text/xml": {}}}), "that is text/xml", "parameters/1"
    ),
    "a parameter that is nowhere": (
        operation({"$ref": "#/components/parameters/A"}), "A leads nowhere", "parameters/1"
    ),
    "a status that is none": (operation(responses={"20X": {}}), "the status 20X", "responses/20X"),
    "paths that differ in names alone": (
        {
            "paths": {
                f"/a/{{{name}}}": {"get": {"responses": OK, "parameters": [{"name": name, "in": "path"}]}}
                for name in ("b-c", "b_c")
            }
        },
        "two paths that differ in the names of their pieces alone",
        "GET /a/{b_c}",
    ),
    "names of a page that are not there": (
        operation(
            responses={
                "200": {
                    "description": "d",
                    "x-pagination": dict.fromkeys(("page", "perPage", "items", "totalItems", "totalPages"), "gone"),
                    "content": {JSON: {"schema": OBJECT}},
                }
            }
        ),
        "an x-pagination whose items, gone, is not there",
        f"POST {PLACE}, responses/200",
    ),
    "a page of which something else is said": (
        operation(responses={"200": {"description": "d", "x-pagination": {"size": "a"}}}),
        "an x-pagination of other keys than items, page",
        f"POST {PLACE}, responses/200",
    ),
    "a circle of references": (
        model({"$ref": "#/components/schemas/B"}, B=REFERENCE), "references lead round in a circle", "Broken"
    ),
    "a circle of parts": (
        model({"allOf": [REFERENCE, OBJECT]}), "an allOf that holds itself leads round in a circle", "Broken"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_dropped_is_refused(name: str) -> None:
    document, construct, place = REFUSED[name]
    found = refusals(document)
    assert any(construct in each and f"{place}; " in each for each in found), found


def schema_of(schema: Any, **others: Any) -> Any:
    """The property `odd` of the prepared document, if it is no class of its own."""
    ready = prepared(model({"type": "object", "required": ["odd"], "properties": {"odd": schema}}, **others))
    assert ready.notes.refused == []
    return ready.document["components"]["schemas"]["Broken"]["properties"]["odd"]


TEXT = {"type": "string"}
NULL = {"type": "null"}
INTEGER = {"type": "integer"}
LOWERED: dict[str, tuple[Any, Any]] = {
    "null twice": ({"type": ["string", "null"], "nullable": True}, {"anyOf": [TEXT, NULL]}),
    "null in a union": ({"oneOf": [TEXT, NULL, {"type": ["integer", "null"]}]}, {"anyOf": [TEXT, INTEGER, NULL]}),
    "one type and null": ({"anyOf": [TEXT, NULL]}, {"anyOf": [TEXT, NULL]}),
    "null alone": (NULL, NULL),
    "nothing but null in a union": ({"anyOf": [NULL]}, NULL),
    "a union in a union": ({"anyOf": [{"oneOf": [TEXT, INTEGER]}, TEXT]}, {"anyOf": [TEXT, INTEGER]}),
    "a union with anything": ({"anyOf": [TEXT, {}]}, {}),
    "several types": ({"type": ["string", "integer"]}, {"anyOf": [TEXT, INTEGER]}),
    "a schema that is true": (True, {}),
    "parts that agree": ({"allOf": [{"type": ["string", "null"]}, {"type": "string", "maxLength": 3}]}, TEXT),
    "a number that is an integer": ({"allOf": [{"type": "integer"}, {"type": "number"}]}, INTEGER),
    "a part that says no type": ({"allOf": [{"maxLength": 3}, {"nullable": True, "type": "string"}]}, None),
    "fractions": ({"type": "number", "enum": [1.5, 2]}, {"type": "number"}),
    "booleans": ({"enum": [True]}, {"type": "boolean"}),
    "texts and numbers": ({"enum": ["a", 1]}, {"anyOf": [INTEGER, TEXT]}),
    "objects as values": ({"enum": [{}]}, {}),
    "big numbers": ({"type": "integer", "enum": [2**64]}, INTEGER),
    "values that can't be printed": ({"enum": ["a\u200b"]}, TEXT),
    "a constant that is null": ({"const": None}, NULL),
    "a map that holds itself": (
        {"$ref": "#/components/schemas/A"}, {"anyOf": [TEXT, {"type": "array", "items": {}}]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOWERED)
def test_schemas_are_said_in_few_words(name: str) -> None:
    schema, expected = LOWERED[name]
    itself = {"anyOf": [TEXT, {"type": "array", "items": {"$ref": "#/components/schemas/A"}}]}
    assert schema_of(schema, A=itself) == (expected if expected is not None else {"anyOf": [TEXT, NULL]})


def test_values_of_one_name_are_told_apart() -> None:
    ready = prepared(
        model({"type": "string", "enum": ["a_b", "a-b", "1", 2, True]}, B={**INTEGER, "enum": ["1", 2, 2]})
    )
    schemas = ready.document["components"]["schemas"]
    assert schemas["Broken"]["x-enum-varnames"] == ["A_B", "A_B_2", "VALUE_1", "VALUE_2", "TRUE"]
    assert schemas["B"] == {"type": "integer", "enum": [1, 2]}


def test_parts_make_one_class() -> None:
    base = {
        "type": "object",
        "required": ["late"],
        "properties": {"inner": OBJECT, "kept": {**STRING, "x-personal": True}},
    }
    parts = [{"$ref": "#/components/schemas/Base"}, {"properties": {"late": STRING, "kept": {"maxLength": 3}}}]
    ready = prepared(model({"allOf": parts, "description": "Made."}, Base=base))
    made = ready.document["components"]["schemas"]
    assert made["Broken"]["properties"]["inner"] == made["Base"]["properties"]["inner"]
    assert made["Broken"]["required"] == ["late"]
    assert made["Broken"]["description"] == "Made."
    assert made["Broken"]["properties"]["kept"] == {**STRING, "x-personal": True}


def test_each_member_has_the_properties() -> None:
    beside = {"type": "object", "properties": {"own": STRING}, "oneOf": [{"required": ["own"]}, {"required": []}]}
    assert set(prepared(model(beside)).document["components"]["schemas"]) == {"Broken"}
    beside["oneOf"] = [{"$ref": "#/components/schemas/A"}, OBJECT]
    made = prepared(prop(beside) | model({"type": "object", "properties": {"odd": beside}}, A=OBJECT)).document
    schemas = made["components"]["schemas"]
    assert schemas["Broken"]["properties"]["odd"]["anyOf"] == [
        {"$ref": "#/components/schemas/BrokenOddType0"},
        {"$ref": "#/components/schemas/BrokenOddType1"},
    ]
    assert set(schemas["BrokenOddType0"]["properties"]) == {"own", "a"}


def test_references_may_be_percent_encoded() -> None:
    named = schema_of({"$ref": "#/components/schemas/A%20B~1C"}, **{"A B/C": OBJECT})
    assert named == {"$ref": "#/components/schemas/ABC"}


def test_our_own_documents_stay_as_they_are() -> None:
    for file in (DOCUMENT, DOCS.parent.parent / "openapi.yaml"):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        before = copy.deepcopy(document)
        assert (refusals(document), notes(document)) == ([], [])
        assert document == before


def test_an_enum_parameter_is_described() -> None:
    asking = {"name": "a", "in": "query", "description": "Which one.", "schema": REFERENCE}
    ready = prepared(operation(asking) | model({**STRING, "enum": ["a"]}))
    assert ready.operation("post", PLACE).arguments["a"].description == "Which one."


NAMES: dict[str, dict[str, Any]] = {
    "two schemas of one module": model(OBJECT, HTTPFoo=OBJECT, HttpFoo=OBJECT),
    "two schemas of one class": model(OBJECT, broken=OBJECT),
    "a schema called like the keywords of another": model(OBJECT, BrokenProperties=OBJECT),
    "a schema called like what its module uses": model({**OBJECT, "title": "Reader"}, Model=OBJECT, Any=OBJECT),
    "an operation that its module uses": {"paths": {"/a": {"get": {"operationId": "operation", "responses": OK}}}},
    "arguments that their function uses": operation(*({"name": name, "in": "query"} for name in ("body", "place"))),
    "properties of one name": model(
        {"type": "object", "properties": dict.fromkeys(("type", "type_", "a-b", "a_b"), STRING)}
    ),
    "a property that every model has": prop(STRING, "additionalProperties"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_hiding_name_gets_a_number(name: str) -> None:
    assert outcome(NAMES[name]) == ""


def test_an_attribute_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/__init__.py").write_text("")
    (tmp_path / "models/a.py").write_text("class A:\n    size: int\n    def other(self) -> size: ...\n")
    (fault,) = name_clashes(tmp_path)
    assert fault == "size is an attribute, and something else that its class uses, at models/a.py"


def test_a_hidden_parameter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/__init__.py").write_text("")
    (tmp_path / "operations").mkdir()
    (tmp_path / "operations/b.py").write_text("def b(*, response, c):\n    response = c\n")
    (fault,) = name_clashes(tmp_path)
    assert fault == "response is a parameter, and something else that its function uses, at operations/b.py"


def test_a_repeated_key_is_found() -> None:
    nodes = yaml.compose("a: 1\nb:\n  - { c: 1, d: 2 }\n  - c: 1\n    e: 2\n    c: 3\n")
    assert list(repeated_keys(nodes)) == [(6, "c")]


def test_the_page_names_all_that_is_read() -> None:
    named = set(re.findall("`([^`\n]+)`", DOCS.read_text(encoding="utf-8").replace("```", "")))
    assert words(RULES) | SCHEMA_KEYWORDS | PASSED_OVER | EXTENSIONS | set(FORMATS) | PLAIN_FORMATS <= named
