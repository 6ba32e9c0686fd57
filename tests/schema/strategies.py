"""Documents derived from the schemas of any OpenAPI document: valid ones in every spelling, and broken ones."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hypothesis import strategies as st

Node = dict[str, Any]
Json = st.SearchStrategy[Any]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
INT64 = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3)
ANYTHING = st.recursive(
    st.none() | st.booleans() | INT64 | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
DEPTH = 2  # of objects and arrays in each other, below which what is optional is left out


def moments() -> st.SearchStrategy[str]:
    """RFC 3339 in every spelling it allows, and without an offset, which is read as UTC."""

    def written(day: date, clock: str, fraction: str, zone: str, *, lower: bool) -> str:
        text = f"{day}T{clock}{fraction}{zone}"
        return text.lower() if lower else text

    offsets = st.builds(
        lambda sign, hours, minutes: f"{sign}{hours:02}:{minutes:02}",
        st.sampled_from("+-"),
        st.integers(0, 14),
        st.sampled_from([0, 30, 45]),
    )
    return st.builds(
        written,
        st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)),
        st.times().map(lambda time: f"{time:%H:%M:%S}"),
        st.text("0123456789", min_size=1, max_size=9).map(lambda digits: f".{digits}") | st.just(""),
        st.just("Z") | offsets | st.just(""),
        lower=st.sampled_from([False, False, True]),
    )


def amounts() -> st.SearchStrategy[str]:
    """Decimal numbers in every spelling that is read."""
    digits = st.text("0123456789", min_size=1, max_size=20)
    return st.builds(
        lambda sign, number: sign + number,
        st.sampled_from(["", "", "-", "+"]),
        st.builds("{}.{}".format, digits, digits) | digits | digits.map("{}.".format) | digits.map(".{}".format),
    )


class Place(NamedTuple):
    """A value somewhere in a document."""

    path: str  # as a DecodeError names it
    steps: tuple[str | int, ...]
    schema: Node  # with what it refers to in it
    required: bool


class Schemas:
    """The schemas of an OpenAPI document.

    Args:
        source: The document.
    """

    def __init__(self, source: Path) -> None:
        self.all: dict[str, Node] = yaml.safe_load(source.read_text(encoding="utf-8"))["components"]["schemas"]
        self.objects = sorted(name for name in self.all if "properties" in self.resolved(self.all[name]))
        self.strict = [name for name in self.objects if not self.all[name].get("x-lenient")]

    def resolved(self, schema: Node) -> Node:
        """The schema itself, references followed and allOf merged."""
        if "$ref" in schema:
            return self.resolved(self.all[schema["$ref"].rpartition("/")[2]])
        if "allOf" not in schema:
            return schema
        merged: Node = {"type": "object", "properties": {}, "required": []}
        for part in map(self.resolved, schema["allOf"]):
            merged["properties"] |= part.get("properties", {})
            merged["required"] += part.get("required", [])
            if "additionalProperties" in part:
                merged["additionalProperties"] = part["additionalProperties"]
        return merged

    def documents(self, name: str) -> Json:
        """Valid documents of a schema."""
        return self._valid(self.all[name], DEPTH)

    def _valid(self, schema: Node, depth: int) -> Json:  # noqa: PLR0911 # one a kind
        schema = self.resolved(schema)
        if "enum" in schema:
            unknown = TEXT if schema["type"] == "string" else INT64  # enums are open
            return st.sampled_from(schema["enum"]) | unknown
        members = schema.get("anyOf") or schema.get("oneOf")
        if members is None and isinstance(schema.get("type"), list):
            members = [{**schema, "type": kind} for kind in schema["type"]]
        if members is not None:
            shallow = [each for each in members if self.resolved(each).get("type") not in ("object", "array")]
            return st.one_of([self._valid(each, depth - 1) for each in (members if depth > 0 else shallow or members)])
        kind = schema.get("type")
        if kind == "object":
            return self._valid_object(schema, depth)
        if kind == "array":
            return st.lists(self._valid(schema["items"], depth - 1), max_size=2 if depth > 0 else 0)
        if kind == "string":
            by_format: dict[str, Json] = {
                "date-time": moments(),
                "date": st.dates().map(str),
                "decimal": amounts(),
                "uuid": st.uuids().map(str),
            }
            if schema.get("format") in by_format:
                return by_format[schema["format"]]
            return st.from_regex(re.compile(schema["pattern"], re.ASCII)) if "pattern" in schema else TEXT
        scalars: dict[Any, Json] = {
            "integer": INT64,
            "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53),
            "boolean": st.booleans(),
            "null": st.none(),
            None: ANYTHING,
        }
        return scalars[kind]

    def _valid_object(self, schema: Node, depth: int) -> Json:
        properties: dict[str, Node] = schema.get("properties", {})
        required = [name for name in properties if name in schema.get("required", [])]
        optional = [name for name in properties if name not in required] if depth > 0 else []
        known = st.fixed_dictionaries(
            {name: self._valid(properties[name], depth - 1) for name in required},
            optional={name: self._valid(properties[name], depth - 1) for name in optional},
        )
        more = schema.get("additionalProperties")
        values = self._valid(more, depth - 1) if isinstance(more, dict) and more else ANYTHING
        names = TEXT.map("x-{}".format)
        return st.builds(lambda news, base: {**news, **base}, st.dictionaries(names, values, max_size=1), known)

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
        """Every value in a document, the document itself first. Unions and lenient objects are not looked into."""
        schema = self.resolved(schema)
        yield Place(path, steps, schema, required)
        if schema.get("x-lenient"):
            return
        if schema.get("type") == "array" and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.places(schema["items"], item, f"{path}[{index}]", (*steps, index))
        if schema.get("type") == "object" and isinstance(value, dict):
            for name, inner in schema.get("properties", {}).items():
                if name in value:
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
