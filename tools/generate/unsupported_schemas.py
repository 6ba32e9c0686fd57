"""Name what of a schema the generator and our templates would pass over."""

import unicodedata
from collections.abc import Iterator
from typing import Any, cast

from openapi_python_client.parser.properties import Class, EnumProperty

from tools.generate.openapi_keywords import Place, listed, mapped, words
from tools.generate.prepare import PERSONAL, is_decimal, is_personal, makes_a_class, merged
from tools.generate.unsupported_unions import UNIONS, of_a_union
from tools.openapi_parts import DocumentError, Keys, Node, resolved, target

# The formats that are read as something else than their type, or say which one of it, with that type.
FORMATS: dict[str, str] = {
    "date": "string",
    "date-time": "string",
    "decimal": "string",
    "uuid": "string",
    "int32": "integer",
    "int64": "integer",
    "float": "number",
    "double": "number",
}
# The formats that are known to stay the text that they are.
TEXTS = words(
    "byte duration email hostname idn-email idn-hostname ipv4 ipv6 iri iri-reference json-pointer password regex",
    "relative-json-pointer time uri uri-reference uri-template",
)
# What says of which shape a value is, and goes with no other shape.
SHAPES = {
    "items": "array",
    "properties": "object",
    "additionalProperties": "object",
    "required": "object",
}
# The types that a schema may have whose enum has such a value. The generator itself refuses others.
ENUMERABLE: dict[type, set[str]] = {str: {"string"}, int: {"integer", "number"}}
MARKS = (PERSONAL, "x-lenient")
AWKWARD = frozenset('"\\\n\r\t')


def of_a_schema(place: Place, document: Node) -> Iterator[str]:
    """Find what of a schema would be dropped; the keywords themselves have been looked at."""
    schema = place.node
    yield from _marks(schema, place)
    if "$ref" in schema:
        try:
            resolved(schema, document)
        except DocumentError:
            yield f"a reference that leads nowhere ({schema['$ref']})"
        return
    yield from _shapes(schema)
    yield from _format(schema)
    yield from _enumeration(schema)
    yield from _decimals(schema, place, document)
    for name in mapped(schema, "properties"):
        if not is_printable(str(name)) or not AWKWARD.isdisjoint(str(name)):
            yield f"a property name with double quotes, backslashes or invisible characters ({str(name)!a})"
    yield from _parts(schema, document)
    yield from of_a_union(schema, document)


def is_printable(text: str) -> bool:
    """Whether a text has no character that the generator leaves out of what it prints."""
    return all(unicodedata.category(each)[0] != "C" and unicodedata.category(each) not in ("Zl", "Zp") for each in text)


def _marks(schema: Node, place: Place) -> Iterator[str]:
    for mark in MARKS:
        if not isinstance(schema.get(mark, False), bool):
            yield f"an {mark} that is neither true nor false"
    if "x-lenient" in schema and place.keys[:-1] != ("components", "schemas"):
        plain = "$ref" not in schema and not {"object", "null"} & set(_types(schema)) and "type" in schema
        if place.keys[-2:-1] != ("properties",) or place.keys[:2] != ("components", "schemas") or not plain:
            yield "x-lenient elsewhere than on a schema of components, or a property of one that is no object"
    properties = mapped(schema, "properties")
    for name in properties:
        is_lenient = mapped(properties, name).get("x-lenient") is True
        if is_lenient and (name in listed(schema, "required") or mapped(schema, "additionalProperties")):
            yield f"x-lenient on a property that is required, or beside a map ({name})"


def _types(schema: Node) -> list[str]:
    if isinstance(schema.get("type"), str):
        return [schema["type"]]
    return [str(kind) for kind in listed(schema, "type")]


def _shapes(schema: Node) -> Iterator[str]:
    kinds = _types(schema)
    if schema.get("type") == []:
        yield "an empty list of types"
    for keyword, kind in SHAPES.items():
        # The generator makes an object of what has properties or parts, even if no type says so.
        untold = not kinds and kind == "object" and bool({"properties", "allOf"} & set(schema))
        if keyword in schema and kind not in kinds and not untold:
            yield f"{keyword} without the type {kind}"
    combined = [key for key in ("allOf", *UNIONS) if key in schema]
    if len(combined) > 1:
        yield f"{' and '.join(combined)} of one schema"
    for key in combined:
        if not schema[key]:
            yield f"an empty {key}"
        beside = {"format", "enum", "items"} if key == "allOf" else {"type", "format", "enum", *SHAPES}
        for other in sorted(beside & set(schema)):
            yield f"{other} beside {key}"


def _format(schema: Node) -> Iterator[str]:
    form = schema.get("format")
    kinds = [kind for kind in _types(schema) if kind != "null"]
    if form is None:
        return
    if form == "binary":
        yield "the format binary"
    elif str(form) not in FORMATS and str(form) not in TEXTS:
        yield f"the format {form}, which is not known"
    elif form != "decimal" and FORMATS.get(str(form), "string") not in kinds:
        yield f"the format {form} of the type {', '.join(kinds) or 'any'}"


def _enumeration(schema: Node) -> Iterator[str]:
    if "enum" not in schema:
        return
    values = listed(schema, "enum")
    kinds = [kind for kind in _types(schema) if kind != "null"]
    wanted = [ENUMERABLE[type(value)] for value in values if type(value) in ENUMERABLE]
    texts = [value for value in values if isinstance(value, str)]
    integers = [value for value in values if isinstance(value, int)]
    names = [str(name) for name in listed(schema, "x-enum-varnames")]
    named = [*texts, *integers]
    form = schema.get("format")
    faults = {
        "an empty enum": not values,
        f"an enum of the type {', '.join(kinds)}": any({*kinds} - kind for kind in wanted),
        f"an enum of the format {form}": form not in (None, "int32", "int64"),
        "an enum value with invisible characters": not all(map(is_printable, texts)),
        "an enum with a value twice": len({*map(repr, values)}) < len(values),
        "an enum two of whose values become the same name": len(_names_of(named, names)) < len({*map(repr, named)}),
        "x-enum-varnames of another number than the values": "x-enum-varnames" in schema and len(names) != len(named),
        "an enum value of more than 64 bits": not all(-(2**63) <= value < 2**63 for value in integers),
        "a boolean in an enum": any(isinstance(value, bool) for value in values),
    }
    yield from (what for what, there in faults.items() if there)


def _names_of(values: list[Any], names: list[str]) -> list[str]:
    """The names that the generator makes of values; none where it stumbles over two of one name."""
    try:
        return list(EnumProperty.values_from_list(values, Class("X", "x"), names))  # type: ignore[arg-type]
    except ValueError:
        return []


def _decimals(schema: Node, place: Place, document: Node) -> Iterator[str]:
    if schema.get("format") != "decimal":
        return
    keys = place.keys
    # What is around it up to a property: arrays, which may not be null either.
    around = [schema]
    while keys[-1] == "items":
        keys = keys[:-1]
        around.append(_at(keys, document))
    kinds = ["string", *["array"] * (len(around) - 1)]
    if any(each.get("nullable") or each.get("type") != kind for each, kind in zip(around, kinds, strict=True)):
        yield "a decimal that is not of the type string alone, or in an array that is none alone"
    is_schema_of_components = keys[:-1] == ("components", "schemas")
    if not (is_schema_of_components or keys[-1] == "additionalProperties" or keys[-2] == "properties"):
        yield "a decimal elsewhere than as a property, in a map, or as the items of an array there"


def _at(keys: Keys, document: Node) -> Node:
    found: Any = document
    for key in keys:
        found = found[key]
    return cast("Node", found)


def _parts(schema: Node, document: Node) -> Iterator[str]:
    """What goes wrong in the parts of an allOf, and with the names that are required."""
    written = [cast("Node", part) for part in listed(schema, "allOf") if isinstance(part, dict)]
    parts = [target(part, document) for part in written]
    for part, as_written in zip(parts, written, strict=True):
        if "$ref" not in as_written and "allOf" in part:
            yield "allOf directly within allOf"
        if any(key in part for key in UNIONS) or part.get("nullable") or isinstance(part.get("type"), list):
            yield "a part of allOf that is not an object alone"
        if isinstance(part.get("additionalProperties"), dict):
            yield "a part of allOf with additionalProperties of its own"
    properties = merged(schema, document) | mapped(schema, "properties")
    for name, node in merged(schema, document).items():
        own = mapped(mapped(schema, "properties"), name)
        if makes_a_class(node) and is_personal(node, document):
            yield f"x-personal on an object or enum within a part of allOf ({name})"
        if is_decimal(node) and not is_decimal(own) and len(parts) > 1:
            yield f"a decimal in one part of allOf, and no decimal in another ({name})"
    for name in map(str, listed(schema, "required")):
        if name not in properties:
            yield f"a required property that is none of the properties ({name})"
