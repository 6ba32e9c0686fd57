"""Make JSON documents by the specification: valid, varied by a number, and the same for the same number."""

from __future__ import annotations

import math
import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ...sandbox.specification import SpecificationError
from .schemas import Model, Node, Schemas, members

FIRST_MOMENT = datetime(2026, 1, 1, 8, tzinfo=UTC)
"""When the first moment of the first document is."""

FIRST_NUMBER = 1000
"""What is added to a document's number where an integer is wanted."""

ITEMS = 2
"""How many items an array has."""

DEPTH = 3
"""How many objects lie within each other before what is optional is left out, where it holds more of them."""


class _Place(NamedTuple):
    """Where a value goes: what it is called, the number of the object that it is part of, and its position in it."""

    name: str
    seed: int
    position: int
    depth: int


class Documents:
    """Makes documents.

    Args:
        schemas: The specification.
        full: Whether to give each property that the specification knows. Otherwise an object has what it requires, or
            everything where it requires nothing.
    """

    def __init__(self, schemas: Schemas, *, full: bool = False) -> None:
        self._schemas = schemas
        self._full = full

    def make(self, model: type[Model], seed: int) -> dict[str, Any]:
        """Make the document of a model.

        Args:
            model: The model.
            seed: Which one, from 1.

        Raises:
            InvalidArgumentError: It is no model of the specification.
            SpecificationError: The specification asks for a text that can't be made up, and gives no example of it.
        """
        made: dict[str, Any] = self._value(self._schemas.of(model), _Place(model.__name__, seed, 0, DEPTH))
        return made

    def _value(self, schema: Node, place: _Place) -> Any:  # noqa: PLR0911 - one a kind
        title = self._schemas.title(schema, place.name)
        schema = self._schemas.resolved(schema)
        given = _given(schema)
        if given:
            return deepcopy(given[(place.seed - 1) % len(given)])
        if "enum" in schema:
            return schema["enum"][0]
        alternatives = members(schema)
        if alternatives:
            return self._value(alternatives[0], place)
        match schema.get("type"):
            case "object":
                return self._object(schema, place._replace(name=title))
            case "array":
                return self._array(schema, place)
            case "integer":
                return _within(schema, FIRST_NUMBER + place.seed)
            case "number":
                return _within(schema, place.seed + 0.5)
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return _text(schema, place)

    def _object(self, schema: Node, place: _Place) -> dict[str, Any]:
        properties: dict[str, Node] = schema.get("properties", {})
        required = set(schema.get("required", []))
        wanted = properties if self._full or not required else {name: properties[name] for name in required}
        made: dict[str, Any] = {}
        for position, name in enumerate(name for name in properties if name in wanted):
            if name in required or place.depth > 0 or not self._holds_objects(properties[name]):
                inner = _Place(f"{place.name}-{name}", place.seed, position, place.depth - 1)
                made[name] = self._value(properties[name], inner)
        return made

    def _array(self, schema: Node, place: _Place) -> list[Any]:
        fewest = schema.get("minItems", 0)
        count = max(fewest, min(ITEMS, schema.get("maxItems", ITEMS))) if place.depth >= 0 else fewest
        # Each item has a number of its own: no two objects of one kind are alike.
        seeds = range((place.seed - 1) * count + 1, place.seed * count + 1)
        return [self._value(schema["items"], place._replace(seed=seed)) for seed in seeds]

    def _holds_objects(self, schema: Node) -> bool:
        schema = self._schemas.resolved(schema)
        alternatives = members(schema)
        if alternatives:
            return self._holds_objects(alternatives[0])
        return schema.get("type") in ("object", "array")


def _given(schema: Node) -> list[Any]:
    """The values that the specification itself names, best first."""
    if "const" in schema:
        return [schema["const"]]
    return schema.get("examples") or [schema[key] for key in ("example", "default") if key in schema]


def _within(schema: Node, number: float) -> float:
    """The number itself, or the nearest that is not out of bounds."""
    if "exclusiveMinimum" in schema:
        number = max(number, schema["exclusiveMinimum"] + 1)
    if "exclusiveMaximum" in schema:
        number = min(number, schema["exclusiveMaximum"] - 1)
    lowest: float = schema.get("minimum", number)
    highest: float = schema.get("maximum", math.inf)
    return min(max(number, lowest), highest)


def _text(schema: Node, place: _Place) -> str:
    moment = FIRST_MOMENT + timedelta(days=place.position, hours=place.seed - 1)
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", place.name).lower()
    text = {
        "date-time": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "date": f"{moment:%Y-%m-%d}",
        "decimal": f"{place.seed}.50",
        "uuid": str(UUID(int=place.seed, version=4)),
    }.get(schema.get("format", ""), f"{words}-{place.seed}")
    fits = re.search(schema.get("pattern", ""), text)
    if not fits or not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)):
        raise SpecificationError(f"{place.name} has a pattern or a length that can't be made up: give it an example")
    return text
