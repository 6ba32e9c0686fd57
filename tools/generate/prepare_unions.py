"""Say a union flat: its members, theirs if they are unions, and a class for what a discriminator does not know."""

import json
from collections.abc import Callable

from tools.generate.allof import UNIONS, types_of
from tools.generate.lowered import ANY, REFERENCE, Lowered, Use, key_of, members, shape
from tools.generate.openapi_keywords import mapped
from tools.openapi_parts import Node

# What of a schema stands beside a union without being a part of its members.
BESIDE = (*UNIONS, "discriminator", "title", "description", "nullable", "deprecated", "default", "example", "examples")


def told_members(flat: Node, use: Use, document: Node) -> list[tuple[Node, Use]]:
    """List the members of a union as schemas of their own, with what stands beside them."""
    base = {key: value for key, value in flat.items() if key not in BESIDE}
    adds = bool(base.get("properties"))
    told = [(key, index, each) for key in UNIONS for index, each in enumerate(members(flat, key))]
    if sum(each.get("type") != "null" for _, _, each in told) > 1:
        use = use._replace(is_property=False)  # a decimal among others can't be told from texts
    made: list[tuple[Node, Use]] = []
    for number, (key, index, each) in enumerate(told):
        member = {"allOf": [base, each]} if adds and shape(each, document) == "object" else each
        made.append((member, use.below(f"type_{number}", key, index)))
    if not told:
        kinds = [kind for kind in types_of(flat) if kind != "null"]
        made = [({**flat, "type": kind, "nullable": False}, use.below(f"type_{i}")) for i, kind in enumerate(kinds)]
    return made


def union(found: list[Lowered], *, has_other: bool) -> Lowered:
    """Return the union of some schemas; null among them is none of the members.

    Args:
        found: The members.
        has_other: Whether another member follows, so that one alone is no union.
    """
    made: list[Node] = []
    may_be_null = False
    for lowered in found:
        may_be_null = may_be_null or lowered.may_be_null
        for each in lowered.node.get("anyOf", [lowered.node]):
            bare = {key: value for key, value in each.items() if key not in ("description", "x-provenance")}
            if bare.get("type") == "null":
                may_be_null = True
            elif bare not in made:
                made.append(bare)
    if not made:
        return Lowered({"type": "null"} if may_be_null else ANY, may_be_null)
    if ANY in made or (len(made) == 1 and not has_other):
        return Lowered(ANY if ANY in made else made[0], may_be_null)
    return Lowered({"anyOf": made}, may_be_null)


def known_kinds(discriminator: Node, keys: list[str]) -> dict[str, str]:
    """Return the schema of components that each value of a discriminator names."""
    values: dict[str, str] = {}
    for value, reference in mapped(discriminator, "mapping").items():
        values[str(value)] = key_of(str(reference))
    named = set(values.values())
    values |= {key: key for key in keys if key not in named}
    return {value: key for value, key in values.items() if key in keys}


def other_class(wire: str, kinds: dict[str, str], module: Callable[[str], str]) -> Node:
    """Return the class of what is of no kind that a discriminator knows: a union is as open as an enumeration."""
    modules = {json.dumps(value): module(key) for value, key in kinds.items()}
    return {
        "type": "object",
        "description": f"One whose {wire} is none that the specification knows. What else it holds is kept as it came.",
        "required": [wire],
        "properties": {wire: {"type": "string"}},
        "additionalProperties": True,
        "x-kinds": {"property": json.dumps(wire), "modules": modules},
    }


def reference_to(name: str) -> Node:
    """Return a reference to a class."""
    return {"$ref": f"{REFERENCE}{name}"}
