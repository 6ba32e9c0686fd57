"""What the specification says of each model: its schema in openapi.yaml, references followed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Protocol, Self, cast

from ..._generated.schemas import SCHEMA_NAMES
from ...errors import InvalidArgumentError
from ...sandbox.specification import Specification, load_specification

Node = dict[str, Any]


class Model(Protocol):
    """A model, as the generator makes them."""

    json_names: ClassVar[dict[str, str]]

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read one from a JSON object."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object."""
        ...


class Schemas:
    """The schemas of an OpenAPI document, and the models that were made of them.

    Args:
        document: The document, parsed.
        names: The name of the schema, by that of the model's class.
    """

    def __init__(self, document: Mapping[str, Any], names: Mapping[str, str] = SCHEMA_NAMES) -> None:
        self._specification = Specification(dict(document))
        self._names = names
        self._models = {schema: model for model, schema in names.items()}
        self.all = self._specification.at("components", "schemas")

    def of(self, model: type[Model]) -> Node:
        """The schema that a model was made of, as a reference.

        Raises:
            InvalidArgumentError: It was made of none in this document.
        """
        name = self._names.get(model.__name__)
        if name not in self.all:
            raise InvalidArgumentError("model", f"must be a model of the specification, which {model.__name__} is not")
        return {"$ref": f"#/components/schemas/{name}"}

    def title(self, schema: Node, otherwise: str) -> str:
        """What to call a schema: its model's name, or another one where it has none of its own."""
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        return self._models.get(name, name) or otherwise

    def resolved(self, schema: Node) -> Node:
        """The schema itself: references followed, and what it is made of by allOf merged."""
        schema = self._specification.resolve(schema)
        if "allOf" not in schema:
            # The generator makes a model of every schema with properties, with or without the type object.
            return {"type": "object", **schema} if "properties" in schema else schema
        merged: Node = {"type": "object", "properties": {}, "required": []}
        for part in [*map(self.resolved, schema["allOf"]), schema]:
            merged["properties"] |= part.get("properties", {})
            merged["required"] += part.get("required", [])
            merged |= {key: part[key] for key in ("additionalProperties",) if key in part}
        return merged


def members(schema: Node) -> list[Node]:
    """The schemas of which a value needs to fit one alone; empty if there is no choice."""
    alternatives: list[Node] = schema.get("anyOf") or schema.get("oneOf") or []
    kinds: object = schema.get("type")
    if not alternatives and isinstance(kinds, list):
        return [{**schema, "type": kind} for kind in cast("list[str]", kinds)]
    return alternatives


@cache
def packaged_schemas() -> Schemas:
    """The schemas of the openapi.yaml that comes with the package. It is read once.

    Raises:
        SpecificationError: There is none.
    """
    return Schemas(load_specification().document)
