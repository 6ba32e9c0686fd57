"""What a schema demands, written the same way in every version of OpenAPI, and which names are likely the same."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, cast

from attrs import evolve, field, frozen

from tools.spec.documents import DocumentError, Node, resolved

Atom = tuple[str, str]
"""A JSON type and its format; an empty text where there is none."""

_MOST_LAYERS = 64
_NUMBER_FORMATS = {"int32": "integer", "int64": "integer", "float": "number", "double": "number"}
_RULES = (
    *("pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
)
# Rules that demand nothing.
_IDLE: Mapping[str, object] = {"minLength": 0, "minItems": 0, "uniqueItems": False}
_BOUNDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_JSON_TYPES: Mapping[type, str] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
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


def mapping(value: object) -> Node:
    """A mapping of the document; an empty one where there is something else."""
    return cast("Node", value) if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """A list of the document; an empty one where there is something else."""
    return list(cast("Iterable[Any]", value)) if isinstance(value, list) else []


class Shapes:
    """Reads the schemas of one document, each once."""

    def __init__(self, document: Node) -> None:
        self.document = document
        # In 3.0 what stands beside a reference counts for nothing.
        self._ignores_siblings = str(document.get("openapi")).startswith("3.0")
        self._read: dict[int, tuple[object, Shape]] = {}

    def of(self, schema: object) -> Shape:
        """Read a schema."""
        known = self._read.get(id(schema))
        if known is None:
            known = self._read[id(schema)] = (schema, self._shape(schema, 0))
        return known[1]

    def _shape(self, schema: object, layers: int) -> Shape:
        if layers > _MOST_LAYERS:
            raise DocumentError("a schema consists of itself")
        node = mapping(schema)
        if "$ref" in node:
            name = str(node["$ref"]).rpartition("/")[2]
            shape = evolve(self._shape(resolved(node, self.document), layers + 1), name=name)
            beside = {key: value for key, value in node.items() if key != "$ref"}
            return shape if self._ignores_siblings else evolve(_both(shape, self._shape(beside, layers + 1)), name=name)
        shape = _plain(node)
        for part in sequence(node.get("allOf")):
            shape = _both(shape, self._shape(part, layers + 1))
        for key in ("anyOf", "oneOf"):
            if choices := sequence(node.get(key)):
                shape = _both(shape, _either([self._shape(each, layers + 1) for each in choices]))
        return shape


def _plain(node: Node) -> Shape:
    declared = node.get("type")
    types = [str(each) for each in sequence(declared)] or ([declared] if isinstance(declared, str) else [])
    listed: list[object] = [node["const"]] if "const" in node else sequence(node.get("enum"))
    nullable = "null" in types or node.get("nullable") is True or (not types and None in listed)
    only_null = bool(types) and set(types) == {"null"}
    listed = [value for value in listed if value is not None]
    if not types:
        types = [_JSON_TYPES.get(type(value), "string") for value in listed]
        types += ["object"] * ("properties" in node) + ["array"] * ("items" in node)
    form = str(node.get("format") or "")
    atoms = frozenset((kind, _format_of(kind, form)) for kind in types if kind != "null")
    rules = {key: node[key] for key in _RULES if key in node}
    pattern = _bare_pattern(rules["pattern"]) if "pattern" in rules else ""
    if _LITERALS.fullmatch(pattern):
        # An enumeration by another name.
        del rules["pattern"]
        listed = listed or [*pattern.split("|")]
    elif pattern:
        rules["pattern"] = pattern
    return Shape(
        atoms=frozenset({("null", "")}) if only_null else atoms,
        nullable=nullable,
        properties=mapping(node.get("properties")),
        required=frozenset(map(str, sequence(node.get("required")))),
        items=node.get("items"),
        values=frozenset(json.dumps(value, sort_keys=True, default=str) for value in listed) if listed else None,
        rules=_rules(rules, atoms),
    )


def _format_of(kind: str, form: str) -> str:
    """The format, where it is one of the type: a list of types shares one key."""
    if kind == "integer" and form in _NUMBER_FORMATS:
        return form if _NUMBER_FORMATS[form] == "integer" else ""
    if kind == "number":
        return form if form in _NUMBER_FORMATS else ""
    return form if kind == "string" and form not in _NUMBER_FORMATS else ""


def _bare_pattern(pattern: object) -> str:
    """A pattern without what some say, and others take for granted: that it matches the whole of a value."""
    bare = str(pattern)
    bare = bare.removeprefix("^")
    bare = bare.removesuffix("$") if not bare.endswith("\\$") else bare
    inner = bare.removeprefix("(?:") if bare.startswith("(?:") else bare.removeprefix("(")
    inner = inner.removesuffix(")")
    grouped = len(inner) < len(bare) and not any(sign in inner for sign in "()\\")
    return inner if grouped and bare.startswith("(") and bare.endswith(")") else bare


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
    found = {
        (kind, form or more) for kind, form in one for also, more in other if kind == also and form in {"", more}
    } | {(kind, form) for kind, form in one for also, more in other if kind == also and more == ""}
    return frozenset(found) or one


def _either(choices: Sequence[Shape]) -> Shape:
    """What fits one of them."""
    nullable = any(each.nullable for each in choices)
    some = [each for each in choices if each.types != frozenset({"null"})]
    if not some:
        return Shape(nullable=True)
    objects = [each for each in some if each.properties]
    values = [each.values for each in some]
    return Shape(
        atoms=frozenset[Atom]().union(*(each.atoms for each in some))
        if all(each.atoms for each in some)
        else frozenset[Atom](),
        nullable=nullable,
        properties={name: schema for each in objects for name, schema in each.properties.items()},
        required=_shared([each.required for each in objects]),
        items=next((each.items for each in some if each.items is not None), None),
        values=None if None in values else frozenset[str]().union(*(each for each in values if each is not None)),
        rules={k: v for k, v in some[0].rules.items() if all(k in each.rules and each.rules[k] == v for each in some)},
        name=some[0].name if len(some) == 1 else "",
    )


def _shared(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    """What is in all of some sets; nothing where there is none."""
    return sets[0].intersection(*sets[1:]) if sets else frozenset()


# Of 1, from which on two names are taken for the same.
_LIKELY_NAME = 0.65
# Of the properties of two objects, the share that has to be common.
_LIKELY_OBJECT = 0.5


def renamings(ours: Mapping[str, object], theirs: Mapping[str, object], our: Shapes, their: Shapes) -> dict[str, str]:
    """Pair the names that are missing there with those that we lack."""
    gone = [name for name in ours if name not in theirs]
    come = [name for name in theirs if name not in ours]
    scores = {
        (mine, other): score
        for mine in gone
        for other in come
        if (score := _score((mine, ours[mine]), (other, theirs[other]), our, their)) > 0
    }
    pairs: dict[str, str] = {}
    for (mine, other), score in sorted(scores.items(), key=lambda item: -item[1]):
        rivals = [
            each for pair, each in scores.items() if pair != (mine, other) and (pair[0] == mine or pair[1] == other)
        ]
        if mine not in pairs and other not in pairs.values() and all(score > rival for rival in rivals):
            pairs[mine] = other
    return pairs


def name_likeness(one: str, other: str) -> float:
    """How alike two names are, of 1; case and signs count for nothing."""
    first, second = (re.sub(r"[^a-z0-9]", "", name.lower()) for name in (one, other))
    if first == second:
        return 1.0
    if min(len(first), len(second)) > 1 and (first.endswith(second) or second.endswith(first)):
        return 0.9
    return SequenceMatcher(None, first, second).ratio()


def _score(mine: tuple[str, object], other: tuple[str, object], our: Shapes, their: Shapes) -> float:
    names = name_likeness(mine[0], other[0])
    likely = names if names >= _LIKELY_NAME else 0.0
    shape = _shape_likeness(mine[1], other[1], our, their)
    # What holds something is known by that; a mere text or number by its name alone.
    return (1 + shape + likely) if shape >= _LIKELY_OBJECT else likely


def _shape_likeness(mine: object, other: object, our: Shapes, their: Shapes) -> float:
    """How much two lists or objects hold the same, of 1; 0 for anything else."""
    try:
        one, two = our.of(mine), their.of(other)
    except DocumentError:
        return 0.0
    if one.types != two.types:
        return 0.0
    if one.types == frozenset({"array"}):
        inner, there = our.of(one.items), their.of(two.items)
        if inner.name and inner.name == there.name:
            return 1.0
        return _common_names(inner.properties, there.properties)
    return _common_names(one.properties, two.properties) if one.types == frozenset({"object"}) else 0.0


def _common_names(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    return len(one.keys() & other.keys()) / len(one.keys() | other.keys()) if one and other else 0.0
