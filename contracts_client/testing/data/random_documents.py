"""Hypothesis strategies of JSON documents, derived from the schemas of any OpenAPI document."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import strategies as st

from .random_values import ANYTHING, INTEGER, TEXT, Json, integers, numbers, texts
from .schemas import Node, Schemas, members

DEPTH = 2
"""How many objects and arrays lie within each other before what is optional is left out."""

MAX_ITEMS = 2


class RandomDocuments:
    """Strategies of documents.

    Args:
        schemas: The specification.
        tolerant: Whether to make what the client reads as well and the specification does not allow: unknown
            properties, unknown values of enumerations, moments without an offset, amounts in other spellings.
    """

    def __init__(self, schemas: Schemas, *, tolerant: bool = False) -> None:
        self._schemas = schemas
        self._tolerant = tolerant

    def of(self, schema: Node, depth: int = DEPTH) -> Json:
        """Documents of a schema.

        Args:
            schema: The schema, or a reference to one.
            depth: How many objects and arrays may lie within each other before what is optional is left out.
        """
        schema = self._schemas.resolved(schema)
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return self._enumeration(schema)
        if alternatives := members(schema):
            if depth <= 0:  # only those that end here, if there are any
                alternatives = [each for each in alternatives if not self._is_deep(each)] or alternatives
            return st.one_of([self.of(each, depth - 1) for each in alternatives])
        match schema.get("type"):
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case kind:
                return self._scalar(schema, kind)

    def _is_deep(self, schema: Node) -> bool:
        return self._schemas.resolved(schema).get("type") in ("object", "array")

    def _enumeration(self, schema: Node) -> Json:
        known = st.sampled_from(schema["enum"])
        if not self._tolerant:
            return known
        return known | (TEXT if schema.get("type") == "string" else INTEGER)

    def _scalar(self, schema: Node, kind: object) -> Json:
        by_kind: dict[object, Json] = {
            "integer": integers(schema, tolerant=self._tolerant),
            "number": numbers(schema),
            "boolean": st.booleans(),
            "null": st.none(),
        }
        return texts(schema, tolerant=self._tolerant) if kind == "string" else by_kind.get(kind, ANYTHING)

    def _array(self, schema: Node, depth: int) -> Json:
        fewest: int = schema.get("minItems", 0)
        most: int = min(schema.get("maxItems", MAX_ITEMS), MAX_ITEMS) if depth > 0 else 0
        return st.lists(self.of(schema["items"], depth - 1), min_size=fewest, max_size=max(fewest, most))

    def _object(self, schema: Node, depth: int) -> Json:
        properties: dict[str, Node] = schema.get("properties", {})
        required = [name for name in properties if name in schema.get("required", [])]
        optional = [name for name in properties if name not in required] if depth > 0 else []
        known = st.fixed_dictionaries(
            {name: self.of(properties[name], depth - 1) for name in required},
            optional={name: self.of(properties[name], depth - 1) for name in optional},
        )
        # Absent or true, it allows anything; only the tolerant ones make use of that. False is what the client ignores.
        more: Any = schema.get("additionalProperties")
        typed = isinstance(more, dict)
        if not typed and not self._tolerant:
            return known
        values = self.of(cast("Node", more), depth - 1) if typed else ANYTHING
        return st.builds(_joined, st.dictionaries(TEXT.map("x-{}".format), values, max_size=1), known)


def _joined(unknown: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {**unknown, **known}
