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
    "name": "name",
    "books": "books",
    "favourite": "favourite",
}


@define(kw_only=True, repr=False)
class Author(Model):
    """Author"""

    name: str
    """Not described."""

    books: list[Book] | None = None
    """Not described."""

    favourite: Book | None = None
    """Contains itself, directly and through an array, and its author, who contains it."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("name",))

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "name": self.name,
        }
        if self.books is not None:
            data["books"] = [item.to_dict() for item in self.books]
        if self.favourite is not None:
            data["favourite"] = self.favourite.to_dict()
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Author)


def decode_author(data: Any) -> Author:
    """Read one from a JSON object; see ``Author.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "name"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.name = value
        name = "books"
        value = source.get(name)
        if value is None:
            absent += 1
            self.books = None
        else:
            self.books = nested(read_list, value, decode_book)
        name = "favourite"
        value = source.get(name)
        if value is None:
            absent += 1
            self.favourite = None
        else:
            self.favourite = nested(decode_book, value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 3:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_author({**source, name: None})


def describe_author(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Author",
        lambda structs: (
            ("name", "name", str, True),
            ("books", "books", structs.array(describe_book(structs)), False),
            ("favourite", "favourite", describe_book(structs), False),
        ),
    )


def convert_author(struct: Any) -> Author:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.name = struct.name
    value: Any = struct.books
    self.books = None if value is None else nested(lambda value: [convert_book(item) for item in value], value)
    value = struct.favourite
    self.favourite = None if value is None else nested(convert_book, value)
    self._additional_properties = None
    return self


Author._decode = decode_author
author_reader = Reader(decode_author, describe_author, convert_author)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
