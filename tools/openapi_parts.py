"""What stands where in an OpenAPI document: operations, their parameters, and what a reference leads to."""

from collections.abc import Iterator
from typing import Any

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

Keys = tuple[str | int, ...]
Node = dict[str, Any]


def target(node: Node, document: Node) -> Node:
    """Follow a reference into the document."""
    while "$ref" in node:
        found: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            found = found[key]
        node = found
    return node


def operations(document: Node) -> Iterator[tuple[Keys, Node, Node]]:
    """List the operations."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS & item.keys():
            yield ("paths", path, method), item, item[method]


def parameters(document: Node, item: Node, operation: Node) -> list[Node]:
    """List the parameters of an operation, those of its path included."""
    return [target(node, document) for node in [*item.get("parameters", []), *operation.get("parameters", [])]]
