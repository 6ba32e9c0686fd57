# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import (
    mismatch,
    read_any,
    read_float,
    read_int,
    read_none,
    read_str,
    read_union,
    unknown_properties,
)
from contracts_client.openapi.encode import require, require_any_of, require_json, require_number, write_any
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "place": "place",
    "note": "note",
    "weight": "weight",
    "code": "code",
    "prices": "prices",
    "spots": "spots",
}


@define(kw_only=True, repr=False)
class Count(Model):
    """Is sent in an array; what it holds in a union or a map is sent too."""

    place: int | Spot
    """Not described."""

    note: Any
    """Not described."""

    weight: float | None = None
    """Not described."""

    code: str | None = None
    """Not described."""

    prices: Prices | None = None
    """Amounts, by shop."""

    spots: Spots | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        require_any_of(
            "place",
            self.place,
            "int | Spot",
            lambda argument, item: require(argument, item, Spot),
            lambda argument, item: require(argument, item, int),
        )
        require_json("note", self.note)
        if self.weight is not None:
            require_number("weight", self.weight)
        if self.code is not None:
            require_any_of(
                "code",
                self.code,
                "None | str",
                lambda argument, item: require(argument, item, str),
                lambda argument, item: require(argument, item, type(None)),
            )
        if self.prices is not None:
            require("prices", self.prices, Prices)
        if self.spots is not None:
            require("spots", self.spots, Spots)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "place": write_any(self.place, "place"),
            "note": self.note,
        }
        if self.weight is not None:
            data["weight"] = self.weight
        if self.code is not None:
            data["code"] = write_any(self.code, "code")
        if self.prices is not None:
            data["prices"] = self.prices.to_dict()
        if self.spots is not None:
            data["spots"] = self.spots.to_dict()
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Count)


def decode_count(data: Any) -> Count:
    """Read one from a JSON object; see ``Count.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "place"
        value: Any = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.place = read_union(value, decode_spot, read_int)
        name = "note"
        value = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.note = read_any(value)
        name = "weight"
        value = source.get(name)
        if value is None:
            absent += 1
            self.weight = None
        else:
            self.weight = read_float(value)
        name = "code"
        value = source.get(name)
        if value is None:
            absent += 1
            self.code = None
        else:
            self.code = read_union(value, read_str, read_none)
        name = "prices"
        value = source.get(name)
        if value is None:
            absent += 1
            self.prices = None
        else:
            self.prices = decode_prices(value)
        name = "spots"
        value = source.get(name)
        if value is None:
            absent += 1
            self.spots = None
        else:
            self.spots = decode_spots(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 6:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_count(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Count",
        lambda structs: (
            ("place", "place", Any, True),
            ("note", "note", Any, True),
            ("weight", "weight", float, False),
            ("code", "code", Any, False),
            ("prices", "prices", describe_prices(structs), False),
            ("spots", "spots", describe_spots(structs), False),
        ),
    )


def convert_count(struct: Any) -> Count:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.place
    self.place = read_union(value, decode_spot, read_int)
    value = struct.note
    self.note = read_any(value)
    self.weight = struct.weight
    value = struct.code
    self.code = None if value is None else read_union(value, read_str, read_none)
    value = struct.prices
    self.prices = None if value is None else convert_prices(value)
    value = struct.spots
    self.spots = None if value is None else convert_spots(value)
    self._additional_properties = None
    return self


Count._decode = decode_count
count_reader = Reader(decode_count, describe_count, convert_count)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .prices import Prices, convert_prices, decode_prices, describe_prices  # noqa: E402
from .spot import Spot, decode_spot  # noqa: E402
from .spots import Spots, convert_spots, decode_spots, describe_spots  # noqa: E402
