"""What the templates can't express ends the generation, and the message names the construct and its place."""

import json
import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.generate import write as generate
from tools.generate.source import GenerationError, Source

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
    "a type of no JSON": (prop({"type": "file"}), "the type file", "Broken/properties/odd; write one of JSON's types"),
    "a reference to another file": (
        prop({"$ref": "other.yaml#/X"}), "other.yaml#/X leads out of the document", "Broken/properties/odd"
    ),
    "allOf of what excludes each other": (
        model({"allOf": [OBJECT, {"type": "string"}]}), "types object and string, which exclude", "schemas/Broken"
    ),
    "a style of no query": (parameter(STRING, style="matrix"), "the style matrix", f"POST {PLACE}, parameters/1"),
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
        except GenerationError as error:
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
    assert "literal_enums is not supported" in outcome(genre, literal_enums=True)


def test_a_refusal_leaves_the_old_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "package" / "old.py"
    old.parent.mkdir()
    old.write_text("kept = True\n")
    document = tmp_path / "broken.yaml"
    head = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "components": {"schemas": {}}}
    document.write_text(yaml.safe_dump(head | parameter(STRING, style="matrix")))
    config = tmp_path / "config.yaml"
    config.write_text("package_name_override: package\n")
    assert generate.main(["--document", str(document), "--config", str(config), "--output", str(old.parent)]) == 1
    message = f": not generated: the style matrix of a parameter, at POST {PLACE}, parameters/1; "
    assert re.match(rf"broken\.yaml:\d+{re.escape(message)}", capsys.readouterr().err)
    assert [path.name for path in old.parent.iterdir()] == ["old.py"]


WHOLE = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}
UNREADABLE = {
    "a list.yaml": ("[]", r"a list\.yaml: the document is no object"),
    "none.yaml": ("", r"none\.yaml: the document is no object"),
    "swagger.yaml": (
        "swagger: '2.0'",
        r"swagger\.yaml:1: Swagger 2\.0: convert it to OpenAPI 3\.0, 3\.1 or 3\.2 first",
    ),
    "new.yaml": ("info: {}\nopenapi: 4.0.0", r"new\.yaml:2: OpenAPI 4\.0\.0: convert it"),
    "text.yaml": ("a: [", r"text\.yaml is not YAML: "),
    "text.json": ("{", r"text\.json is not JSON: "),
    "twice.json": ('{\n"a": 1,\n"a": 2}', r"twice\.json:3: a key stands here again"),
    "twice.yaml": ("a: 1\na: 2", r"twice\.yaml:2: the key a stands here again"),
    "circle.yaml": ("openapi: 3.1.0\na: &a\n  - [*a]", r"circle\.yaml:2: what an anchor names holds itself"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_document_has_its_line(tmp_path: Path, name: str) -> None:
    text, message = UNREADABLE[name]
    (tmp_path / name).write_text(text)
    with pytest.raises(GenerationError, match=f"^{message}"):
        Source.read(tmp_path / name)


def test_a_missing_document_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--document", str(tmp_path / "gone.yaml"), "--output", str(tmp_path / "out")]) == 1
    assert re.match(r"gone\.yaml can't be read: .*; name another with --document", capsys.readouterr().err)


def test_all_versions_of_openapi_3_are_taken(tmp_path: Path) -> None:
    for version in ("3.0.3", "3.1.1", "3.2.0"):
        (tmp_path / "a.json").write_text(json.dumps(WHOLE | {"openapi": version}))
        assert Source.read(tmp_path / "a.json").document["openapi"] == version
        assert outcome({"openapi": version}) == ""
