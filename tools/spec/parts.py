"""The pieces of a document that say where they come from."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from tools.generate.openapi_keywords import Place, listed, mapped, places
from tools.openapi_parts import Keys, Node


class Part(NamedTuple):
    """A piece of the document that says of itself where it comes from."""

    kind: str
    keys: Keys
    node: Node
    name: str = ""


def parts(document: Node) -> Iterator[Part]:
    """List everything that has to say where it comes from.

    References are left out, since what they refer to is listed, except those of a property: the property's name may be
    known less well than the schema that it refers to.
    """
    yield Part("info", ("info",), mapped(document, "info"))
    for kind in ("servers", "tags"):
        for index, node in enumerate(listed(document, kind)):
            yield Part(kind.removesuffix("s"), (kind, index), node)
    for kind, key in (("security scheme", "securitySchemes"), ("header", "headers")):
        for name, node in mapped(mapped(document, "components"), key).items():
            yield Part(kind, ("components", key, name), node, name if kind == "header" else "")
    for place in places(document):
        yield from _at(place)


def _at(place: Place) -> Iterator[Part]:
    kind, keys, node = place
    name = str(keys[-1]) if keys else ""
    if kind == "schema" and keys[-2:-1] == ("properties",) != keys[-3:-2]:
        yield Part("property", keys, node, name)
    elif kind == "schema" and keys[:-1] == ("components", "schemas"):
        yield Part("schema", keys, node, name)
    elif kind in ("operation", "parameter", "response") and "$ref" not in node:
        yield Part(kind, keys, node, str(node.get("name", "")) if kind == "parameter" else "")
        for header, held in mapped(node, "headers").items():
            if "$ref" not in held:
                yield Part("header", (*keys, "headers", header), held, header)


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
