# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.dates import read_date, read_date_time
from contracts_client.openapi.decode import (
    list_of,
    mismatch,
    read_float,
    read_int,
    read_none,
    read_str,
    read_union,
    unknown_properties,
)
from contracts_client.openapi.encode import write_any
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

from ..models.floor import Floor
from ..models.genre import Genre
from ..models.unions_cover_type_1 import UnionsCoverType1
from ..models.unions_state_type_1 import UnionsStateType1

_NAMES: dict[str, str] = {
    "code": "code",
    "size": "size",
    "moment": "moment",
    "several": "several",
    "bookOrName": "book_or_name",
    "text": "text",
    "day": "day",
    "genre": "genre",
    "floor": "floor",
    "author": "author",
    "nothing": "nothing",
    "cover": "cover",
    "state": "state",
    "query": "query",
}


@define(kw_only=True, repr=False)
class Unions(Model):
    """Values of several types, and values that may be null."""

    code: int | str | None = None
    """Not described."""

    size: float | str | None = None
    """Not described."""

    moment: datetime.date | datetime.datetime | None = None
    """Not described."""

    several: list[str] | str | None = None
    """Not described."""

    book_or_name: Book | str | None = None
    """Not described."""

    text: str | None = None
    """Not described."""

    day: datetime.date | None = None
    """Not described."""

    genre: Genre | None = None
    """Not described."""

    floor: Floor | None = None
    """Not described."""

    author: Author | None = None
    """Not described."""

    nothing: None = None
    """Not described."""

    cover: UnionsCoverType1 | None = None
    """Not described."""

    state: UnionsStateType1 | None = None
    """Not described."""

    query: Query | None = None
    """Holds itself through several types of a union, each in a place of its own."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.code is not None:
            data["code"] = write_any(self.code, "code")
        if self.size is not None:
            data["size"] = write_any(self.size, "size")
        if self.moment is not None:
            data["moment"] = write_any(self.moment, "moment")
        if self.several is not None:
            data["several"] = write_any(self.several, "several")
        if self.book_or_name is not None:
            data["bookOrName"] = write_any(self.book_or_name, "book_or_name")
        if self.text is not None:
            data["text"] = write_any(self.text, "text")
        if self.day is not None:
            data["day"] = write_any(self.day, "day")
        if self.genre is not None:
            data["genre"] = write_any(self.genre, "genre")
        if self.floor is not None:
            data["floor"] = write_any(self.floor, "floor")
        if self.author is not None:
            data["author"] = write_any(self.author, "author")
        if self.nothing is not None:
            data["nothing"] = self.nothing
        if self.cover is not None:
            data["cover"] = write_any(self.cover, "cover")
        if self.state is not None:
            data["state"] = write_any(self.state, "state")
        if self.query is not None:
            data["query"] = self.query.to_dict()
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Unions)


def decode_unions(data: Any) -> Unions:
    """Read one from a JSON object; see ``Unions.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "code"
        value: Any = source.get(name)
        if value is None:
            absent += 1
            self.code = None
        else:
            self.code = read_union(value, read_int, read_str)
        name = "size"
        value = source.get(name)
        if value is None:
            absent += 1
            self.size = None
        else:
            self.size = read_union(value, read_float, read_str)
        name = "moment"
        value = source.get(name)
        if value is None:
            absent += 1
            self.moment = None
        else:
            self.moment = read_union(value, read_date_time, read_date)
        name = "several"
        value = source.get(name)
        if value is None:
            absent += 1
            self.several = None
        else:
            self.several = read_union(value, read_str, list_of(read_str))
        name = "bookOrName"
        value = source.get(name)
        if value is None:
            absent += 1
            self.book_or_name = None
        else:
            self.book_or_name = read_union(value, decode_book, read_str)
        name = "text"
        value = source.get(name)
        if value is None:
            absent += 1
            self.text = None
        else:
            self.text = read_union(value, read_str, read_none)
        name = "day"
        value = source.get(name)
        if value is None:
            absent += 1
            self.day = None
        else:
            self.day = read_union(value, read_date, read_none)
        name = "genre"
        value = source.get(name)
        if value is None:
            absent += 1
            self.genre = None
        else:
            self.genre = read_union(value, Genre.read, read_none)
        name = "floor"
        value = source.get(name)
        if value is None:
            absent += 1
            self.floor = None
        else:
            self.floor = read_union(value, Floor.read, read_none)
        name = "author"
        value = source.get(name)
        if value is None:
            absent += 1
            self.author = None
        else:
            self.author = read_union(value, decode_author, read_none)
        name = "nothing"
        value = source.get(name)
        if value is None:
            absent += 1
            self.nothing = None
        else:
            self.nothing = read_none(value)
        name = "cover"
        value = source.get(name)
        if value is None:
            absent += 1
            self.cover = None
        else:
            self.cover = read_union(value, read_none, UnionsCoverType1.read)
        name = "state"
        value = source.get(name)
        if value is None:
            absent += 1
            self.state = None
        else:
            self.state = read_union(value, read_none, UnionsStateType1.read)
        name = "query"
        value = source.get(name)
        if value is None:
            absent += 1
            self.query = None
        else:
            self.query = decode_query(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 14:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_unions(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Unions",
        lambda structs: (
            ("code", "code", Any, False),
            ("size", "size", Any, False),
            ("moment", "moment", Any, False),
            ("several", "several", Any, False),
            ("book_or_name", "bookOrName", Any, False),
            ("text", "text", Any, False),
            ("day", "day", Any, False),
            ("genre", "genre", Any, False),
            ("floor", "floor", Any, False),
            ("author", "author", Any, False),
            ("nothing", "nothing", Any, False),
            ("cover", "cover", Any, False),
            ("state", "state", Any, False),
            ("query", "query", describe_query(structs), False),
        ),
    )


def convert_unions(struct: Any) -> Unions:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.code
    self.code = None if value is None else read_union(value, read_int, read_str)
    value = struct.size
    self.size = None if value is None else read_union(value, read_float, read_str)
    value = struct.moment
    self.moment = None if value is None else read_union(value, read_date_time, read_date)
    value = struct.several
    self.several = None if value is None else read_union(value, read_str, list_of(read_str))
    value = struct.book_or_name
    self.book_or_name = None if value is None else read_union(value, decode_book, read_str)
    value = struct.text
    self.text = None if value is None else read_union(value, read_str, read_none)
    value = struct.day
    self.day = None if value is None else read_union(value, read_date, read_none)
    value = struct.genre
    self.genre = None if value is None else read_union(value, Genre.read, read_none)
    value = struct.floor
    self.floor = None if value is None else read_union(value, Floor.read, read_none)
    value = struct.author
    self.author = None if value is None else read_union(value, decode_author, read_none)
    value = struct.nothing
    self.nothing = None if value is None else read_none(value)
    value = struct.cover
    self.cover = None if value is None else read_union(value, read_none, UnionsCoverType1.read)
    value = struct.state
    self.state = None if value is None else read_union(value, read_none, UnionsStateType1.read)
    value = struct.query
    self.query = None if value is None else convert_query(value)
    self._additional_properties = None
    return self


Unions._decode = decode_unions
unions_reader = Reader(decode_unions, describe_unions, convert_unions)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .author import Author, decode_author  # noqa: E402
from .book import Book, decode_book  # noqa: E402
from .query import Query, convert_query, decode_query, describe_query  # noqa: E402
