# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, place, read_str
from contracts_client.openapi.encode import require
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class FindExhibitsFilter(Model):
    """FindExhibitsFilter"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            for value in self._additional_properties.values():
                require("additional_properties", value, str)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_find_exhibits_filter = partial(object.__new__, FindExhibitsFilter)


def decode_find_exhibits_filter(data: Any) -> FindExhibitsFilter:
    """Read one from a JSON object; see ``FindExhibitsFilter.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_find_exhibits_filter()
    name = ""
    try:
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = read_str(value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    return self


def describe_find_exhibits_filter(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "FindExhibitsFilter",
        lambda structs: (),
    )


def convert_find_exhibits_filter(struct: Any) -> FindExhibitsFilter:
    """Make one from what msgspec has checked."""
    self = blank_find_exhibits_filter()
    self._additional_properties = None
    return self


FindExhibitsFilter._decode = decode_find_exhibits_filter
find_exhibits_filter_reader = Reader(
    decode_find_exhibits_filter, describe_find_exhibits_filter, convert_find_exhibits_filter
)
