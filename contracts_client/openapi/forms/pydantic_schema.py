"""Models and open enumerations as types of pydantic. Imported when pydantic asks for them, never before.

A model is validated by ``from_dict`` and written by ``to_dict``. Its properties are described to pydantic for the JSON
schema alone.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable
from contextvars import ContextVar
from decimal import Decimal
from functools import cache
from itertools import pairwise
from operator import methodcaller
from types import GenericAlias, ModuleType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue, WithJsonSchema
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from ..errors import DecodeError
from .properties import members_of, properties_of

_HIDDEN: Final = "***"
"""Stands in an error for what was validated, which pydantic would show."""
_DECIMAL: Final = Annotated[str, WithJsonSchema({"type": "string", "format": "decimal"})]
_making: Final[ContextVar[frozenset[type]]] = ContextVar("models that are being described", default=frozenset())


def of_model(model: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how pydantic validates, writes and describes a model."""
    reference = _reference(model)
    making = _making.get()
    if model in making:  # it contains itself
        return core_schema.definition_reference_schema(reference)
    token = _making.set(making | {model})
    try:
        properties = {
            each.name: core_schema.typed_dict_field(
                handler.generate_schema(_in_json(each.kind)), required=each.is_required
            )
            for each in properties_of(model)
        }
    finally:
        _making.reset(token)

    def read(value: Any, _: Callable[[Any], Any]) -> Any:
        return _read(model, value)

    read.__name__ = model.__name__  # stands in the title of an error
    return core_schema.no_info_wrap_validator_function(
        read,
        core_schema.typed_dict_schema(properties, cls=model, extra_behavior="allow"),
        ref=reference,
        serialization=core_schema.plain_serializer_function_ser_schema(methodcaller("to_dict")),
    )


def of_enumeration(kind: type[Any], values: CoreSchema) -> CoreSchema:
    """Return how pydantic validates an open enumeration.

    Args:
        kind: The enumeration.
        values: Describes its values.
    """
    return core_schema.no_info_after_validator_function(kind, values, ref=_reference(kind))


def described_model(model: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Return the JSON schema of a model: with descriptions of its properties, and no titles made of their names."""
    described = handler(schema)
    descriptions = _descriptions(sys.modules[model._decode.__module__])  # noqa: SLF001 # its own room
    for name, each in handler.resolve_ref_schema(described)["properties"].items():
        each.pop("title", None)
        description = descriptions.get(model.json_names[name])
        if description is not None:
            each["description"] = description
    return described


@cache
def _descriptions(module: ModuleType) -> dict[str, str]:
    """Return the texts below the attributes of a generated class, by attribute. A frozen program has no source."""
    try:
        body = next(each.body for each in ast.parse(inspect.getsource(module)).body if isinstance(each, ast.ClassDef))
    except OSError:
        return {}
    return {
        attribute.target.id: inspect.cleandoc(text.value.value).replace("\n", " ")
        for attribute, text in pairwise(body)
        if isinstance(attribute, ast.AnnAssign) and isinstance(attribute.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


def described_enumeration(kind: type[Any], schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Return the JSON schema of an open enumeration: its known values are examples, since others are valid too."""
    described = handler(schema)
    handler.resolve_ref_schema(described).update(
        title=kind.__name__, description=inspect.getdoc(kind), examples=[each.value for each in kind.known()]
    )
    return described


def _reference(kind: type) -> str:
    """Return the name under which pydantic keeps a description: as it makes one itself."""
    return f"{kind.__module__}.{kind.__qualname__}:{id(kind)}"


def _in_json(kind: Any) -> Any:
    """Return the type that stands in JSON. Money is a string there, and never a number."""
    if kind is Decimal:
        return _DECIMAL
    if get_origin(kind) is list:
        return GenericAlias(list, (_in_json(get_args(kind)[0]),))
    members = tuple(_in_json(each) for each in members_of(kind))
    return Union[members] if members else kind  # noqa: UP007 # of a tuple


def _read(model: type[Any], value: Any) -> Any:
    """Return a model as it is, and make one of a JSON object."""
    if isinstance(value, model):
        return value
    try:
        return model.from_dict(value)
    except DecodeError as error:
        expected, found, path = error.args
        reason = PydanticCustomError(
            "decode_error", "expected {expected}, found {found}", {"expected": expected, "found": found}
        )
    except ValueError as error:
        path, reason = (), PydanticCustomError("value_error", "{rule}", {"rule": str(error)})
    # Outside the except block, and with an input of ours: pydantic's errors show what was validated.
    problem = InitErrorDetails(type=reason, loc=path, input=_HIDDEN)
    raise ValidationError.from_exception_data(model.__name__, [problem])
