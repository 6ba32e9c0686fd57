# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from contracts_client.openapi.classes import define
from contracts_client.openapi.dates import read_date_time
from contracts_client.openapi.decode import (
    INT64_MIN,
    mismatch,
    read_any,
    read_decimal,
    read_float,
    read_list,
    read_none,
    read_str,
    read_union,
    read_uuid,
    unknown_properties,
)
from contracts_client.openapi.encode import write_any, write_decimal
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.floor import Floor
from ..models.genre import Genre

_NAMES: dict[str, str] = {
    "id": "id",
    "at": "at",
    "price": "price",
    "count": "count",
    "genre": "genre",
    "rooms": "rooms",
    "place": "place",
    "note": "note",
    "reader": "reader",
    "weight": "weight",
    "lent": "lent",
    "floors": "floors",
    "class": "class_",
    "nothing": "nothing",
}
_known_genre = Genre.known_values.get
_known_floor = Floor.known_values.get


@define(kw_only=True, repr=False)
class Copy(Model):
    """What is read; each kind of value. (documented)"""

    id: UUID
    """Not described."""

    at: datetime.datetime
    """Not described."""

    price: Decimal
    """Not described."""

    count: int
    """Not described."""

    genre: Genre
    """What it is about, "roughly"."""

    rooms: list[list[str]]
    """Not described."""

    place: Book | str
    """Not described."""

    note: Any
    """Not described."""

    reader: str | None = None
    """Who has it. (inferred)"""

    weight: float | None = None
    """Not described."""

    lent: bool | None = None
    """Not described."""

    floors: list[Floor] | None = None
    """Not described."""

    class_: str | None = None
    """How it is bound. Deprecated. Default: "hard"."""

    nothing: None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("reader",))

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": str(self.id),
            "at": date_time(self.at, "at"),
            "price": write_decimal(self.price, "price"),
            "count": self.count,
            "genre": str(self.genre),
            "rooms": [list(item) for item in self.rooms],
            "place": write_any(self.place, "place"),
            "note": self.note,
        }
        if self.reader is not None:
            data["reader"] = self.reader
        if self.weight is not None:
            data["weight"] = self.weight
        if self.lent is not None:
            data["lent"] = self.lent
        if self.floors is not None:
            data["floors"] = [int(item) for item in self.floors]
        if self.class_ is not None:
            data["class"] = self.class_
        if self.nothing is not None:
            data["nothing"] = self.nothing
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_copy = partial(object.__new__, Copy)


def decode_copy(data: Any) -> Copy:
    """Read one from a JSON object; see ``Copy.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_copy()
    absent = 0
    name = ""
    try:
        name = "id"
        value: Any = source[name]
        self.id = read_uuid(value)
        name = "at"
        value = source[name]
        self.at = read_date_time(value)
        name = "price"
        value = source[name]
        self.price = read_decimal(value)
        name = "count"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.count = value
        name = "genre"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.genre = _known_genre(value) or Genre(value)
        name = "rooms"
        value = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items: list[Any] = []
        try:
            for item in value:
                items.append(read_list(item, read_str))  # noqa: PERF401 # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.rooms = items
        name = "place"
        value = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.place = read_union(value, decode_book, read_str)
        name = "note"
        value = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.note = read_any(value)
        name = "reader"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.reader = value
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
        name = "floors"
        value = source.get(name)
        if value is None:
            absent += 1
            self.floors = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(Floor.read(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.floors = items
        name = "class"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.class_ = value
        name = "nothing"
        value = source.get(name)
        if value is None:
            absent += 1
            self.nothing = None
        else:
            self.nothing = read_none(value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 14:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_copy({**source, name: None})


def describe_copy(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Copy",
        lambda structs: (
            ("id", "id", str, True),
            ("at", "at", structs.date_time, True),
            ("price", "price", str, True),
            ("count", "count", structs.integer, True),
            ("genre", "genre", str, True),
            ("rooms", "rooms", structs.array(structs.array(str)), True),
            ("place", "place", Any, True),
            ("note", "note", Any, True),
            ("reader", "reader", str, False),
            ("weight", "weight", float, False),
            ("lent", "lent", bool, False),
            ("floors", "floors", structs.array(structs.integer), False),
            ("class_", "class", str, False),
            ("nothing", "nothing", Any, False),
        ),
    )


def convert_copy(struct: Any) -> Copy:
    """Make one from what msgspec has checked."""
    self = blank_copy()
    value: Any = struct.id
    self.id = read_uuid(value)
    self.at = struct.at
    value = struct.price
    self.price = read_decimal(value)
    self.count = struct.count
    value = struct.genre
    self.genre = _known_genre(value) or Genre(value)
    self.rooms = struct.rooms
    value = struct.place
    self.place = read_union(value, decode_book, read_str)
    value = struct.note
    self.note = read_any(value)
    self.reader = struct.reader
    self.weight = struct.weight
    self.lent = struct.lent
    value = struct.floors
    self.floors = None if value is None else [_known_floor(item) or Floor(item) for item in value]
    self.class_ = struct.class_
    value = struct.nothing
    self.nothing = None if value is None else read_none(value)
    self._additional_properties = None
    return self


Copy._decode = decode_copy
copy_reader = Reader(decode_copy, describe_copy, convert_copy)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, decode_book  # noqa: E402
