# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import (
    Reader,
    Wire,
    decoded,
    mismatch,
    none_if_empty,
    read_any,
    read_bool,
    read_date,
    read_date_time,
    read_decimal,
    read_float,
    read_int,
    read_list,
    read_str,
    read_union,
    read_uuid,
    short_repr,
    unknown_properties,
    write_any,
    write_date,
    write_date_time,
    write_decimal,
)

_NAMES: dict[str, str] = {
    "ids": "ids",
    "days": "days",
    "moments": "moments",
    "prices": "prices",
    "counts": "counts",
    "weights": "weights",
    "flags": "flags",
    "copies": "copies",
    "anything": "anything",
    "codes": "codes",
    "calendar": "calendar",
    "rooms": "rooms",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class Lists:
    """Arrays of everything."""

    ids: list[UUID] | None = None
    """Not described."""

    days: list[datetime.date] | None = None
    """Not described."""

    moments: list[datetime.datetime] | None = None
    """Not described."""

    prices: list[Decimal] | None = None
    """Not described."""

    counts: list[int] | None = None
    """Not described."""

    weights: list[float] | None = None
    """Not described."""

    flags: list[bool] | None = None
    """Not described."""

    copies: list[Book] | None = None
    """Not described."""

    anything: list[Any] | None = None
    """Not described."""

    codes: list[int | str] | None = None
    """Not described."""

    calendar: list[list[datetime.date]] | None = None
    """Not described."""

    rooms: list[list[Book]] | None = None
    """Not described."""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Properties that the specification does not know, by name; written back as they came."""
        if self._additional_properties is None:
            self._additional_properties = {}
        return self._additional_properties

    @additional_properties.setter
    def additional_properties(self, properties: dict[str, Any]) -> None:
        self._additional_properties = properties

    def __repr__(self) -> str:
        return short_repr(self, _PERSONAL)

    @classmethod
    def from_dict(cls, data: Any) -> Lists:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_lists)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.ids is not None:
            data["ids"] = [str(item) for item in self.ids]
        if self.days is not None:
            data["days"] = [write_date(item, "days_item") for item in self.days]
        if self.moments is not None:
            data["moments"] = [write_date_time(item, "moments_item") for item in self.moments]
        if self.prices is not None:
            data["prices"] = [write_decimal(item, "prices_item") for item in self.prices]
        if self.counts is not None:
            data["counts"] = list(self.counts)
        if self.weights is not None:
            data["weights"] = list(self.weights)
        if self.flags is not None:
            data["flags"] = list(self.flags)
        if self.copies is not None:
            data["copies"] = [item.to_dict() for item in self.copies]
        if self.anything is not None:
            data["anything"] = list(self.anything)
        if self.codes is not None:
            data["codes"] = [write_any(item, "codes_item") for item in self.codes]
        if self.calendar is not None:
            data["calendar"] = [[write_date(item, "calendar_item_item") for item in item] for item in self.calendar]
        if self.rooms is not None:
            data["rooms"] = [[item.to_dict() for item in item] for item in self.rooms]
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Lists)


def decode_lists(data: Any) -> Lists:
    """Read one from a JSON object; see ``Lists.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "ids"
        value: Any = source.get(name)
        if value is None:
            absent += 1
            self.ids = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_uuid(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.ids = items
        name = "days"
        value = source.get(name)
        if value is None:
            absent += 1
            self.days = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_date(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.days = items
        name = "moments"
        value = source.get(name)
        if value is None:
            absent += 1
            self.moments = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_date_time(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.moments = items
        name = "prices"
        value = source.get(name)
        if value is None:
            absent += 1
            self.prices = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_decimal(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.prices = items
        name = "counts"
        value = source.get(name)
        if value is None:
            absent += 1
            self.counts = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_int(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.counts = items
        name = "weights"
        value = source.get(name)
        if value is None:
            absent += 1
            self.weights = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_float(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.weights = items
        name = "flags"
        value = source.get(name)
        if value is None:
            absent += 1
            self.flags = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_bool(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.flags = items
        name = "copies"
        value = source.get(name)
        if value is None:
            absent += 1
            self.copies = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(decode_book(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.copies = items
        name = "anything"
        value = source.get(name)
        if value is None:
            absent += 1
            self.anything = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_any(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.anything = items
        name = "codes"
        value = source.get(name)
        if value is None:
            absent += 1
            self.codes = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(
                        read_union(item, read_int, read_str)
                    )  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.codes = items
        name = "calendar"
        value = source.get(name)
        if value is None:
            absent += 1
            self.calendar = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_list(item, read_date))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.calendar = items
        name = "rooms"
        value = source.get(name)
        if value is None:
            absent += 1
            self.rooms = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_list(item, decode_book))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.rooms = items
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 12:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)
    return self


def describe_lists(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Lists",
        lambda wire: (
            ("ids", "ids", wire.array(str), False),
            ("days", "days", wire.array(datetime.date), False),
            ("moments", "moments", wire.array(wire.date_time), False),
            ("prices", "prices", wire.array(str), False),
            ("counts", "counts", wire.array(wire.integer), False),
            ("weights", "weights", wire.array(float), False),
            ("flags", "flags", wire.array(bool), False),
            ("copies", "copies", wire.array(describe_book(wire)), False),
            ("anything", "anything", wire.array(Any), False),
            ("codes", "codes", wire.array(Any), False),
            ("calendar", "calendar", wire.array(wire.array(datetime.date)), False),
            ("rooms", "rooms", wire.array(wire.array(describe_book(wire))), False),
        ),
    )


def convert_lists(wire: Any) -> Lists:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = wire.ids
    self.ids = None if value is None else [read_uuid(item) for item in value]
    self.days = wire.days
    self.moments = wire.moments
    value = wire.prices
    self.prices = None if value is None else [read_decimal(item) for item in value]
    self.counts = wire.counts
    self.weights = wire.weights
    self.flags = wire.flags
    value = wire.copies
    self.copies = None if value is None else [convert_book(item) for item in value]
    value = wire.anything
    self.anything = None if value is None else [read_any(item) for item in value]
    value = wire.codes
    self.codes = None if value is None else [read_union(item, read_int, read_str) for item in value]
    self.calendar = wire.calendar
    value = wire.rooms
    self.rooms = None if value is None else [[convert_book(item) for item in item] for item in value]
    self._additional_properties = None
    return self


lists_reader = Reader(decode_lists, describe_lists, convert_lists)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
