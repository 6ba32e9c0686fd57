"""What the templates can't express ends the generation, and the message names the construct and its place."""

import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.generate import write as generate

JSON = "application/json"
STRING = {"type": "string"}
OBJECT = {"type": "object", "properties": {"a": STRING}}
DECIMAL = {"type": "string", "format": "decimal"}
OK = {"200": {"description": "d", "content": {JSON: {"schema": STRING}}}}
PLACE = "/broken/{id}"


def operation(*parameters: Any, **parts: Any) -> dict[str, Any]:
    """A document of one operation, which has a path parameter and what is given."""
    own = [{"name": "id", "in": "path", "required": True, "schema": STRING}, *parameters]
    return {"paths": {PLACE: {"post": {"operationId": "doIt", "responses": OK, **parts, "parameters": own}}}}


def parameter(schema: Any, **parts: Any) -> dict[str, Any]:
    return operation({"name": "odd-one", "in": "query", "schema": schema, **parts})


def body(**content: Any) -> dict[str, Any]:
    return operation(requestBody={"required": True, "content": {name: {"schema": content[name]} for name in content}})


def response(status: str, media_type: str, schema: Any) -> dict[str, Any]:
    return operation(responses={**OK, status: {"description": "d", "content": {media_type: {"schema": schema}}}})


def model(schema: Any, **others: Any) -> dict[str, Any]:
    return {"components": {"schemas": {"Broken": schema, **others}}}


def prop(schema: Any, name: str = "odd") -> dict[str, Any]:
    return model({"type": "object", "properties": {"fine": STRING, name: schema}})


def paged(**properties: Any) -> dict[str, Any]:
    """A document whose one operation answers a page, with the usual names in x-pagination but for that of its items."""
    counts = {name: {"type": "integer"} for name in ("total", "pages")}
    schema = {"type": "object", "properties": counts | properties}
    names = {"page": "page", "perPage": "perPage", "items": "books", "totalItems": "total", "totalPages": "pages"}
    answer = {
        "description": "d",
        "x-pagination": names,
        "content": {JSON: {"schema": {"$ref": "#/components/schemas/Page"}}},
    }
    wanted = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in ("page", "perPage")]
    return operation(*wanted, responses={"200": answer}) | model(OBJECT, Page=schema)


# Document, and what the message has to name: the construct, and the place.
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "two names for the items of a page": (
        paged(books={"type": "array", "items": OBJECT}, items=STRING),
        "another name than x-pagination's that becomes items",
        "Page",
    ),
    "a form as request body": (
        body(**{"application/x-www-form-urlencoded": OBJECT}), "a request body that is data", PLACE
    ),
    "text as request body": (body(**{"text/plain": STRING}), "Unsupported content type text/plain", PLACE),
    "several request bodies": (
        body(**{JSON: OBJECT, "application/x-www-form-urlencoded": OBJECT}),
        "several media types of one request body",
        f"POST {PLACE}, requestBody",
    ),
    "a range of error statuses": (response("4XX", JSON, OBJECT), "the status range 4XX", PLACE),
    "a default response beside others": (response("default", JSON, OBJECT), "a default response", PLACE),
    "XML as response": (response("200", "application/xml", OBJECT), "Unsupported content_type application/xml", PLACE),
    "a UUID as parameter": (parameter({"type": "string", "format": "uuid"}), "a parameter that is uuid", "odd-one"),
    "a union as parameter": (parameter({"type": ["integer", "string"]}), "a parameter that is union", "odd-one"),
    "a moment as header": (
        operation({"name": "odd-one", "in": "header", "schema": {"type": "string", "format": "date-time"}}),
        "not allowed in header",
        PLACE,
    ),
    "a parameter called body": (
        operation({"name": "body", "in": "query", "schema": STRING}), "a parameter called body", PLACE
    ),
    "a path parameter that is nowhere in the path": (
        operation({"name": "other", "in": "path", "required": True, "schema": STRING}),
        "Path parameters do not match",
        PLACE,
    ),
    "a property called additional_properties": (
        prop(STRING, "additionalProperties"), "a property called additional_properties", "Broken.additionalProperties"
    ),
    "two properties of one Python name": (
        model({"type": "object", "properties": {"type": STRING, "type_": STRING}}), "have the same python_name",
        "/components/schemas/Broken",
    ),
    "two schemas of one class": (
        model(OBJECT, broken=OBJECT), 'duplicate models with name "Broken"', "/components/schemas/broken"
    ),
    "an enum of strings and integers": (
        model({"enum": [1, "a"]}), "values must all be the same type", "/components/schemas/Broken"
    ),
    "an enum of fractions": (
        model({"type": "number", "enum": [1.5]}), "Unsupported enum type", "/components/schemas/Broken"
    ),
    "an array without items": (model({"type": "array"}), "must have items", "/components/schemas/Broken"),
    "an array that is its own item": (
        model({"type": "array", "items": {"$ref": "#/components/schemas/Broken"}}), "circular references",
        "/components/schemas/Broken",
    ),
    "a reference to another file": (
        prop({"$ref": "other.yaml#/X"}), "a reference that leads nowhere (other.yaml#/X)", "Broken/properties/odd"
    ),
    "a reference to nothing": (
        prop({"$ref": "#/components/schemas/None"}), "a reference that leads nowhere", "Broken/properties/odd"
    ),
    "allOf of what excludes each other": (
        model({"allOf": [OBJECT, {"type": "object", "properties": {"a": {"type": "integer"}}}]}),
        "str can't be merged with int",
        "/components/schemas/Broken",
    ),
    "a tuple": (prop({"type": "array", "prefixItems": [STRING]}), "prefixItems", "Broken/properties/odd"),
    "a discriminator": (
        model({"oneOf": [OBJECT, OBJECT], "discriminator": {"propertyName": "a"}}), "discriminator", "schemas/Broken"
    ),
    "a map by patterns": (prop({"type": "object", "patternProperties": {"^x": STRING}}), "patternProperties", "odd"),
    "an exclusion": (prop({"not": STRING}), "support not", "Broken/properties/odd"),
    "an array in one piece": (
        parameter({"type": "array", "items": STRING}, explode=False), "explode: false", f"POST {PLACE}: odd-one"
    ),
    "an array with pipes": (
        parameter({"type": "array", "items": STRING}, style="pipeDelimited"),
        "the style pipeDelimited",
        f"POST {PLACE}: odd-one",
    ),
    "an array in the path": (
        operation({"name": "id", "in": "path", "required": True, "schema": {"type": "array", "items": STRING}}),
        "an array as path parameter",
        f"POST {PLACE}: id",
    ),
    "an object as parameter": (parameter(OBJECT), "an object as parameter", f"POST {PLACE}: odd-one"),
    "a parameter that is JSON": (
        operation({"name": "odd-one", "in": "query", "content": {JSON: {"schema": STRING}}}),
        "a parameter with a media type",
        f"POST {PLACE}: odd-one",
    ),
    "a response in two media types": (
        operation(responses={"200": {"description": "d", "content": {JSON: {}, "text/plain": {}}}}),
        "several media types of one response",
        f"POST {PLACE}, responses/200",
    ),
    "two operations of one id": (
        {"paths": {path: {"get": {"operationId": "same", "responses": OK}} for path in ("/a", "/b")}},
        "one operationId, same",
        "GET /a, GET /b",
    ),
    "a decimal that may be null": (
        prop({"type": ["string", "null"], "format": "decimal"}), "a decimal that is not of the type string alone",
        "Broken/properties/odd",
    ),
    "a decimal among others": (
        prop({"anyOf": [DECIMAL, {"type": "integer"}]}), "a decimal elsewhere than as a property",
        "Broken/properties/odd/anyOf/0",
    ),
    "an array of decimals that may be null": (
        prop({"type": "array", "items": {"type": ["string", "null"], "format": "decimal"}}),
        "a decimal that is not of the type string alone",
        "Broken/properties/odd/items",
    ),
    "a property name with a quote": (prop(STRING, 'o"dd'), "a property name with double quotes", "schemas/Broken"),
}  # fmt: skip


def outcome(document: dict[str, Any], *, literal_enums: bool = False) -> str:
    """Generate from a document; return the message of the refusal, or nothing where there was none."""
    with tempfile.TemporaryDirectory() as folder:
        source, config, into = Path(folder, "broken.yaml"), Path(folder, "config.yaml"), Path(folder, "into")
        whole = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {}}}
        source.write_text(yaml.safe_dump(whole | document, sort_keys=False))
        config.write_text(yaml.safe_dump({"literal_enums": literal_enums, "package_name_override": "broken"}))
        into.mkdir()
        try:
            generate.generate(into, document=source, config=config, templates=generate.ROOT / "custom_templates")
        except generate.GenerationError as error:
            return str(error)
        return ""


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[str, Future[str]]]:
    """Each generation is a process of a second: two at a time."""
    with ThreadPoolExecutor(2) as pool:
        yield {name: pool.submit(outcome, case[0]) for name, case in REFUSED.items()}


@pytest.mark.parametrize("name", REFUSED)
def test_an_unsupported_construct_is_refused(outcomes: dict[str, Future[str]], name: str) -> None:
    message = outcomes[name].result()
    _, construct, place = REFUSED[name]
    assert construct in message
    assert place in message
    assert "broken.yaml" in message


def test_literal_enums_are_refused() -> None:
    genre = model({"type": "string", "enum": ["a"]})
    assert outcome(genre) == ""
    assert "literal_enums" in outcome(genre, literal_enums=True)


def test_a_refusal_leaves_the_old_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "package" / "old.py"
    old.parent.mkdir()
    old.write_text("kept = True\n")
    document = tmp_path / "broken.yaml"
    head = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "components": {"schemas": {}}}
    document.write_text(yaml.safe_dump(head | response("4XX", JSON, OBJECT)))
    config = tmp_path / "config.yaml"
    config.write_text("package_name_override: package\n")
    assert generate.main(["--document", str(document), "--config", str(config), "--output", str(old.parent)]) == 1
    message = f": custom_templates do not support the status range 4XX, at POST {PLACE}\n"
    assert re.fullmatch(rf"broken\.yaml:\d+{re.escape(message)}", capsys.readouterr().err)
    assert [path.name for path in old.parent.iterdir()] == ["old.py"]
