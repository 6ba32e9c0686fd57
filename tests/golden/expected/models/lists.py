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
from contracts_client.openapi.dates import read_date, read_date_time, write_date, write_date_time
from contracts_client.openapi.decode import (
    mismatch,
    read_any,
    read_bool,
    read_decimal,
    read_float,
    read_int,
    read_list,
    read_str,
    read_union,
    read_uuid,
    unknown_properties,
)
from contracts_client.openapi.encode import write_any, write_decimal
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

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


@define(kw_only=True, repr=False)
class Lists(Model):
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

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
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
        return data if self._additional_properties is None else self._with_unknown(data)


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


def describe_lists(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Lists",
        lambda structs: (
            ("ids", "ids", structs.array(str), False),
            ("days", "days", structs.array(datetime.date), False),
            ("moments", "moments", structs.array(structs.date_time), False),
            ("prices", "prices", structs.array(str), False),
            ("counts", "counts", structs.array(structs.integer), False),
            ("weights", "weights", structs.array(float), False),
            ("flags", "flags", structs.array(bool), False),
            ("copies", "copies", structs.array(describe_book(structs)), False),
            ("anything", "anything", structs.array(Any), False),
            ("codes", "codes", structs.array(Any), False),
            ("calendar", "calendar", structs.array(structs.array(datetime.date)), False),
            ("rooms", "rooms", structs.array(structs.array(describe_book(structs))), False),
        ),
    )


def convert_lists(struct: Any) -> Lists:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.ids
    self.ids = None if value is None else [read_uuid(item) for item in value]
    self.days = struct.days
    self.moments = struct.moments
    value = struct.prices
    self.prices = None if value is None else [read_decimal(item) for item in value]
    self.counts = struct.counts
    self.weights = struct.weights
    self.flags = struct.flags
    value = struct.copies
    self.copies = None if value is None else [convert_book(item) for item in value]
    value = struct.anything
    self.anything = None if value is None else [read_any(item) for item in value]
    value = struct.codes
    self.codes = None if value is None else [read_union(item, read_int, read_str) for item in value]
    self.calendar = struct.calendar
    value = struct.rooms
    self.rooms = None if value is None else [[convert_book(item) for item in item] for item in value]
    self._additional_properties = None
    return self


Lists._decode = decode_lists
lists_reader = Reader(decode_lists, describe_lists, convert_lists)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
