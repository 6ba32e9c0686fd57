"""What a schema demands, written the same way in every version of OpenAPI."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from attrs import evolve, field, frozen

from tools.generate.openapi_keywords import listed, mapped
from tools.openapi_parts import DocumentError, Node, resolved

Atom = tuple[str, str]
"""A JSON type and its format; an empty text where there is none."""

_MOST_LAYERS = 64
_NUMBER_FORMATS = {"int32": "integer", "int64": "integer", "float": "number", "double": "number"}
RULES = (
    *("pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
)
"""What a value has to keep to, beyond its type."""
# Rules that demand nothing.
_IDLE: Mapping[str, object] = {"minLength": 0, "minItems": 0, "uniqueItems": False}
_BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_JSON_TYPES = {
    "bool": "boolean",
    "int": "integer",
    "float": "number",
    "str": "string",
    "list": "array",
    "dict": "object",
}
_LITERALS = re.compile(r"[\w-]+(?:\|[\w-]+)+", re.ASCII)


@frozen
class Shape:
    """What a schema demands.

    Attributes:
        atoms: The types that are allowed, null left out; empty where any is.
        nullable: Whether null is allowed.
        properties: The schemas of an object's properties, as they stand in the document.
        required: The properties that are always there.
        items: The schema of an array's items, or None.
        values: The values that are allowed, as JSON, or None where there is no such list.
        rules: What else is demanded.
        name: The name that the schema is referred to by, or an empty text.
    """

    atoms: frozenset[Atom] = frozenset()
    nullable: bool = False
    properties: Mapping[str, object] = field(factory=dict[str, object])
    required: frozenset[str] = frozenset()
    items: object = None
    values: frozenset[str] | None = None
    rules: Mapping[str, object] = field(factory=dict[str, object])
    name: str = ""

    @property
    def types(self) -> frozenset[str]:
        """The types alone."""
        return frozenset(kind for kind, _ in self.atoms)

    def formats(self, kind: str) -> frozenset[str]:
        """The formats of one type."""
        return frozenset(form for each, form in self.atoms if each == kind)

    def __str__(self) -> str:
        return " or ".join(f"{kind} ({form})" if form else kind for kind, form in sorted(self.atoms)) or "anything"


class Shapes:
    """Reads the schemas of one document, each once."""

    def __init__(self, document: Node) -> None:
        self.document = document
        # In 3.0 what stands beside a reference counts for nothing.
        self._ignores_siblings = str(document.get("openapi")).startswith("3.0")
        self._read: dict[int, tuple[object, Shape]] = {}

    def of(self, schema: object) -> Shape:
        """Read a schema."""
        if id(schema) not in self._read:
            self._read[id(schema)] = (schema, self._shape(schema, 0))
        return self._read[id(schema)][1]

    def _shape(self, schema: object, layers: int) -> Shape:
        if layers > _MOST_LAYERS:
            raise DocumentError("a schema consists of itself")
        node = cast("Node", schema) if isinstance(schema, dict) else {}
        if "$ref" in node:
            name = str(node["$ref"]).rpartition("/")[2]
            shape = self._shape(resolved(node, self.document), layers + 1)
            if not self._ignores_siblings:
                beside = {key: value for key, value in node.items() if key != "$ref"}
                shape = _both(shape, self._shape(beside, layers + 1))
            return evolve(shape, name=name)
        shape = _plain(node)
        for part in listed(node, "allOf"):
            shape = _both(shape, self._shape(part, layers + 1))
        for key in ("anyOf", "oneOf"):
            if choices := listed(node, key):
                shape = _both(shape, _either([self._shape(each, layers + 1) for each in choices]))
        return shape


def _plain(node: Node) -> Shape:
    declared = node.get("type")
    types = [declared] if isinstance(declared, str) else [str(each) for each in listed(node, "type")]
    values = [node["const"]] if "const" in node else listed(node, "enum")
    nullable = "null" in types or node.get("nullable") is True or (not types and None in values)
    only_null = {*types} == {"null"}
    values = [value for value in values if value is not None]
    if not types:
        types = [_JSON_TYPES.get(type(value).__name__, "string") for value in values]
        types += ["object"] * ("properties" in node) + ["array"] * ("items" in node)
    form = str(node.get("format") or "")
    atoms = frozenset((kind, _format_of(kind, form)) for kind in types if kind != "null")
    rules = {key: node[key] for key in RULES if key in node}
    pattern = _bare_pattern(rules.pop("pattern", ""))
    if _LITERALS.fullmatch(pattern):
        values = values or pattern.split("|")  # an enumeration by another name
    elif pattern:
        rules["pattern"] = pattern
    return Shape(
        atoms=frozenset({("null", "")}) if only_null else atoms,
        nullable=nullable,
        properties=mapped(node, "properties"),
        required=frozenset(map(str, listed(node, "required"))),
        items=node.get("items"),
        values=frozenset(json.dumps(value, sort_keys=True, default=str) for value in values) if values else None,
        rules=_rules(rules, atoms),
    )


def _format_of(kind: str, form: str) -> str:
    """The format, where it is one of the type: a list of types shares one key."""
    meant = _NUMBER_FORMATS.get(form, "string")
    return form if meant == kind or (kind, meant) == ("number", "integer") else ""


def _bare_pattern(pattern: object) -> str:
    """A pattern without what some say, and others take for granted: that it matches the whole of a value."""
    bare = str(pattern).removeprefix("^")
    bare = bare if bare.endswith("\\$") else bare.removesuffix("$")
    grouped = re.fullmatch(r"\((?:\?:)?([^()\\]*)\)", bare)
    return grouped[1] if grouped else bare


def _rules(rules: dict[str, Any], atoms: frozenset[Atom]) -> dict[str, object]:
    for exclusive, bound, step in (("exclusiveMinimum", "minimum", 1), ("exclusiveMaximum", "maximum", -1)):
        # As 3.0 has it, it is a mark of the bound beside it.
        if isinstance(rules.get(exclusive), bool) and rules.pop(exclusive) and bound in rules:
            rules[exclusive] = rules.pop(bound)
        whole = atoms and all(kind == "integer" for kind, _ in atoms)
        if whole and isinstance(rules.get(exclusive), int):
            rules[bound] = rules.pop(exclusive) + step
    for _, form in atoms:
        least, most = _BOUNDS.get(form, (None, None))
        rules = {k: v for k, v in rules.items() if (k, v) not in {("minimum", least), ("maximum", most)}}
    return {key: value for key, value in rules.items() if key not in _IDLE or value != _IDLE[key]}


def _both(one: Shape, other: Shape) -> Shape:
    """What fits both."""
    values = one.values if other.values is None else other.values
    if one.values is not None and other.values is not None:
        values = one.values & other.values
    return Shape(
        atoms=_common(one.atoms, other.atoms),
        # Strictly it would take both; but this is how 3.0 makes a reference nullable.
        nullable=one.nullable or other.nullable,
        properties={**one.properties, **other.properties},
        required=one.required | other.required,
        items=other.items if one.items is None else one.items,
        values=values,
        rules={**one.rules, **other.rules},
        name=one.name or other.name,
    )


def _common(one: frozenset[Atom], other: frozenset[Atom]) -> frozenset[Atom]:
    if not one or not other:
        return one or other
    pairs = ((first, second) for first in one for second in other)
    found = ((kind, a or b) for (kind, a), (also, b) in pairs if kind == also and (a == b or not a or not b))
    return frozenset(found) or one


def _either(choices: Sequence[Shape]) -> Shape:
    """What fits one of them."""
    some = [each for each in choices if each.types != frozenset({"null"})]
    if not some:
        return Shape(nullable=True)
    objects = [each for each in some if each.properties]
    values = [each.values for each in some if each.values is not None]
    return Shape(
        atoms=frozenset(atom for each in some for atom in each.atoms if all(other.atoms for other in some)),
        nullable=any(each.nullable for each in choices),
        properties={name: schema for each in objects for name, schema in each.properties.items()},
        required=frozenset(
            name for each in objects[:1] for name in each.required if all(name in o.required for o in objects)
        ),
        items=next((each.items for each in some if each.items is not None), None),
        values=frozenset[str]().union(*values) if len(values) == len(some) else None,
        rules={key: rule for key, rule in some[0].rules.items() if all(each.rules.get(key) == rule for each in some)},
        name=some[0].name if len(some) == 1 else "",
    )
