"""What stands where in an OpenAPI document: operations, their parameters, and what a reference leads to."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import unquote

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

Keys = tuple[str | int, ...]
Node = dict[str, Any]


_MOST_REFERENCES = 100


class DocumentError(Exception):
    """There is no such document, or it is none of OpenAPI; the message says why."""


def resolved(node: object, document: Node) -> Node:
    """Follow references within a document."""
    for _ in range(_MOST_REFERENCES):
        if not isinstance(node, dict) or "$ref" not in node:
            return cast("Node", node) if isinstance(node, dict) else {}
        reference = str(cast("Node", node)["$ref"])
        if not reference.startswith("#/"):
            raise DocumentError(f"{reference} leads out of the document: bundle it into one file first")
        found: Any = document
        for part in reference[2:].split("/"):
            if isinstance(found, list):
                found = {str(index): each for index, each in enumerate(cast("list[object]", found))}
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            found = cast("Node", found).get(key) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            raise DocumentError(f"{reference} leads nowhere")
        node = cast("Node", found)
    raise DocumentError("references lead round in a circle")


def target(node: object, document: Node) -> Node:
    """Follow references; what leads nowhere is taken for an object with nothing in it."""
    try:
        return resolved(node, document)
    except DocumentError:
        return {}


def operations(document: Node) -> Iterator[tuple[Keys, Node, Node]]:
    """List the operations."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS & item.keys():
            yield ("paths", path, method), item, item[method]


def parameters(document: Node, item: Node, operation: Node) -> list[Node]:
    """List the parameters of an operation, those of its path included."""
    return [target(node, document) for node in [*item.get("parameters", []), *operation.get("parameters", [])]]
