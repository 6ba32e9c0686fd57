# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.dates import read_date, read_date_time, write_date, write_date_time
from contracts_client.openapi.decode import (
    INT64_MIN,
    mismatch,
    read_any,
    read_float,
    read_int,
    read_str,
    read_union,
    unknown_properties,
)
from contracts_client.openapi.encode import (
    require,
    require_any_of,
    require_json,
    require_list,
    require_number,
    write_any,
)
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.floor import Floor

_NAMES: dict[str, str] = {
    "title": "title",
    "first": "first",
    "floor": "floor",
    "weight": "weight",
    "days": "days",
    "place": "place",
    "prices": "prices",
    "anything": "anything",
}
_known_floor = Floor.known_values.get


@define(kw_only=True, repr=False)
class Order(Model):
    """What is sent; each kind of value."""

    title: str
    """Not described."""

    first: datetime.datetime
    """Not described."""

    floor: Floor | None = None
    """Not described."""

    weight: float | None = None
    """Not described."""

    days: list[datetime.date] | None = None
    """Not described."""

    place: int | str | None = None
    """Not described."""

    prices: Prices | None = None
    """Not described."""

    anything: Any = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        require("title", self.title, str)
        write_date_time(self.first, "first")
        if self.floor is not None:
            require("floor", self.floor, int)
        if self.weight is not None:
            require_number("weight", self.weight)
        if self.days is not None:
            require_list("days", self.days, lambda argument, item: write_date(item, argument))
        if self.place is not None:
            require_any_of(
                "place",
                self.place,
                "int | str",
                lambda argument, item: require(argument, item, int),
                lambda argument, item: require(argument, item, str),
            )
        if self.prices is not None:
            require("prices", self.prices, Prices)
        if self.anything is not None:
            require_json("anything", self.anything)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "title": self.title,
            "first": date_time(self.first, "first"),
        }
        if self.floor is not None:
            data["floor"] = int(self.floor)
        if self.weight is not None:
            data["weight"] = self.weight
        if self.days is not None:
            data["days"] = [write_date(item, "days_item") for item in self.days]
        if self.place is not None:
            data["place"] = write_any(self.place, "place")
        if self.prices is not None:
            data["prices"] = self.prices._written(date_time)
        if self.anything is not None:
            data["anything"] = self.anything
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_order = partial(object.__new__, Order)


def decode_order(data: Any) -> Order:
    """Read one from a JSON object; see ``Order.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_order()
    absent = 0
    name = ""
    try:
        name = "title"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.title = value
        name = "first"
        value = source[name]
        self.first = read_date_time(value)
        name = "floor"
        value = source.get(name)
        if value is None:
            absent += 1
            self.floor = None
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        else:
            self.floor = _known_floor(value) or Floor(value)
        name = "weight"
        value = source.get(name)
        if value is None:
            absent += 1
            self.weight = None
        else:
            self.weight = read_float(value)
        name = "days"
        value = source.get(name)
        if value is None:
            absent += 1
            self.days = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_date(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.days = items
        name = "place"
        value = source.get(name)
        if value is None:
            absent += 1
            self.place = None
        else:
            self.place = read_union(value, read_int, read_str)
        name = "prices"
        value = source.get(name)
        if value is None:
            absent += 1
            self.prices = None
        else:
            self.prices = decode_prices(value)
        name = "anything"
        value = source.get(name)
        if value is None:
            absent += 1
            self.anything = None
        else:
            self.anything = read_any(value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 8:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_order({**source, name: None})


def describe_order(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Order",
        lambda structs: (
            ("title", "title", str, True),
            ("first", "first", structs.date_time, True),
            ("floor", "floor", structs.integer, False),
            ("weight", "weight", float, False),
            ("days", "days", structs.array(datetime.date), False),
            ("place", "place", Any, False),
            ("prices", "prices", describe_prices(structs), False),
            ("anything", "anything", Any, False),
        ),
    )


def convert_order(struct: Any) -> Order:
    """Make one from what msgspec has checked."""
    self = blank_order()
    self.title = struct.title
    self.first = struct.first
    value: Any = struct.floor
    self.floor = None if value is None else _known_floor(value) or Floor(value)
    self.weight = struct.weight
    self.days = struct.days
    value = struct.place
    self.place = None if value is None else read_union(value, read_int, read_str)
    value = struct.prices
    self.prices = None if value is None else convert_prices(value)
    value = struct.anything
    self.anything = None if value is None else read_any(value)
    self._additional_properties = None
    return self


Order._decode = decode_order
order_reader = Reader(decode_order, describe_order, convert_order)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .prices import Prices, convert_prices, decode_prices, describe_prices  # noqa: E402
