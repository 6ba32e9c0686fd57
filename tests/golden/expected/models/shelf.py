# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import INT64_MIN, drained, lenient_properties, mismatch, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "books": "items",
    "count": "total_items",
    "shelves": "total_pages",
}


@define(kw_only=True, repr=False)
class Shelf(Model):
    """Shelf"""

    items: list[Book]
    """Not described."""

    total_items: int | None = None
    """Not described."""

    total_pages: int | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "books": [item._written(date_time) for item in self.items],
        }
        if self.total_items is not None:
            data["count"] = self.total_items
        if self.total_pages is not None:
            data["shelves"] = self.total_pages
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_shelf = partial(object.__new__, Shelf)


def decode_shelf(data: Any, each: Callable[[list[Any]], Iterable[Any]] = iter) -> Shelf:
    """Read one from a JSON object; see ``Shelf.from_dict``. ``each`` iterates over the items."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_shelf()
    absent = 0
    unread: dict[str, Any] = {}
    name = ""
    try:
        name = "books"
        value: Any = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items: list[Any] = []
        try:
            for item in each(value):
                items.append(decode_book(item))  # noqa: PERF401 # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.items = items
        name = "count"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_items = value
        name = "shelves"
        value = source.get(name)
        try:
            if value is None:
                absent += 1
            elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
                raise mismatch(value, "an integer of 64 bits")
            self.total_pages = value
        except DecodeError:
            self.total_pages = None
            unread[name] = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 3:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)
        if unread:
            self.additional_properties.update(lenient_properties(unread) or {})

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_shelf({**source, name: None}, each)


def describe_shelf(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Shelf",
        lambda structs: (
            ("items", "books", structs.array(describe_book(structs)), True),
            ("total_items", "count", structs.integer, False),
            ("total_pages", "shelves", structs.integer, False),
        ),
    )


def convert_shelf(struct: Any) -> Shelf:
    """Make one from what msgspec has checked."""
    self = blank_shelf()
    value: Any = struct.items
    self.items = [convert_book(item) for item in value]
    self.total_items = struct.total_items
    self.total_pages = struct.total_pages
    self._additional_properties = None
    return self


Shelf._decode = decode_shelf
shelf_reader = Reader(lambda data: decode_shelf(data, drained), describe_shelf, convert_shelf)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .book import Book, convert_book, decode_book, describe_book  # noqa: E402
