"""The rules of tools/spec/lint.py hold for openapi.yaml, and each of them can fail."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.spec import lint as lint_spec

HERE = Path(__file__).parent
SMALL = HERE / "small_document.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
MISSING = object()


def put(value: Any, *keys: str | int) -> Callable[[dict[str, Any]], None]:
    """A change of the document: put a value at a place, or remove what is there."""

    def change(document: dict[str, Any]) -> None:
        node: Any = document
        for key in keys[:-1]:
            node = node[key]
        if value is MISSING:
            del node[keys[-1]]
        else:
            node[keys[-1]] = value

    return change


THINGS = ("paths", "/things")
GET = (*THINGS, "get")
PARAMETER = (*GET, "parameters", 0)
PAGE = (*GET, "responses", "200")
COMPONENTS = ("components",)
CLIENT_NAME = (*COMPONENTS, "parameters", "ClientName")
THING = (*COMPONENTS, "schemas", "Thing")
CODE = (*THING, "properties", "code")

BROKEN = [
    (put(MISSING, *GET, "x-provenance"), "this operation has no x-provenance"),
    (put(MISSING, *PARAMETER, "x-provenance"), "this parameter has no x-provenance"),
    (put(MISSING, *CODE, "x-provenance"), "this property has no x-provenance"),
    (put(MISSING, *THING, "properties", "kind", "x-provenance"), "this property has no x-provenance"),
    (put(MISSING, *THING, "x-provenance"), "this schema has no x-provenance"),
    (put(MISSING, *PAGE, "x-provenance"), "this response has no x-provenance"),
    (put(MISSING, "servers", 0, "x-provenance"), "this server has no x-provenance"),
    (put(MISSING, "tags", 0, "x-provenance"), "this tag has no x-provenance"),
    (put(MISSING, *COMPONENTS, "headers", "CorrelationId", "x-provenance"), "this header has no x-provenance"),
    (put({"description": "When."}, *PAGE, "headers", "Retry-After"), "this header has no x-provenance"),
    (put(MISSING, *COMPONENTS, "securitySchemes", "bearerAuth", "x-provenance"), "this security scheme has no"),
    (put({"type": "object", "properties": {"x": {"description": "X."}}}, *THING, "items"), "this property has no"),
    (put([{"type": "object", "properties": {"x": {"description": "X."}}}], *THING, "anyOf"), "this property has no"),
    (put("guessed", *CODE, "x-provenance"), "x-provenance is guessed, not one of documented, published, inferred"),
    (put(MISSING, *CODE, "description"), "this property has no description"),
    (put("  ", *THING, "description"), "this schema has no description"),
    (put(MISSING, *THINGS, "post", "requestBody", "description"), "this request body has no description"),
    (put(True, *CODE, "x-personel"), "x-personel is none of the keys of this project"),
    (put("", *PARAMETER, "x-provenance-note"), "x-provenance-note is empty"),
    (put("hm", *PARAMETER, "schema", "x-provenance-note"), "a note without the x-provenance that it weakens"),
    (put(MISSING, *CODE, "pattern"), "x-documented-pattern without a pattern in its place"),
    (put(MISSING, *GET, "parameters", 2, "x-personal"), "customerNumber identifies a person and is not x-personal:"),
    (put(False, *THING, "properties", "externalRef", "x-personal"), "externalRef identifies a person and is not"),
    (put(1, *PARAMETER, "schema", "default"), "a default: the generated code would always send it, so say it in the"),
    (put("uuid", *COMPONENTS, "parameters", "CorrelationId", "schema", "format"), "a header is a string without a"),
    (put({"type": "integer"}, *CLIENT_NAME, "schema"), "a header is a string without a format: the generator breaks"),
    (put([], *THINGS, "parameters"), "the header ET-Client-Name is missing"),
    (put(MISSING, *CLIENT_NAME, "required"), "the header ET-Client-Name is not required"),
    (put(True, *COMPONENTS, "parameters", "CorrelationId", "required"), "the header X-Correlation-Id is required"),
    (put(MISSING, *PAGE), "no response 2xx"),
    (put(MISSING, *GET, "responses", "400"), "no response 4xx"),
    (put(MISSING, *GET, "responses", "500"), "no response 5xx"),
    (put(MISSING, *COMPONENTS, "responses", "Failed", "content"), "the response 400 has no schema"),
    (put("uuid", *CODE, "format"), "the generated code knows no format uuid"),
    (put(["a"], *CODE, "enum"), "an enum without a name of its own: make it a schema, so that its class's name is"),
    (put("^($", *CODE, "pattern"), "the pattern is no regular expression: missing ), unterminated subpattern at"),
    (put("\\w+", *CODE, "pattern"), "the pattern matches a part of a value: it shall begin with ^ and end with $"),
    (put("^\\w+-(\\w+)+-\\w+$", *CODE, "pattern"), "the pattern repeats a repetition: matching it takes exponential"),
    (put(MISSING, *PAGE, "x-pagination", "page"), "x-pagination names items, page, perPage, totalItems, totalPages,"),
    (put("totalItems", *PAGE, "x-pagination", "items"), "x-pagination: totalItems is no array"),
]


def test_the_small_document_has_no_fault() -> None:
    assert lint_spec.faults(DOCUMENT) == []


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_a_broken_document_is_found_out(change: Callable[[dict[str, Any]], None], message: str) -> None:
    broken = copy.deepcopy(DOCUMENT)
    change(broken)
    assert any(message in fault.message for fault in lint_spec.faults(broken))


def test_every_check_is_broken_by_a_test() -> None:
    def breaks(check: Callable[[dict[str, Any]], Any], change: Callable[[dict[str, Any]], None]) -> bool:
        broken = copy.deepcopy(DOCUMENT)
        change(broken)
        return any(check(broken))

    for check in lint_spec.CHECKS:
        assert any(breaks(check, change) for change, _ in BROKEN), check.__name__


def test_a_fault_is_printed_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SMALL.read_text(encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        text.replace("operationId: getThings\n      x-provenance", "operationId: getThings\n      x-prov")
    )
    assert lint_spec.main([str(SMALL)]) == 0
    assert lint_spec.main([str(broken)]) == 1
    line = text[: text.index("    get:")].count("\n") + 1
    assert f"broken.yaml:{line}: this operation has no x-provenance" in capsys.readouterr().out
