# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, nested, read_list, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "title": "title",
    "sequel": "sequel",
    "parts": "parts",
    "author": "author",
    "stock": "stock",
}


@define(kw_only=True, repr=False)
class Book(Model):
    """Contains itself, directly and through an array, and its author, who contains it."""

    title: str | None = None
    """Not described."""

    sequel: Book | None = None
    """Contains itself, directly and through an array, and its author, who contains it."""

    parts: list[Book] | None = None
    """Not described."""

    author: Author | None = None
    """Not described."""

    stock: Stock | None = None
    """Copies, by place."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.title is not None:
            data["title"] = self.title
        if self.sequel is not None:
            data["sequel"] = self.sequel.to_dict()
        if self.parts is not None:
            data["parts"] = [item.to_dict() for item in self.parts]
        if self.author is not None:
            data["author"] = self.author.to_dict()
        if self.stock is not None:
            data["stock"] = self.stock.to_dict()
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Book)


def decode_book(data: Any) -> Book:
    """Read one from a JSON object; see ``Book.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "title"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.title = value
        name = "sequel"
        value = source.get(name)
        if value is None:
            absent += 1
            self.sequel = None
        else:
            self.sequel = nested(decode_book, value)
        name = "parts"
        value = source.get(name)
        if value is None:
            absent += 1
            self.parts = None
        else:
            self.parts = nested(read_list, value, decode_book)
        name = "author"
        value = source.get(name)
        if value is None:
            absent += 1
            self.author = None
        else:
            self.author = nested(decode_author, value)
        name = "stock"
        value = source.get(name)
        if value is None:
            absent += 1
            self.stock = None
        else:
            self.stock = decode_stock(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 5:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_book(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Book",
        lambda structs: (
            ("title", "title", str, False),
            ("sequel", "sequel", describe_book(structs), False),
            ("parts", "parts", structs.array(describe_book(structs)), False),
            ("author", "author", describe_author(structs), False),
            ("stock", "stock", describe_stock(structs), False),
        ),
    )


def convert_book(struct: Any) -> Book:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.title = struct.title
    value: Any = struct.sequel
    self.sequel = None if value is None else nested(convert_book, value)
    value = struct.parts
    self.parts = None if value is None else nested(lambda value: [convert_book(item) for item in value], value)
    value = struct.author
    self.author = None if value is None else nested(convert_author, value)
    value = struct.stock
    self.stock = None if value is None else convert_stock(value)
    self._additional_properties = None
    return self


Book._decode = decode_book
book_reader = Reader(decode_book, describe_book, convert_book)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .author import Author, convert_author, decode_author, describe_author  # noqa: E402
from .stock import Stock, convert_stock, decode_stock, describe_stock  # noqa: E402
