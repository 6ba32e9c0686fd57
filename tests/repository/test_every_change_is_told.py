"""Where two documents generate different code, something is said of it: element by element, each changed in turn."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.changes.diff import Specification, differences
from tools.changes.facts import python_name

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["openapi.yaml", "tests/golden/shapes.yaml"]
ROUNDS = 3
Node = dict[str, Any]
Change = tuple[Callable[[Node], object], Callable[[Node], object]]
# Whether an element can be changed so, and the change.
OF_VALUES: list[Change] = [
    (lambda node: is_plain(node, "string"), lambda node: node.update(type="integer", format="int64")),
    (lambda node: is_plain(node, "integer"), lambda node: node.update(type="string", format="date")),
    (lambda node: node.get("format") == "date-time", lambda node: node.pop("format")),
]
OF_SCHEMAS: list[Change] = [
    *OF_VALUES,
    (lambda node: is_plain(node, "string"), lambda node: node.update(format="uuid")),
    (lambda node: is_plain(node, "string", "integer", "array"), lambda node: node.update(type=[node["type"], "null"])),
    (lambda node: "$ref" in node, lambda node: node.update(type="boolean") or node.pop("$ref")),
    (lambda node: is_plain(node, "array"), lambda node: node.update(items={"type": "boolean"})),
    (lambda node: is_plain(node, "string", "integer"), lambda node: node.update({"x-personal": True})),
    (lambda node: node.get("required"), lambda node: node["required"].pop()),
    (lambda node: node.get("properties"), lambda node: node.update(required=[*node["properties"]])),
    (lambda node: "properties" in node, lambda node: node["properties"].update(added={"type": "string"})),
    (lambda node: len(node.get("properties", ())) > 1, lambda node: node.update(**without(node))),
    (lambda node: node.get("properties"), lambda node: node.update(**snake(node))),
    (
        lambda node: isinstance(node.get("additionalProperties"), dict),
        lambda node: node.update(additionalProperties={"type": "number"}),
    ),
    (lambda node: "enum" in node, lambda node: node["enum"].append({"string": "NEVER"}.get(node["type"], 404))),
    (lambda node: "enum" in node, lambda node: node["enum"].pop()),
    (
        lambda node: node.get("properties"),
        lambda node: node.update(title=" ".join([*node["properties"]][:3])),
    ),
]
OF_PARAMETERS: list[Change] = [
    (lambda node: node["in"] == "query", lambda node: node.update(required=not node.get("required"))),
    (lambda node: node["in"] == "query", lambda node: node.update(name=f"{node['name']}Changed")),
    (lambda node: node["in"] == "query" and is_plain(node["schema"], "string") and not node["schema"].get("format"), lambda node: node.update({"in": "header"})),  # noqa: E501
]  # fmt: skip


def is_plain(node: Node, *kinds: str) -> bool:
    return node.get("type") in kinds and "enum" not in node and node.get("format") != "decimal"


def without(node: Node) -> Node:
    """An object without its last property."""
    *names, gone = node["properties"]
    required = [name for name in node.get("required", ()) if name != gone]
    return {"properties": {name: node["properties"][name] for name in names}, "required": required}


def snake(node: Node) -> Node:
    """An object with other names on the wire for what keeps its name in Python."""
    properties = {python_name(name): schema for name, schema in node["properties"].items()}
    return {"properties": properties, "required": [python_name(name) for name in node.get("required", ())]}


def elements(node: object, changes: list[Change]) -> Iterator[tuple[Node, list[Change]]]:
    """List every schema and parameter of a document, with what can be done to it."""
    if isinstance(node, dict):
        inside = OF_VALUES if "in" in node else changes
        for key, child in node.items():
            if key not in ("anyOf", "example", "enum", "securitySchemes"):
                yield from elements([*child.values()] if key == "properties" else child, inside)
        if "in" in node or node.keys() & {"type", "properties"} or "/schemas/" in str(node.get("$ref", "")):
            yield node, OF_PARAMETERS if "in" in node else changes
    elif isinstance(node, list):
        for child in node:
            yield from elements(child, changes)


def changed(document: Node, turn: int) -> Node:
    """The document with each element changed in one of the ways that are possible, others in each turn."""
    result = copy.deepcopy(document)
    for index, (node, changes) in enumerate([*elements(result, OF_SCHEMAS)]):
        possible = [change for fits, change in changes if fits(node)]
        if possible:
            possible[(index + turn) % len(possible)](node)
    return result


def plainer(node: Any) -> Any:
    """A document without the extensions that demand more of it: its elements can be changed one by one."""
    if isinstance(node, dict):
        return {key: plainer(value) for key, value in node.items() if key not in ("x-pagination", "x-lenient")}
    return [plainer(each) for each in node] if isinstance(node, list) else node


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_code_that_differs_is_told(name: str, turn: int) -> None:
    document = plainer(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))
    config = {"package_name_override": "_generated"}
    old, new = (Specification(each, config, frozenset(), {}) for each in (document, changed(document, turn)))
    found = differences(old, new)
    assert len(found) > len(document["components"]["schemas"])
    assert not [each for each in found if each.rule == "code-changed"]
