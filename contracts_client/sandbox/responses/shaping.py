"""Shape the data of the sandbox as openapi.yaml asks.

The page behind openapi.yaml hides many names, and some will be corrected. So a property is found by its values if its
usual name is missing, a required property that the sandbox does not know gets a sample value, and a property that the
document no longer has is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

if TYPE_CHECKING:
    from ..specification import Specification

_DIGITS = "0123456789"
_MOST_DIGITS = 18  # of which every number has less than 64 bits
_SAMPLES: dict[str, Any] = {
    "date-time": "2025-01-01T00:00:00.000Z",
    "date": "2025-01-01",
    "decimal": "0.00",
    "string": "sandbox",
    "integer": 1,
    "number": 1.0,
    "boolean": False,
    "null": None,
}


def property_name(specification: Specification, schema: dict[str, Any], usual: str, holds: str) -> str:
    """The name of a property: the usual one, or the one that holds the same if the usual name is missing.

    Args:
        specification: Where references lead.
        schema: The object schema that has the property.
        usual: The name that the sandbox knows.
        holds: What the property holds: the name of the schema that it or its items refer to, a format, or a type.

    Returns:
        The usual name, too, where no property or more than one fits.
    """
    properties: dict[str, dict[str, Any]] = specification.resolve(schema).get("properties", {})
    if usual in properties:
        return usual
    found = [name for name, node in properties.items() if holds in _marks(specification, node)]
    return found[0] if len(found) == 1 else usual


def fit(specification: Specification, schema: dict[str, Any], value: Any) -> Any:
    """The value in the shape of a schema, as far as that can be had without inventing facts.

    Args:
        specification: Where references lead.
        schema: The schema to fit to.
        value: JSON; it is not changed.

    Returns:
        A copy without properties that the schema lacks, with samples for required ones that the value lacks, and with
        integers turned into texts, or texts into integers, where only those are allowed.
    """
    schema = specification.resolve(schema)
    kind = type(cast("object", value))
    if kind is dict and "properties" in schema:
        properties: dict[str, dict[str, Any]] = schema["properties"]
        fitted = {name: fit(specification, node, value[name]) for name, node in properties.items() if name in value}
        for name in schema.get("required", []):
            if name not in fitted:
                fitted[name] = sample(specification, properties.get(name, {}))
        return fitted
    if kind is list and "items" in schema:
        return [fit(specification, schema["items"], item) for item in value]
    if kind is int and _types(schema) == ["string"]:
        return str(value)
    return number_in(value) if kind is str and _types(schema) == ["integer"] else value


def number_in(text: str) -> int:
    """The same number each time for an identifier that turns out to be one: that of its digits, or one made up."""
    digits = "".join(character for character in text if character in _DIGITS)
    return int(digits[-_MOST_DIGITS:]) if digits else crc32(text.encode())


def sample(specification: Specification, schema: dict[str, Any]) -> Any:
    """A value that a schema allows, for a property that the sandbox knows nothing about.

    Args:
        specification: Where references lead.
        schema: The schema; its default, example or first enumerated value is preferred.

    Returns:
        JSON, the same one for the same schema.
    """
    schema = specification.resolve(schema)
    for key in ("const", "default", "example"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if schema.get(key):
            return schema[key][0]
    kind = (_types(schema) or ["object" if "properties" in schema else "string"])[0]
    if kind == "array":
        return []
    if kind == "object":
        properties: dict[str, dict[str, Any]] = schema.get("properties", {})
        return {name: sample(specification, properties.get(name, {})) for name in schema.get("required", [])}
    if "minimum" in schema:
        return schema["minimum"]
    return _SAMPLES.get(schema.get("format", kind), _SAMPLES[kind])


def _marks(specification: Specification, node: dict[str, Any]) -> set[str]:
    """Everything that a property can be recognised by."""
    resolved = specification.resolve(node)
    references = (node.get("$ref", ""), resolved.get("items", {}).get("$ref", ""))
    form = resolved.get("format", "")
    # A text with a format is known by that alone: a moment is no identifier.
    plain = [each for each in _types(resolved) if not (each == "string" and form)]
    return {*(reference.rsplit("/", 1)[-1] for reference in references), *plain, form}


def _types(schema: dict[str, Any]) -> list[str]:
    declared: str | list[str] = schema.get("type", [])
    return [declared] if isinstance(declared, str) else declared
