# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, place
from contracts_client.openapi.encode import require
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class Spots(Model):
    """Spots"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            for value in self._additional_properties.values():
                require("additional_properties", value, Spot)

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return data if self._additional_properties is None else self._with_unknown(data, lambda value: value.to_dict())


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Spots)


def decode_spots(data: Any) -> Spots:
    """Read one from a JSON object; see ``Spots.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    name = ""
    try:
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = decode_spot(value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    return self


def describe_spots(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Spots",
        lambda structs: (),
    )


def convert_spots(struct: Any) -> Spots:
    """Make one from what msgspec has checked."""
    self = _blank()
    self._additional_properties = None
    return self


Spots._decode = decode_spots
spots_reader = Reader(decode_spots, describe_spots, convert_spots)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .spot import Spot, decode_spot  # noqa: E402
