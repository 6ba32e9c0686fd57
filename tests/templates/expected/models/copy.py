# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..models.floor import Floor
from ..models.genre import Genre
from ..types import (
    INT64_MAX,
    INT64_MIN,
    Reader,
    Wire,
    decoded,
    list_of,
    mismatch,
    read_date,
    read_date_time,
    read_decimal,
    read_float,
    read_int,
    read_list,
    read_none,
    read_str,
    read_union,
    read_uuid,
    short_repr,
    write_any,
    write_date,
    write_date_time,
    write_decimal,
)

_NAMES: dict[str, str] = {
    "id": "id",
    "text": "text",
    "day": "day",
    "at": "at",
    "price": "price",
    "count": "count",
    "weight": "weight",
    "lent": "lent",
    "any": "any",
    "genre": "genre",
    "floor": "floor",
    "book": "book",
    "tags": "tags",
    "grid": "grid",
    "nothing": "nothing",
    "maybe-id": "maybe_id",
    "maybeOn": "maybe_on",
    "maybeAt": "maybe_at",
    "maybePrice": "maybe_price",
    "maybeCount": "maybe_count",
    "maybeWeight": "maybe_weight",
    "maybeLent": "maybe_lent",
    "maybeGenre": "maybe_genre",
    "maybeFloor": "maybe_floor",
    "nullable": "nullable",
    "code": "code",
    "moment": "moment",
    "prices": "prices",
    "genres": "genres",
    "class": "class_",
    "list": "list_",
    "type": "type",
    "labels": "labels",
}
_PERSONAL = frozenset[str](("text",))
_known_genre = Genre.known_values.get
_known_floor = Floor.known_values.get
_new = object.__new__


@define(kw_only=True, repr=False)
class Copy:
    """One copy of a book. (documented)"""

    id: UUID
    """Its \\number."""

    text: str
    """Not described. (inferred)"""

    day: datetime.date
    """Not described."""

    at: datetime.datetime
    """Not described."""

    price: Decimal
    """Not described."""

    count: int
    """Not described."""

    weight: float
    """Not described."""

    lent: bool
    """Not described."""

    any: Any
    """Not described."""

    genre: Genre
    """What it is about, "roughly"."""

    floor: Floor
    """Not described."""

    book: Book
    """Not described."""

    tags: list[str]
    """Not described."""

    grid: list[list[datetime.date]]
    """Not described."""

    nothing: None
    """Not described."""

    maybe_id: UUID | None = None
    """Not described."""

    maybe_on: datetime.date | None = None
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
    """What it is about, "roughly"."""

    maybe_floor: Floor | None = None
    """Not described."""

    nullable: str | None = None
    """Not described."""

    code: int | str | None = None
    """Not described."""

    moment: datetime.date | datetime.datetime | None = None
    """Not described."""

    prices: list[Decimal] | None = None
    """Not described."""

    genres: list[Genre] | None = None
    """Not described."""

    class_: str | None = None
    """Not described."""

    list_: list[int] | None = None
    """Not described."""

    type: str | None = None
    """Not described."""

    labels: Labels | None = None
    """Not described."""

    additional_properties: dict[str, Any] = attrs_field(factory=dict[str, Any])
    """Properties that the specification does not know, by name; written back as they came."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    def __repr__(self) -> str:
        return short_repr(self, _PERSONAL)

    @classmethod
    def from_dict(cls, data: Any) -> Copy:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_copy)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "id": str(self.id),
            "text": self.text,
            "day": write_date(self.day, "day"),
            "at": write_date_time(self.at, "at"),
            "price": write_decimal(self.price, "price"),
            "count": self.count,
            "weight": self.weight,
            "lent": self.lent,
            "any": self.any,
            "genre": str(self.genre),
            "floor": int(self.floor),
            "book": self.book.to_dict(),
            "tags": list(self.tags),
            "grid": [[write_date(item, "grid_item_item") for item in item] for item in self.grid],
            "nothing": self.nothing,
        }
        if self.maybe_id is not None:
            data["maybe-id"] = str(self.maybe_id)
        if self.maybe_on is not None:
            data["maybeOn"] = write_date(self.maybe_on, "maybe_on")
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
        if self.nullable is not None:
            data["nullable"] = write_any(self.nullable, "nullable")
        if self.code is not None:
            data["code"] = write_any(self.code, "code")
        if self.moment is not None:
            data["moment"] = write_any(self.moment, "moment")
        if self.prices is not None:
            data["prices"] = [write_decimal(item, "prices_item") for item in self.prices]
        if self.genres is not None:
            data["genres"] = [str(item) for item in self.genres]
        if self.class_ is not None:
            data["class"] = self.class_
        if self.list_ is not None:
            data["list"] = list(self.list_)
        if self.type is not None:
            data["type"] = self.type
        if self.labels is not None:
            data["labels"] = self.labels.to_dict()
        data.update(self.additional_properties)
        return data


def decode_copy(data: Any) -> Copy:
    """Read one from a JSON object; see ``Copy.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _new(Copy)
    get = source.get
    absent = 0
    name = ""
    try:
        name = "id"
        value: Any = get(name)
        self.id = read_uuid(value)
        name = "text"
        value = get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.text = value
        name = "day"
        value = get(name)
        self.day = read_date(value)
        name = "at"
        value = get(name)
        self.at = read_date_time(value)
        name = "price"
        value = get(name)
        self.price = read_decimal(value)
        name = "count"
        value = get(name)
        if type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
            raise mismatch(value, "an integer of 64 bits")
        self.count = value
        name = "weight"
        value = get(name)
        self.weight = read_float(value)
        name = "lent"
        value = get(name)
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.lent = value
        name = "any"
        value = get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.any = value
        name = "genre"
        value = get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.genre = _known_genre(value) or Genre(value)
        name = "floor"
        value = get(name)
        if type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
            raise mismatch(value, "an integer of 64 bits")
        self.floor = _known_floor(value) or Floor(value)
        name = "book"
        value = get(name)
        self.book = decode_book(value)
        name = "tags"
        value = get(name)
        self.tags = read_list(value, read_str)
        name = "grid"
        value = get(name)
        self.grid = read_list(value, list_of(read_date))
        name = "nothing"
        value = get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.nothing = read_none(value)
        name = "maybe-id"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_id = None
        else:
            self.maybe_id = read_uuid(value)
        name = "maybeOn"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_on = None
        else:
            self.maybe_on = read_date(value)
        name = "maybeAt"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_at = None
        else:
            self.maybe_at = read_date_time(value)
        name = "maybePrice"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_price = None
        else:
            self.maybe_price = read_decimal(value)
        name = "maybeCount"
        value = get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
            raise mismatch(value, "an integer of 64 bits")
        self.maybe_count = value
        name = "maybeWeight"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_weight = None
        else:
            self.maybe_weight = read_float(value)
        name = "maybeLent"
        value = get(name)
        if value is None:
            absent += 1
        elif type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.maybe_lent = value
        name = "maybeGenre"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_genre = None
        elif type(value) is not str:
            raise mismatch(value, "a string")
        else:
            self.maybe_genre = _known_genre(value) or Genre(value)
        name = "maybeFloor"
        value = get(name)
        if value is None:
            absent += 1
            self.maybe_floor = None
        elif type(value) is not int or not INT64_MIN <= value <= INT64_MAX:
            raise mismatch(value, "an integer of 64 bits")
        else:
            self.maybe_floor = _known_floor(value) or Floor(value)
        name = "nullable"
        value = get(name)
        if value is None:
            absent += 1
            self.nullable = None
        else:
            self.nullable = read_union(value, "one of: None | str", read_str, read_none)
        name = "code"
        value = get(name)
        if value is None:
            absent += 1
            self.code = None
        else:
            self.code = read_union(value, "one of: int | str", read_int, read_str)
        name = "moment"
        value = get(name)
        if value is None:
            absent += 1
            self.moment = None
        else:
            self.moment = read_union(value, "one of: str", read_date_time, read_date)
        name = "prices"
        value = get(name)
        if value is None:
            absent += 1
            self.prices = None
        else:
            self.prices = read_list(value, read_decimal)
        name = "genres"
        value = get(name)
        if value is None:
            absent += 1
            self.genres = None
        else:
            self.genres = read_list(value, Genre.read)
        name = "class"
        value = get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.class_ = value
        name = "list"
        value = get(name)
        if value is None:
            absent += 1
            self.list_ = None
        else:
            self.list_ = read_list(value, read_int)
        name = "type"
        value = get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.type = value
        name = "labels"
        value = get(name)
        if value is None:
            absent += 1
            self.labels = None
        else:
            self.labels = decode_labels(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 33:  # then there can't be an unknown one
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _NAMES}
    return self


def describe_copy(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Copy",
        lambda wire: (
            ("id", "id", str, True),
            ("text", "text", str, True),
            ("day", "day", datetime.date, True),
            ("at", "at", wire.date_time, True),
            ("price", "price", str, True),
            ("count", "count", wire.integer, True),
            ("weight", "weight", float, True),
            ("lent", "lent", bool, True),
            ("any", "any", Any, True),
            ("genre", "genre", str, True),
            ("floor", "floor", wire.integer, True),
            ("book", "book", describe_book(wire), True),
            ("tags", "tags", wire.array(str), True),
            ("grid", "grid", wire.array(wire.array(datetime.date)), True),
            ("nothing", "nothing", Any, True),
            ("maybe_id", "maybe-id", str, False),
            ("maybe_on", "maybeOn", datetime.date, False),
            ("maybe_at", "maybeAt", wire.date_time, False),
            ("maybe_price", "maybePrice", str, False),
            ("maybe_count", "maybeCount", wire.integer, False),
            ("maybe_weight", "maybeWeight", float, False),
            ("maybe_lent", "maybeLent", bool, False),
            ("maybe_genre", "maybeGenre", str, False),
            ("maybe_floor", "maybeFloor", wire.integer, False),
            ("nullable", "nullable", Any, False),
            ("code", "code", Any, False),
            ("moment", "moment", Any, False),
            ("prices", "prices", wire.array(str), False),
            ("genres", "genres", wire.array(str), False),
            ("class_", "class", str, False),
            ("list_", "list", wire.array(wire.integer), False),
            ("type", "type", str, False),
            ("labels", "labels", describe_labels(wire), False),
        ),
    )


def convert_copy(wire: Any) -> Copy:
    """Make one from what msgspec has checked."""
    self = _new(Copy)
    value: Any = wire.id
    self.id = read_uuid(value)
    self.text = wire.text
    self.day = wire.day
    self.at = wire.at
    value = wire.price
    self.price = read_decimal(value)
    self.count = wire.count
    self.weight = wire.weight
    self.lent = wire.lent
    self.any = wire.any
    value = wire.genre
    self.genre = _known_genre(value) or Genre(value)
    value = wire.floor
    self.floor = _known_floor(value) or Floor(value)
    value = wire.book
    self.book = convert_book(value)
    self.tags = wire.tags
    self.grid = wire.grid
    value = wire.nothing
    self.nothing = read_none(value)
    value = wire.maybe_id
    self.maybe_id = None if value is None else read_uuid(value)
    self.maybe_on = wire.maybe_on
    self.maybe_at = wire.maybe_at
    value = wire.maybe_price
    self.maybe_price = None if value is None else read_decimal(value)
    self.maybe_count = wire.maybe_count
    self.maybe_weight = wire.maybe_weight
    self.maybe_lent = wire.maybe_lent
    value = wire.maybe_genre
    self.maybe_genre = None if value is None else _known_genre(value) or Genre(value)
    value = wire.maybe_floor
    self.maybe_floor = None if value is None else _known_floor(value) or Floor(value)
    value = wire.nullable
    self.nullable = None if value is None else read_union(value, "one of: None | str", read_str, read_none)
    value = wire.code
    self.code = None if value is None else read_union(value, "one of: int | str", read_int, read_str)
    value = wire.moment
    self.moment = None if value is None else read_union(value, "one of: str", read_date_time, read_date)
    value = wire.prices
    self.prices = None if value is None else [read_decimal(item) for item in value]
    value = wire.genres
    self.genres = None if value is None else [_known_genre(item) or Genre(item) for item in value]
    self.class_ = wire.class_
    self.list_ = wire.list_
    self.type = wire.type
    value = wire.labels
    self.labels = None if value is None else convert_labels(value)
    self.additional_properties = {}
    return self


copy_reader = Reader(decode_copy, describe_copy, convert_copy)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
from .labels import Labels, convert_labels, decode_labels, describe_labels  # noqa: E402
