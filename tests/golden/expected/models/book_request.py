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
    INT64_MIN,
    mismatch,
    read_any,
    read_decimal,
    read_float,
    read_int,
    read_list,
    read_uuid,
    unknown_properties,
)
from contracts_client.openapi.encode import require, require_json, require_list, require_number, write_decimal
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.floor import Floor
from ..models.genre import Genre

_NAMES: dict[str, str] = {
    "title": "title",
    "editions": "editions",
    "first": "first",
    "day": "day",
    "price": "price",
    "genre": "genre",
    "floor": "floor",
    "pages": "pages",
    "weight": "weight",
    "lent": "lent",
    "id": "id",
    "days": "days",
    "table": "table",
    "reader": "reader",
    "anything": "anything",
}
_known_genre = Genre.known_values.get
_known_floor = Floor.known_values.get


@define(kw_only=True, repr=False)
class BookRequest(Model):
    """BookRequest"""

    title: str
    """Not described."""

    editions: list[Edition]
    """Not described."""

    first: datetime.datetime
    """Not described."""

    day: datetime.date | None = None
    """Not described."""

    price: Decimal | None = None
    """Not described."""

    genre: Genre | None = None
    """What it is about, "roughly" or \\exactly."""

    floor: Floor | None = None
    """Not described."""

    pages: int | None = None
    """Not described."""

    weight: float | None = None
    """Not described."""

    lent: bool | None = None
    """Not described."""

    id: UUID | None = None
    """Not described."""

    days: list[datetime.date] | None = None
    """Not described."""

    table: list[list[int]] | None = None
    """Not described."""

    reader: str | None = None
    """Not described."""

    anything: Any = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("reader",))

    def __attrs_post_init__(self) -> None:
        require("title", self.title, str)
        require_list("editions", self.editions, lambda argument, item: require(argument, item, Edition))
        write_date_time(self.first, "first")
        if self.day is not None:
            write_date(self.day, "day")
        if self.price is not None:
            write_decimal(self.price, "price")
        if self.genre is not None:
            require("genre", self.genre, str)
        if self.floor is not None:
            require("floor", self.floor, int)
        if self.pages is not None:
            require("pages", self.pages, int)
        if self.weight is not None:
            require_number("weight", self.weight)
        if self.lent is not None:
            require("lent", self.lent, bool)
        if self.id is not None:
            require("id", self.id, UUID)
        if self.days is not None:
            require_list("days", self.days, lambda argument, item: write_date(item, argument))
        if self.table is not None:
            require_list(
                "table",
                self.table,
                lambda argument, item: require_list(
                    argument, item, lambda argument, item: require(argument, item, int)
                ),
            )
        if self.reader is not None:
            require("reader", self.reader, str)
        if self.anything is not None:
            require_json("anything", self.anything)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "title": self.title,
            "editions": [item.to_dict() for item in self.editions],
            "first": write_date_time(self.first, "first"),
        }
        if self.day is not None:
            data["day"] = write_date(self.day, "day")
        if self.price is not None:
            data["price"] = write_decimal(self.price, "price")
        if self.genre is not None:
            data["genre"] = str(self.genre)
        if self.floor is not None:
            data["floor"] = int(self.floor)
        if self.pages is not None:
            data["pages"] = self.pages
        if self.weight is not None:
            data["weight"] = self.weight
        if self.lent is not None:
            data["lent"] = self.lent
        if self.id is not None:
            data["id"] = str(self.id)
        if self.days is not None:
            data["days"] = [write_date(item, "days_item") for item in self.days]
        if self.table is not None:
            data["table"] = [list(item) for item in self.table]
        if self.reader is not None:
            data["reader"] = self.reader
        if self.anything is not None:
            data["anything"] = self.anything
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, BookRequest)


def decode_book_request(data: Any) -> BookRequest:
    """Read one from a JSON object; see ``BookRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "title"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.title = value
        name = "editions"
        value = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items: list[Any] = []
        try:
            for item in value:
                items.append(decode_edition(item))  # noqa: PERF401 # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.editions = items
        name = "first"
        value = source[name]
        self.first = read_date_time(value)
        name = "day"
        value = source.get(name)
        if value is None:
            absent += 1
            self.day = None
        else:
            self.day = read_date(value)
        name = "price"
        value = source.get(name)
        if value is None:
            absent += 1
            self.price = None
        else:
            self.price = read_decimal(value)
        name = "genre"
        value = source.get(name)
        if value is None:
            absent += 1
            self.genre = None
        elif type(value) is not str:
            raise mismatch(value, "a string")
        else:
            self.genre = _known_genre(value) or Genre(value)
        name = "floor"
        value = source.get(name)
        if value is None:
            absent += 1
            self.floor = None
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        else:
            self.floor = _known_floor(value) or Floor(value)
        name = "pages"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.pages = value
        name = "weight"
        value = source.get(name)
        if value is None:
            absent += 1
            self.weight = None
        else:
            self.weight = read_float(value)
        name = "lent"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.lent = value
        name = "id"
        value = source.get(name)
        if value is None:
            absent += 1
            self.id = None
        else:
            self.id = read_uuid(value)
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
        name = "table"
        value = source.get(name)
        if value is None:
            absent += 1
            self.table = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_list(item, read_int))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.table = items
        name = "reader"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.reader = value
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
        if len(source) + absent == 15:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_book_request({**source, name: None})


def describe_book_request(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "BookRequest",
        lambda structs: (
            ("title", "title", str, True),
            ("editions", "editions", structs.array(describe_edition(structs)), True),
            ("first", "first", structs.date_time, True),
            ("day", "day", datetime.date, False),
            ("price", "price", str, False),
            ("genre", "genre", str, False),
            ("floor", "floor", structs.integer, False),
            ("pages", "pages", structs.integer, False),
            ("weight", "weight", float, False),
            ("lent", "lent", bool, False),
            ("id", "id", str, False),
            ("days", "days", structs.array(datetime.date), False),
            ("table", "table", structs.array(structs.array(structs.integer)), False),
            ("reader", "reader", str, False),
            ("anything", "anything", Any, False),
        ),
    )


def convert_book_request(struct: Any) -> BookRequest:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.title = struct.title
    value: Any = struct.editions
    self.editions = [convert_edition(item) for item in value]
    self.first = struct.first
    self.day = struct.day
    value = struct.price
    self.price = None if value is None else read_decimal(value)
    value = struct.genre
    self.genre = None if value is None else _known_genre(value) or Genre(value)
    value = struct.floor
    self.floor = None if value is None else _known_floor(value) or Floor(value)
    self.pages = struct.pages
    self.weight = struct.weight
    self.lent = struct.lent
    value = struct.id
    self.id = None if value is None else read_uuid(value)
    self.days = struct.days
    self.table = struct.table
    self.reader = struct.reader
    value = struct.anything
    self.anything = None if value is None else read_any(value)
    self._additional_properties = None
    return self


BookRequest._decode = decode_book_request
book_request_reader = Reader(decode_book_request, describe_book_request, convert_book_request)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .edition import Edition, convert_edition, decode_edition, describe_edition  # noqa: E402
