"""Documents derived from the schemas of any OpenAPI document: the kit's, one that has everything, and broken ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from contracts_client.testing.data import schemas as testing
from contracts_client.testing.data.random_documents import RandomDocuments
from contracts_client.testing.data.random_values import Json
from contracts_client.testing.data.schemas import Node

DEPTH = 2  # of objects and arrays in each other, below which what is optional is left out


class Place(NamedTuple):
    """A value somewhere in a document."""

    path: str  # as a DecodeError names it
    steps: tuple[str | int, ...]
    schema: Node  # with what it refers to in it
    required: bool


class Schemas(testing.Schemas):
    """The schemas of an OpenAPI document.

    Args:
        source: The document.
    """

    def __init__(self, source: Path) -> None:
        super().__init__(yaml.safe_load(source.read_text(encoding="utf-8")))
        self.objects = sorted(name for name in self.all if "properties" in self.resolved(self.all[name]))
        self.strict = [name for name in self.objects if not self.all[name].get("x-lenient")]

    def documents(self, name: str) -> Json:
        """Documents of a schema that are read, in every spelling."""
        return RandomDocuments(self, tolerant=True).of(self.all[name])

    def full(self, schema: Node, depth: int = DEPTH) -> Any:
        """The document that has everything: each property down to some depth, two items an array."""
        schema = self.resolved(schema)
        if "enum" in schema:
            return schema["enum"][0]
        members = schema.get("anyOf") or schema.get("oneOf")
        if members is not None:
            return self.full(members[0], depth)
        kind = schema["type"][0] if isinstance(schema.get("type"), list) else schema.get("type")
        if kind == "object":
            names = schema.get("properties", {}) if depth > 0 else schema.get("required", [])
            return {name: self.full(schema["properties"][name], depth - 1) for name in names}
        if kind == "array":
            return [self.full(schema["items"], depth - 1) for _ in range(2 if depth > 0 else 0)]
        texts = {
            "date-time": "2026-01-02T03:04:05Z",
            "date": "2026-01-02",
            "decimal": "12.50",
            "uuid": "6f309f36-c351-4d59-b2ce-69879956af85",
        }
        scalars = {"string": texts.get(schema.get("format", ""), "a"), "integer": 7, "number": 1.5, "boolean": True}
        return scalars.get(kind or "")

    def places(
        self, schema: Node, value: Any, path: str = "", steps: tuple[str | int, ...] = (), *, required: bool = False
    ) -> Iterator[Place]:
        """Every value in a document, the document itself first. Unions and what is lenient are not looked into."""
        schema = self.resolved(schema)
        yield Place(path, steps, schema, required)
        if schema.get("x-lenient"):
            return
        if schema.get("type") == "array" and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.places(schema["items"], item, f"{path}[{index}]", (*steps, index))
        if schema.get("type") == "object" and isinstance(value, dict):
            for name, inner in schema.get("properties", {}).items():
                if name in value and not inner.get("x-lenient"):
                    here = f"{path}.{name}" if path else name
                    needed = name in schema.get("required", [])
                    yield from self.places(inner, value[name], here, (*steps, name), required=needed)

    def canonical(self, schema: Node, value: Any) -> Any:
        """What a document means: moments as instants, money as Decimal, everything else as it is."""
        schema = self.resolved(schema)
        members = schema.get("anyOf") or schema.get("oneOf") or ()
        formats = {schema.get("format"), *(self.resolved(member).get("format") for member in members)}
        if isinstance(value, str) and "date-time" in formats and len(value) > len("2026-01-02"):
            return instant(value)
        if isinstance(value, str) and "decimal" in formats:
            return Decimal(value).as_tuple()  # so that 1.0 is another amount than 1.00
        if schema.get("type") == "number" and isinstance(value, int | float):
            return float(value)
        if schema.get("type") == "array" and isinstance(value, list):
            return [self.canonical(schema["items"], item) for item in value]
        if schema.get("type") == "object" and isinstance(value, dict):
            properties = schema.get("properties", {})
            return {name: self.canonical(properties.get(name, {}), item) for name, item in value.items()}
        return value


def instant(text: str) -> datetime:
    """The moment of an RFC 3339 text, with the digits beyond microseconds rounded by other means than the package's."""
    text = text.upper()
    head, dot, rest = text.partition(".")
    if not dot:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    moment = instant(head + rest[len(digits) :])
    microseconds = (Decimal(f"0.{digits}") * 10**6).quantize(Decimal(1), ROUND_HALF_UP)
    return moment + timedelta(microseconds=int(microseconds))


def replaced(document: Any, steps: tuple[str | int, ...], value: Any) -> Any:
    """A copy of a document with another value in one place."""
    if not steps:
        return value
    copied = json.loads(json.dumps(document))
    holder = copied
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value
    return copied


def without(document: Any, steps: tuple[str | int, ...]) -> Any:
    """A copy of a document without one property."""
    copied = json.loads(json.dumps(document))
    holder = copied
    for step in steps[:-1]:
        holder = holder[step]
    del holder[steps[-1]]
    return copied


WRONG: dict[Any, list[Any]] = {
    "string": [7, 1.5, True, [], {}, ["a"]],
    "integer": ["7", True, False, 1.5, 1e300, [], {}, 2**63, -(2**63) - 1, 2**64],
    "number": ["1.5", True, [], {}],
    "boolean": [1, 0, "true", [], {}],
    "array": [{}, "canary", 7, True],
    "object": [[], "canary", 7, True],
}
UNREADABLE = {
    "date-time": [
        "",
        "soon",
        "2026-01-02",
        "2026-02-30T00:00:00Z",
        "2026-01-02T25:00:00Z",
        "1767322800",
        "2026-01-02T03:04:05+25:00",
    ],
    "date": ["", "soon", "2026-02-30", "2026-01-02T00:00:00Z", "20260102", "2026-W01-1"],
    "decimal": ["", "1e5", "NaN", "Infinity", " 1", "1 ", "1,5", "\u0661", "--1", "0x1", "1_0"],
    "uuid": ["", "6f309f36", "x" * 36],
}


def wrong_values(schema: Node) -> list[Any]:
    """Values that a schema does not allow: of other JSON types, or texts that can't be read. None for unions."""
    if not isinstance(schema.get("type"), str) or schema["type"] == "null":
        return []
    return WRONG[schema["type"]] + UNREADABLE.get(schema.get("format", ""), [])
