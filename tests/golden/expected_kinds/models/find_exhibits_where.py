# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, unknown_properties
from contracts_client.openapi.encode import require, require_json
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class FindExhibitsWhere(Model):
    """FindExhibitsWhere"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_find_exhibits_where = partial(object.__new__, FindExhibitsWhere)


def decode_find_exhibits_where(data: Any) -> FindExhibitsWhere:
    """Read one from a JSON object; see ``FindExhibitsWhere.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_find_exhibits_where()
    absent = 0
    if len(source) + absent == 0:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_find_exhibits_where(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "FindExhibitsWhere",
        lambda structs: (),
    )


def convert_find_exhibits_where(struct: Any) -> FindExhibitsWhere:
    """Make one from what msgspec has checked."""
    self = blank_find_exhibits_where()
    self._additional_properties = None
    return self


FindExhibitsWhere._decode = decode_find_exhibits_where
find_exhibits_where_reader = Reader(
    decode_find_exhibits_where, describe_find_exhibits_where, convert_find_exhibits_where
)
