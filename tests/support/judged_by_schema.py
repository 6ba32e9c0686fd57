"""Whether a document is valid by the schemas of an OpenAPI document, as a validator of others judges it."""

from __future__ import annotations

from typing import Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker


def faults(document: dict[str, Any], schema: str, value: Any) -> list[str]:
    """Why a value is not valid by a schema.

    Args:
        document: The OpenAPI document.
        schema: The name of the schema.
        value: JSON.
    """
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    errors = OAS31Validator(whole, format_checker=oas31_format_checker).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]
