"""Carry each parameter's description to where the generator reads it: into the parameter's schema.

OpenAPI describes a parameter beside its schema; openapi-python-client passes on what the schema says, alone.
"""

from copy import deepcopy
from typing import Any, cast

Node = dict[str, Any]


def describe_parameters(document: Node) -> Node:
    """Return a copy of a document in which the schema of every parameter has the parameter's description."""
    described = deepcopy(document)
    components = cast("Node", described.get("components") or {})
    schemas = cast("Node", components.get("schemas") or {})
    holders: list[Node] = []
    for path in cast("dict[str, Node]", described.get("paths") or {}).values():
        holders.append(path)
        holders.extend(cast("Node", operation) for operation in path.values() if isinstance(operation, dict))
    parameters = list(cast("dict[str, Node]", components.get("parameters") or {}).values())
    for holder in holders:
        parameters.extend(cast("list[Node]", holder.get("parameters") or []))
    for parameter in parameters:
        schema = parameter.get("schema")
        if isinstance(schema, dict) and "description" in parameter:
            parameter["schema"] = _described(cast("Node", schema), parameter["description"], schemas)
    return described


def _described(schema: Node, description: str, schemas: Node) -> Node:
    reference = schema.get("$ref")
    if reference is not None:
        target = schemas.get(str(reference).rpartition("/")[2])
        if not isinstance(target, dict) or "properties" in target or "enum" in target:
            return schema  # a class of its own, which has its own description
        schema = deepcopy(cast("Node", target))
    return {**schema, "description": description}
