"""Say in one schema what its allOf says in parts, and what stands beside a reference."""

from typing import Any, cast

from tools.generate.openapi_keywords import listed, mapped
from tools.openapi_parts import DocumentError, Node, resolved

PERSONAL = "x-personal"
# What a part of allOf says of itself alone.
OWN_WORDS = (
    "title",
    "description",
    "default",
    "deprecated",
    "example",
    "examples",
    "readOnly",
    "writeOnly",
    "x-lenient",
)
UNIONS = ("anyOf", "oneOf")


class MergeError(Exception):
    """Parts of an allOf exclude each other; the message says where."""


def whole(schema: object, document: Node, seen: tuple[int, ...] = ()) -> Node:
    """Return a schema that says by itself what it says by references and by parts.

    Raises:
        DocumentError: A reference leads nowhere, or round in a circle.
        MergeError: No value can be what all of its parts say.
    """
    if not isinstance(schema, dict):
        return {}
    node = cast("Node", schema)
    if not {"$ref", "allOf"} & node.keys():
        return node
    if id(node) in seen:
        raise DocumentError("an allOf that holds itself leads round in a circle")
    seen = (*seen, id(node))
    own = {key: value for key, value in node.items() if key not in ("$ref", "allOf")}
    parts = [whole(resolved({"$ref": node["$ref"]}, document), document, seen)] if "$ref" in node else []
    parts += [whole(part, document, seen) for part in listed(node, "allOf")]
    made: Node = {}
    for part in parts:
        said = part if len(parts) == 1 and not own.get("properties") else _without_own_words(part)
        made = _both(made, said)
    return _both(made, own)


def _without_own_words(part: Node) -> Node:
    return {key: value for key, value in part.items() if key not in OWN_WORDS and key != "x-provenance"}


def _both(first: Node, second: Node) -> Node:
    """Return the schema of what two of them allow. What the second says of the same thing counts."""
    made = {**first, **second}
    if "properties" in first and "properties" in second:
        properties = dict(mapped(first, "properties"))
        for name, node in mapped(second, "properties").items():
            properties[name] = _property(properties[name], node) if name in properties else node
        made["properties"] = properties
    if "required" in first and "required" in second:
        made["required"] = list(dict.fromkeys([*listed(first, "required"), *listed(second, "required")]))
    if "enum" in first and "enum" in second:
        made["enum"] = [value for value in listed(second, "enum") if value in listed(first, "enum")]
        if not made["enum"]:
            raise MergeError("parts of an allOf whose enums have no value in common")
    if first.get(PERSONAL) is True:
        made[PERSONAL] = True
    if first.get("additionalProperties", True) not in (True, {}) and second.get("additionalProperties") in (True, {}):
        made["additionalProperties"] = first["additionalProperties"]
    return _types(made, first, second)


def _types(made: Node, first: Node, second: Node) -> Node:
    """Null is allowed if both allow it, and a number that has to be an integer is one."""
    kinds, others = types_of(first), types_of(second)
    if not kinds or not others:
        if kinds or others:
            # Whoever says no type allows every one.
            made["type"] = kinds or others
            made.pop("nullable", None)
        return made
    both = [kind for kind in others if kind in kinds or (kind == "integer" and "number" in kinds)]
    both += [kind for kind in kinds if kind == "integer" and "number" in others and kind not in both]
    if not both:
        raise MergeError(f"parts of an allOf of the types {' and '.join([*kinds, *others])}, which exclude each other")
    made["type"] = both
    made.pop("nullable", None)
    return made


def _property(first: object, second: object) -> object:
    if not isinstance(first, dict) or not isinstance(second, dict):
        return second
    before, node = cast("Node", first), cast("Node", second)
    kept = {PERSONAL: True} if before.get(PERSONAL) is True else {}
    if "$ref" in {*before, *node} or {"properties", "allOf", "enum", *UNIONS} & {*before, *node}:
        return {**node, **kept} if kept else node
    return {**before, **node, **kept}


def types_of(schema: Node) -> list[str]:
    """List the types that a schema names, `null` included; none where it names none."""
    told: Any = schema.get("type")
    kinds = [str(kind) for kind in listed(schema, "type")] or ([] if told is None or told == [] else [str(told)])
    if kinds and schema.get("nullable") is True and "null" not in kinds:
        kinds.append("null")
    return kinds
