"""Walk through an OpenAPI document: its operations, and the parts that say where they come from."""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

Keys = tuple[str | int, ...]
Node = dict[str, Any]


class Part(NamedTuple):
    """A piece of the document that says of itself where it comes from."""

    kind: str
    keys: Keys
    node: Node
    name: str = ""


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


def parts(document: Node) -> Iterator[Part]:
    """List everything that has to say where it comes from.

    References are left out, since what they refer to is listed, except those of a property: the property's name may be
    known less well than the schema that it refers to.
    """
    yield Part("info", ("info",), document.get("info", {}))
    for kind in ("servers", "tags"):
        for index, node in enumerate(document.get(kind, [])):
            yield Part(kind.removesuffix("s"), (kind, index), node)

    for path, item in document.get("paths", {}).items():
        yield from _parameters(("paths", path), item)
    for keys, _, operation in operations(document):
        yield Part("operation", keys, operation)
        yield from _parameters(keys, operation)
        yield from _schemas_in_content((*keys, "requestBody"), operation.get("requestBody", {}))
        for status, response in operation.get("responses", {}).items():
            yield from _response((*keys, "responses", status), response)

    yield from _components(document.get("components", {}))


def _components(components: Node) -> Iterator[Part]:
    for name, node in components.get("securitySchemes", {}).items():
        yield Part("security scheme", ("components", "securitySchemes", name), node)
    for name, node in components.get("parameters", {}).items():
        yield from _parameter(("components", "parameters", name), node)
    for name, node in components.get("headers", {}).items():
        yield Part("header", ("components", "headers", name), node, name)
    for name, node in components.get("responses", {}).items():
        yield from _response(("components", "responses", name), node)
    for name, node in components.get("schemas", {}).items():
        keys = ("components", "schemas", name)
        yield Part("schema", keys, node, name)
        yield from _schema(keys, node)


def _parameters(keys: Keys, holder: Node) -> Iterator[Part]:
    for index, node in enumerate(holder.get("parameters", [])):
        yield from _parameter((*keys, "parameters", index), node)


def _parameter(keys: Keys, node: Node) -> Iterator[Part]:
    if "$ref" not in node:
        yield Part("parameter", keys, node, node.get("name", ""))
        yield from _schema((*keys, "schema"), node.get("schema", {}))


def _response(keys: Keys, node: Node) -> Iterator[Part]:
    if "$ref" in node:
        return
    yield Part("response", keys, node)
    for name, header in node.get("headers", {}).items():
        if "$ref" not in header:
            yield Part("header", (*keys, "headers", name), header, name)
    yield from _schemas_in_content(keys, node)


def _schemas_in_content(keys: Keys, node: Node) -> Iterator[Part]:
    for media_type, content in node.get("content", {}).items():
        yield from _schema((*keys, "content", media_type, "schema"), content.get("schema", {}))


def _schema(keys: Keys, node: Node) -> Iterator[Part]:
    """The properties at any depth of a schema."""
    for name, value in node.get("properties", {}).items():
        yield Part("property", (*keys, "properties", name), value, name)
        yield from _schema((*keys, "properties", name), value)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from _schema((*keys, key), node[key])
    for key in ("allOf", "anyOf", "oneOf"):
        for index, value in enumerate(node.get(key, [])):
            yield from _schema((*keys, key, index), value)


def nodes(keys: Keys, value: object) -> Iterator[tuple[Keys, Node]]:
    """List every mapping, except the maps from property names to schemas, whose keys are the API's."""
    if isinstance(value, dict):
        node = cast("Node", value)
        if not keys or keys[-1] != "properties" or keys[-2:-1] == ("properties",):
            yield keys, node
        for key, child in node.items():
            yield from nodes((*keys, key), child)
    elif isinstance(value, list):
        for index, child in enumerate(cast("list[object]", value)):
            yield from nodes((*keys, index), child)
