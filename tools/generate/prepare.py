"""Say in a document where the generator and our templates look for it what OpenAPI lets one say elsewhere.

That a value identifies a person or that a text is an amount may stand behind a reference, at the items of an array or
in a part of an allOf; the templates look at the property alone. Defaults and deprecation have no place in the code but
the docstrings.
"""

import json
from copy import deepcopy
from typing import cast

from tools.generate.openapi_keywords import listed, mapped, places
from tools.openapi_parts import Node, operations, target

PERSONAL = "x-personal"


def prepared(document: Node) -> Node:
    """Return a copy of a document that says everything where it is looked for."""
    copy = deepcopy(document)
    for place in list(places(copy)):
        _note(place.node, mapped(place.node, "schema") if place.kind == "parameter" else {})
    for _, item, operation in operations(copy):
        _describe_classes(item, operation, copy)
    for place in [place for place in places(copy) if place.kind == "parameter"]:
        _describe_schema(place.node, copy)
    for place in [place for place in places(copy) if place.kind == "schema"]:
        _bring_decimal(place.node, copy)
        _say_null_once(place.node)
    schemas = [place.node for place in places(copy) if place.kind == "schema"]
    for schema in schemas:
        properties = mapped(schema, "properties")
        for node in properties.values():
            if schema.get(PERSONAL) is True or is_personal(node, copy):
                node[PERSONAL] = True
    for schema in schemas:
        _bring_parts(schema, copy)
    return copy


def is_personal(schema: object, document: Node, seen: tuple[str, ...] = ()) -> bool:
    """Whether a value of a schema identifies a person as a whole; what its properties say is their own affair."""
    if not isinstance(schema, dict):
        return False
    schema = cast("Node", schema)
    reference = schema.get("$ref")
    if schema.get(PERSONAL) is True:
        return True
    if reference is not None:
        return reference not in seen and is_personal(target(schema, document), document, (*seen, reference))
    parts = [schema.get("items"), *(each for key in ("allOf", "anyOf", "oneOf") for each in listed(schema, key))]
    return any(is_personal(part, document, seen) for part in parts)


def is_decimal(schema: Node) -> bool:
    """Whether a schema is that of an amount, or of an array of amounts."""
    while schema.get("type") == "array":
        schema = mapped(schema, "items")
    return schema.get("format") == "decimal"


def merged(schema: Node, document: Node, seen: tuple[int, ...] = ()) -> dict[str, Node]:
    """List the properties that a schema takes from the parts of its allOf, at any depth."""
    properties: dict[str, Node] = {}
    for part in listed(schema, "allOf"):
        inner = target(part, document)
        if id(inner) not in seen:
            for held in (merged(inner, document, (*seen, id(inner))), mapped(inner, "properties")):
                for name, node in held.items():
                    before = properties.get(name, {})
                    kept = {PERSONAL: True} if before.get(PERSONAL) is True else {}
                    properties[name] = {**(kept if "$ref" in {*before, *node} else before), **node}
    return properties


def _describe_schema(parameter: Node, document: Node) -> None:
    """Carry a parameter's description into its schema, to a copy where that is shared: the generator reads no other."""
    schema = parameter.get("schema")
    if not isinstance(schema, dict) or "description" not in parameter:
        return
    held = cast("Node", schema)
    if "$ref" in held:
        held = mapped(mapped(mapped(document, "components"), "schemas"), str(held["$ref"]).rpartition("/")[2])
        if not held or "properties" in held or "enum" in held:
            return  # a class of its own, which has its own description
    parameter["schema"] = deepcopy(held) | {"description": parameter["description"]}


def _note(node: Node, schema: Node) -> None:
    """Add to a description what is said beside it."""
    own = node.get("description") or schema.get("description")
    said = [str(own).rstrip()] if own else []
    if node.get("deprecated") is True or schema.get("deprecated") is True:
        said.append("Deprecated.")
    default = node.get("default", schema.get("default"))
    if default is not None:
        said.append(f"Default: {json.dumps(default, ensure_ascii=False, default=str)}.")
    if len(said) > bool(own):
        node["description"] = " ".join(said)


def _describe_classes(item: Node, operation: Node, document: Node) -> None:
    """Say in the operation what a parameter of an enumeration means there: the class has a description of its own."""
    for node in [*listed(item, "parameters"), *listed(operation, "parameters")]:
        parameter = target(node, document)
        schema = mapped(parameter, "schema")
        if "$ref" in schema and "description" in parameter and makes_a_class(target(schema, document)):
            said = f"{parameter.get('name')}: {parameter['description']}"
            operation["description"] = "\n\n".join(filter(None, [operation.get("description"), said]))


def _bring_decimal(schema: Node, document: Node) -> None:
    """Put what a reference to an amount refers to in the place of the reference."""
    if "$ref" in schema and is_decimal(amount := target(schema, document)):
        del schema["$ref"]
        for key, value in deepcopy(amount).items():
            schema.setdefault(key, value)
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
        _bring_decimal(schema["items"], document)


def _say_null_once(schema: Node) -> None:
    """Say by its values alone that an enumeration may be null: said twice, the generator makes three classes of it."""
    values, kinds = listed(schema, "enum"), [kind for kind in listed(schema, "type") if kind != "null"]
    if values and schema.get("nullable") is True:
        schema["enum"] = [*(value for value in values if value is not None), None]
        del schema["nullable"]
    if None in listed(schema, "enum") and len(kinds) == 1:
        schema["type"] = kinds[0]


def _bring_parts(schema: Node, document: Node) -> None:
    """Repeat those properties of the parts of an allOf that have marks, and keep what stands beside a single part."""
    parts = listed(schema, "allOf")
    if len(parts) == 1 and "$ref" in parts[0]:
        if not schema.get("properties") and not schema.get("required"):
            return  # the generator takes it for the part itself, which has the marks
        # With a single part the generator would drop all that stands beside it.
        schema["allOf"] = [*parts, {"type": "object"}]
    properties = mapped(schema, "properties")
    for name, node in merged(schema, document).items():
        marked = node.get(PERSONAL) is True or is_decimal(node) or "x-provenance" in node
        if name in properties and node.get(PERSONAL) is True:
            properties[name][PERSONAL] = True
        elif marked and name not in properties and not makes_a_class(node):
            properties[name] = deepcopy(node)
    if properties:
        schema["properties"] = properties


def makes_a_class(schema: object) -> bool:
    """Whether a schema that stands here, and not behind a reference, becomes a class of its own."""
    if not isinstance(schema, dict) or "$ref" in schema:
        return False
    schema = cast("Node", schema)
    parts = [schema.get("items"), *(each for key in ("anyOf", "oneOf") for each in listed(schema, key))]
    kinds = schema.get("type")
    return (
        any(key in schema for key in ("enum", "properties", "allOf", "additionalProperties"))
        or "object" in (kinds if isinstance(kinds, list) else [kinds])
        or any(makes_a_class(part) for part in parts)
    )
