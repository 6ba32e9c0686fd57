"""A provider's file out of our own document: OpenAPI 3.0 in JSON, as servers publish it, with facts of its own."""

from __future__ import annotations

import copy
from typing import Any

import yaml

from contracts_client.sandbox.specification import specification_path

Node = dict[str, Any]


def our_document() -> Node:
    """openapi.yaml, parsed anew."""
    document: Node = yaml.safe_load(specification_path().read_text(encoding="utf-8"))
    return document


def operation(document: Node, name: str) -> Node:
    """The operation of an operationId."""
    return next(
        node
        for item in document["paths"].values()
        for node in item.values()
        if isinstance(node, dict) and node.get("operationId") == name
    )


def path_of(document: Node, name: str) -> str:
    """The path of an operationId."""
    node = operation(document, name)
    return next(path for path, item in document["paths"].items() if any(each is node for each in item.values()))


def move(document: Node, name: str, path: str) -> None:
    """Give an operation another path."""
    document["paths"][path] = document["paths"].pop(path_of(document, name))


def rename(document: Node, schema: str, old: str, new: str) -> None:
    """Give a property of a schema another name."""
    node = document["components"]["schemas"][schema]
    node["properties"] = {new if name == old else name: each for name, each in node["properties"].items()}
    node["required"] = [new if name == old else name for name in node.get("required", [])]


def as_published(document: Node) -> Node:
    """The same document as a server would publish it: version 3.0, without words of ours."""
    published: Any = _as_30(copy.deepcopy(document))
    published["openapi"] = "3.0.1"
    return dict(published)


def _as_30(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_30(each) for each in value]
    if not isinstance(value, dict):
        return value
    node = {key: _as_30(each) for key, each in value.items() if not str(key).startswith("x-")}
    if isinstance(kinds := node.get("type"), list):
        del node["type"]
        node["anyOf"] = [{"type": kind} for kind in kinds]
    return node
