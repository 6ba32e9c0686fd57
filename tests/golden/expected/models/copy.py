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
    read_str,
    read_uuid,
    unknown_properties,
)
from contracts_client.openapi.encode import write_decimal
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.floor import Floor
from ..models.genre import Genre

_NAMES: dict[str, str] = {
    "id": "id",
    "text": "text",
    "day": "day",
    "at": "at",
    "price": "price",
    "small": "small",
    "large": "large",
    "weight": "weight",
    "lent": "lent",
    "genre": "genre",
    "floor": "floor",
    "book": "book",
    "tags": "tags",
    "table": "table",
    "maybeId": "maybe_id",
    "maybeText": "maybe_text",
    "maybeDay": "maybe_day",
    "maybeAt": "maybe_at",
    "maybePrice": "maybe_price",
    "maybeCount": "maybe_count",
    "maybeWeight": "maybe_weight",
    "maybeLent": "maybe_lent",
    "maybeGenre": "maybe_genre",
    "maybeFloor": "maybe_floor",
    "maybeBook": "maybe_book",
    "genres": "genres",
    "floors": "floors",
    "genreTable": "genre_table",
    "maybeAny": "maybe_any",
}
_known_genre = Genre.known_values.get
_known_floor = Floor.known_values.get


@define(kw_only=True, repr=False)
class Copy(Model):
    """One copy of a book, "as it stands".

    It may be lent. (documented)
    """

    id: UUID
    """Its \\number, {unique} and \"\"\"quoted\"\"\" within."""

    text: str
    """Who has it. (inferred)"""

    day: datetime.date
    """Not described. (documented)"""

    at: datetime.datetime
    """Not described."""

    price: Decimal
    """Not described."""

    small: int
    """Not described."""

    large: int
    """Not described."""

    weight: float
    """Not described."""

    lent: bool
    """Not described."""

    genre: Genre
    """What it is about, "roughly" or \\exactly."""

    floor: Floor
    """Not described."""

    book: Book
    """Contains itself, directly and through an array, and its author, who contains it."""

    tags: list[str]
    """Not described."""

    table: list[list[int]]
    """Not described."""

    maybe_id: UUID | None = None
    """Not described."""

    maybe_text: str | None = None
    """Not described."""

    maybe_day: datetime.date | None = None
    """Not described."""

    maybe_at: datetime.datetime | None = None
    """Not described."""

    maybe_price: Decimal | None = None
    """Not described."""

    maybe_count: int | None = None
    """Not described."""

    maybe_weight: float | None = None
    """Not described."""

    maybe_lent: bool | None = None
    """Not described."""

    maybe_genre: Genre | None = None
    """What it is about, "roughly" or \\exactly."""

    maybe_floor: Floor | None = None
    """Not described."""

    maybe_book: Book | None = None
    """Contains itself, directly and through an array, and its author, who contains it."""

    genres: list[Genre] | None = None
    """Not described."""

    floors: list[Floor] | None = None
    """Not described."""

    genre_table: list[list[Genre]] | None = None
    """Not described."""

    maybe_any: Any = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("text",))

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "id": str(self.id),
            "text": self.text,
            "day": write_date(self.day, "day"),
            "at": write_date_time(self.at, "at"),
            "price": write_decimal(self.price, "price"),
            "small": self.small,
            "large": self.large,
            "weight": self.weight,
            "lent": self.lent,
            "genre": str(self.genre),
            "floor": int(self.floor),
            "book": self.book.to_dict(),
            "tags": list(self.tags),
            "table": [list(item) for item in self.table],
        }
        if self.maybe_id is not None:
            data["maybeId"] = str(self.maybe_id)
        if self.maybe_text is not None:
            data["maybeText"] = self.maybe_text
        if self.maybe_day is not None:
            data["maybeDay"] = write_date(self.maybe_day, "maybe_day")
        if self.maybe_at is not None:
            data["maybeAt"] = write_date_time(self.maybe_at, "maybe_at")
        if self.maybe_price is not None:
            data["maybePrice"] = write_decimal(self.maybe_price, "maybe_price")
        if self.maybe_count is not None:
            data["maybeCount"] = self.maybe_count
        if self.maybe_weight is not None:
            data["maybeWeight"] = self.maybe_weight
        if self.maybe_lent is not None:
            data["maybeLent"] = self.maybe_lent
        if self.maybe_genre is not None:
            data["maybeGenre"] = str(self.maybe_genre)
        if self.maybe_floor is not None:
            data["maybeFloor"] = int(self.maybe_floor)
        if self.maybe_book is not None:
            data["maybeBook"] = self.maybe_book.to_dict()
        if self.genres is not None:
            data["genres"] = [str(item) for item in self.genres]
        if self.floors is not None:
            data["floors"] = [int(item) for item in self.floors]
        if self.genre_table is not None:
            data["genreTable"] = [[str(item) for item in item] for item in self.genre_table]
        if self.maybe_any is not None:
            data["maybeAny"] = self.maybe_any
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Copy)


def decode_copy(data: Any) -> Copy:
    """Read one from a JSON object; see ``Copy.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "id"
        value: Any = source[name]
        self.id = read_uuid(value)
        name = "text"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.text = value
        name = "day"
        value = source[name]
        self.day = read_date(value)
        name = "at"
        value = source[name]
        self.at = read_date_time(value)
        name = "price"
        value = source[name]
        self.price = read_decimal(value)
        name = "small"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.small = value
        name = "large"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.large = value
        name = "weight"
        value = source[name]
        self.weight = read_float(value)
        name = "lent"
        value = source[name]
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.lent = value
        name = "genre"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.genre = _known_genre(value) or Genre(value)
        name = "floor"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.floor = _known_floor(value) or Floor(value)
        name = "book"
        value = source[name]
        self.book = decode_book(value)
        name = "tags"
        value = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items: list[Any] = []
        try:
            for item in value:
                items.append(read_str(item))  # noqa: PERF401 # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.tags = items
        name = "table"
        value = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items = []
        try:
            for item in value:
                items.append(read_list(item, read_int))  # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.table = items
        name = "maybeId"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_id = None
        else:
            self.maybe_id = read_uuid(value)
        name = "maybeText"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.maybe_text = value
        name = "maybeDay"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_day = None
        else:
            self.maybe_day = read_date(value)
        name = "maybeAt"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_at = None
        else:
            self.maybe_at = read_date_time(value)
        name = "maybePrice"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_price = None
        else:
            self.maybe_price = read_decimal(value)
        name = "maybeCount"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.maybe_count = value
        name = "maybeWeight"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_weight = None
        else:
            self.maybe_weight = read_float(value)
        name = "maybeLent"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.maybe_lent = value
        name = "maybeGenre"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_genre = None
        elif type(value) is not str:
            raise mismatch(value, "a string")
        else:
            self.maybe_genre = _known_genre(value) or Genre(value)
        name = "maybeFloor"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_floor = None
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        else:
            self.maybe_floor = _known_floor(value) or Floor(value)
        name = "maybeBook"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_book = None
        else:
            self.maybe_book = decode_book(value)
        name = "genres"
        value = source.get(name)
        if value is None:
            absent += 1
            self.genres = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(Genre.read(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.genres = items
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
        name = "genreTable"
        value = source.get(name)
        if value is None:
            absent += 1
            self.genre_table = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_list(item, Genre.read))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.genre_table = items
        name = "maybeAny"
        value = source.get(name)
        if value is None:
            absent += 1
            self.maybe_any = None
        else:
            self.maybe_any = read_any(value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 29:  # then there can't be an unknown one
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
            ("text", "text", str, True),
            ("day", "day", datetime.date, True),
            ("at", "at", structs.date_time, True),
            ("price", "price", str, True),
            ("small", "small", structs.integer, True),
            ("large", "large", structs.integer, True),
            ("weight", "weight", float, True),
            ("lent", "lent", bool, True),
            ("genre", "genre", str, True),
            ("floor", "floor", structs.integer, True),
            ("book", "book", describe_book(structs), True),
            ("tags", "tags", structs.array(str), True),
            ("table", "table", structs.array(structs.array(structs.integer)), True),
            ("maybe_id", "maybeId", str, False),
            ("maybe_text", "maybeText", str, False),
            ("maybe_day", "maybeDay", datetime.date, False),
            ("maybe_at", "maybeAt", structs.date_time, False),
            ("maybe_price", "maybePrice", str, False),
            ("maybe_count", "maybeCount", structs.integer, False),
            ("maybe_weight", "maybeWeight", float, False),
            ("maybe_lent", "maybeLent", bool, False),
            ("maybe_genre", "maybeGenre", str, False),
            ("maybe_floor", "maybeFloor", structs.integer, False),
            ("maybe_book", "maybeBook", describe_book(structs), False),
            ("genres", "genres", structs.array(str), False),
            ("floors", "floors", structs.array(structs.integer), False),
            ("genre_table", "genreTable", structs.array(structs.array(str)), False),
            ("maybe_any", "maybeAny", Any, False),
        ),
    )


def convert_copy(struct: Any) -> Copy:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.id
    self.id = read_uuid(value)
    self.text = struct.text
    self.day = struct.day
    self.at = struct.at
    value = struct.price
    self.price = read_decimal(value)
    self.small = struct.small
    self.large = struct.large
    self.weight = struct.weight
    self.lent = struct.lent
    value = struct.genre
    self.genre = _known_genre(value) or Genre(value)
    value = struct.floor
    self.floor = _known_floor(value) or Floor(value)
    value = struct.book
    self.book = convert_book(value)
    self.tags = struct.tags
    self.table = struct.table
    value = struct.maybe_id
    self.maybe_id = None if value is None else read_uuid(value)
    self.maybe_text = struct.maybe_text
    self.maybe_day = struct.maybe_day
    self.maybe_at = struct.maybe_at
    value = struct.maybe_price
    self.maybe_price = None if value is None else read_decimal(value)
    self.maybe_count = struct.maybe_count
    self.maybe_weight = struct.maybe_weight
    self.maybe_lent = struct.maybe_lent
    value = struct.maybe_genre
    self.maybe_genre = None if value is None else _known_genre(value) or Genre(value)
    value = struct.maybe_floor
    self.maybe_floor = None if value is None else _known_floor(value) or Floor(value)
    value = struct.maybe_book
    self.maybe_book = None if value is None else convert_book(value)
    value = struct.genres
    self.genres = None if value is None else [_known_genre(item) or Genre(item) for item in value]
    value = struct.floors
    self.floors = None if value is None else [_known_floor(item) or Floor(item) for item in value]
    value = struct.genre_table
    self.genre_table = (
        None if value is None else [[_known_genre(item) or Genre(item) for item in item] for item in value]
    )
    value = struct.maybe_any
    self.maybe_any = None if value is None else read_any(value)
    self._additional_properties = None
    return self


Copy._decode = decode_copy
copy_reader = Reader(decode_copy, describe_copy, convert_copy)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
