"""Enumerations: which of them become classes, and what the others are."""

import datetime as dt
from typing import Any, NamedTuple

from tools.generate.allof import types_of
from tools.generate.names import value_names
from tools.generate.openapi_keywords import listed
from tools.openapi_parts import Node

ENUM = "enum"
BITS = 63


class Enumeration(NamedTuple):
    """What an enumeration is made into, and its schema."""

    name: str
    node: Node


def enumeration(schema: Node) -> Enumeration:
    """Return an open enumeration of strings or of integers, or the type that the values have."""
    values: list[Any] = [schema["const"]] if "const" in schema else listed(schema, "enum")
    kinds = [kind for kind in types_of(schema) if kind != "null"]
    values = [value for value in values if value is not None]
    if kinds == ["string"]:
        values = [_text(value) for value in values]
    elif kinds and kinds[0] in ("integer", "number") and len(kinds) == 1:
        values = [_number(value) for value in values]
    values = [
        value
        for index, value in enumerate(values)
        if not any(value is each or (type(value) is type(each) and value == each) for each in values[:index])
    ]
    if not values:
        return Enumeration("plain", {"type": "null"})
    found: set[type] = {type(value) for value in values}
    if found == {str} and all(map(_is_printable, values)):
        return Enumeration(ENUM, _named({"type": "string", "enum": values}, schema))
    if found == {int} and all(value.bit_length() <= BITS for value in values):
        return Enumeration(ENUM, _named({"type": "integer", "enum": values}, schema))
    plain: dict[type, str] = {bool: "boolean", str: "string", int: "integer", float: "number"}
    types = sorted({plain.get(kind, "") for kind in found})
    if types == ["integer", "number"]:
        types = ["number"]
    if "" in types:
        return Enumeration("plain", {})
    members = [{"type": kind} for kind in types]
    return Enumeration("plain", members[0] if len(members) == 1 else {"anyOf": members})


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float | dt.date) else value


def _number(value: Any) -> Any:
    try:
        return int(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _is_printable(text: str) -> bool:
    return all(each.isprintable() for each in text)


def _named(node: Node, schema: Node) -> Node:
    told = schema.get("x-enum-varnames")
    values = node["enum"]
    names = [str(name) for name in listed(schema, "x-enum-varnames") if name is not None]
    if told is not None and len(names) != len(values):
        names = []
    own = value_names(values, names)
    if own is not None or names:
        node["x-enum-varnames"] = own or names
    return node
