# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from contracts_client.openapi.classes import define
from contracts_client.openapi.decode import mismatch, nested, read_list, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "title": "title",
    "sequel": "sequel",
    "parts": "parts",
    "wings": "wings",
}


@define(kw_only=True, repr=False)
class Book(Model):
    """Holds itself, also through an array and a map."""

    title: str
    """Not described."""

    sequel: Book | None = None
    """Holds itself, also through an array and a map."""

    parts: list[Book] | None = None
    """Not described."""

    wings: Wings | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "title": self.title,
        }
        if self.sequel is not None:
            data["sequel"] = self.sequel._written(date_time)
        if self.parts is not None:
            data["parts"] = [item._written(date_time) for item in self.parts]
        if self.wings is not None:
            data["wings"] = self.wings._written(date_time)
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_book = partial(object.__new__, Book)


def decode_book(data: Any) -> Book:
    """Read one from a JSON object; see ``Book.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_book()
    absent = 0
    name = ""
    try:
        name = "title"
        value: Any = source[name]
        if type(value) is not str:
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
        name = "wings"
        value = source.get(name)
        if value is None:
            absent += 1
            self.wings = None
        else:
            self.wings = nested(decode_wings, value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 4:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_book({**source, name: None})


def describe_book(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Book",
        lambda structs: (
            ("title", "title", str, True),
            ("sequel", "sequel", describe_book(structs), False),
            ("parts", "parts", structs.array(describe_book(structs)), False),
            ("wings", "wings", describe_wings(structs), False),
        ),
    )


def convert_book(struct: Any) -> Book:
    """Make one from what msgspec has checked."""
    self = blank_book()
    self.title = struct.title
    value: Any = struct.sequel
    self.sequel = None if value is None else nested(convert_book, value)
    value = struct.parts
    self.parts = None if value is None else nested(lambda value: [convert_book(item) for item in value], value)
    value = struct.wings
    self.wings = None if value is None else nested(convert_wings, value)
    self._additional_properties = None
    return self


Book._decode = decode_book
book_reader = Reader(decode_book, describe_book, convert_book)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .wings import Wings, convert_wings, decode_wings, describe_wings  # noqa: E402
