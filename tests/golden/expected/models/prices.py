# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, place, read_decimal
from contracts_client.openapi.encode import require, write_decimal
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {}


@define(kw_only=True, repr=False)
class Prices(Model):
    """Prices"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    names_are_open: ClassVar[bool] = True

    def __attrs_post_init__(self) -> None:
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            for value in self._additional_properties.values():
                write_decimal(value, "additional_properties")

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        return (
            data
            if self._additional_properties is None
            else self._with_unknown(data, lambda value: write_decimal(value, "additional_properties"))
        )


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_prices = partial(object.__new__, Prices)


def decode_prices(data: Any) -> Prices:
    """Read one from a JSON object; see ``Prices.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_prices()
    name = ""
    try:
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = read_decimal(value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    return self


def describe_prices(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Prices",
        lambda structs: (),
    )


def convert_prices(struct: Any) -> Prices:
    """Make one from what msgspec has checked."""
    self = blank_prices()
    self._additional_properties = None
    return self


Prices._decode = decode_prices
prices_reader = Reader(decode_prices, describe_prices, convert_prices)
