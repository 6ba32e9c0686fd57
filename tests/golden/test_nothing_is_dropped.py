"""Every construct of OpenAPI 3.1 is expressed, known to stay unchecked, or refused with its place: none is dropped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.generate.name_clashes import name_clashes
from tools.generate.openapi_keywords import EXTENSIONS, KINDS, NOTES, RULES, SWITCHES, words
from tools.generate.prepare import prepared
from tools.generate.unsupported import unsupported
from tools.generate.unsupported_schemas import FORMATS, TEXTS
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
EXPRESSED = words("$ref allOf anyOf oneOf items properties additionalProperties type enum required format")
REFUSED_KEYWORDS = SCHEMA_KEYWORDS - EXPRESSED - words(NOTES, RULES)


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
    return [fault.text for fault in unsupported(document)]


@pytest.mark.parametrize("place", PLACES)
def test_a_plain_schema_is_refused_nowhere(place: str) -> None:
    assert refusals(every_place(STRING)[place]) == []


@pytest.mark.parametrize("keyword", sorted(REFUSED_KEYWORDS))
@pytest.mark.parametrize("place", PLACES)
def test_unsupported_keywords_are_refused(place: str, keyword: str) -> None:
    schema = {**STRING, keyword: True}
    assert f"custom_templates do not support {keyword}, at {place}" in refusals(every_place(schema)[place])


@pytest.mark.parametrize("place", PLACES)
def test_unknown_keywords_are_refused(place: str) -> None:
    for keyword in ("patern", "x-Personal"):
        schema = {**STRING, keyword: True}
        assert f"custom_templates do not support {keyword}, at {place}" in refusals(every_place(schema)[place])


def test_every_keyword_is_accounted_for() -> None:
    assert KINDS["schema"].keywords - {"nullable"} == (SCHEMA_KEYWORDS - REFUSED_KEYWORDS) - {"$ref"}
    assert words("pattern minLength maximum multipleOf uniqueItems") < words(RULES)


def test_switched_off_is_as_good_as_absent() -> None:
    for keyword in SWITCHES:
        assert refusals(prop({**STRING, keyword: False})) == []
        assert refusals(operation({"name": "a", "in": "query", "schema": STRING, keyword: False})) == []


def test_a_property_may_be_called_a_keyword() -> None:
    everything = {name: {"type": "string"} for name in sorted(SCHEMA_KEYWORDS - {"if", "not", "additionalProperties"})}
    named = model({"type": "object", "required": ["not"], "properties": everything | {"not": OBJECT, "if": OBJECT}})
    assert refusals(named) == []
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
def test_unknown_fields_are_refused(kind: str) -> None:
    known = KINDS[kind].keywords
    assert known <= DOCUMENT_KEYWORDS[kind]
    place, keys = OBJECTS[kind]
    for field in sorted(DOCUMENT_KEYWORDS[kind] - known | {"unheard", "x-unheard"}):
        body = {"required": True, "content": {JSON: {"schema": OBJECT}}}
        document = yaml.safe_load(yaml.safe_dump(operation(requestBody=body) | {"openapi": "3.1.0", "components": {}}))
        found: Any = document
        for key in keys:
            found = found[key]
        found[field] = True
        assert f"custom_templates do not support {field}, at {place}" in refusals(document)


ARRAY = {"type": "array", "items": STRING}
REFERENCE = {"$ref": "#/components/schemas/Broken"}
# What goes wrong only together with something else: the document, what is said of it, and of which place.
COMBINED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a rule beside a reference": (prop({**REFERENCE, "minLength": 1}), "minLength beside $ref", "properties/odd"),
    "a path item by reference": ({"paths": {"/a": {"$ref": "#/x"}}}, "support $ref", "/a"),
    "a parameter by reference with a description": (
        operation({"$ref": "#/components/parameters/A", "description": "d"})
        | {"components": {"parameters": {"A": {"name": "a", "in": "query", "schema": STRING}}}},
        "description beside $ref",
        f"POST {PLACE}, parameters/1",
    ),
    "an unknown format": (prop({**STRING, "format": "date_time"}), "the format date_time", "properties/odd"),
    "a format of another type": (prop({"type": "number", "format": "date"}), "the format date of the type", "odd"),
    "a decimal that is a number": (prop({"type": "number", "format": "decimal"}), "a decimal that is not", "odd"),
    "a nullable decimal": (prop({**DECIMAL, "nullable": True}), "a decimal that is not", "odd"),
    "decimals in an array that may be null": (
        prop({"type": ["array", "null"], "items": DECIMAL}), "in an array that is none alone", "odd/items"
    ),
    "a decimal as parameter": (
        operation({"name": "a", "in": "query", "schema": DECIMAL}), "a decimal elsewhere", "parameters/1/schema"
    ),
    "a decimal as response": (
        operation(responses={"200": {"description": "d", "content": {JSON: {"schema": DECIMAL}}}}),
        "a decimal elsewhere",
        "responses/200/content/application/json/schema",
    ),
    "properties beside anyOf": (model({**OBJECT, "anyOf": [OBJECT]}), "properties beside anyOf", "Broken"),
    "two combinations": (model({"anyOf": [OBJECT], "oneOf": [OBJECT]}), "anyOf and oneOf of one schema", "Broken"),
    "no choice": (prop({"anyOf": []}), "an empty anyOf", "odd"),
    "items without a type": (prop({"items": STRING}), "items without the type array", "odd"),
    "a map without a type": (prop({"additionalProperties": STRING}), "additionalProperties without", "odd"),
    "a property that is true": (prop(True), "properties/odd that is no schema", "Broken"),
    "a requirement of nothing": (
        model({**OBJECT, "required": ["b"]}), "a required property that is none of the properties (b)", "Broken"
    ),
    "allOf in allOf": (model({"allOf": [{"allOf": [OBJECT]}]}), "allOf directly within allOf", "Broken"),
    "anyOf in allOf": (model({"allOf": [OBJECT, {"anyOf": [OBJECT]}]}), "that is not an object alone", "Broken"),
    "a map in allOf": (
        model({"allOf": [OBJECT, {"type": "object", "additionalProperties": STRING}]}),
        "additionalProperties of its own",
        "Broken",
    ),
    "a personal object in allOf": (
        model({"allOf": [OBJECT, {"type": "object", "properties": {"odd": {**OBJECT, "x-personal": True}}}]}),
        "x-personal on an object or enum within a part of allOf (odd)",
        "Broken",
    ),
    "a decimal that is a text elsewhere": (
        model(
            {
                "allOf": [{"type": "object", "properties": {"odd": DECIMAL}}, OBJECT],
                "properties": {"odd": STRING},
            }
        ),
        "a decimal in one part of allOf, and no decimal in another (odd)",
        "Broken",
    ),
    "a mark that is a text": (prop({**STRING, "x-personal": "yes"}), "x-personal that is neither", "odd"),
    "leniency of an object in a property": (prop({**OBJECT, "x-lenient": True}), "x-lenient elsewhere", "odd"),
    "leniency of a parameter": (
        operation({"name": "a", "in": "query", "schema": {**STRING, "x-lenient": True}}), "x-lenient elsewhere", "a"
    ),
    "leniency of a required property": (
        model({**OBJECT, "required": ["a"], "properties": {"a": {**STRING, "x-lenient": True}}}),
        "x-lenient on a property that is required",
        "Broken",
    ),
    "leniency of a property beside a map": (
        model({**OBJECT, "additionalProperties": STRING, "properties": {"a": {**STRING, "x-lenient": True}}}),
        "x-lenient on a property that is required, or beside a map (a)",
        "Broken",
    ),
    "values of one name": (
        model({**STRING, "enum": ["a_b", "a-b"]}), "an enum two of whose values become the same name", "Broken"
    ),
    "values of one name, as the generator has it": (
        model({**STRING, "enum": ["a", "A"]}), "an enum two of whose values become the same name", "Broken"
    ),
    "a value twice": (model({**STRING, "enum": ["a", "a"]}), "an enum with a value twice", "Broken"),
    "a value that is not seen": (model({**STRING, "enum": ["a\u200b"]}), "invisible characters", "Broken"),
    "an enum of booleans": (model({"type": "boolean", "enum": [True]}), "a boolean in an enum", "Broken"),
    "no value": (model({**STRING, "enum": []}), "an empty enum", "Broken"),
    "an enum of another type": (model({**STRING, "enum": [1]}), "an enum of the type string", "Broken"),
    "dates as enum": (model({**STRING, "format": "date", "enum": ["2026-01-01"]}), "of the format date", "Broken"),
    "a name that is not seen": (prop(STRING, "a\nb"), "invisible characters", "Broken"),
    "an optional body": (
        operation(requestBody={"content": {JSON: {"schema": OBJECT}}}), "an optional request body", "requestBody"
    ),
    "an answer without a schema": (
        operation(responses={"200": {"description": "d", "content": {JSON: {}}}}), "without a schema", "responses/200"
    ),
    "no success": (operation(responses={"404": {"description": "d"}}), "an operation without a success", PLACE),
    "two tags": (operation(tags=["a", "b"]), "several tags of one operation", PLACE),
    "a cookie": (operation({"name": "a", "in": "cookie", "schema": STRING}), "a cookie as parameter", f"{PLACE}: a"),
    "a parameter of nothing": (operation({"name": "a", "in": "query"}), "without a schema", f"{PLACE}: a"),
    "a header of OpenAPI's": (
        operation({"name": "Accept", "in": "header", "schema": STRING}), "a header that OpenAPI has ignored", ": Accept"
    ),
    "a table as parameter": (
        operation({"name": "a", "in": "query", "schema": {"type": "array", "items": ARRAY}}),
        "an array of arrays",
        f"{PLACE}: a",
    ),
    "a piece of the path that nobody fills": (
        {"paths": {"/a/{å}": {"get": {"operationId": "a", "responses": OK}}}}, "that is no parameter", "GET /a/{å}: å"
    ),
    "a path with a query": ({"paths": {"/a?b": {"get": {"responses": OK}}}}, "such a path", "GET /a?b"),
    "operations of different security": (
        {"paths": {f"/{key}": {"get": {"operationId": key, "security": [{key: []}], "responses": OK}} for key in "ab"}},
        "operations that differ in security",
        "GET /a, GET /b",
    ),
    "two operations of one module": (
        {"paths": {f"/{a}": {"get": {"operationId": a, "tags": [a], "responses": OK}} for a in ("getX", "get_x")}},
        "one module, get_x.py, for several operations",
        "GET /getX, GET /get_x",
    ),
    "two operations without an id of one module": (
        {"paths": {path: {"get": {"responses": OK}} for path in ("/a/b", "/a-b")}},
        "one module, get_a_b.py, for several operations",
        "GET /a/b, GET /a-b",
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
        f"POST {PLACE}: 200",
    ),
    "a page of which something else is said": (
        operation(responses={"200": {"description": "d", "x-pagination": {"size": "a"}}}),
        "an x-pagination of other keys than items, page",
        f"POST {PLACE}: 200",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COMBINED)
def test_what_would_be_dropped_is_refused(name: str) -> None:
    document, construct, place = COMBINED[name]
    found = refusals(document)
    assert any(construct in each and each.endswith(place) for each in found), found


def test_operations_without_an_id_differ() -> None:
    paths = {path: {"get": {"responses": OK}} for path in ("/a", "/b")}
    assert refusals({"paths": paths}) == []


def test_our_own_documents_are_not_refused() -> None:
    for file in (DOCUMENT, DOCS.parent.parent / "openapi.yaml"):
        assert refusals(yaml.safe_load(file.read_text(encoding="utf-8"))) == []


def test_a_document_is_prepared_as_a_copy() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    prepared(document)
    assert document == yaml.safe_load(text)


def test_a_reference_in_a_circle_is_refused() -> None:
    circle = model({"$ref": "#/components/schemas/B"}, B={"$ref": "#/components/schemas/Broken"})
    what = "custom_templates do not support a reference that leads nowhere"
    assert refusals(circle) == [
        f"{what} (#/components/schemas/B), at components/schemas/Broken",
        f"{what} (#/components/schemas/Broken), at components/schemas/B",
    ]


def test_one_part_of_allof_makes_it_personal() -> None:
    personal = {"type": "object", "properties": {"odd": {**STRING, "x-personal": True}}}
    plain = {"type": "object", "properties": {"odd": STRING}}
    for parts in ([personal, plain], [plain, personal]):
        for own in ({}, {"properties": {"odd": STRING}}):
            document = prepared(model({"allOf": parts, **own}))
            assert document["components"]["schemas"]["Broken"]["properties"]["odd"]["x-personal"] is True


def test_an_enum_parameter_is_described() -> None:
    asking = {"name": "a", "in": "query", "description": "Which one.", "schema": REFERENCE}
    asked = operation(asking, description="Asks.")
    document = prepared(asked | model({**STRING, "enum": ["a"]}))
    assert document["paths"][PLACE]["post"]["description"] == "Asks.\n\na: Which one."


CLASHES: dict[str, tuple[dict[str, Any], str]] = {
    "two schemas of one module": (
        model(OBJECT, HTTPFoo=OBJECT, HttpFoo=OBJECT),
        "HTTPFoo and HttpFoo become one module, at models/http_foo.py",
    ),
    "a schema called like the keywords of another": (
        model(OBJECT, BrokenProperties=OBJECT),
        "2 things are called BrokenProperties, at schemas.py",
    ),
    "an operation that its module uses": (
        {"paths": {"/a": {"get": {"operationId": "operation", "responses": OK}}}},
        "2 things are called operation",
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_a_name_that_hides_one_is_refused(name: str) -> None:
    document, message = CLASHES[name]
    assert message in outcome(document)


def test_what_is_no_python_is_refused(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models/__init__.py").write_text("")
    (tmp_path / "models/a.py").write_text("class A:\n    def = 1\n")
    (fault,) = name_clashes(tmp_path)
    assert re.fullmatch("what is generated is no Python: .*, at models/a.py, line 2", fault)


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
    assert words(RULES) | REFUSED_KEYWORDS | EXPRESSED | EXTENSIONS | set(FORMATS) | TEXTS <= named
