"""Schemas in few words: how they are held, and what is said beside their types."""

import json
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from tools.generate.allof import PERSONAL, UNIONS, MergeError, types_of, whole
from tools.generate.enums import ENUM, enumeration
from tools.generate.openapi_keywords import listed
from tools.openapi_parts import DocumentError, Keys, Node, target

# What of a schema is said beside its type, and arrives in the templates.
MARKS = (PERSONAL, "x-lenient", "x-provenance")
REFERENCE = "#/components/schemas/"
ANY: Node = {}
OBJECT_KEYS = ("properties", "additionalProperties", "required", "patternProperties")
# What the members of a union may say that is a rule for the object beside them, and no type.
RULES_OF_MEMBERS = {"required", "not", "title", "description", "type", "minProperties", "maxProperties"}


class Use(NamedTuple):
    """Where a schema stands: its keys, and the names that a class made of it is named after."""

    keys: Keys
    parent: str
    name: str
    is_property: bool = False
    """A decimal may stand here."""
    is_part: bool = False
    """Bytes may stand here: it is the part of a form."""

    def below(self, name: str, *keys: str | int) -> "Use":
        """Return the place of an item, or of a member of a union."""
        return self._replace(keys=(*self.keys, *keys), name=f"{self.name}_{name}")


class Lowered(NamedTuple):
    """A schema in few words, and whether it may be null besides."""

    node: Node
    may_be_null: bool = False


def with_null(lowered: Lowered) -> Node:
    """Return a schema that says itself that it may be null."""
    is_any = not {"$ref", "type", "anyOf"} & set(lowered.node)
    if not lowered.may_be_null or is_any or lowered.node.get("type") == "null":
        return lowered.node
    said = {key: value for key, value in lowered.node.items() if key in ("description", "x-wire-name", *MARKS)}
    bare = {key: value for key, value in lowered.node.items() if key not in said}
    return {"anyOf": [*bare.get("anyOf", [bare]), {"type": "null"}], **said}


def may_be_null(flat: Node) -> bool:
    """Whether a schema that says everything itself allows null."""
    return "null" in types_of(flat) or None in listed(flat, "enum") or flat.get("nullable") is True


def said_of(schema: Node) -> Node:
    """Return the description of a schema, with what is said beside it, and its marks."""
    own: Any = schema.get("description")
    said = [str(own).rstrip()] if own else []
    for key, text in (("deprecated", "Deprecated."), ("readOnly", "Read only."), ("writeOnly", "Write only.")):
        if schema.get(key) is True:
            said.append(text)
    if schema.get("default") is not None:
        said.append(f"Default: {json.dumps(schema['default'], ensure_ascii=False, default=str)}.")
    made: Node = {"description": " ".join(said)} if said else {}
    return made | {mark: schema[mark] for mark in MARKS if mark in schema}


def shape(schema: Node, document: Node) -> str:
    """Return what a schema is made into: `object`, `enum`, `plain`, `union`, or another type; `any` if it says none."""
    try:
        flat = whole(schema, document)
    except (DocumentError, MergeError):
        return "any"
    kinds = [kind for kind in types_of(flat) if kind != "null"]
    is_union = any(members(flat, key) for key in UNIONS)
    if not is_union and {"const", "enum"} & set(flat):
        return "enum" if enumeration(flat).name == ENUM else "plain"
    if is_union or len(kinds) > 1:
        return "union"
    untold = "null" if types_of(flat) else "array" if "items" in flat else "any"
    if not kinds:
        return "object" if set(OBJECT_KEYS) & set(flat) else untold
    return kinds[0]


def members(flat: Node, key: str) -> list[Node]:
    """List the members of a union that say more than what is required."""
    found = [cast("Node", each) for each in listed(flat, key) if isinstance(each, dict)]
    if flat.get("properties") and all(set(each) <= RULES_OF_MEMBERS for each in found):
        return []
    return found


def is_personal(schema: object, document: Node, seen: tuple[str, ...] = ()) -> bool:
    """Whether a value of a schema identifies a person as a whole; what its properties say is their own affair."""
    if not isinstance(schema, dict):
        return False
    node = cast("Node", schema)
    reference = node.get("$ref")
    if node.get(PERSONAL) is True:
        return True
    if reference is not None:
        return reference not in seen and is_personal(target(node, document), document, (*seen, reference))
    parts = [node.get("items"), *(each for key in ("allOf", *UNIONS) for each in listed(node, key))]
    return any(is_personal(part, document, seen) for part in parts)


def key_of(reference: str) -> str:
    """Return the key that a reference to a schema of components ends in."""
    return unquote(reference.removeprefix(REFERENCE)).replace("~1", "/").replace("~0", "~")


def is_plain(name: str) -> bool:
    """Whether the generator can print the name of a property in a literal."""
    return bool(name) and name.isprintable() and not {'"', "\\"} & set(name)


def plain(name: str) -> str:
    """Return a name for a property whose own can't be printed."""
    return "".join(each for each in name if each.isalnum() or each == "_") or "empty"
